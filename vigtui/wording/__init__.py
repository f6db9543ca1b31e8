"""What is said of records, changes and film, in the field's words."""
