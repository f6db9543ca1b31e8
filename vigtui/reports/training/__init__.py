"""Papers about somebody's training and supervision."""
