"""What a space costs, and the long proofs that nothing is lost in one: `make prove-spaces`."""
