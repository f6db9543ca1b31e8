"""What a caseload costs, and a caseload as large as wanted."""
