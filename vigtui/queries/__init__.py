"""What is gathered from many records, for screens, commands and reports."""
