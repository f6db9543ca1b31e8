"""Handing a family over to another caseload: whole, and erased here only once it is complete there."""
