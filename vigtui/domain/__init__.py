"""The rules of the field: records, consent, cycles, supervision, training. No file, no screen, no clock."""
