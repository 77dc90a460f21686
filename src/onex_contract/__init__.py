"""The canonical schemas, their validators, and the base of the generated models."""
