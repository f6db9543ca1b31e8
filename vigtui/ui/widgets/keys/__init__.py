"""Key bindings: one table, and what is made of it."""
