"""A caseload at work: who uses it, where things are, and the person's settings."""
