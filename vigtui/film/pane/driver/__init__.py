"""Textual's driver for a terminal that shows film: questions, the cells that changed."""
