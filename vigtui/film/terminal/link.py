"""The link to the terminal: how fast it is, how long it takes, and how much may be under way on it.

The terminal is asked now and then where its cursor is. Its answer tells that everything written before has
been drawn, and when. So pictures are made as large as the link carries, and left out before they are drawn
while too much is under way: a slow link costs detail, then pictures, and never the answer to a key.
"""

import math
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

# Until the link has shown what it is.
_FIRST_SPEED, _FIRST_DELAY, _FIRST_BYTES = 48_000.0, 0.05, 4000
_FASTEST, _MOST_PROVEN = 2e7, 4_000_000
# What waits before a key's answer, in seconds: a picture, and what is left of the one before.
_LEFT_OVER = 0.06
_PICTURE, _LONGEST_PICTURE, _LEAST_PICTURE = 0.1, 0.4, 3200
_MOST_BYTES = 64_000
# Textual blocks the program when 30 writes wait.
_MOST_ASKED = 14
_LATE = 0.15
_FAST_ENOUGH, _PLENTY = 400_000, 1_600_000
_SECONDS_OF_DOUBT = 2.0
_MEMORY = 0.8
_DELAY_WINDOW, _FEWEST_DELAYS = 3.0, 3
_LITTLE, _LEAST_DELAY = 0.02, 0.001
_SECONDS_OF_TRUST = 8.0
_FIRST_PATIENCE, _PATIENCE, _MOST_PATIENCE = 3.0, 1.0, 30.0
_UNANSWERED_INTERVAL, _UNANSWERED_BYTES = 1 / 4, 4000
# A report from row 1 looks like a key (F3).
QUESTION_ROW, _COLUMN, _COLUMNS = 2, 2, 24
_ANSWER = rb"\x1b\[%d;([2-9]|1\d|2[0-5])R" % QUESTION_ROW


@dataclass(frozen=True)
class _Question:
    """A request that is out: its number, when it went, how much was written before it in all and how much of
    that was under way, and whether no other request was."""

    number: int
    at: float
    written: int
    under_way: int
    idle: bool


