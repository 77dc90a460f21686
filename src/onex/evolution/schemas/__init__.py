"""Two schemas: whether the one takes all that the other does, and what it does not take."""
