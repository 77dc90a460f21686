globals()["run"] = lambda text: {"text": text}
