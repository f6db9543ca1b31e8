"""The audit of many caseloads: read one after the other, each record counted once; and counts as files."""
