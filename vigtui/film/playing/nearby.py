"""The frames around the one that is shown, kept so that a step is there at once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigtui.film.playing.renderer import Picture

BEHIND, AHEAD = 24, 10
"""How many frames before and after the present one are worth having."""
_MOST = 2 * (BEHIND + AHEAD)
_FEW_BEHIND, _FEW_AHEAD = 16, 5
_SAME_MS, _NEXT_MS = 1.0, 0.002


@dataclass(frozen=True)
class Frame:
    """A frame of the film: its moment in ms, as exact as the film says it, and its picture."""

    ms: float
    picture: "Picture"


@dataclass(frozen=True)
class Nearby:
    """Frames that follow each other without a gap, and whether they reach the film's start and its end."""

    frames: tuple[Frame, ...] = ()
    from_start: bool = False
    to_end: bool = False

    def beside(self, ms: float, by: int) -> Frame | None:
        """The frame `by` after (before, if negative) the one at `ms`; None when it is not known."""
        here = self._place(ms)
        place = -1 if here is None else here + by
        return self.frames[place] if 0 <= place < len(self.frames) else None

    def none_beside(self, ms: float, by: int) -> bool:
        """Whether the film has no frame beyond the one at `ms`, in the direction of `by`."""
        here = self._place(ms)
        first, last = here == 0 and self.from_start, here == len(self.frames) - 1 and self.to_end
        return first if by < 0 else last

    def reaches_back(self, ms: float) -> bool:
        """Whether there are frames enough before the one at `ms` to step back for a while."""
        here = self._place(ms)
        return here is not None and (self.from_start or here >= _FEW_BEHIND)

    def reaches_on(self, ms: float) -> bool:
        """The same for the frames after it."""
        here = self._place(ms)
        return here is not None and (self.to_end or len(self.frames) - 1 - here >= _FEW_AHEAD)

    def before(self, later: "Nearby") -> "Nearby":
        """These frames and then those of `later`, whose first ones may be the same."""
        end = self.frames[-1].ms + _NEXT_MS if self.frames else 0.0
        frames = self.frames + tuple(frame for frame in later.frames if frame.ms > end)
        to_end = later.to_end if later.frames else self.to_end
        return Nearby(frames[:_MOST], self.from_start, to_end and len(frames) <= _MOST)

    def on(self, frame: Frame) -> "Nearby":
        """These frames and the next one."""
        return Nearby((*self.frames, frame)[-_MOST:], self.from_start and len(self.frames) < _MOST)

    def _place(self, ms: float) -> int | None:
        near = min(range(len(self.frames)), key=lambda at: abs(self.frames[at].ms - ms), default=None)
        return near if near is not None and abs(self.frames[near].ms - ms) < _SAME_MS else None
