"""The long proofs that no word of a file is lost, whatever happens to the program that saves it."""
