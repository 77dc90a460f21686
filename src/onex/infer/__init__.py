"""What code says of itself: the contract that a function or a script has, read and never run."""
