"""Where a seek comes down: whether that is the frame asked for, and from how far back to try again."""

import math
from dataclasses import dataclass, field

from vigtui.film.kinds import HEAD_BYTES, STREAMS, has_index, kind_of
from vigtui.film.source import FilmSource, reading

TOLERANCE = 0.005
"""Seconds before the moment sought from which on libmpv takes a frame."""
# Odd, so that no film has a frame at what is sought: libmpv says that it is there until it has found a frame.
_ROUNDED_MS = 0.6003371
_EXACT_MS = 0.0020371
_WRITTEN_ROUNDED_MS = 1.6  # by how much frames may be nearer together than on average
_NANOSECOND = 1e-9
_USUAL_RATE = 25.0
_FIRST_REACH_MS, _FURTHEST_REACH_MS = 2_000.0, 32_000.0
_BEFORE_START_MS = 1_000.0  # from where a film is surely read from its first picture, which is decoded early
_SURE_REACH_MS = 12_000.0  # no usual encoder makes longer groups
_PROGRAM_STREAM, _MPEG_VIDEO = "mpeg", ("mpeg1video", "mpeg2video")  # libmpv's names

# In seconds, as FFmpeg's filters count.
_LONGEST_GUESS, _SAME, _LATER, _JOINED = 0.75, 0.0005, 0.001, 1.0
_FRAME, _MOST_FRAMES = "if(isnan(FR),0.04,1/FR)", 3.5
_IN_ORDER = f"isnan(PREV_OUTPTS)+gt(PTS,PREV_OUTPTS+{_SAME}/TB)+lt(PTS,PREV_OUTPTS-{_JOINED}/TB)"
_GUESSED = f"lt((PREV_OUTPTS-PTS)*TB,{_MOST_FRAMES}*{_FRAME})*lt(ld(0),{_LONGEST_GUESS})"
RISING = (
    f"setpts='if({_IN_ORDER},PTS+0*st(0,0),"
    f"PREV_OUTPTS+if({_GUESSED},{_FRAME}+0*st(0,ld(0)+{_FRAME}),{_LATER})/TB)'"
)
"""A filter that gives no two pictures of a film without an index the same moment.

Such a film tells the times of some pictures only, usually every 0.7 seconds. FFmpeg counts on from those, at
times from the wrong picture: then times go back by up to three pictures, and are too early until the next one
that is told. These pictures come a picture's length after the one before, which is their true time. Where a
film was joined with some overlap, they come a millisecond after the one before instead; where it begins anew,
by more than a second, its times stay as they are. `ld(0)` is for how long pictures have been counted.
"""


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

    Of such a film, too, the times of pictures may be counted on from those before: then it goes through
    `filters`, and while `all_pictures` nothing is left out on the way.

    `ms` is for the next seek; `found_ms` is what it was for the one that came down last.
    """

    has_index: bool
    ms: float = 0.0
    filters: tuple[str, ...] = ()
    all_pictures: bool = False
    found_ms: float = field(default=0.0, init=False)
    _tried: tuple[float, float] | None = field(default=None, init=False)
    _usual_ms: float = field(default=0.0, init=False)
    _far: bool = field(default=False, init=False)

    def options(self, ms: float | None = None) -> dict[str, object]:
        """libmpv's options for a seek that reads from `ms` earlier, or as `self.ms` says. What is `sought`
        lies a little behind the frame asked for; a keyframe in between must not be where the film is
        entered."""
        reach = self.ms if ms is None else ms
        return {
            "hr-seek-demuxer-offset": reach / 1000 + TOLERANCE,
            "hr-seek-framedrop": not self.all_pictures,
        }

    @classmethod
    def of(cls, source: FilmSource) -> "Reach":
        """The reach to begin with for a film, by its first bytes. Raises `FilmError`."""
        with reading(source) as file:
            kind = kind_of(file.read(HEAD_BYTES))
        indexed = has_index(kind)
        may_count = not (kind and indexed)
        return cls(indexed, 0.0 if indexed else _FIRST_REACH_MS, (RISING,) * may_count, may_count)

    def decodes(self, container: str, codec: str) -> None:
        """Say what libmpv found the film to be. That it is a stream, its first bytes may not have told. What
        is decoded from the middle of a group of H.265 is not left out but shown, in ruins: then nothing tells
        that the film must be read from earlier."""
        if container in STREAMS and self.has_index:
            self.has_index, self.ms = False, _FIRST_REACH_MS
        # Others say the time of each picture.
        self.all_pictures = container == _PROGRAM_STREAM or (not self.has_index and codec in _MPEG_VIDEO)
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
        self.found_ms = self.ms
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
        enough = min(asked_ms + _BEFORE_START_MS, _FURTHEST_REACH_MS)
        if self.ms >= max(enough, _FIRST_REACH_MS if self.has_index else 0):
            return False
        self.ms = max(2 * self.ms, _FIRST_REACH_MS)
        return True
