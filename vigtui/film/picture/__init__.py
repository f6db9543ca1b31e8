"""Pictures to cells: glyphs, colours, and what of them this terminal has."""
