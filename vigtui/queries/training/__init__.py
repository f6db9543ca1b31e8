"""What is gathered of training: who is on the way, and what they have gathered."""
