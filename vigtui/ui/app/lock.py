"""An app that covers an encrypted caseload when nobody has touched a key for a while."""

import sys
import time

from textual import on, work
from textual.events import Event, InputEvent, Paste
from textual.screen import Screen
from textual.timer import Timer

from vigtui.ui.app.saving import SavingApp
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.ui.screens import navigation as go
from vigtui.workspace.workspace import Workspace

# In seconds. A laptop that slept wakes up with its timers where they were, so the clock is looked at.
_LONGEST_LOOK = 10.0
_WHILE_LOCKED = frozenset({"quit", "repaint", "suspend_process", "help_quit"})


class LockingApp(SavingApp):
    """Locks after `lock_minutes` of its settings without a key, or when asked. The film stops, and nothing
    but the passphrase and leaving works. The file's key stays in memory, since saving goes on."""

    lock_minutes: float = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.locked = False
        self._lock_wanted = False
        self._asked = False
        self._touched = _clocks()
        self._looking: Timer | None = None

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, self._screen_changed)

    def _hold(self, workspace: Workspace) -> None:
        super()._hold(workspace)
        self._touched = _clocks()
        self._look()

    def _let_go(self) -> None:
        super()._let_go()
        self.locked = self._lock_wanted = self._asked = False

    # When nobody is there

    async def on_event(self, event: Event) -> None:
        """Notice that somebody is here. A key that comes after too long a time only locks."""
        if isinstance(event, InputEvent | Paste) and not event.is_forwarded:
            if self._is_due:
                self.action_lock()
                return
            self._touched = _clocks()
        await super().on_event(event)

    @property
    def _may_lock(self) -> bool:
        return self._has_caseload and self.workspace.caseload.encrypted

    @property
    def _seconds_left(self) -> float:
        """Until it locks, by whichever clock went further."""
        idle = max(now - then for now, then in zip(_clocks(), self._touched, strict=True))
        return self.lock_minutes * 60 - idle

    @property
    def _is_due(self) -> bool:
        return self.lock_minutes > 0 and self._may_lock and not self.locked and self._seconds_left <= 0

    def _look(self) -> None:
        """Lock if it is time, and look again later."""
        if self._may_lock and not (sys.__stderr__ and sys.__stderr__.isatty()):
            self.error_console.quiet = True  # After a crash it would write into a file what variables held.
        if self._looking is not None:
            self._looking.stop()
        if self._is_due:
            self.action_lock()
        if self.lock_minutes > 0 and self._may_lock and not self.locked:
            wait = min(max(self._seconds_left, 0.05), _LONGEST_LOOK)
            self._looking = self.set_timer(_LONGEST_LOOK if self._lock_wanted else wait, self._look)

    # Locking

    def action_lock(self) -> None:
        """Cover everything until the passphrase is given. Work that is being waited for ends first."""
        if self.locked or not self._has_caseload:
            return
        self._asked = False
        if not self._may_lock:
            self._ask_if_locked_out()
            if self._asked:
                return
            sentence = "Only an encrypted caseload can be locked: `vigtui encrypt FILE` makes it one."
            self.notify(sentence, markup=False)
            return
        self._lock_wanted = isinstance(self.screen, WorkingScreen)
        if not self._lock_wanted:
            self._save_pending()
            self.workspace.hold_film()
            self.clear_notifications()
            self.locked = True
            self._keep_covered()

    def _screen_changed(self, _screen: Screen[object]) -> None:
        if self._lock_wanted:
            self.call_next(self.action_lock)
        self.call_next(self._keep_covered)

    def _keep_covered(self) -> None:
        """While it is locked, have the cover in front of whatever came, and afterwards nowhere."""
        from vigtui.ui.dialogs.passphrase import LockScreen

        covered = isinstance(self.screen, LockScreen)
        if self.locked and not covered:
            self.push_screen(LockScreen(self.workspace.caseload.opens_with, self._unlock))
        elif covered and not self.locked:
            self.screen.dismiss(None)

    def _unlock(self) -> None:
        self.locked = False
        self._touched = _clocks()
        self._keep_covered()
        self._look()
        self._ask_if_locked_out()

    @on(go.StatusChanged)
    def _ask_if_locked_out(self) -> None:
        """When another program has encrypted the file or changed its passphrase, ask for it, once."""
        if self._has_caseload and self.workspace.caseload.locked_out and not (self.locked or self._asked):
            self._asked = True
            self._ask_passphrase_again()

    @work(exclusive=True, group="passphrase")
    async def _ask_passphrase_again(self) -> None:
        from vigtui.ui.dialogs.passphrase import PassphraseScreen

        caseload = self.workspace.caseload

        def unlock(words: str) -> bool:
            caseload.unlock(words)
            return True

        problem = "Another program encrypted it, or changed its passphrase. To save in it, give the new one."
        if await self.push_screen_wait(PassphraseScreen(caseload.path.name, unlock, problem)) is True:
            self._asked = False
            self._look()
        else:
            self.notify(
                "Until its passphrase is given nothing is saved in the file. F7 asks again.", timeout=12
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is locked one can leave, and no more."""
        if self.locked and action not in _WHILE_LOCKED:
            return False
        return super().check_action(action, parameters)

    async def _may_leave(self) -> bool:
        """A question about what is not saved would stand in front of the cover."""
        from vigtui.ui.dialogs.passphrase import LockScreen

        if not self.locked:
            return await super()._may_leave()
        status = await self._save_now()
        may = status.state != "not_saved" or status.elsewhere
        if not may and isinstance(self.screen, LockScreen):
            self.screen.say(f"vigtui stays open, because not everything is saved. {status.why}")
        return may


def _clocks() -> tuple[float, float]:
    """One clock that nobody sets, and one that goes on while the machine sleeps; in seconds."""
    return time.monotonic(), time.time()
