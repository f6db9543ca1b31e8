"""The app: goes from screen to screen, tells screens what changed, and leaves safely."""

import asyncio
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widgets import Input, TextArea

from vigtui.domain.text import one_line
from vigtui.settings import Places, Settings, SettingsError
from vigtui.signals import leave_on_signals
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.history import Change
from vigtui.store.saver import SaveStatus
from vigtui.widgets import navigation as go
from vigtui.widgets.base import VigScreen
from vigtui.widgets.choices import ConfirmScreen
from vigtui.widgets.files import CASELOADS, FileScreen
from vigtui.widgets.keys import bindings
from vigtui.widgets.palette import KeyCommands
from vigtui.widgets.terminal import FilmApp
from vigtui.widgets.theme import CALM
from vigtui.workspace import Opening, Workspace, load_principles

# How long leaving waits for the disk, in seconds, before it asks.
_PATIENCE = 10.0
_OPEN = "open"
_FUNCTION_KEY = re.compile(r"f\d+")


class VigtuiApp(FilmApp[None]):
    """The program. `opening` is the caseload that is being opened meanwhile; None asks for one."""

    TITLE = "vigtui"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {KeyCommands}
    COMMAND_PALETTE_BINDING = "f2"

    workspace: Workspace

    def __init__(self, opening: Opening | None, settings: Settings, places: Places) -> None:
        super().__init__()
        self._opening = opening
        self._settings, self._places = settings, places
        self._unsubscribe: Callable[[], None] = lambda: None
        self._told_why = ""

    def on_mount(self) -> None:
        self.register_theme(CALM)
        self.theme = self._settings.theme if self._settings.theme in self.available_themes else CALM.name
        if self._settings.quiet_line:
            self.animation_level = "none"
        self.set_keymap(self._settings.keys)
        self._event_loop = asyncio.get_running_loop()
        leave_on_signals(self._save_on_signal, self._exit_on_signal)
        if self._opening is None:
            self._welcome()
        else:
            self._open(self._opening)

    # Opening

    @work
    async def _open(self, opening: Opening) -> None:
        try:
            caseload = await asyncio.wrap_future(opening.caseload)
        except CaseloadError as error:
            self._welcome(error, opening.path)
        else:
            await self._enter(caseload)

    def _welcome(self, problem: CaseloadError | None = None, tried: Path | None = None) -> None:
        from vigtui.screens.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(self._places.last_caseload, problem, tried))

    @on(go.ChooseCaseload)
    def _choose_caseload(self) -> None:
        self._welcome()

    @on(go.CaseloadOpened)
    def _caseload_opened(self, event: go.CaseloadOpened) -> None:
        self._leave_caseload(event.caseload)

    @work(exclusive=True, group="leave")
    async def _leave_caseload(self, following: Caseload) -> None:
        """Close the present caseload for another; stay when its changes cannot be saved."""
        if self._has_caseload and not await self._may_leave():
            following.close()
            return
        self._close_caseload()
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self._enter(following)

    async def _enter(self, caseload: Caseload) -> None:
        from vigtui.screens.caseload import CaseloadScreen

        self._places.enter(caseload.meta.id, caseload.path)
        self.workspace = Workspace(caseload, self._settings, self._places)
        try:
            self.workspace.principles = await asyncio.to_thread(load_principles, caseload.folder)
        except SettingsError as error:
            self.notify(one_line(str(error)), severity="warning", markup=False, timeout=12)
        self._unsubscribe = caseload.subscribe(self._tell_change)
        caseload.on_status = self._tell_status
        await self.push_screen(CaseloadScreen())
        if self.workspace.person is not None:
            self._open_again()

    def _open_again(self) -> None:
        """Go back to the screens that were open when the person left."""
        open_then = self._places.get(_OPEN)
        for address in open_then if isinstance(open_then, list) else []:
            message = go.way_to(address, self.workspace.caseload)
            if message is not None:
                self.post_message(message)

    @property
    def _has_caseload(self) -> bool:
        return hasattr(self, "workspace")

    @property
    def _screens(self) -> list[VigScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, VigScreen)]

    # Going on

    @on(go.OpenFamily)
    def _open_family(self, event: go.OpenFamily) -> None:
        from vigtui.screens.family import FamilyScreen

        self.push_screen(FamilyScreen(event.family, event.record))

    @on(go.OpenClip)
    def _open_clip(self, event: go.OpenClip) -> None:
        from vigtui.screens.clip import ClipScreen

        self.push_screen(ClipScreen(clip=event.clip, at_ms=event.at_ms))

    @on(go.OpenRecording)
    def _open_recording(self, event: go.OpenRecording) -> None:
        from vigtui.screens.clip import ClipScreen

        self.push_screen(ClipScreen(recording=event.recording))

    @on(go.OpenSession)
    def _open_session(self, event: go.OpenSession) -> None:
        from vigtui.screens.supervision import SupervisionScreen

        self.push_screen(SupervisionScreen(event.session, event.item))

    # Changes and saving

    @on(go.CaseloadChanged)
    def _caseload_changed(self) -> None:
        for screen in self._screens:
            screen.records_changed()

    def _tell_change(self, change: Change) -> None:
        """Called on the thread that made the change."""
        self.post_message(go.CaseloadChanged(change.tables, change.ids))

    def _tell_status(self, status: SaveStatus) -> None:  # noqa: ARG002  the screens ask for it themselves
        """Called on the saver's thread."""
        self.post_message(go.StatusChanged())

    @on(go.StatusChanged)
    def _status_changed(self) -> None:
        for screen in self._screens:
            screen.show_status()
        status = self.workspace.caseload.status if self._has_caseload else None
        why = status.why if status else ""
        if why and why != self._told_why:
            more = (
                ""
                if status and status.elsewhere
                else " vigtui goes on trying; ctrl+s saves to another place."
            )
            self.notify(f"{why}{more}", title="Not saved", severity="warning", markup=False, timeout=15)
        self._told_why = why

    def action_undo(self) -> None:
        """Take back the last change, whatever screen made it."""
        if not self._has_caseload:
            return
        self._save_pending()
        words = self.workspace.caseload.undo()
        said = f"Undone: {one_line(words)}" if words else "There is nothing to undo."
        self.notify(said, markup=False, timeout=4)

    @work
    async def action_save_elsewhere(self) -> None:
        """Save now; when that fails, offer another place."""
        if not self._has_caseload:
            return
        status = await self._save_now()
        if status.state != "not_saved":
            self.notify(f"Everything is {status.words()}.", markup=False, timeout=4)
            return
        caseload = self.workspace.caseload
        chosen = await self.push_screen_wait(
            FileScreen("Save to another place", Path.home(), endings=CASELOADS, new=caseload.path.name)
        )
        if chosen is None:
            return
        try:
            caseload.save_elsewhere(chosen)
        except CaseloadError as error:
            self.notify(str(error), severity="error", markup=False, timeout=12)
        else:
            self._places.enter(caseload.meta.id, caseload.path)

    # Leaving

    def _save_pending(self) -> None:
        """Hand everything typed to the caseload, and remember which screens are open."""
        for screen in self._screens:
            screen.save_pending()
        if self._screens:
            self._places.set(_OPEN, [screen.address for screen in self._screens if screen.address])

    async def _save_now(self) -> SaveStatus:
        self._save_pending()
        return await asyncio.to_thread(self.workspace.caseload.flush, _PATIENCE)

    async def _may_leave(self) -> bool:
        status = await self._save_now()
        if status.state != "not_saved" or status.elsewhere:
            return True
        question = f"{status.why} Leaving now loses what is not saved; ctrl+s saves it to another place."
        leave: bool | None = await self.push_screen_wait(
            ConfirmScreen(question, "Leave, and lose it", "Stay")
        )
        return bool(leave)

    @work(exclusive=True, group="leave")
    async def action_quit(self) -> None:  # type: ignore[override]
        """Save and leave; stay when it cannot be saved, unless the person says so."""
        if not self._has_caseload or await self._may_leave():
            self.exit(message=Text(self._told_why) if self._told_why else None)

    def _save_on_signal(self) -> None:
        """Runs beside the screen, which may be waiting for a terminal that is gone."""
        if not self._has_caseload:
            return
        handed_over = threading.Event()

        def hand_over() -> None:
            try:
                self._save_pending()
            finally:
                handed_over.set()

        self._event_loop.call_soon_threadsafe(hand_over)
        handed_over.wait(1.0)
        self.workspace.caseload.flush(_PATIENCE)
        self._places.save()

    def _exit_on_signal(self) -> None:
        self._event_loop.call_soon_threadsafe(self.exit)

    def _close_caseload(self) -> None:
        if self._has_caseload:
            self._unsubscribe()
            self.workspace.caseload.on_status = None
            self.workspace.close()
            del self.workspace

    def close(self) -> None:
        """After the app has ended, however it ended: save and let go of everything."""
        if self._has_caseload:
            self._save_pending()
        self._close_caseload()

    # What every screen has

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer and the help write it: `F1` and `ctrl+n`, not `f1` and `^n`."""
        shown = super().get_key_display(binding)
        if _FUNCTION_KEY.fullmatch(shown):
            return shown.upper()
        return f"ctrl+{shown[1:]}" if len(shown) > 1 and shown[0] == "^" else shown

    def action_help(self) -> None:
        """Explain the screen and its keys."""
        from vigtui.widgets.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_repaint(self) -> None:
        """Draw everything again, after something else wrote on the terminal."""
        self.refresh(repaint=True, layout=True)

    @on(DescendantFocus)
    def _still_cursor(self, event: DescendantFocus) -> None:
        """A blinking cursor sends bytes for ever."""
        if isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False

    def get_default_screen(self) -> Screen[Any]:
        """An empty screen under ours, seen only while a caseload is being opened."""
        return Screen(id="_default")
