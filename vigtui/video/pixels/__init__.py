"""A still of the film in pixels, for terminals that say they draw them."""
