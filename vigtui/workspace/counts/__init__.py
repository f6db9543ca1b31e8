"""Counts that a service collects: where this person puts those of a caseload, and reads those of all."""
