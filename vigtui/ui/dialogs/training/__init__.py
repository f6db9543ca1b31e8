"""Programmes, who is in them, and what they gather on the way."""
