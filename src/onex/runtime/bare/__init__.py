"""Processes that import nothing of onex: run by path, see ``zygote``."""
