"""A line between a program and its terminal: so many bytes a second, so late."""

import math
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Speed:
    """What a line is like. `buffer` is how many bytes wait before it (ssh's and the system's) at most; then
    the program must wait. The round trip is in seconds."""

    name: str
    bytes_a_second: float = math.inf
    round_trip: float = 0.0
    buffer: int = 16 * 1024


PERFECT = Speed("no limit")


class Line:
    """The way from the program to the terminal, and back. All times are seconds of one clock."""

    def __init__(self, speed: Speed, now: float) -> None:
        self.speed = speed
        self._now = now
        self._allowed = 0.0
        self._waiting = bytearray()
        self._under_way: deque[tuple[float, bytes]] = deque()
        self._back: deque[tuple[float, bytes]] = deque()

    @property
    def room(self) -> int:
        """How many bytes the program may write now."""
        return max(0, self.speed.buffer - len(self._waiting))

    @property
    def busy(self) -> bool:
        """Whether anything is waiting or under way."""
        return bool(self._waiting or self._under_way or self._back)

    def send(self, data: bytes) -> None:
        """The program writes."""
        self._waiting += data

    def send_back(self, data: bytes, now: float) -> None:
        """The terminal writes: keys and answers, too few to take up the line."""
        self._back.append((now + self.speed.round_trip / 2, data))

    def arrived(self, now: float) -> bytes:
        """Return what has reached the terminal since the last call."""
        if self.speed.bytes_a_second == math.inf:
            passed = len(self._waiting)
        else:
            # An idle line saves up no more than it would carry in 5 ms.
            most = self.speed.bytes_a_second * max(0.005, now - self._now)
            self._allowed = min(self._allowed + (now - self._now) * self.speed.bytes_a_second, most)
            passed = min(int(self._allowed), len(self._waiting))
            self._allowed -= passed
        self._now = now
        if passed:
            self._under_way.append((now + self.speed.round_trip / 2, bytes(self._waiting[:passed])))
            del self._waiting[:passed]
        return _due(self._under_way, now)

    def arrived_back(self, now: float) -> bytes:
        """Return what has reached the program since the last call."""
        return _due(self._back, now)


def _due(queue: deque[tuple[float, bytes]], now: float) -> bytes:
    parts = []
    while queue and queue[0][0] <= now:
        parts.append(queue.popleft()[1])
    return b"".join(parts)
