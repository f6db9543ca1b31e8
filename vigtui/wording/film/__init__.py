"""What is said of film and what becomes of it: clips, moments, reviews, packs, copies."""
