"""The line to the terminal: never much more than one picture under way.

Each picture ends with a request for the cursor's position. While the answer is out, pictures are left out
before they are drawn, so that a slow line costs pictures and never the answer to a key.
"""

from collections.abc import Callable

ASK = "\x1b7\x1b[2;2H\x1b[6n\x1b8"
"""Asks where the cursor is, from a place whose answer is no key's (a report from row 1 looks like F3), and
puts the cursor back."""

_PATIENCE = 1.0
_MOST_PATIENCE = 30.0
_UNANSWERED_INTERVAL = 1 / 8


class Link:
    """When the next picture may go. `clock` counts seconds.

    A terminal that never answers gets a picture every eighth of a second. One that has answered and stops
    is waited for, longer each time.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._asked_at: float | None = None
        self._sent_at = float("-inf")
        self._answers = False
        self._patience = _PATIENCE

    @property
    def ready(self) -> bool:
        """Whether a picture may be drawn now."""
        if self._asked_at is None:
            return True
        waited = self._clock() - self._asked_at
        if waited >= self._patience:
            return self._answers or self._clock() - self._sent_at >= _UNANSWERED_INTERVAL
        return False

    @property
    def slow(self) -> bool:
        """Whether the terminal owes an answer for longer than its line should need."""
        return self._asked_at is not None and self._clock() - self._asked_at > _UNANSWERED_INTERVAL

    def asked(self) -> None:
        """A picture went out, and its request with it."""
        now = self._clock()
        if self._asked_at is None:
            self._asked_at = now
        elif self._answers:
            self._asked_at = now
            self._patience = min(self._patience * 2, _MOST_PATIENCE)
        self._sent_at = now

    def answered(self) -> None:
        """The terminal has drawn a picture."""
        self._asked_at = None
        self._answers = True
        self._patience = _PATIENCE
