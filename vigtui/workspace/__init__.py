"""A caseload at work: who uses it, where things lie, and the person's settings."""
