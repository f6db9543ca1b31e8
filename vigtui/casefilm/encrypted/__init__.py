"""Film that is encrypted with the caseload's key."""
