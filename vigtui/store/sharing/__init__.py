"""Several programs at one file."""
