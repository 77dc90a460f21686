"""State contracts made into Python types, for the programs that call nodes."""
