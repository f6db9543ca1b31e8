"""Marking moments in a whole recording while it plays, and walking them afterwards."""

from collections.abc import Callable

from msgspec.structs import replace

from vigtui.domain.consent.showing import Showing
from vigtui.domain.film.moments import around, in_order, marked_at, number, step, without_clip
from vigtui.domain.records import Clip, Moment
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.clip.editing import make_clip
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode


class RecordingMoments:
    """The moments of one recording. One may be at hand: the one that was marked or gone to last."""

    def __init__(self, caseload: Callable[[], Caseload], recording: Callable[[], str]) -> None:
        self._find_caseload, self._find_recording = caseload, recording
        self._last = ""

    @property
    def _caseload(self) -> Caseload:
        return self._find_caseload()

    @property
    def all(self) -> list[Moment]:
        """All of them, as they follow one another."""
        return in_order(self._caseload.where(Moment, recording=self._find_recording()))

    @property
    def open(self) -> list[Moment]:
        """Those that are no clip yet."""
        return without_clip(self.all)

    @property
    def at_hand(self) -> Moment | None:
        """The moment at hand; None once it became a clip, or was removed."""
        moment = self._caseload.get(Moment, self._last)
        return moment if moment and not moment.clip else None

    @property
    def named(self) -> tuple[tuple[int, str], ...]:
        """Where those are that are no clip yet, and their numbers."""
        found = self.all
        return tuple((each.at_ms, str(number(each, found))) for each in found if not each.clip)

    def number(self, moment: Moment) -> int:
        """The number of one of them."""
        return number(moment, self.all)

    def mark(self, showing: Showing, ms: int) -> Moment:
        """Mark a moment at `ms`, unless one is there already, and return it. It is at hand from now on."""
        moment = marked_at(self.open, ms)
        if moment is None:
            moment = Moment(cycle=showing.cycle.id, recording=showing.recording.id, at_ms=ms)
            with self._caseload.transaction(f"Mark a moment at {format_timecode(ms)}"):
                moment = self._caseload.save(moment)
        self._last = moment.id
        return moment

    def step(self, ms: int | None, by: int) -> Moment | None:
        """Take the next moment after `ms`, or the one before it, in hand and return it. Without `ms`, where
        no film is shown, go on from the one at hand."""
        last = self._caseload.get(Moment, self._last)
        here = ms if ms is not None else last.at_ms if last else -1
        found = step(self.open, here, last, by)
        if found is not None:
            self._last = found.id
        return found

    def make_clip(self, showing: Showing, moment: Moment, duration_ms: int) -> Clip:
        """Make a clip around a moment, with its words as the title. Raises ValueError with a sentence."""
        in_ms, out_ms = around(moment.at_ms, duration_ms)
        with self._caseload.transaction(f"Make a clip of the moment at {format_timecode(moment.at_ms)}"):
            clip = make_clip(
                self._caseload, showing, in_ms, out_ms, duration_ms, title=one_line(moment.words)
            )
            self._caseload.save(replace(moment, clip=clip.id))
            return clip
