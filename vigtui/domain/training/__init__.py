"""Training programmes: what counts, what does not count and why, and what a gate still asks."""
