"""Encrypted film: a file with a key of its own, which the data key of the caseload seals in its header."""
