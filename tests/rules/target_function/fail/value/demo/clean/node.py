run = {"text": "x"}
