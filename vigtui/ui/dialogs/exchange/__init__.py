"""Importing what other tools wrote, and exporting for them."""
