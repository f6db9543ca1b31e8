"""Writing beside a film: the film waits, times are stamped, links play, another editor may be used."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on, work
from textual.app import SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Container

from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.outside import OutsideScreen
from vigtui.ui.screens.parts.case_film import CaseFilm
from vigtui.ui.screens.parts.external_editor import NoEditorError, OutsideText, find_editor, memory_folder
from vigtui.ui.screens.parts.film_desk import FilmDesk
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.values.timecode import format_timecode

_OF_FILM = frozenset({"play_or_pause", "resume", "stamp"})
_WHILE_WRITING = frozenset({"play_or_pause", "resume", "stamp", "follow", "external_editor"})


class WritingDesk(Container):
    """The part of a screen that holds its `films` and the editors beside them.

    `editor` returns the one that is written in, or was last; `refuse` is called with one that cannot be
    changed, when somebody writes in it all the same. With `only_while_writing` its keys work while an
    editor has the focus.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("writing")

    def __init__(
        self,
        screen: CaseScreen,
        films: FilmDesk[Any],
        editor: Callable[[], NotesEditor],
        *,
        refuse: Callable[[NotesEditor], None] | None = None,
        only_while_writing: bool = False,
    ) -> None:
        super().__init__()
        self._case_screen, self._films, self._find_editor = screen, films, editor
        self._refuse, self._only_while_writing = refuse, only_while_writing
        self._waiting: Sequence[CaseFilm] = ()

    def save_pending(self) -> None:
        """Keep what is being written."""
        for editor in self.query(NotesEditor):
            editor.save_pending()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A film that has the focus plays and pauses by its own keys, ctrl+space among them; one that is
        closed neither plays nor has a time."""
        focused = self.screen.focused
        if action in _OF_FILM and not any(film.can_be_moved for film in self._films.shown):
            return False
        if self._only_while_writing and action in _WHILE_WRITING:
            return isinstance(focused, NotesEditor)
        if action == "leave":
            return self._only_while_writing and isinstance(focused, NotesEditor)
        if action == "play_or_pause" and isinstance(focused, VideoPane):
            return False
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """From the note back to the film."""
        self._case_screen.action_back()

    # The films

    @on(VideoPane.StateChanged)
    def _film_moved(self, event: VideoPane.StateChanged) -> None:
        event.stop()
        self._films.follow(event.pane, event.state)

    @on(TimeAxis.Picked)
    def _go_to_moment(self, event: TimeAxis.Picked) -> None:
        event.stop()
        self._films.seek(event.control, event.ms)

    @on(NotesEditor.Typed)
    def _hold_films(self) -> None:
        """Somebody writes: what plays waits until it is resumed."""
        self._waiting = [film for film in self._films.all if film.playing] or self._waiting
        self._films.pause()

    def action_play_or_pause(self) -> None:
        """Play or pause the film at hand, also one that is still being opened."""
        self._waiting = ()
        film = self._films.at_hand
        if film.opening:
            film.pause() if film.playing else film.play()
        elif film.closed:
            self._case_screen.tell(film.closed, problem=True)
        else:
            film.pane.action_toggle()

    def action_resume(self) -> None:
        """Play on what waits for the writing, or the film at hand."""
        waiting = [film for film in self._waiting if film.opening or not film.closed]
        self._waiting = ()
        film = self._films.at_hand
        if film.closed and not film.opening and not waiting:
            self._case_screen.tell(film.closed, problem=True)
        for each in waiting or [film]:
            each.play()

    async def go_to(self) -> None:
        """Ask for a time, and go there in the film at hand. Call it from a worker of the screen."""
        screen, film = self._case_screen, self._films.at_hand
        if film.ms is None:
            screen.tell(film.closed, problem=True)
            return
        length = film.duration_ms
        hint = f"as 7:50, up to {format_timecode(length)}" if length else "as 7:50"
        values = await screen.ask(
            FormScreen("Go to", [Field("at", "Time", "timecode", required=True, hint=hint)], does="Go")
        )
        if values is not None:
            film.seek(min(values["at"], max(length - 1, 0)) if length else values["at"])

    # The texts

    @on(NotesEditor.Locked)
    def _typed_into_locked(self, event: NotesEditor.Locked) -> None:
        self._say_locked(event.editor)

    def _say_locked(self, editor: NotesEditor) -> None:
        """Say why nothing can be written here."""
        read_only = self._case_screen.caseload.read_only
        if read_only or self._refuse is None:
            self._case_screen.tell(read_only or "This text cannot be changed.", problem=True)
        else:
            self._refuse(editor)

    def action_stamp(self) -> None:
        """Put a link to this moment into the text."""
        editor = self._find_editor()
        if editor.read_only:
            self._say_locked(editor)
        elif not editor.insert_stamp():
            self._case_screen.tell("There is no film to take the time from.", problem=True)

    def action_follow(self) -> None:
        """Play the moment of the link at the cursor."""
        if not self._find_editor().follow():
            self._case_screen.tell(
                f"There is no time at the cursor. {key_for(self._case_screen, 'writing.time')} puts one "
                "there."
            )

    def action_external_editor(self) -> None:
        """Write the text at hand in the person's own editor."""
        editor = self._find_editor()
        if editor.read_only:
            self._say_locked(editor)
            return
        self._case_screen.save_pending()
        self._films.pause()
        try:
            outside = self._written_outside(editor)
        except NoEditorError as error:
            self._case_screen.tell(str(error), problem=True)
        except SuspendNotSupported:
            self._case_screen.tell("This terminal cannot be lent to another editor.", problem=True)
        else:
            self._wait_for_window(outside, editor)
        self.app.refresh(layout=True)

    def _written_outside(self, editor: NotesEditor) -> OutsideText:
        """Lend the terminal to the person's own editor, and take over what it left. Raises NoEditorError,
        SuspendNotSupported."""
        command = find_editor(self._case_screen.workspace.settings.editor_command)
        folder = memory_folder() if self._case_screen.caseload.encrypted else None
        outside = OutsideText(editor.text, folder)
        failed: Exception | None = None
        try:
            with self.app.suspend():
                try:
                    outside.edit(command)
                except NoEditorError as error:
                    # Textual takes the terminal back only where nothing is raised.
                    failed = error
        except SuspendNotSupported as error:
            failed = error
        if failed is not None:
            outside.close()
            raise failed
        _take_over(outside, editor)
        return outside

    @work(group="task")
    async def _wait_for_window(self, outside: OutsideText, editor: NotesEditor) -> None:
        """Wait for an editor that perhaps shows the text in a window of its own; then remove the file."""
        try:
            if outside.returned_at_once:
                await self._case_screen.ask(OutsideScreen(lambda: _take_over(outside, editor)))
        finally:
            outside.close()


def _take_over(outside: OutsideText, editor: NotesEditor) -> None:
    """Let the editor here have what another one has written."""
    news = outside.news()
    if news is not None:
        editor.replace(news, (0, 0), editor.document.end)
        editor.save_pending()
