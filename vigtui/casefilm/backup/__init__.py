"""A caseload with its film, on another disk: made, brought up to date, put back."""
