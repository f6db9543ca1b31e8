"""The encryption of a space: the code that its members tell each other, the key made of it, and its files."""
