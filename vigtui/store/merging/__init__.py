"""Versions of records: made here, received from elsewhere, merged, taken back."""
