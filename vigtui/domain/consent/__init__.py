"""Whether film may be used: who is in it, what they decided, how long it, and what is written, is kept."""
