"""Writes everything in ``generated/`` and the records beside ``schemas/``."""
