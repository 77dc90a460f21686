"""What a node is on disk: documents, contracts, locks, trees, workspaces. Nothing here runs a node."""
