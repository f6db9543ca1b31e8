"""Versions of records: made here, come from elsewhere, united, taken back."""
