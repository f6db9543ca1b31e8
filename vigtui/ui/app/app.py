"""The app: goes from screen to screen, and does what works on every one of them."""

import asyncio
import gc
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widget import Widget

from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError, CaseloadLockedError
from vigtui.store.format.opening import VERSIONS
from vigtui.ui.app.lock import LockingApp
from vigtui.ui.app.saving import OPEN_SCREENS
from vigtui.ui.app.theme import CALM
from vigtui.ui.screens import navigation as go
from vigtui.ui.widgets.keys.table import bindings
from vigtui.values.text import one_line
from vigtui.workspace.settings import Places, Settings, SettingsError
from vigtui.workspace.workspace import Opening, Workspace, load_principles, open_caseload

# When the first screen has long been there, in seconds.
_STARTED = 1.0
_FUNCTION_KEY = re.compile(r"f\d+")


def _key_commands() -> type[Provider]:
    from vigtui.ui.widgets.keys.palette import KeyCommands

    return KeyCommands


class VigtuiApp(LockingApp):
    """The program. `opening` is the caseload that is being opened meanwhile; None asks for one."""

    TITLE = "vigtui"
    # The first screen's styles too: read later, all of them would be parsed again.
    CSS_PATH = ["app.tcss", "../screens/caseload/caseload.tcss"]  # noqa: RUF012  Textual's own form
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_key_commands}
    COMMAND_PALETTE_BINDING = "f2"

    def __init__(self, opening: Opening | None, settings: Settings, places: Places) -> None:
        super().__init__()
        self._opening = opening
        self._settings, self._places = settings, places
        self._waiting = 0
        self.film_settings = settings
        self.lock_minutes = settings.lock_minutes
        self.register_theme(CALM)
        self.theme = settings.theme if settings.theme in self.available_themes else CALM.name

    def on_mount(self) -> None:
        self.set_timer(_STARTED, gc.enable)
        if self._settings.quiet_line:
            self.animation_level = "none"
        self.set_keymap(self._settings.keys)
        self._leave_on_signals()
        if self._opening is None:
            self._welcome()
        else:
            self._open(self._opening)

    # Opening

    @work
    async def _open(self, opening: Opening) -> None:
        try:
            caseload = await asyncio.wrap_future(opening.caseload)
        except CaseloadLockedError as error:
            await self._open_encrypted(opening.path, error)
        except CaseloadError as error:
            self._welcome(error, opening.path)
        else:
            await self._enter(caseload)

    async def _open_encrypted(self, path: Path, why: CaseloadLockedError) -> None:
        """Ask for the passphrase; whoever does not know it is sent away."""
        from vigtui.ui.dialogs.passphrase import PassphraseScreen

        asking = PassphraseScreen(
            path.name, lambda words: open_caseload(path, words), str(why) if why.wrong else ""
        )
        opened = await self.push_screen_wait(asking)
        if isinstance(opened, Caseload):
            await self._enter(opened)
        elif isinstance(opened, CaseloadLockedError):
            self.exit(return_code=1, message=Text(str(opened)))
        else:
            self._welcome(opened, path)

    def _welcome(self, problem: CaseloadError | None = None, tried: Path | None = None) -> None:
        from vigtui.ui.screens.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(self._places.last_caseload, problem, tried))

    @on(go.ChooseCaseload)
    def _choose_caseload(self) -> None:
        self._welcome()

    @on(go.CaseloadOpened)
    def _caseload_opened(self, event: go.CaseloadOpened) -> None:
        self._leave_caseload(event.caseload)

    @work(exclusive=True, group="leave")
    async def _leave_caseload(self, following: Caseload) -> None:
        """Close the present caseload for another; stay when its changes cannot be saved.

        The caseload that is open already goes on as it is.
        """
        same = self._has_caseload and following.path.resolve() == self.workspace.caseload.path.resolve()
        if same or (self._has_caseload and not await self._may_leave()):
            following.close()
            while len(self.screen_stack) > 2:
                await self.pop_screen()
            return
        self.locked = False
        # The screens first: one that comes to the front for a moment still shows its caseload.
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._let_go()
        await self._enter(following)

    @on(go.LookAtEarlier)
    def _look_at_earlier(self, event: go.LookAtEarlier) -> None:
        from vigtui.ui.screens.earlier import EarlierScreen

        key = self.workspace.caseload.key if self._has_caseload else None
        self.push_screen(EarlierScreen(event.path, key.unseal if key else None))

    @on(go.PutBack)
    def _put_back(self, event: go.PutBack) -> None:
        self._go_back_to(event.path, event.copy)

    @work(exclusive=True, group="leave")
    async def _go_back_to(self, path: Path, copy: Path) -> None:
        """Close the present caseload, put the version back and open it; stay when something is not saved."""
        from vigtui.store.recovery import put_back
        from vigtui.store.sharing.presence import is_open

        if self._has_caseload and not await self._may_leave():
            return
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._let_go()
        try:
            aside = await asyncio.to_thread(put_back, path, copy)
        except CaseloadError as error:
            self._welcome(error, path)
            return
        kept = f" What stood there is kept in “{aside.name}”." if aside else ""
        if is_open(path):
            kept += " Somebody else has it open: what they hold is merged into it again."
        self.notify(one_line(f"The earlier version is back.{kept}"), markup=False, timeout=12)
        pool = ThreadPoolExecutor(1, "opening")
        self._open(Opening(path, pool.submit(Caseload.open, path)))
        pool.shutdown(wait=False)

    async def _enter(self, caseload: Caseload) -> None:
        from vigtui.ui.screens.caseload import CaseloadScreen

        self._places.enter(caseload.meta.id, caseload.path)
        workspace = Workspace(caseload, self._settings, self._places)
        try:
            workspace.principles = await asyncio.to_thread(load_principles, caseload.folder)
        except SettingsError as error:
            self.notify(one_line(str(error)), severity="warning", markup=False, timeout=12)
        self._hold(workspace)
        self._waiting = self._count_conflicts()
        await self.push_screen(CaseloadScreen())
        if workspace.person is not None:
            self._open_again()

    def _open_again(self) -> None:
        """Go back to the screens that were open when the person left."""
        open_then = self._places.get(OPEN_SCREENS)
        for address in open_then if isinstance(open_then, list) else []:
            message = go.way_to(address, self.workspace.caseload)
            if message is not None:
                self.post_message(message)

    # Going on

    @on(go.OpenFamily)
    def _open_family(self, event: go.OpenFamily) -> None:
        from vigtui.ui.screens.family import FamilyScreen

        self.push_screen(FamilyScreen(event.family, event.record))

    @on(go.OpenClip)
    def _open_clip(self, event: go.OpenClip) -> None:
        from vigtui.ui.screens.clip import ClipScreen

        self.push_screen(ClipScreen(clip=event.clip, at_ms=event.at_ms))

    @on(go.OpenRecording)
    def _open_recording(self, event: go.OpenRecording) -> None:
        from vigtui.ui.screens.clip import ClipScreen

        self.push_screen(ClipScreen(recording=event.recording))

    @on(go.OpenLostFilm)
    def _open_lost_film(self, event: go.OpenLostFilm) -> None:
        from vigtui.ui.screens.lost_film import LostFilmScreen

        self.push_screen(LostFilmScreen(event.recording))

    @on(go.CaseloadChanged)
    def _tell_conflicts(self, event: go.CaseloadChanged) -> None:
        """Say it when more than before waits to be decided."""
        if VERSIONS not in event.tables:
            return
        before, self._waiting = self._waiting, self._count_conflicts()
        if self._waiting > before:
            from vigtui.ui.screens.merge import MergeScreen

            if not isinstance(self.screen, MergeScreen):
                words = "Somebody else changed the same. Both versions are kept: F10 shows them."
                self.notify(words, title="To decide", markup=False, timeout=12)

    def _count_conflicts(self) -> int:
        conflicts = self.workspace.caseload.conflicts() if self._has_caseload else []
        return sum(conflict.number for conflict in conflicts)

    def action_merge(self) -> None:
        """Show what came in from others, over whatever is open."""
        from vigtui.ui.screens.merge import MergeScreen

        if not any(isinstance(screen, MergeScreen) for screen in self.screen_stack):
            self._save_pending()
            self.workspace.hold_film()
            self.push_screen(MergeScreen())

    @on(go.OpenSession)
    def _open_session(self, event: go.OpenSession) -> None:
        from vigtui.ui.screens.supervision import SupervisionScreen

        self.push_screen(SupervisionScreen(event.session, event.item))

    # What every screen has

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer and the help write it: `F1` and `ctrl+n`, not `f1` and `^n`."""
        shown = super().get_key_display(binding)
        if _FUNCTION_KEY.fullmatch(shown):
            return shown.upper()
        return f"ctrl+{shown[1:]}" if len(shown) > 1 and shown[0] == "^" else shown

    def action_help(self) -> None:
        """Explain the screen and its keys."""
        from vigtui.ui.widgets.keys.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_repaint(self) -> None:
        """Draw everything again, after something else wrote on the terminal."""
        self.refresh(repaint=True, layout=True)

    @on(DescendantFocus)
    def _still_cursor(self, event: DescendantFocus) -> None:
        """A blinking cursor sends bytes for ever."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def pop_screen(self) -> AwaitComplete:
        """Close the screen in front and forget its lines, which Textual keeps for its last 1024 widgets."""
        for widget in self.screen.walk_children(Widget):
            widget.refresh()
        return super().pop_screen()

    def get_default_screen(self) -> Screen[Any]:
        """An empty screen under ours, seen only while a caseload is being opened."""
        return Screen(id="_default")
