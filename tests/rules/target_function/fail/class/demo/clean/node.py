class run:
    """Not a function."""
