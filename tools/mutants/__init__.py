"""Mutants of the reader, the lock and the rules: what the tests would not notice."""
