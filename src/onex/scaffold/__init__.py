"""Nodes that make nodes: what one is asked for, and how what it made comes into the tree."""
