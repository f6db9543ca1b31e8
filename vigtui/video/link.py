"""The line to the terminal: never much more than one picture under way.

Each picture ends with a request for the cursor's position. While the answer is out, pictures are left out
before they are drawn, so that a slow line costs pictures and never the answer to a key.
"""

from collections import deque
from collections.abc import Callable

_FIRST_PATIENCE = 3.0
_PATIENCE = 1.0
_MOST_PATIENCE = 30.0
_UNANSWERED_INTERVAL = 1 / 4
_BEHIND = 1 / 8
_ROW, _COLUMN, _COLUMNS = 2, 2, 8


class Link:
    """When the next picture may go. `clock` counts seconds.

    A terminal that never answers gets four pictures a second. One that has answered and stops is waited
    for, longer each time.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: deque[int] = deque(maxlen=_COLUMNS)
        self._number = 0
        self._asked_at = 0.0
        self._answers = False
        self._patience = _FIRST_PATIENCE

    @property
    def ready(self) -> bool:
        """Whether a picture may be drawn now."""
        return not self._waiting or self._clock() - self._asked_at >= self._patience

    @property
    def behind(self) -> bool:
        """Whether the terminal owes an answer for longer than a good line needs."""
        return bool(self._waiting) and self._clock() - self._asked_at > _BEHIND

    def ask(self) -> str:
        """A picture goes out; return the request that goes after it.

        It asks from a place whose answer is no key's (a report from row 1 looks like F3) and that tells
        which request it was, and puts the cursor back.
        """
        if self._waiting:
            self._patience = (
                min(self._patience * 2, _MOST_PATIENCE) if self._answers else _UNANSWERED_INTERVAL
            )
        self._number = (self._number + 1) % _COLUMNS
        self._waiting.append(self._number)
        self._asked_at = self._clock()
        return f"\x1b7\x1b[{_ROW};{_COLUMN + self._number}H\x1b[6n\x1b8"

    def answered(self, column: int, row: int) -> None:
        """The terminal says where its cursor was, counted from 0: it has drawn what came before."""
        number = column + 1 - _COLUMN
        if row + 1 == _ROW and number in self._waiting:
            while self._waiting.popleft() != number:
                pass
            self._answers = True
            self._patience = _PATIENCE
