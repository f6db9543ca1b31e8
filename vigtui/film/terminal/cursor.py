"""The terminal's own cursor, which screen readers and braille lines follow.

A drawing of the screens ends with a move to where the cursor belongs. What else is written (film, questions)
moves it too: then it is hidden meanwhile and put back.
"""

import re

_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"
_LAST_MOVE, _LONGEST_MOVE = re.compile(r"\x1b\[\d+;\d+H\Z"), 16
# What is shorter is on the screen before anybody sees the cursor pass.
_SEEN_PASSING = 600


class Cursor:
    """Where the cursor is, and whether it is seen. `wanted`: whether it shall be from the next drawing on."""

    def __init__(self) -> None:
        self.wanted = False
        self._seen = False
        self._at = ""

    def is_there(self, data: str) -> bool:
        """Whether this only moves it to where it was moved last, as Textual does after drawing nothing."""
        return data == self._at and self.wanted is self._seen

    def around(self, data: str, *, at_once: bool) -> str:
        """Return what writes `data` and leaves the cursor where it belongs. `at_once` is whether the terminal
        shows all of it at one time."""
        before, drawn = self._seen, _LAST_MOVE.search(data, max(0, len(data) - _LONGEST_MOVE))
        if drawn:
            self._at = drawn.group()
            self._seen = self.wanted
            passes = before and len(data) > _SEEN_PASSING and not at_once
        else:
            self._seen = before and self.wanted
            passes = before
            data += self._at if self._seen else ""
        if passes or (before and not self._seen):
            data = _HIDE + data
        return data + _SHOW if self._seen and (passes or not before) else data

    def around_film(self, data: bytes) -> bytes:
        """The same for film, which is drawn often, and ends with no move to where the cursor belongs."""
        return self.around(data.decode(), at_once=False).encode() if self._seen else data
