"""How records are kept in a file."""
