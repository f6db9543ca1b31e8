"""Papers about one family, or for it."""
