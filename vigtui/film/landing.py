"""Where a seek comes down: whether that is the frame asked for, and from how far back to try again."""

import math
from dataclasses import dataclass, field
from pathlib import Path

from vigtui.film.kinds import HEAD_BYTES, STREAMS, has_index, kind_of

TOLERANCE = 0.005
"""Seconds before the moment sought from which on libmpv takes a frame."""
# Odd, so that no film has a frame at what is sought: libmpv says that it is there until it has found a frame.
_ROUNDED_MS = 0.6003371
_EXACT_MS = 0.0020371
_WRITTEN_ROUNDED_MS = 1.6  # by how much frames may be nearer together than on average
_NANOSECOND = 1e-9
_USUAL_RATE = 25.0
_FIRST_REACH_MS, _FURTHEST_REACH_MS = 2_000.0, 32_000.0
_SURE_REACH_MS = 12_000.0  # no usual encoder makes longer groups


def sought(ms: float) -> float:
    """Return the seconds to seek to for libmpv to show the frame at `ms`, or else the first one after it.

    An int is a moment that may have been rounded to a whole millisecond; a float is the film's own time.
    """
    return round(max(0.0, (ms - _slack(ms)) / 1000 + TOLERANCE), 9)


def not_there_yet(ms: float, seconds: float) -> bool:
    """Whether libmpv, which says that it is at `seconds`, has found no frame for `ms` so far."""
    return abs(seconds - sought(ms)) < 2 * _NANOSECOND


def _slack(ms: float) -> float:
    return _ROUNDED_MS if isinstance(ms, int) else _EXACT_MS


@dataclass
class Reach:
    """How much earlier than the moment asked for a film is read, in ms, to be decoded from a whole picture.

    A film with an index is found at the picture that a group of pictures begins with. Where pictures are
    sought by when they are decoded, that may be the next group's: then it is read from earlier, once. A film
    without one (MPEG streams) is read from the middle of a group, which decodes to nothing before the next
    one: it must be read from a group earlier, and nobody knows how long its groups are.
    """

    has_index: bool
    ms: float = 0.0
    _tried: tuple[float, float] | None = field(default=None, init=False)
    _usual_ms: float = field(default=0.0, init=False)
    _far: bool = field(default=False, init=False)

    @property
    def seconds(self) -> float:
        """libmpv's option hr-seek-demuxer-offset: what is `sought` lies a little behind the frame asked for;
        a keyframe in between must not be where the film is entered."""
        return self.ms / 1000 + TOLERANCE

    @classmethod
    def of(cls, path: Path) -> "Reach":
        """The reach to begin with for a film, by its first bytes. Raises `OSError`."""
        with path.open("rb") as file:
            indexed = has_index(kind_of(file.read(HEAD_BYTES)))
        return cls(indexed, 0.0 if indexed else _FIRST_REACH_MS)

    def decodes(self, container: str, codec: str) -> None:
        """Say what libmpv found the film to be. That it is a stream, its first bytes may not have told. What
        is decoded from the middle of a group of H.265 is not left out but shown, in ruins: then nothing tells
        that the film must be read from earlier."""
        if container in STREAMS and self.has_index:
            self.has_index, self.ms = False, _FIRST_REACH_MS
        if codec == "hevc" and not self.has_index:
            self.ms = max(self.ms, _SURE_REACH_MS)

    def landed(
        self, asked_ms: float, here_ms: float, frames_per_second: float, *, at_end: bool
    ) -> float | None:
        """Where a seek came down, when libmpv says that it is at `here_ms`; None while it is on its way.

        At the film's end the last frame is as good as any other for a moment behind it; but where nothing was
        shown up to there, the answer is infinite.
        """
        waits = not_there_yet(asked_ms, here_ms / 1000)
        if not at_end:
            return None if waits else here_ms
        shown = not waits and (here_ms < asked_ms or self.is_at(asked_ms, here_ms, frames_per_second))
        return asked_ms if shown else math.inf

    def is_at(self, asked_ms: float, landed_ms: float, frames_per_second: float) -> bool:
        """Whether the frame at `landed_ms` is the one to be shown at `asked_ms`: that one, or the next where
        there is none. The frame after the one asked for comes a whole frame later."""
        frame_ms = 1000 / (frames_per_second or _USUAL_RATE)
        less = min(_WRITTEN_ROUNDED_MS, frame_ms / 4)
        return asked_ms - _slack(asked_ms) <= landed_ms < asked_ms + frame_ms - less

    def accepts(self, asked_ms: float, landed_ms: float, frames_per_second: float) -> bool:
        """Whether a seek that came down at `landed_ms` is done; else it is to be made again with the reach
        as it is now, which has grown.

        It is done when it came down on the frame asked for, or on the only one there is: the same one again,
        read from the film's start or from very far back.
        """
        if self.is_at(asked_ms, landed_ms, frames_per_second):
            self._tried = None
            if self.has_index:
                self.ms = 0.0
            return True
        again = self._tried == (asked_ms, landed_ms)
        if self._tried is None or self._tried[0] != asked_ms:
            self._usual_ms, self._far = self.ms, False
        self._tried = (asked_ms, landed_ms)
        if landed_ms < asked_ms:
            return again
        if (again and self.has_index) or self._far:
            # There is no frame in between; the next seek need not be read from so far.
            self.ms, self._tried = self._usual_ms, None
            return True
        # Where nothing was shown up to the end, libmpv goes to the last frame in place of the next seek.
        self._far = not self.grows(asked_ms)
        return False

    def grows(self, asked_ms: float) -> bool:
        """Read from earlier from now on, unless it is from the start or from very far back already."""
        if self.ms >= max(min(asked_ms, _FURTHEST_REACH_MS), _FIRST_REACH_MS if self.has_index else 0):
            return False
        self.ms = max(2 * self.ms, _FIRST_REACH_MS)
        return True
