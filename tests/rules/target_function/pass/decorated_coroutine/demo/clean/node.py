from helper import finished


@finished
async def run(text):
    """The text."""
    return {"text": text}
