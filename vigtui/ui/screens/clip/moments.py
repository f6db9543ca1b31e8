"""Marking moments in a whole recording while it plays, and walking them afterwards."""

from collections.abc import Callable

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

from vigtui.domain.consent.showing import Showing
from vigtui.domain.moments import around, in_order, marked_at, number, step, without_clip
from vigtui.domain.records import Clip, Moment
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.clip.editing import make_clip
from vigtui.values.text import clean, one_line
from vigtui.values.timecode import format_timecode
from vigtui.wording.moments import moment_name


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


class MomentLine(Horizontal):
    """A line to write about a moment, below a film that plays on. It is there while somebody writes in it;
    what is in it is kept however it is left."""

    class Left(Message):
        """Somebody has written what they wanted to."""

    def __init__(self, caseload: Callable[[], Caseload]) -> None:
        super().__init__(id="moment-line")
        self._find_caseload = caseload
        self._moment: Moment | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        yield Label(id="moment-name", markup=False)
        hint = "(a word or two, enter)"
        yield Input(placeholder=hint, id="moment-words", compact=True, select_on_focus=False)

    def write(self, moment: Moment, number: int) -> None:
        """Let somebody write about this moment."""
        self.keep()
        self._moment = moment
        self.query_one(Label).update(moment_name(number, moment))
        words = self.query_one(Input)
        words.value = clean(moment.words)
        words.cursor_position = len(words.value)
        self.display = True
        words.focus()

    def keep(self) -> None:
        """Keep what is in the line."""
        moment = self._moment
        words = one_line(self.query_one(Input).value) if moment else ""
        if moment is None or words == one_line(moment.words):
            return
        caseload = self._find_caseload()
        with caseload.transaction(f"Write about the moment at {format_timecode(moment.at_ms)}"):
            self._moment = caseload.save(replace(moment, words=words))

    def leave(self) -> None:
        """Keep what is in the line, and put it away."""
        self.keep()
        self._moment = None
        self.display = False

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left())

    def on_descendant_blur(self) -> None:
        self.leave()
