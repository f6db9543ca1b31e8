"""What leaves on paper or in a pack: read first, then written."""
