"""Many nodes, one run."""
