"""Values that know nothing of the field: text, times, days, identities."""
