"""Film for an agenda: sent into the folder of a space, kept there until its last day, and told of."""