class Link:
    """What is known of the link. `clock` counts seconds; `written` is all that was ever written to the
    terminal, in bytes, the rest of the screen too. `speed` is how many bytes a second it carries, `delay` how
    long an answer takes when nothing is under way, in seconds: the least of late.

    A terminal that never answers gets 4 pictures of 4 KB a second. One that has answered and stops is tried
    again after a while, and then after longer and longer.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._asked: deque[_Question] = deque()
        self._number = 0
        self._drawn = 0
        self._drawn_at = 0.0
        self._tried_at = 0.0
        self._answers = False
        self._patience = _FIRST_PATIENCE
        self.speed, self.delay = _FIRST_SPEED, _FIRST_DELAY
        self._carried, self._busy = 0.0, 0.0
        self._delays: deque[tuple[float, float]] = deque()
        self._proven = _FIRST_BYTES
        self._full_at = -math.inf
        self._reckon()

    @property
    def is_fast(self) -> bool:
        """Whether the link carries more than film needs."""
        return self._answers and self.speed >= _FAST_ENOUGH

    @property
    def plenty(self) -> float:
        """How far the link has been proven to carry more than film needs, from 0 to 1: there is that much of
        it for a better picture. 0 as soon as a picture had to wait, and for a while after it."""
        if not self.is_fast or self.late or self._clock() - self._full_at < _SECONDS_OF_DOUBT:
            return 0.0
        return self._more_than_enough

    @property
    def late(self) -> bool:
        """Whether the terminal owes an answer for longer than the link explains."""
        if not self._asked:
            return False
        return self._clock() - self._asked[0].at > 1.5 * self.delay + self._interval + _LATE

    @property
    def asking(self) -> bool:
        """Whether a question is out."""
        return bool(self._asked)

    @property
    def silent(self) -> float:
        """For how many seconds a terminal that used to answer has owed an answer."""
        return self._clock() - self._asked[0].at if self._asked and self._answers else 0.0

    def room(self, written: int) -> int:
        """How many bytes a picture may have that goes now; 0 when none may."""
        if self._asked and self._clock() - self._tried_at >= self._patience:
            return min(self._most, _UNANSWERED_BYTES)
        under_way = written - self._drawn
        full = under_way > min(self.speed * (self.delay + _LEFT_OVER), self._proven)
        if full or self.late or len(self._asked) >= _MOST_ASKED:
            self._full_at = self._clock()
            return 0
        return 0 if self._needs_quiet else self._most

    @property
    def _needs_quiet(self) -> bool:
        """Whether nothing may go until nothing is under way, which shows how long the way is: on a link that
        is full this has not been seen for long. One that was once taken for longer would be full for ever."""
        now = self._clock()
        if not (self._asked and self._delays) or now - self._full_at > _SECONDS_OF_DOUBT:
            return False
        return now - self._delays[-1][0] > _SECONDS_OF_TRUST

    def _reckon(self) -> None:
        """Find what follows from the speed: how long the link is busy with a picture of the size that is
        right for it, how many bytes that is, and how much more than film needs."""
        self._interval = min(_LONGEST_PICTURE, max(_PICTURE, _LEAST_PICTURE / self.speed))
        self._most = int(min(_MOST_BYTES, self.speed * self._interval, self._proven))
        more = math.log(max(1.0, self.speed / _FAST_ENOUGH)) / math.log(_PLENTY / _FAST_ENOUGH)
        self._more_than_enough = min(1.0, more)

    def ask(self, written: int) -> str:
        """Return a request that goes to the terminal after `written` bytes. It moves the cursor.

        It asks from a place whose answer is no key's and that tells which request it was.
        """
        now = self._clock()
        if self._asked and now - self._tried_at >= self._patience:
            self._patience = (
                min(self._patience * 2, _MOST_PATIENCE) if self._answers else _UNANSWERED_INTERVAL
            )
        self._tried_at = now
        self._number = (self._number + 1) % _COLUMNS
        self._asked.append(_Question(self._number, now, written, written - self._drawn, not self._asked))
        while len(self._asked) > _COLUMNS - 1:
            self._asked.popleft()
        return f"\x1b[{QUESTION_ROW};{_COLUMN + self._number}H\x1b[6n"

    def answered(self, column: int, row: int) -> None:
        """The terminal says where its cursor was, counted from 0: it has drawn what came before."""
        number = column + 1 - _COLUMN
        question = next((asked for asked in self._asked if asked.number == number), None)
        if row + 1 != QUESTION_ROW or question is None:
            return
        while self._asked.popleft() is not question:
            pass
        self._learn(question, self._clock())
        self._answers = True
        self._patience = _PATIENCE

    def expect_nothing(self) -> None:
        """Take the terminal for one that never answers, until it does."""
        self._asked.clear()
        self._answers = False

    def _learn(self, question: _Question, now: float) -> None:
        # Answers that come together look like a link without limits: twice as much at a time must do.
        if now - question.at <= self.delay + self._interval + _LATE:
            self._proven = max(self._proven, min(2 * question.under_way, _MOST_PROVEN))
        else:
            self._proven = max(_FIRST_BYTES, self._proven // 2)
        size = question.written - self._drawn
        if question.idle:
            own = size / self.speed
            # What was written before it hides how long the way is, unless it was little.
            if own <= _LITTLE or not self._delays:
                self._delays.append((now, max(_LEAST_DELAY, now - question.at - own)))
            # One alone may be that of a terminal that stood still.
            while self._delays[0][0] < now - _DELAY_WINDOW and len(self._delays) > _FEWEST_DELAYS:
                self._delays.popleft()
            self.delay = min(delay for _, delay in self._delays)
        else:
            # The link was busy with these bytes since the answer before.
            self._carried = self._carried * _MEMORY + size
            self._busy = self._busy * _MEMORY + now - max(self._drawn_at, question.at)
            self.speed = (
                min(_FASTEST, self._carried / max(self._busy, 1e-6)) if self._carried else _FIRST_SPEED
            )
        self._drawn, self._drawn_at = question.written, now
        self._reckon()


def take_answers(data: bytes, answered: Callable[[int, int], object]) -> bytes:
    """Give what the terminal has answered to a link's questions to its `answered`, and return the rest of
    what it sent. An answer that comes in two pieces is left in that."""

    def take(answer: re.Match[bytes]) -> bytes:
        answered(int(answer[1]) - 1, QUESTION_ROW - 1)
        return b""

    return re.sub(_ANSWER, take, data)
