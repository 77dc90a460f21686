def run(text):
    print text
