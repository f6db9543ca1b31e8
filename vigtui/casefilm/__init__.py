"""The only way to a caseload's film."""
