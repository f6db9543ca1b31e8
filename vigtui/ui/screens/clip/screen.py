"""The clip screen: what it shows, and what can be done on it."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from vigtui.domain.consent.access import Permission, Use
from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.film.clips import in_order, with_in, with_out
from vigtui.domain.film.stamps import FilmPosition
from vigtui.domain.records import Clip, Moment, Note, Record
from vigtui.film.pane.app import is_plain
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.ui.dialogs.records.session import plan_session
from vigtui.ui.dialogs.records.share import show_audiences
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.clip import editing
from vigtui.ui.screens.clip.details import ClipDetails, about_clip, about_moment, about_recording, stretch
from vigtui.ui.screens.clip.moments import RecordingMoments
from vigtui.ui.screens.clip.notes import ClipNotes
from vigtui.ui.screens.clip.removing import remove_note, remove_something
from vigtui.ui.screens.parts.case_film import CaseFilm, Cue
from vigtui.ui.screens.parts.film_desk import FilmDesk
from vigtui.ui.screens.parts.moment_line import MomentLine
from vigtui.ui.screens.parts.writing_desk import WritingDesk
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for, keys_for
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import capitalised
from vigtui.values.timecode import format_timecode
from vigtui.wording.access import why_closed
from vigtui.wording.film.clip import clip_title, how_to_find, place_words, state_words
from vigtui.wording.film.moments import moment_name

_IN_FILM = frozenset({"mark_in", "mark_out", "mark_moment", "clip_of_moment", "still", "go_to"})
"""What needs a film that is open, or is to come."""
_ABOUT_CLIP = frozenset({"tag", "still", "to_agenda", "share", "audiences", "whole"})
"""What needs a clip, and is not offered in a whole recording."""
Asking = Callable[[CaseScreen, Clip, Showing], Awaitable[object]]


class ClipScreen(CaseScreen):
    """A clip by its id, or a recording by its id, in which to find clips: then there is no `clip`. It begins
    `at_ms`, and `with_notes` what is written about it is shown from the start."""

    CSS_PATH = "clip.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012  Textual's own form
    BINDINGS = bindings("clip", "go_to", "back")
    HELP: ClassVar[str] = (
        "Watch a moment again and again: `{film.toggle}` plays, `{film.frame_back}` and "
        "`{film.frame_on}` go frame by frame. In a whole recording `{clip.in}` and `{clip.out}` make a "
        "clip of what is between; on a clip they move its ends. Tag who does what, and write down what "
        "is seen and heard. In a whole recording `{clip.mark_moment}` marks a moment, and the film "
        "plays on; `{clip.next_moment}` and `{clip.moment_before}` walk the moments, and "
        "`{clip.of_moment}` makes a clip of one. Everything is saved at once; `{app.undo}` undoes."
    )

    def __init__(
        self, *, clip: str = "", recording: str = "", at_ms: int | None = None, with_notes: bool = False
    ) -> None:
        super().__init__()
        self._with_notes = with_notes
        self.clip_id = clip
        self._recording = recording
        self._at_ms = at_ms
        self._begun: int | None = None
        self._could_be_moved = True
        self.film = CaseFilm(self, "film", "axis", self._follow)
        self.films = FilmDesk(self, self.film)
        self.moments = RecordingMoments(lambda: self.caseload, lambda: self._recording)
        self.desk = WritingDesk(
            self, self.films, lambda: self.query_one(NotesEditor), only_while_writing=True
        )

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        with self.desk:
            with Container(id="stage"):
                yield VideoPane(id="film")
                yield ClipNotes(self._position, id="notes")
            with Vertical(id="below"):
                yield Subtitles(id="film-said")
                yield TimeAxis(id="axis")
                yield MomentLine(lambda: self.caseload)
                yield ClipDetails()
        yield KeyFooter()

    def on_mount(self) -> None:
        clip = self.clip
        self.query_one(ClipNotes).display = self._with_notes
        if clip is not None:
            self._recording = clip.recording
            self.show_clip(clip, at_ms=self._at_ms)
        else:
            self.show_clip(None, at_ms=self._remembered() if self._at_ms is None else self._at_ms)
        self.film.pane.focus()

    # What is at hand

    @property
    def address(self) -> str:
        return f"clip {self.clip_id}" if self.clip_id else f"recording {self._recording}"

    @property
    def clip(self) -> Clip | None:
        """The clip at hand, as the records say now."""
        return self.caseload.get(Clip, self.clip_id)

    @property
    def found(self) -> Showing | None:
        """What the recording shows; None when it was removed."""
        return find_recording(self.caseload.get, self._recording)

    @property
    def at_hand(self) -> Sequence[Record]:
        """The clip; while there is none the moment at hand, or the recording."""
        found = self.clip or self.moments.at_hand or (self.found.recording if self.found else None)
        return [found] if found else []

    def clips(self) -> list[Clip]:
        """The recording's clips, in their order."""
        return in_order(self.caseload.where(Clip, recording=self._recording))

    def _position(self) -> FilmPosition | None:
        ms = self.film.written_ms
        return None if ms is None else FilmPosition(ms)

    def _remembered(self) -> int:
        ms = self.workspace.places.get(f"recording:{self._recording}")
        return ms if isinstance(ms, int) else 0

    def save_pending(self) -> None:
        """Keep what is being written, and where the film is."""
        self.desk.save_pending()
        self.query_one(MomentLine).keep()
        if self.film.ms is not None:
            self.workspace.places.set(f"recording:{self._recording}", self.film.ms)

    # What is shown

    def show_clip(self, clip: Clip | None, *, at_ms: int | None = None, playing: bool = False) -> None:
        """Cue this clip, looping; or, without one, the recording at `at_ms`."""
        self.clip_id = clip.id if clip else ""
        self._begun = None
        loop = (clip.in_ms, clip.out_ms) if clip else None
        start = at_ms if at_ms is not None else (clip.in_ms if clip else 0)
        self.film.show(Cue(self._recording, start, loop, playing, self.clip_id) if self.found else None)
        self._show_notes()
        self._show_words()
        self.refresh_bindings()

    def _show_notes(self) -> None:
        """Show the notes about the clip, or about the recording while there is none."""
        showing = self.found
        about = self.clip or (showing.recording if showing else None)
        self.query_one(ClipNotes).show_about(self.caseload, self.workspace.person, about)

    def refresh_records(self) -> None:
        """Show the records as they are now; a clip that was removed gives way to its recording."""
        if not self.films.is_there:
            return
        self.films.decide()
        clip, cue = self.clip, self.film.cue
        if self.clip_id and clip is None:
            self.show_clip(None, at_ms=self.film.ms)
            return
        if clip is not None and cue is not None and cue.loop != (clip.in_ms, clip.out_ms):
            self.film.set_loop((clip.in_ms, clip.out_ms))
        if self.found is None:
            self._show_notes()
        else:
            self.query_one(ClipNotes).reread(self.caseload)
        self._show_words()

    def _show_words(self) -> None:
        """Show everything around the picture."""
        clip, showing, details = self.clip, self.found, self.query_one(ClipDetails)
        notes, key = self.query_one(ClipNotes), keys_for(self)
        has_closed_note = notes.has_words and not notes.display
        closed = not self.film.can_be_moved
        self._could_be_moved = not closed
        self._show_moved(self.film)
        if showing is None:
            details.show(Text(), clip.caption if clip else "")
        elif clip is None and self._begun is None and (moment := self.moments.at_hand):
            details.show(about_moment(self.moments.number(moment), moment, key, closed=closed))
        elif clip is None:
            begun, clips, moments = self._begun is not None, len(self.clips()), len(self.moments.open)
            find = how_to_find(clips, moments, key, begun=begun, closed=closed)
            details.show(about_recording(find, key, has_closed_note=has_closed_note))
        else:
            words = about_clip(self.workspace, clip, showing, key, has_closed_note=has_closed_note)
            details.show(words, clip.caption)

    def _follow(self, film: CaseFilm) -> None:
        """The film moved; or it was closed, or opened: then other things can be done."""
        if film.can_be_moved == self._could_be_moved:
            self._show_moved(film)
        else:
            self._show_words()

    def _show_moved(self, film: CaseFilm) -> None:
        """Show where the film is and what it does."""
        clip, clips, showing, state = self.clip, self.clips(), self.found, film.state
        if showing is None:
            self.query_one(TitleBar).set_parts("Clip", "no longer in the caseload")
        else:
            title = (
                clip_title(showing.code(clip), clip) if clip else capitalised(showing.recording.kind.label)
            )
            place = place_words(showing.family, showing.cycle)
            self.query_one(TitleBar).set_parts(
                title, place, "" if film.closed else state_words(state, plain=is_plain(self.app))
            )
        film.axis.stretch = stretch(
            self.caseload,
            clips,
            clip,
            state,
            duration_ms=film.duration_ms,
            begun=self._begun,
            moments=self.moments.named,
        )

    # The film

    def on_screen_suspend(self) -> None:
        self.save_pending()
        self.films.cover()

    def on_screen_resume(self) -> None:
        self.films.uncover()

    # Where the clip starts and ends

    def action_mark_in(self) -> None:
        """The clip at hand starts here; in a whole recording, a clip begins here."""
        ms, clip, showing = self.film.ms, self.clip, self.found
        if ms is None or showing is None:
            self.tell(self.film.closed, problem=True)
        elif clip is None:
            self._begun = ms
            self._show_words()
        else:
            self._move_end(clip, showing, lambda duration: with_in(clip, ms, duration), "Move the start of")

    def action_mark_out(self) -> None:
        """The clip ends here, and loops."""
        ms, clip, showing = self.film.out_ms, self.clip, self.found
        if ms is None or showing is None:
            self.tell(self.film.closed, problem=True)
        elif clip is not None:
            self._move_end(clip, showing, lambda duration: with_out(clip, ms, duration), "Move the end of")
        elif self._begun is None:
            self.tell(f"Press {key_for(self, 'clip.in')} first, where the clip starts.", problem=True)
        else:
            self._make(showing, self._begun, ms)

    def _make(self, showing: Showing, in_ms: int, out_ms: int) -> None:
        try:
            clip = editing.make_clip(self.caseload, showing, in_ms, out_ms, self.film.duration_ms)
        except ValueError as error:
            self.tell(str(error), problem=True)
            return
        self.show_clip(clip, playing=True)

    def _move_end(self, clip: Clip, showing: Showing, moved: Callable[[int], Clip], words: str) -> None:
        try:
            changed = moved(self.film.duration_ms)
            step = f"{words} {showing.code(clip)}"
            editing.move_end(self.caseload, showing, changed, self.film.duration_ms, step)
        except ValueError as error:
            self.tell(str(error), problem=True)
            return
        self.film.set_loop((changed.in_ms, changed.out_ms))
        if changed.out_ms != clip.out_ms:
            self.film.seek(changed.in_ms, playing=True)

    # Moments to look at later

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Moments are marked in a whole recording, which is gone back to from a clip; and nothing in a film
        that is closed."""
        if action in _IN_FILM and not self.film.can_be_moved:
            return False
        if action in _ABOUT_CLIP:
            return self.clip is not None
        if action == "caption":
            return self.clip is not None or self.moments.at_hand is not None
        if action in ("mark_moment", "clip_of_moment"):
            return self.clip is None and (action == "mark_moment" or self.moments.at_hand is not None)
        return super().check_action(action, parameters)

    def action_mark_moment(self) -> None:
        """Mark a moment here; the film plays on."""
        ms, showing = self.film.ms, self.found
        if ms is None or showing is None:
            self.tell(self.film.closed, problem=True)
        elif self.caseload.read_only:
            self.tell(self.caseload.read_only, problem=True)
        else:
            self.moments.mark(showing, ms)
            self._show_words()

    def action_moment(self, by: int) -> None:
        """Go to the next moment that is no clip yet, or to the one before."""
        self.app.clear_notifications()  # Its words stand where the last sentence would cover them.
        moment = self.moments.step(self.film.written_ms, by)
        if moment is None:
            further = "further " if self.moments.open else ""
            self.tell(
                f"There is no {further}moment to look at in this recording. "
                f"{key_for(self, 'clip.mark_moment')} marks one."
            )
        elif self.clip is None:
            self.film.seek(moment.at_ms)
            self._show_words()
        else:
            self.save_pending()
            self.show_clip(None, at_ms=moment.at_ms)

    def action_clip_of_moment(self) -> None:
        """Make a clip around the moment at hand; it loops at once."""
        moment, showing = self.moments.at_hand, self.found
        if self.clip is not None or showing is None or moment is None:
            after, before = key_for(self, "clip.next_moment"), key_for(self, "clip.moment_before")
            self.tell(
                f"No moment is at hand. {after} goes to the next, {before} to the one before.", problem=True
            )
        elif self.film.ms is None or self.caseload.read_only:
            self.tell(self.caseload.read_only or self.film.closed, problem=True)
        else:
            try:
                clip = self.moments.make_clip(showing, moment, self.film.duration_ms)
            except ValueError as error:
                self.tell(str(error), problem=True)
            else:
                self.show_clip(clip, playing=True)

    @on(MomentLine.Left)
    def _leave_moment_line(self) -> None:
        self.film.pane.focus()

    # Which clip

    def action_clip(self, by: int) -> None:
        """Go to the clip before or after this one; from the whole recording, to its first or last."""
        clips = self.clips()
        here = next((place for place, clip in enumerate(clips) if clip.id == self.clip_id), None)
        place = (0 if by > 0 else len(clips) - 1) if here is None else here + by
        if 0 <= place < len(clips):
            self.save_pending()
            self.show_clip(clips[place])
        else:
            self.tell(
                f"There is no further clip in this recording. {key_for(self, 'clip.whole')} shows the "
                "whole of it."
            )

    @work(exclusive=True, group="ask")
    async def action_go_to(self) -> None:
        """Go to a time of the film that is typed."""
        await self.desk.go_to()

    def action_whole(self) -> None:
        """Let go of the clip and show the whole recording, where the film is now."""
        self.save_pending()
        self.show_clip(None, at_ms=self.film.ms)

    # About the clip

    @work(exclusive=True, group="ask")
    async def _about_clip(self, ask: Asking) -> None:
        clip, showing = self.clip, self.found
        if clip is None or showing is None:
            self.tell(
                f"No clip is open here. {key_for(self, 'clip.in')} and {key_for(self, 'clip.out')} make "
                f"one; {key_for(self, 'clip.next')} opens the next.",
                problem=True,
            )
            return
        await ask(self, clip, showing)

    def action_caption(self) -> None:
        """Write the clip's title and caption; while none is open, about the moment at hand."""
        moment = None if self.clip else self.moments.at_hand
        if moment is None:
            self._about_clip(editing.write_words)
        elif self.caseload.read_only:
            self.tell(self.caseload.read_only, problem=True)
        else:
            name = moment_name(self.moments.number(moment), moment)
            self.query_one(MomentLine).write(moment, name)

    def action_tag(self) -> None:
        """Say who does what, here."""
        clip, ms = self.clip, self.film.ms
        inside = clip is not None and ms is not None and clip.in_ms <= ms < clip.out_ms
        at_ms = ms if inside and ms is not None else (clip.in_ms if clip else 0)
        self._about_clip(lambda screen, clip, showing: editing.tag_clip(screen, clip, showing, at_ms))

    def action_still(self) -> None:
        """Keep the frame that is shown."""
        clip, ms, showing = self.clip, self.film.ms, self.found
        if clip is None or ms is None or showing is None:
            self.tell(
                f"A still belongs to a clip whose film is shown. {key_for(self, 'clip.in')} and "
                f"{key_for(self, 'clip.out')} make a clip.",
                problem=True,
            )
            return
        decision = self.film.permit(Use.STILL)
        if isinstance(decision, Permission):
            editing.keep_still(self, decision, clip, showing, ms)
        else:
            self.tell(why_closed(decision, self.workspace.today()), problem=True)

    def action_remove(self) -> None:
        """Ask what to remove: the clip, a tag, a still, the own note; while none is open, the moment at hand,
        or else the own note on the recording."""
        self.save_pending()
        moment = None if self.clip else self.moments.at_hand
        note = self.query_one(ClipNotes).own(self.caseload)
        if moment is not None:
            self._remove_moment(moment)
        elif self.clip is None and note is not None:
            self._remove_note(note)
        else:
            self._about_clip(partial(remove_something, note=note))

    @work(exclusive=True, group="ask")
    async def _remove_moment(self, moment: Moment) -> None:
        await remove_record(self, moment, f"the moment at {format_timecode(moment.at_ms)}")

    @work(exclusive=True, group="ask")
    async def _remove_note(self, note: Note) -> None:
        await remove_note(self, note)

    def action_share(self) -> None:
        """Give the clip to somebody outside the work, or record that it was shown."""
        from vigtui.ui.dialogs.papers.sharing import share_clip

        self._about_clip(share_clip)

    def action_audiences(self) -> None:
        """Show to whom the clip may be shown, and why not to others."""
        self._about_clip(show_audiences)

    def action_to_agenda(self) -> None:
        """Put the clip on the agenda of a supervision session."""

        async def ask(screen: CaseScreen, clip: Clip, _: Showing) -> None:
            await plan_session(screen, clip=clip.id)

        self._about_clip(ask)

    # The note

    def action_note(self) -> None:
        """Write about this clip; while none is open, about the whole recording."""
        if self.clip is None and self.found is None:
            self.tell("This recording is no longer in the caseload.", problem=True)
            return
        self.query_one(ClipNotes).display = True
        self._show_words()
        self.query_one(NotesEditor).focus()

    def action_switch(self) -> None:
        """From the film to the note, or back."""
        if self.film.pane.has_focus:
            self.action_note()
        else:
            self.film.pane.focus()

    def action_back(self) -> None:
        """From the note back to the film, and the note's column is closed; from the film back to where we
        came from."""
        if self.query_one(MomentLine).display:
            self.film.pane.focus()
        elif isinstance(self.focused, NotesEditor):
            self.save_pending()
            self.film.pane.focus()
            self.query_one(ClipNotes).display = False
            self._show_words()
        else:
            super().action_back()

    @on(NotesEditor.Followed)
    def _play_link(self, event: NotesEditor.Followed) -> None:
        self.film.seek(event.link.ms, playing=True)
