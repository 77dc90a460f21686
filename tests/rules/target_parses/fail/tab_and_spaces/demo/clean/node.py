def run(text):
    if text:
	return {}
    return {}
