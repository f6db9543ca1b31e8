"""Encrypting a file as a whole: its data key, and the ways in to it."""
