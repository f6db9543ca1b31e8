"""The one door to a caseload's film."""
