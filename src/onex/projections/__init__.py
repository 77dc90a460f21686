"""A run as documents: one module for each format, each a pure function of the run, and back."""
