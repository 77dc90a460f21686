def run(**state):
    """The text."""
    return state
