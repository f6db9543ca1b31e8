"""What shows film in a Textual app."""
