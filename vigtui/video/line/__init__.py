"""Cells to the terminal: what changed, in the fewest bytes, as fast as the line takes them."""
