"""What is found by typed words, in all that a caseload says."""
