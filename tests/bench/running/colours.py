"""What an escape that sets colours means."""

from functools import lru_cache

FRONT, BACK = 0xE5E5E5, 0x000000
"""The colours that no escape has set."""

_ANSI = (
    *(0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5),
    *(0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF),
)
_LEVELS = (0, 95, 135, 175, 215, 255)
_PALETTE = (
    *_ANSI,
    *(r << 16 | g << 8 | b for r in _LEVELS for g in _LEVELS for b in _LEVELS),
    *(level * 0x010101 for level in range(8, 248, 10)),
)

Change = tuple[str, int]


@lru_cache(maxsize=65536)
def colour_changes(parameters: str) -> tuple[Change, ...]:
    """Return what a colour escape with these parameters changes.

    "front" and "back" become a colour 0xRRGGBB, "swap" 0 or 1, and "reset" all of them as at first.
    """
    numbers = [int(number) if number else 0 for number in parameters.replace(":", ";").split(";")]
    changes: list[Change] = []
    at = 0
    while at < len(numbers):
        code = numbers[at]
        if code in (38, 48):
            value, used = _extended(numbers[at + 1 :])
            changes.append(("front" if code == 38 else "back", value))
            at += used
        else:
            changes += _plain(code)
        at += 1
    return tuple(changes)


def _extended(numbers: list[int]) -> tuple[int, int]:
    if numbers[0] == 5:
        return _PALETTE[numbers[1]], 2
    red, green, blue = numbers[1:4]
    return red << 16 | green << 8 | blue, 4


def _plain(code: int) -> list[Change]:
    if code == 0:
        return [("reset", 0)]
    if code in (7, 27):
        return [("swap", int(code == 7))]
    if code in (39, 49):
        return [("front", FRONT) if code == 39 else ("back", BACK)]
    for first, offset, change in ((30, 0, "front"), (40, 0, "back"), (90, 8, "front"), (100, 8, "back")):
        if first <= code < first + 8:
            return [(change, _ANSI[code - first + offset])]
    return []
