"""An app over one caseload: it tells whether everything is saved, and leaves safely, whatever ends it."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rich.text import Text
from textual import on, work

from vigtui.film.pane.app import FilmApp
from vigtui.store.disk.saver import SaveStatus
from vigtui.store.errors import CaseloadError
from vigtui.store.merging.undo import Change
from vigtui.store.sharing.presence import said_in_full
from vigtui.store.sharing.watcher import Watcher
from vigtui.ui.app.signals import leave_on_signals
from vigtui.ui.screens import navigation as go
from vigtui.ui.widgets.case_screen import VigScreen
from vigtui.values.text import one_line
from vigtui.workspace.workspace import Workspace

OPEN_SCREENS = "open"
"""The place in which the addresses of the open screens are remembered."""

# How long leaving waits for the disk, in seconds, before it asks.
_PATIENCE = 10.0


class SavingApp(FilmApp[None]):
    """Has a `workspace` while a caseload is open. Call `close` after the app has ended, however it ended."""

    workspace: Workspace
    locked = False
    """Whether everything is covered: then nothing of the caseload is told."""

    def __init__(self) -> None:
        super().__init__()
        self._unsubscribe: Callable[[], None] = lambda: None
        self._watcher: Watcher | None = None
        self._told_why = ""

    def _leave_on_signals(self) -> None:
        """From here on save and leave when the line drops. Call it while the app runs."""
        self._event_loop = asyncio.get_running_loop()
        leave_on_signals(self._save_on_signal, self._exit_on_signal)

    def _hold(self, workspace: Workspace) -> None:
        """Work with this caseload until `_let_go`."""
        self.workspace = workspace
        self._unsubscribe = workspace.caseload.subscribe(self._tell_change)
        workspace.caseload.on_status = self._tell_status
        self._watcher = Watcher(workspace.caseload, self._tell_others)
        self._watcher.start()

    def _let_go(self) -> None:
        """Save and close the caseload, if one is open."""
        if self._has_caseload:
            if self._watcher is not None:
                self._watcher.stop()
            self._unsubscribe()
            self.workspace.caseload.on_status = None
            self.workspace.close()
            del self.workspace

    @property
    def _has_caseload(self) -> bool:
        return hasattr(self, "workspace")

    @property
    def _screens(self) -> list[VigScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, VigScreen)]

    # Changes and saving

    def _tell_change(self, change: Change) -> None:
        """Called on the thread that made the change."""
        if not change.words and self._has_caseload:
            self.workspace.note_news(change.edits)
        self.post_message(go.CaseloadChanged(change.tables, change.ids))

    @on(go.CaseloadChanged)
    def _caseload_changed(self) -> None:
        for screen in self._screens:
            screen.records_changed()

    def _tell_status(self, status: SaveStatus) -> None:  # noqa: ARG002  the screens ask for it themselves
        """Called on the saver's thread."""
        self.post_message(go.StatusChanged())

    def _tell_others(self) -> None:
        """Called on the watcher's thread."""
        self.post_message(go.OthersChanged())

    @on(go.OthersChanged)
    def _others_changed(self) -> None:
        """Say who came; that somebody left is seen in the title alone."""
        if not self._has_caseload or self._watcher is None:
            return
        before, now = self.workspace.others, self._watcher.others
        self.workspace.others = now
        self._status_changed()
        if Counter(now) - Counter(before) and not self.locked:
            self.notify(said_in_full(now, self.workspace.caseload.by), markup=False, timeout=4)

    @on(go.StatusChanged)
    def _status_changed(self) -> None:
        if not self._has_caseload:
            return
        for screen in self._screens:
            if screen.is_seen:
                screen.show_status()
        status = self.workspace.caseload.status
        why = status.why or status.no_backup
        if why and why != self._told_why:
            more = " vigtui goes on trying; ctrl+s saves to another place."
            if status.elsewhere or not status.why:
                more = ""
            title = "Not saved" if status.why else "Saved, without a backup"
            self.notify(f"{why}{more}", title=title, severity="warning", markup=False, timeout=15)
        elif self._told_why and not why:
            self.clear_notifications()
        self._told_why = why

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is about a caseload works while one is open."""
        if action in ("undo", "redo", "merge", "save_elsewhere") and not self._has_caseload:
            return False
        return super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Take back the last change, whatever screen made it."""
        self._save_pending()
        self._tell_step(self.workspace.caseload.undo, "Undone", "There is nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back last, as long as nothing else was changed since."""
        self._save_pending()
        self._tell_step(self.workspace.caseload.redo, "Done again", "There is nothing to do again.")

    def _tell_step(self, go: Callable[[], str | None], done: str, nothing: str) -> None:
        self.clear_notifications()
        try:
            words = go()
        except CaseloadError as error:
            self.notify(str(error), severity="warning", markup=False, timeout=12)
        else:
            self.notify(f"{done}: {one_line(words)}" if words else nothing, markup=False, timeout=4)

    @work
    async def action_save_elsewhere(self) -> None:
        """Save now; when that fails, offer another place."""
        status = await self._save_now()
        if status.state != "not_saved":
            self.notify(f"Everything is {status.words()}.", markup=False, timeout=4)
            return
        from vigtui.ui.dialogs.files import CASELOADS, FileScreen

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
            self.workspace.places.enter(caseload.meta.id, caseload.path)

    # Leaving

    def _save_pending(self) -> None:
        """Hand everything typed to the caseload, and remember which screens are open."""
        for screen in self._screens:
            screen.save_pending()
        if self._screens:
            addresses: list[str | int] = [screen.address for screen in self._screens if screen.address]
            self.workspace.places.set(OPEN_SCREENS, addresses)

    async def _save_now(self) -> SaveStatus:
        self._save_pending()
        return await asyncio.to_thread(self.workspace.caseload.flush, _PATIENCE)

    async def _may_leave(self) -> bool:
        status = await self._save_now()
        if status.state != "not_saved" or status.elsewhere:
            return True
        from vigtui.ui.dialogs.choices import ConfirmScreen

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
        self.workspace.places.save()

    def _exit_on_signal(self) -> None:
        self._event_loop.call_soon_threadsafe(self.exit)

    def close(self) -> None:
        """Save and let go of everything."""
        self._save_pending()
        self._let_go()
