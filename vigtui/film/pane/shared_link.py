"""The one link to the terminal, which all films on the screen share."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from vigtui.film.terminal.link import Link

FRAME_BEGINS, FRAME_ENDS = "\x1b[?2026h", "\x1b[?2026l"
"""Around what a terminal shows all at once, where it can."""
AT_ONE_GLANCE = 600
"""So few bytes are seen at once anyway."""
_SECONDS_BETWEEN_QUESTIONS = 0.1


class Writing(Protocol):
    """What film is written through: a part of `Terminal`, and all that there is before Textual is."""

    written: int

    def write(self, data: str) -> None: ...
    def claim(self, data: bytes) -> bool: ...
    def write_claimed(self) -> None: ...


class FilmLine:
    """Who may draw now, and how much.

    `terminal` is None where there is none that can be written to. `thrifty` is whether as little as possible
    shall be sent, however much the link carries. `shows_frames` is whether the terminal has said that what is
    in a frame is seen all at once. `screens` counts how often it may have lost what it showed. `covered` is
    whether something else is shown in place of all of it.

    Several threads may draw, each while it holds `drawing`: what is known of the terminal, and the order of
    what is written, are one.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, thrifty: bool = False) -> None:
        self.drawing = threading.RLock()
        self.terminal: Writing | None = None
        self.thrifty = thrifty
        self.shows_frames = False
        self.screens = 0
        self.covered = False
        self.link = Link(clock)
        self._waiting: dict[object, Callable[[], None]] = {}
        self._asked_at = 0.0

    def room(self, who: object, wake: Callable[[], None]) -> int:
        """How many bytes `who` may draw with now. If none, `wake` is called when it is worth trying again:
        those who wait take turns."""
        if self.terminal is None:
            return 0
        with self.drawing:
            ahead = next(iter(self._waiting), who)
            room = self.link.room(self.terminal.written) if ahead is who else 0
            if room:
                self._waiting.pop(who, None)
            else:
                self._waiting.setdefault(who, wake)
                if not self.link.asking:
                    self.terminal.write(self.link.ask(self.terminal.written))
        return room

    @property
    def plenty(self) -> float:
        """How much of the link there is for a better picture, from 0 to 1."""
        return 0.0 if self.thrifty else self.link.plenty

    def leave(self, who: object) -> None:
        """Draw nothing more for now."""
        with self.drawing:
            self._waiting.pop(who, None)

    def send(self, text: str) -> None:
        """Write a picture, and ask when it has been drawn."""
        if self.terminal:
            text = self._framed(text)
            before, after = self._questions(len(text.encode()))
            self.terminal.write(f"{before}{text}{after}")

    def _framed(self, text: str) -> str:
        """Have a picture seen when all of it is there: on a slow link the half of it would be seen, over the
        other half of the one before."""
        slow = self.shows_frames and not self.link.is_fast
        return f"{FRAME_BEGINS}{text}{FRAME_ENDS}" if slow and len(text) > AT_ONE_GLANCE else text

    def claim(self, text: bytes) -> bool:
        """The same, by the calling thread if it can be: then it must call `write_claimed` once it does not
        hold `drawing` any more."""
        if self.terminal is None:
            return False
        before, after = self._questions(len(text))
        return self.terminal.claim(before.encode() + text + after.encode() if after else text)

    def write_claimed(self) -> None:
        """Write what was claimed for."""
        if self.terminal:
            self.terminal.write_claimed()

    def _questions(self, size: int) -> tuple[str, str]:
        """What is asked before and after a text of so many bytes."""
        link, now = self.link, time.monotonic()
        if self.terminal is None or (link.is_fast and now - self._asked_at < _SECONDS_BETWEEN_QUESTIONS):
            return "", ""
        self._asked_at = now
        # A question before it tells, by the time between the answers, how long the picture takes.
        written = self.terminal.written
        before = "" if link.asking or link.is_fast else link.ask(written)
        return before, link.ask(written + len(before) + size)

    def answered(self, column: int, row: int) -> None:
        """The terminal says where its cursor was. On any thread, as is what wakes those who wait."""
        with self.drawing:
            self.link.answered(column, row)
            waiting = list(self._waiting.values())
        for wake in waiting:
            wake()
