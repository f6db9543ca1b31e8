"""Files of other tools, a module each: what one says as plain structures, and what of it is left out."""
