"""Covering a caseload when nobody has touched a key for a while."""

import contextlib
import sys
from collections.abc import Callable

from textual.app import App
from textual.screen import Screen
from textual.timer import Timer

from vigtui.store.errors import CaseloadError
from vigtui.ui.app.saving import Saving
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.clocks import clocks, seconds_since

# In seconds. A laptop that slept wakes up with its timers where they were, so the clock is looked at.
_LONGEST_LOOK = 10.0
_WHILE_LOCKED = frozenset({"quit", "repaint", "suspend_process", "help_quit"})


class Lock:
    """Locks after `minutes` without a key (0: never by itself), or when asked. The film stops, and nothing
    but the passphrase and leaving works; one that is not encrypted is only covered, and a key shows it again.
    The encryption key stays in memory, since saving goes on. While no caseload is open there is nothing but
    the shelf: `covered` covers it, if it is there. `opens` says whether a passphrase is the person's own, and
    opens the caseload."""

    def __init__(
        self,
        app: App[None],
        saving: Saving,
        minutes: float,
        *,
        opens: Callable[[str], bool],
        covered: Callable[[], bool],
    ) -> None:
        self.locked = False
        self._opens_with_own, self._cover_shelf = opens, covered
        self._app, self._saving, self._minutes = app, saving, minutes
        self._wanted = False
        self._asked = False
        self._was_covered = False
        self._touched = clocks()
        self._looking: Timer | None = None

    def start(self) -> None:
        """Begin to look whether anybody is there, for the caseload that was just opened."""
        self.locked = self._wanted = self._asked = False
        self._touched = clocks()
        self._look()

    def stop(self) -> None:
        """Uncover: the caseload has been closed."""
        self.locked = self._wanted = self._asked = False

    # When nobody is there

    def touch(self) -> bool:
        """Notice that somebody is here. Return False when that comes too late, and locks instead."""
        if self._is_due and self.lock():
            return False
        self._touched = clocks()
        return True

    def allows(self, action: str) -> bool:
        """Whether this action works now: while it is locked one can leave, and no more."""
        return not self.locked or action in _WHILE_LOCKED

    @property
    def _is_encrypted(self) -> bool:
        return self._saving.is_open and self._saving.workspace.caseload.encrypted

    @property
    def _seconds_left(self) -> float:
        """Until it locks."""
        return self._minutes * 60 - seconds_since(self._touched)

    @property
    def _is_due(self) -> bool:
        return self._minutes > 0 and not self.locked and self._seconds_left <= 0

    def _look(self) -> None:
        """Lock if it is time, and look again later."""
        if self._is_encrypted and not (sys.__stderr__ and sys.__stderr__.isatty()):
            # After a crash it would write into a file what variables held.
            self._app.error_console.quiet = True
        if self._looking is not None:
            self._looking.stop()
        if self._is_due:
            self.lock()
        if self._minutes > 0 and not self.locked:
            wait = min(max(self._seconds_left, 0.05), _LONGEST_LOOK)
            self._looking = self._app.set_timer(_LONGEST_LOOK if self._wanted else wait, self._look)

    # Locking

    def lock(self) -> bool:
        """Cover everything until the passphrase is given, or a key pressed where there is none. Work that is
        being waited for ends first. Return whether there is anything to cover."""
        if self.locked:
            return True
        self._touched = clocks()
        shelf_was_there = self._cover_shelf()
        if self._saving.is_open:
            self._lock()
        return shelf_was_there or self._saving.is_open

    def _lock(self) -> None:
        from vigtui.ui.dialogs.working import WorkingScreen

        self._asked = False
        if not self._is_encrypted:
            self.ask_if_locked_out()
            if self._asked:
                return
        self._wanted = isinstance(self._app.screen, WorkingScreen)
        if not self._wanted:
            self._saving.save_pending()
            self._saving.workspace.hold_film()
            self._saving.workspace.last_search = ""  # Somebody else may come back.
            self._app.clear_notifications()
            self.locked = True
            self._keep_covered()

    def screen_changed(self, _screen: Screen[object]) -> None:
        """Lock what was waited for, and keep the cover in front."""
        if self._wanted:
            self._app.call_next(self.lock)
        self._app.call_next(self._keep_covered)

    def _keep_covered(self) -> None:
        """While it is locked, have the cover in front of whatever came, and afterwards nowhere."""
        if not (self.locked or self._was_covered):
            return  # Every start comes here, and need not wait for the dialogs.
        from vigtui.ui.dialogs.passphrase import CoverScreen, LockScreen

        screen = self._app.screen
        covered = isinstance(screen, LockScreen)
        if self.locked and not covered:
            self._was_covered = True
            kind = LockScreen if self._is_encrypted else CoverScreen
            self._app.push_screen(kind(self._opens_with, self._unlock))
        elif covered and not self.locked:
            screen.dismiss(None)

    def _opens_with(self, passphrase: str) -> bool:
        """Whether this is the passphrase, one that another program has given the file since, or the person's
        own. Blocks."""
        caseload = self._saving.workspace.caseload
        if caseload.locked_out:
            with contextlib.suppress(CaseloadError):
                caseload.unlock(passphrase)
                return True
        return caseload.opens_with(passphrase) or self._opens_with_own(passphrase)

    def _unlock(self) -> None:
        self.locked = False
        self._touched = clocks()
        self._keep_covered()
        self._look()
        self.ask_if_locked_out()

    def ask_if_locked_out(self) -> None:
        """When another program has encrypted the file or changed its passphrase, ask for it, once."""
        locked_out = self._saving.is_open and self._saving.workspace.caseload.locked_out
        if locked_out and not (self.locked or self._asked):
            self._asked = True
            self._app.run_worker(self._ask_passphrase_again(), group="passphrase", exclusive=True)

    async def _ask_passphrase_again(self) -> None:
        from vigtui.ui.dialogs.passphrase import PassphraseScreen

        caseload = self._saving.workspace.caseload

        def unlock(words: str) -> bool:
            caseload.unlock(words)
            return True

        problem = "Another program encrypted it, or changed its passphrase. To save in it, give the new one."
        if await self._app.push_screen_wait(PassphraseScreen(caseload.path.name, unlock, problem)) is True:
            self._asked = False
            self._look()
        else:
            self._app.notify(
                "Until its passphrase is given nothing is saved in the file. "
                f"{key_for(self._app, 'app.lock')} asks again.",
                timeout=12,
            )

    async def may_leave(self) -> bool:
        """Save, and return whether the program may end while everything is covered: a question about what
        is not saved would be in front of the cover."""
        from vigtui.ui.dialogs.passphrase import LockScreen

        status = await self._saving.save_now()
        may = status.state != "not_saved" or status.elsewhere
        if not may and isinstance(self._app.screen, LockScreen):
            self._app.screen.say(f"vigtui stays open, because not everything is saved. {status.why}")
        return may
