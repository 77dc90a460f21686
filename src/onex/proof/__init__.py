"""The proof of nodes: their cases, executed and compared."""
