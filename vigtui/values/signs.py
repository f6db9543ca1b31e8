"""The signs that stand on screens, and what stands for each where a terminal cannot show it.

What is drawn is written with the signs themselves. What is sent is written in the terminal's letters
(`in_letters`), so no screen needs to know them.
"""

import unicodedata
from enum import Enum
from functools import cache

CYCLE_DONE, CYCLE_HALF_DONE, CYCLE_TO_COME = "●", "◐", "○"
FILMED, REVIEWED, SUPERVISED, PLANNED, TRAJECT = "●", "◆", "▣", "○", "▪"
GIVEN, REFUSED, OPEN, MARKED = "✓", "×", "·", "→"
NOT_RATED = "·"
CHOSEN, IN_HAND, TODAY, HEARD = "✓", "▸", "┊", "♪"
PLAYING, PAUSED, LOOP = "▶", "‖", "↻"
RULE = "─"
AXIS, AXIS_CLIP, AXIS_MARK, AXIS_HERE = "─", "━", "┷", "●"
LEVELS = "▁▂▃▄▅▆▇█"
"""From the lowest to the highest: ratings, and how loud somebody speaks."""

_WORDS = {PLAYING: "playing", PAUSED: "paused", LOOP: "loop"}


class Letters(Enum):
    """What a terminal can show: every letter and sign; on a Linux console what its font has; or ASCII."""

    ALL = "all"
    CONSOLE = "console"
    ASCII = "ascii"


# Signs that both Debian's console fonts (Lat15, Uni2, ...) and the one in the kernel have. Fonts for the
# console hold 256 or 512 characters, and differ in letters: those are left as they are.
_ON_EVERY_CONSOLE = frozenset("¡¢£¥§«¬°±·»¿÷•←↑→↓≈≤≥─│┌┐└┘├┤┬┴┼═║╞╡╤╧╪█░▒■▲▼♦")

# Signs, and what stands for them on a console and in ASCII, each in one cell.
_INSTEAD = (
    ("●◐○◆▣▪", "x/.♦■•", "x/.RST"),  # what a cycle has reached, and the timeline's events
    ("✓✗×·", "vxx·", "vxx."),
    ("▶‖↻♪▸", ">║@*>", ">=@*>"),
    ("▁▂▃▄▅▆▇█", "__░░▒▒██", "_.-=+*%#"),
    ("░▒▓▀▌▐", "░▒▒█││", ":+%#||"),
    ("▔▎▏▕▍▊▋▉▖▗▘▝", "─││││███    ", "-||||###.. '"),
    ("─━═╌╸╺⎯", "─══-══─", "-==_==-"),
    ("│┃║┊├┤", "│║║│├┤", "||||||"),
    ("┷┬┴┼┌┐└┘╭╮╰╯", "┴┬┴┼┌┐└┘┌┐└┘", "^+++++++..''"),
    ("←↑→↓▲▼⏎", "←↑→↓▲▼┘", "<^>v^v<"),
    ("…“”„‘’«»–—−‐‑\xa0", '~"""\'\'«»----- ', '~"""\'\'""----- '),
    ("•■♦°÷±≤≥≈", "•■♦°÷±≤≥≈", "*#*o/~<>~"),
)
_ON_CONSOLE, _IN_ASCII = (
    {sign: row[column][place] for row in _INSTEAD for place, sign in enumerate(row[0])} for column in (1, 2)
)
_UNKNOWN = "?"


def in_words(signs: str) -> str:
    """ "paused, loop" for "‖ ↻": what the signs of a film say."""
    return ", ".join(_WORDS.get(sign, sign) for sign in signs.split())


def in_letters(text: str, letters: Letters) -> str:
    """Return `text` as a terminal with these letters can show it, in as many cells. Letters with accents lose
    them in ASCII; what has nothing to stand for it is a question mark."""
    if letters is Letters.ALL or text.isascii():
        return text
    return text.translate(_table(letters))


@cache
def _table(letters: Letters) -> dict[int, str]:
    return _Table(letters)


class _Table(dict[int, str]):
    """What stands for each code point, worked out when it first occurs."""

    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self._instead = _ON_CONSOLE if letters is Letters.CONSOLE else _IN_ASCII
        self._has_letters = letters is Letters.CONSOLE

    def __missing__(self, code: int) -> str:
        self[code] = found = self._shown(chr(code))
        return found

    def _shown(self, character: str) -> str:
        if character in self._instead:
            return self._instead[character]
        if unicodedata.east_asian_width(character) in "WF":
            return _UNKNOWN * 2
        if character.isascii() or (self._has_letters and character in _ON_EVERY_CONSOLE):
            return character
        if self._has_letters and character.isalpha():
            return character
        if unicodedata.combining(character):
            return ""
        base = unicodedata.normalize("NFKD", character)[0]
        return base if base.isascii() and base.isprintable() else _UNKNOWN
