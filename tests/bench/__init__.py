"""Measures beside other programs, and long proofs: `make bench`, `make prove`."""
