"""Commands that give to others, and take what they gave."""
