"""Film as it is kept: every kind of it, encrypted, copied, and what it leaves on a disk."""
