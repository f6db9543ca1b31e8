"""What can be done on the clip screen."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual import on, work

from vigtui.domain.clips import with_in, with_out
from vigtui.domain.records import Clip, Record
from vigtui.ui.dialogs.records.session import plan_session
from vigtui.ui.dialogs.records.share import record_share
from vigtui.ui.screens.clip import editing
from vigtui.ui.screens.clip.notes import ClipNotes
from vigtui.ui.screens.clip.view import ClipView
from vigtui.ui.widgets.case_screen import VigScreen
from vigtui.ui.widgets.keys.table import bindings
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.ui.widgets.showing import Showing

Asking = Callable[[VigScreen, Clip, Showing], Awaitable[object]]


class ClipScreen(ClipView):
    """A clip by its id, or a recording by its id, in which to find clips."""

    BINDINGS = bindings("clip", "back")
    HELP: ClassVar[str] = (
        "Watch a moment again and again: space plays, `,` and `.` go frame by frame. In a whole recording "
        "`[` and `]` make a clip of what lies between; on a clip they move its ends. Tag who does what, and "
        "write down what is seen and heard. Everything is saved at once; `u` undoes."
    )

    # Where the clip starts and ends

    def action_mark_in(self) -> None:
        """The clip at hand starts here; in a whole recording, a clip begins here."""
        ms, clip, showing = self.reel.ms, self.clip, self.found
        if ms is None or showing is None:
            self.tell(self.closed, problem=True)
        elif clip is None:
            self.begin_clip(ms)
        else:
            self._move_end(clip, showing, lambda duration: with_in(clip, ms, duration), "Move the start of")

    def action_mark_out(self) -> None:
        """The clip ends here, and loops."""
        ms, clip, showing = self.reel.ms, self.clip, self.found
        if ms is None or showing is None:
            self.tell(self.closed, problem=True)
        elif clip is not None:
            self._move_end(clip, showing, lambda duration: with_out(clip, ms, duration), "Move the end of")
        elif self.begun is None:
            self.tell("Press [ first, where the clip starts.", problem=True)
        else:
            self._make(showing, self.begun, ms)

    def _make(self, showing: Showing, in_ms: int, out_ms: int) -> None:
        try:
            clip = editing.make_clip(self.caseload, showing, in_ms, out_ms, self.duration_ms)
        except ValueError as error:
            self.tell(str(error), problem=True)
            return
        self.show_clip(clip, playing=True)

    def _move_end(self, clip: Clip, showing: Showing, moved: Callable[[int], Clip], words: str) -> None:
        try:
            changed = moved(self.duration_ms)
        except ValueError as error:
            self.tell(str(error), problem=True)
            return
        with self.caseload.transaction(f"{words} {showing.code(clip)}"):
            self.caseload.save(changed)
        self.reel.set_loop((changed.in_ms, changed.out_ms))
        if changed.out_ms != clip.out_ms:
            self.reel.seek(changed.in_ms, playing=True)

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
            self.tell("There is no further clip in this recording. r shows the whole of it.")

    def action_whole(self) -> None:
        """Let go of the clip and show the whole recording, where the film is now."""
        self.save_pending()
        self.show_clip(None, at_ms=self.reel.ms)

    # About the clip

    @property
    def at_hand(self) -> Sequence[Record]:
        """The clip, or the recording while there is none."""
        found = self.clip or (self.found.recording if self.found else None)
        return [found] if found else []

    @work(exclusive=True, group="ask")
    async def _about_clip(self, ask: Asking) -> None:
        clip, showing = self.clip, self.found
        if clip is None or showing is None:
            self.tell("There is no clip at hand. [ and ] make one; page down opens the next.", problem=True)
            return
        await ask(self, clip, showing)

    def action_caption(self) -> None:
        """Write the clip's title and caption."""
        self._about_clip(editing.write_words)

    def action_tag(self) -> None:
        """Say who does what, here."""
        clip, ms = self.clip, self.reel.ms
        inside = clip is not None and ms is not None and clip.in_ms <= ms < clip.out_ms
        at_ms = ms if inside and ms is not None else (clip.in_ms if clip else 0)
        self._about_clip(lambda screen, clip, showing: editing.tag_clip(screen, clip, showing, at_ms))

    def action_still(self) -> None:
        """Keep the frame that is shown."""
        clip, ms, showing = self.clip, self.reel.ms, self.found
        if clip is None or ms is None or showing is None:
            self.tell("A still belongs to a clip whose film is shown. [ and ] make a clip.", problem=True)
        else:
            editing.keep_still(self, clip, showing, ms)

    def action_remove(self) -> None:
        """Ask what goes: the clip, a tag or a still."""
        self._about_clip(editing.remove_something)

    def action_share(self) -> None:
        """Record to whom the clip is shown."""
        self._about_clip(record_share)

    def action_to_agenda(self) -> None:
        """Put the clip on the agenda of a supervision session."""

        async def ask(screen: VigScreen, clip: Clip, _: Showing) -> None:
            await plan_session(screen, clip=clip.id)

        self._about_clip(ask)

    # The note

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys for writing work while something is written; the film has its own."""
        if action in ("play_or_pause", "resume", "stamp", "follow", "external_editor"):
            return isinstance(self.focused, NotesEditor)
        return super().check_action(action, parameters)

    def action_note(self) -> None:
        """Write about this clip."""
        if self.clip is None:
            self.tell("A note belongs to a clip. [ and ] make one; page down opens the next.", problem=True)
            return
        self.query_one(ClipNotes).display = True
        self.show_words()
        self.editor.focus()

    def action_switch(self) -> None:
        """From the film to the note, or back."""
        if self.pane.has_focus:
            self.action_note()
        else:
            self.pane.focus()

    def action_back(self) -> None:
        """From the note back to the film; from the film back to where we came from."""
        if isinstance(self.focused, NotesEditor):
            self.save_pending()
            self.pane.focus()
        else:
            super().action_back()

    @on(NotesEditor.Followed)
    def _follow_link(self, event: NotesEditor.Followed) -> None:
        self.reel.seek(event.link.ms, playing=True)
