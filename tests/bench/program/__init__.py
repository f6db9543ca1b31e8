"""The program as a whole: its start, its memory, what it sends, on a small machine, for a long time."""
