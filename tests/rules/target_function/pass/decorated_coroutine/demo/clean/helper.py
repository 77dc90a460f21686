def finished(function):
    """Stands for a decorator that runs coroutines."""
    return function
