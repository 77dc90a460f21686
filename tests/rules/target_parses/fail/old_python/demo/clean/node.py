def run(text):
    print text
    return {"ä": text}
