"""How a sentence names what a key does, without knowing which key somebody has for it."""

from collections.abc import Callable

KeyFor = Callable[[str], str]
"""The key that a person has for something, as it is written on the keyboard, by the id of its binding:
"family.add"."""
