"""What is found in film: moments, clips, and the times of what is written beside it."""
