"""What the clip screen shows."""

from collections.abc import Mapping, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Static

from vigtui.domain.clips import in_order
from vigtui.domain.principles import Principles
from vigtui.domain.records import Clip, Still, Tag
from vigtui.film.pane.axis_drawing import Stretch
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.ui.screens.clip.notes import ClipNotes
from vigtui.ui.screens.parts.case_film import Cue, Reel
from vigtui.ui.screens.parts.writing_desk import WritingScreen
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.notes_editor import Moment
from vigtui.ui.widgets.showing import Showing, find_recording
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import clean, one_line
from vigtui.wording.clip import place_words, state_words, still_words


class ClipView(WritingScreen):
    """A clip, or a whole recording in which to find clips: then there is no `clip`."""

    CSS_PATH = "clip.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012  Textual's own form

    def __init__(self, *, clip: str = "", recording: str = "", at_ms: int | None = None) -> None:
        super().__init__()
        self.clip_id = clip
        self._recording = recording
        self._at_ms = at_ms
        self.begun: int | None = None

    @property
    def address(self) -> str:
        return f"clip {self.clip_id}" if self.clip_id else f"recording {self._recording}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        with Container(id="stage"):
            yield VideoPane(id="film")
            yield ClipNotes(self._moment, id="notes")
        with Vertical(id="below"):
            yield Subtitles(id="film-said")
            yield TimeAxis(id="axis")
            yield Static(id="tags", markup=False)
            yield Static(id="caption", markup=False)
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        clip = self.caseload.get(Clip, self.clip_id)
        if clip is not None:
            self._recording = clip.recording
            self.show_clip(clip, at_ms=self._at_ms)
        else:
            self.show_clip(None, at_ms=self._at_ms or self._remembered())
        self.pane.focus()

    # What is shown

    @property
    def clip(self) -> Clip | None:
        """The clip at hand, as the records say now."""
        return self.caseload.get(Clip, self.clip_id)

    @property
    def found(self) -> Showing | None:
        """What the recording shows; None when it is gone."""
        return find_recording(self.caseload, self._recording)

    @property
    def duration_ms(self) -> int:
        """How long the film is; 0 when nobody knows yet."""
        return self.reel.duration_ms

    def clips(self) -> list[Clip]:
        """The recording's clips, in their order."""
        return in_order(self.caseload.where(Clip, recording=self._recording))

    def show_clip(self, clip: Clip | None, *, at_ms: int | None = None, playing: bool = False) -> None:
        """Cue this clip, looping; or, without one, the recording at `at_ms`."""
        self.clip_id = clip.id if clip else ""
        self.begun = None
        loop = (clip.in_ms, clip.out_ms) if clip else None
        start = at_ms if at_ms is not None else (clip.in_ms if clip else 0)
        self.show_film(Cue(self._recording, start, loop, playing, self.clip_id) if self.found else None)
        self.query_one(ClipNotes).show_about(self.caseload, self.workspace.person, clip)
        self.show_words()

    def show_words(self) -> None:
        """Show everything around the picture."""
        clip, showing = self.clip, self.found
        self._show_title()
        self._show_stretch()
        words = Text()
        if clip is not None and showing is not None:
            words = self._clip_words(clip, showing)
        elif showing is not None:
            words = Text(self._how_to_find(), style="dim")
        self.query_one("#tags", Static).update(words)
        caption = clean(clip.caption).strip() if clip else ""
        self.query_one("#caption", Static).update(caption)
        self.query_one("#caption").display = bool(caption)

    def _clip_words(self, clip: Clip, showing: Showing) -> Text:
        """Who does what; which stills there are; whether there are notes to open."""
        people = dict(showing.people(self.caseload))
        words = _tag_line(self.caseload.where(Tag, clip=clip.id), people, self.workspace.principles)
        if not words:
            words = Text("No tags yet. t says who does what, c writes what is seen and heard.", style="dim")
        stills = still_words(self.caseload.where(Still, clip=clip.id))
        notes = self.query_one(ClipNotes)
        there = "a note, n opens it" if notes.has_words and not notes.display else ""
        for more in filter(None, (stills, there)):
            words.append(f"     {more}", style="dim")
        return words

    def _how_to_find(self) -> str:
        count = len(self.clips())
        made = {0: "No clips yet.", 1: "One clip so far; page down opens it."}.get(
            count, f"{count} clips so far; page down opens the first."
        )
        if self.begun is not None:
            return f"The clip starts at the [ on the line. Go to where it ends and press ]. {made}"
        return f"Find a moment, press [ where it starts and ] where it ends. {made}"

    def begin_clip(self, ms: int) -> None:
        """A clip is to start here; its end is still to come."""
        self.begun = ms
        self.show_words()

    def _show_title(self) -> None:
        clip, showing = self.clip, self.found
        if showing is None:
            self.query_one(TitleBar).set_parts("Clip", "no longer in the caseload")
            return
        title = (
            f"{showing.code(clip)}  {one_line(clip.title)}"
            if clip
            else showing.recording.kind.label.capitalize()
        )
        state = "" if self.closed else state_words(self.pane.state)
        self.query_one(TitleBar).set_parts(title.strip(), place_words(showing.family, showing.cycle), state)

    def _show_stretch(self) -> None:
        clip, state = self.clip, self.pane.state
        others = tuple((each.in_ms, each.out_ms) for each in self.clips() if each.id != self.clip_id)
        marks = [tag.at_ms for tag in self.caseload.where(Tag, clip=self.clip_id)]
        marks += [still.at_ms for still in self.caseload.where(Still, clip=self.clip_id)]
        self.axis.stretch = Stretch(
            duration=self.duration_ms,
            clip=(clip.in_ms, clip.out_ms) if clip else None,
            others=others,
            marks=tuple(sorted(marks)) if clip else (),
            begun=self.begun,
            signs="↻" if state.loop else "",
            digits=0 if state.playing else 2,
        )

    def film_moved(self, reel: Reel) -> None:  # noqa: ARG002  there is one film here
        """Show where the film is and what it does."""
        self._show_title()
        self._show_stretch()

    def refresh_records(self) -> None:
        """Show the records as they are now; a clip that is gone gives way to its recording."""
        if not self.is_shown:
            return
        super().refresh_records()
        clip = self.clip
        if self.clip_id and clip is None:
            self.show_clip(None, at_ms=self.reel.ms)
            return
        cue = self.reel.cue
        if clip is not None and cue is not None and cue.loop != (clip.in_ms, clip.out_ms):
            self.reel.set_loop((clip.in_ms, clip.out_ms))
        self.query_one(ClipNotes).reread(self.caseload)
        self.show_words()

    def _moment(self) -> Moment | None:
        ms = self.reel.written_ms
        return None if ms is None else Moment(ms)

    def _remembered(self) -> int:
        ms = self.workspace.places.get(f"recording:{self._recording}")
        return ms if isinstance(ms, int) else 0

    def save_pending(self) -> None:
        """Keep what is being written, and where the film is."""
        super().save_pending()
        if self.reel.ms is not None:
            self.workspace.places.set(f"recording:{self._recording}", self.reel.ms)


def _tag_line(tags: Sequence[Tag], people: Mapping[str, str], principles: Principles) -> Text:
    """Who does what, each person once: `Jory  receiving: with body     Dana  receiving: waiting`."""
    line = Text()
    for who in dict.fromkeys(tag.who for tag in tags):
        own = [tag for tag in tags if tag.who == who]
        said = dict.fromkeys(principles.words(tag.principle, tag.item) for tag in own)
        if line:
            line.append("     ")
        line.append(one_line(people.get(who, who)), style="bold")
        line.append("  " + one_line(", ".join(said)))
    return line
