"""A form for each kind of record."""
