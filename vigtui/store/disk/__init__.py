"""The file on disk: saved whole, locked, copied."""
