"""What is asked when a caseload gets into a space, changes its code, or leaves it."""
