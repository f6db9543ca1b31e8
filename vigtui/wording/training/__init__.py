"""What is said of training: the way through a programme, people over time, words without names."""
