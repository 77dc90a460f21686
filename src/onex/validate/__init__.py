"""Documents in, findings out: the rules, and the one pass that applies them. Nothing is written."""
