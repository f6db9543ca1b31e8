"""Removing records, deleting film, erasing a family: each says first what goes along."""
