"""The open caseload in the app: changes reach the screens, the save state is shown, leaving is safe."""

import asyncio
import datetime as dt
import gc
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import App

from vigtui.domain.records import AgreedWords, Confirmation, Copy, Session
from vigtui.domain.vocabulary import CopyKind, SessionState
from vigtui.store.caseload import Caseload
from vigtui.store.disk.saver import SaveStatus
from vigtui.store.errors import CaseloadError
from vigtui.store.sharing.presence import said_in_full
from vigtui.store.sharing.watcher import Watcher
from vigtui.ui.app.signals import leave_on_signals
from vigtui.ui.screens import navigation as go
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import one_line
from vigtui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vigtui.store.merging.steps import Step

OPEN_SCREENS = "open"
"""The place in which the addresses of the open screens are remembered."""

# How long leaving waits for the disk, in seconds, before it asks.
_PATIENCE = 10.0
# A save that takes longer is told: it waits for a pause in the typing, and then for the disk.
_USUAL_SECONDS = 3.0


class Saving:
    """Holds the open caseload for `app`, from `hold` to `let_go`.

    Whatever ends the program - a key, a signal, a dropped connection - everything typed is saved first.
    """

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._workspace: Workspace | None = None
        self._watcher: Watcher | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._told_why = ""

    @property
    def is_open(self) -> bool:
        """Whether a caseload is open."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open caseload and everything around it. Call it only while one is open."""
        if self._workspace is None:
            raise AttributeError("No caseload is open.")
        return self._workspace

    def hold(self, workspace: Workspace) -> None:
        """Work with this caseload until `let_go`."""
        self._workspace = workspace
        self._unsubscribe = workspace.caseload.subscribe(self._tell_change)
        workspace.caseload.on_status = self._tell_status
        self._lock_confirmed(workspace.caseload)
        self._keep_agreed_words(workspace.caseload)
        if workspace.caseload.status.caveats:  # What saving cannot keep is said before it happens.
            self._tell_status()
        self._watcher = Watcher(workspace.caseload, self._tell_others)
        self._watcher.start()
        workspace.finish_erasing()
        workspace.join_in(self._tell_status)
        gc.freeze()  # To look for garbage among the records of a large caseload takes a tenth of a second.

    def let_go(self) -> None:
        """Save and close the caseload, if one is open."""
        if self._workspace is None:
            return
        if self._watcher is not None:
            self._watcher.stop()
        self._unsubscribe()
        self._workspace.caseload.on_status = None
        self._workspace.close()
        self._workspace = None
        gc.unfreeze()

    def save_and_leave_on_signals(self) -> None:
        """From here on save and leave when the connection drops. Call it while the app runs."""
        loop = asyncio.get_running_loop()

        def leave() -> None:
            loop.call_soon_threadsafe(self._app.exit)

        leave_on_signals(lambda: self._save_on_signal(loop), leave)

    @property
    def _screens(self) -> list[CaseScreen]:
        return [screen for screen in self._app.screen_stack if isinstance(screen, CaseScreen)]

    @property
    def _screens_seen(self) -> list[CaseScreen]:
        return [screen for screen in self._screens if screen.is_seen]

    # Changes, reported on the thread that made them

    def _tell_change(self, step: "Step") -> None:
        if not step.words and self._workspace is not None:
            self._workspace.note_news(step.changes)
        if self._workspace is not None:
            came = {each.key[0] for each in step.changes if each.came}
            if Confirmation.table in came:
                self._lock_confirmed(self._workspace.caseload)
            if Session.table in came:
                self._keep_agreed_words(self._workspace.caseload)
        self._app.post_message(go.CaseloadChanged(step.tables, step.ids))

    def _lock_confirmed(self, caseload: Caseload) -> None:
        """Lock the records that everybody has confirmed, somebody in another file."""
        waiting = (caseload.get(Session, each.session) for each in caseload.all(Confirmation))
        if not any(each and each.state is not SessionState.AGREED for each in waiting):
            return
        from vigtui.workspace.agreeing import lock_confirmed  # Lazy: seldom needed, and not to start.

        try:
            lock_confirmed(caseload)
        except CaseloadError:
            return  # It is tried again at the next opening; that it is not agreed is seen.

    def _keep_agreed_words(self, caseload: Caseload) -> None:
        """Keep what an earlier version agreed a second time, and say so."""
        kept = {each.session for each in caseload.all(AgreedWords)}
        if all(each.id in kept for each in caseload.where(Session, state=SessionState.AGREED)):
            return
        from vigtui.wording.supervision import kept_again_words  # Lazy: once for an older file.
        from vigtui.workspace.agreeing import keep_agreed_words

        try:
            number = keep_agreed_words(caseload)
        except CaseloadError:
            return  # It is tried again at the next opening.
        if number:
            self._app.notify(kept_again_words(number), markup=False, timeout=12)

    def _tell_status(self, *_: SaveStatus) -> None:
        self._app.post_message(go.StatusChanged())

    def _tell_others(self) -> None:
        self._app.post_message(go.OthersChanged())

    # What is shown of them

    def show_changes(self) -> None:
        """Let every open screen show its records as they are now."""
        for screen in self._screens:
            screen.records_changed()

    def show_others(self, *, quiet: bool) -> None:
        """Say who came, unless `quiet`; that somebody left is seen in the title alone."""
        if self._workspace is None or self._watcher is None:
            return
        before, now = self._workspace.others, self._watcher.others
        self._workspace.others, self._workspace.shown_elsewhere = now, self._watcher.shown
        for screen in self._screens_seen:
            screen.others_moved()
        self.show_status()
        if Counter(now) - Counter(before) and not quiet:
            self._app.notify(said_in_full(now, self._workspace.caseload.by), markup=False, timeout=4)

    def shows(self, identity: str) -> None:
        """Tell others what is shown to a family now, by its id; "" for nothing."""
        if self._watcher is not None:
            self._watcher.shows(identity)

    def show_status(self) -> None:
        """Show whether everything is saved; tell it once when it is not."""
        if self._workspace is None:
            return
        for screen in self._screens_seen:
            screen.show_status()
        status = self._workspace.caseload.status
        if status.state == "saving":
            self._app.set_timer(_USUAL_SECONDS, lambda: self._tell_if_late(status.at))
        why = status.why or " ".join(caveat.sentence for caveat in status.caveats)
        if why and why != self._told_why:
            more = f" vigtui keeps trying; {key_for(self._app, 'app.save_elsewhere')} saves to another place."
            if status.elsewhere or not status.why:
                more = ""
            title = "Not saved" if status.why else "Saved, but"
            self._app.notify(f"{why}{more}", title=title, severity="warning", markup=False, timeout=15)
        elif self._told_why and not why:
            self._app.clear_notifications()
        self._told_why = why

    def _tell_if_late(self, last_saved: dt.datetime | None) -> None:
        """Say that it is being saved, when nothing has been since."""
        status = self._workspace.caseload.status if self._workspace else None
        if status and status.state == "saving" and status.at == last_saved:
            for screen in self._screens_seen:
                screen.show_status(late=True)

    @property
    def last_words(self) -> Text | None:
        """What is said in the terminal after the program has ended: why something was not saved."""
        return Text(self._told_why) if self._told_why else None

    # Saving now

    def save_pending(self) -> None:
        """Hand everything typed to the caseload, and remember which screens are open."""
        for screen in self._screens:
            screen.save_pending()
        if self._screens:
            addresses: list[str | int] = [screen.address for screen in self._screens if screen.address]
            self.workspace.places.set(OPEN_SCREENS, addresses)

    async def save_now(self) -> SaveStatus:
        """Save everything, and return how that went after ten seconds at most."""
        self.save_pending()
        return await asyncio.to_thread(self.workspace.caseload.flush, _PATIENCE)

    async def save_elsewhere(self) -> None:
        """Save now; when that fails, offer another place."""
        status = await self.save_now()
        if status.state != "not_saved":
            self._app.notify(f"Everything is {status.words()}.", markup=False, timeout=4)
            return
        from vigtui.ui.dialogs.files import CASELOADS, FileScreen

        caseload, before = self.workspace.caseload, self.workspace.caseload.path
        chosen = await self._app.push_screen_wait(
            FileScreen("Save to another place", Path.home(), endings=CASELOADS, new=caseload.path.name)
        )
        if chosen is None:
            return
        try:
            caseload.save_elsewhere(chosen)
        except CaseloadError as error:
            self._app.notify(str(error), severity="error", markup=False, timeout=12)
        else:
            self.workspace.places.enter(caseload.meta.id, caseload.path)
            self._enter_left_behind(before)

    def _enter_left_behind(self, before: Path) -> None:
        """Enter the file that could not be saved in the register of copies: it stays, with all it held."""
        caseload = self.workspace.caseload
        copy = Copy(
            kind=CopyKind.CASELOAD,
            about="as it was when it could not be saved there",
            file=before.name,
            holder=str(before.parent),
            date=self.workspace.today(),
        )
        with caseload.transaction(f"Enter {one_line(before.name)} in the register"):
            caseload.save(copy)

    async def may_leave(self) -> bool:
        """Save; ask when something cannot be saved. Return whether the caseload may be closed."""
        status = await self.save_now()
        if status.state != "not_saved" or status.elsewhere:
            return True
        from vigtui.ui.dialogs.choices import ConfirmScreen

        question = (
            f"{status.why} Leaving now loses what is not saved; {key_for(self._app, 'app.save_elsewhere')} "
            "saves it to another place."
        )
        leave: bool | None = await self._app.push_screen_wait(
            ConfirmScreen(question, "Leave, and lose it", "Stay")
        )
        return bool(leave)

    def _save_on_signal(self, loop: asyncio.AbstractEventLoop) -> None:
        """Runs beside the screen, which may be waiting for a terminal that has disconnected."""
        if self._workspace is None:
            return
        handed_over = threading.Event()

        def hand_over() -> None:
            try:
                self.save_pending()
            finally:
                handed_over.set()

        loop.call_soon_threadsafe(hand_over)
        handed_over.wait(1.0)
        self._workspace.caseload.flush(_PATIENCE)
        self._workspace.places.save()
