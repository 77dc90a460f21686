"""Folders of scripts that become nodes: what is there, what each is called, and what became of it."""
