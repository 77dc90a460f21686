"""Fuzzing of what reads hostile bytes: see ``tools.fuzz.targets`` for what is held."""
