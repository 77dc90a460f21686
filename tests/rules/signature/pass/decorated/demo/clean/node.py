import functools


@functools.cache
def run(anything):
    """The text."""
    return {"text": anything}
