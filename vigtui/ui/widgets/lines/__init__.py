"""One line each: beside a list, below it, or above a text."""
