"""A verdict in the formats that other tools read, one a module; none imports another's work."""
