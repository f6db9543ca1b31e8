"""The invented people of the demo, as they look and sound."""

from vigtui.demo.scenes.figure import Look
from vigtui.demo.scenes.ink import Colour

ADULT_PITCH, DEEP_PITCH, CHILD_PITCH = 196.0, 132.0, 330.0
PALE, TAN, BROWN, DEEP = (244, 204, 172), (226, 176, 134), (176, 118, 80), (122, 78, 54)


def adult(skin: Colour, hair: Colour, shirt: Colour, *, long_hair: bool = False) -> Look:
    """Return an adult on the left."""
    return Look(skin, hair, shirt, 37, 62, 50, (92, 186), 1, long_hair)


def child(skin: Colour, hair: Colour, shirt: Colour, *, long_hair: bool = False) -> Look:
    """Return a child on the right."""
    return Look(skin, hair, shirt, 31, 42, 42, (226, 182), -1, long_hair)


def guider(skin: Colour, hair: Colour, shirt: Colour, *, long_hair: bool = False) -> Look:
    """Return an adult on the right."""
    return Look(skin, hair, shirt, 37, 60, 50, (236, 186), -1, long_hair)


DANA = adult(PALE, (120, 58, 34), (38, 128, 134), long_hair=True)
JORY = child(PALE, (206, 150, 70), (232, 122, 46))
ELLIS = guider(TAN, (46, 40, 44), (98, 92, 168))
