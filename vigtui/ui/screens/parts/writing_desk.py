"""What the screens share where one writes beside a film: the film waits, times are stamped, links play."""

from collections.abc import Sequence

from textual import on
from textual.app import SuspendNotSupported

from vigtui.ui.screens.parts.case_film import Reel
from vigtui.ui.screens.parts.external_editor import NoEditorError, edit_outside, find_editor, memory_folder
from vigtui.ui.screens.parts.film_desk import FilmScreen
from vigtui.ui.widgets.keys.table import bindings
from vigtui.ui.widgets.notes_editor import NotesEditor


class WritingScreen(FilmScreen):
    """A film and at least one `NotesEditor`. `editor` is the one that is written in, or was last."""

    BINDINGS = bindings("writing")

    _waiting: Sequence[Reel] = ()

    @property
    def editor(self) -> NotesEditor:
        """Where the person writes."""
        return self.query_one(NotesEditor)

    def save_pending(self) -> None:
        """Keep what is being written."""
        for editor in self.query(NotesEditor):
            editor.save_pending()

    @on(NotesEditor.Typed)
    def _somebody_writes(self) -> None:
        self._waiting = [reel for reel in self.reels if reel.playing] or self._waiting
        self.pause_film()

    @on(NotesEditor.Locked)
    def _somebody_writes_in_vain(self) -> None:
        self.say_locked()

    def say_locked(self) -> None:
        """Say why nothing can be written here."""
        self.tell(self.caseload.read_only or "This text cannot be changed.", problem=True)

    def action_play_or_pause(self) -> None:
        """Play or pause the film at hand."""
        self._waiting = ()
        if self.closed:
            self.tell(self.closed, problem=True)
        else:
            self.pane.action_toggle()

    def action_resume(self) -> None:
        """Play on what waits for the writing, or the film at hand."""
        waiting = [reel for reel in self._waiting if not reel.closed]
        self._waiting = ()
        if self.closed and not waiting:
            self.tell(self.closed, problem=True)
        for reel in waiting or [self.reel]:
            reel.play()

    def action_switch(self) -> None:
        """From film to film, to the notes, and round again."""
        stops = [reel.pane for reel in self.shown_reels]
        here = next((place for place, pane in enumerate(stops) if pane.has_focus), None)
        following = 0 if here is None else here + 1
        (stops[following] if following < len(stops) else self.editor).focus()

    def action_stamp(self) -> None:
        """Put a link to this moment into the text."""
        if self.editor.read_only:
            self.say_locked()
        elif not self.editor.insert_stamp():
            self.tell("There is no film to take the time from.", problem=True)

    def action_follow(self) -> None:
        """Play the moment of the link at the cursor."""
        if not self.editor.follow():
            self.tell("There is no time at the cursor. ctrl+t puts one there.")

    def action_external_editor(self) -> None:
        """Write the text at hand in the person's own editor."""
        editor = self.editor
        if editor.read_only:
            self.say_locked()
            return
        self.save_pending()
        self.pause_film()
        try:
            command = find_editor(self.workspace.settings.editor_command)
            folder = memory_folder() if self.caseload.encrypted else None
            with self.app.suspend():
                changed = edit_outside(editor.text, command, folder=folder)
        except NoEditorError as error:
            self.tell(str(error), problem=True)
        except SuspendNotSupported:
            self.tell("This terminal cannot be lent to another editor.", problem=True)
        else:
            if changed != editor.text:
                editor.replace(changed, (0, 0), editor.document.end)
            editor.save_pending()
        self.app.refresh(layout=True)
