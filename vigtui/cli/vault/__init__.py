"""The commands about what encrypts a caseload: its passphrases, its other ways in, its film."""
