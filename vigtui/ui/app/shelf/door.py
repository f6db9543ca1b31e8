"""The shelf: shown over the open caseload, and covered when nobody is there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.ui.app.saving import Saving
from vigtui.ui.widgets.case_screen import BetweenCaseloads
from vigtui.workspace.places import Places

if TYPE_CHECKING:
    from vigtui.workspace.shelf import Shelf


class ShelfDoor:
    """All caseloads of whoever works with several; after `silent_days` it is told that somebody in a space
    was not heard of. Made in no time: what it needs is imported when it is shown first."""

    def __init__(self, app: App[None], saving: Saving, places: Places, silent_days: int) -> None:
        self._app, self._saving, self._places, self._silent_days = app, saving, places, silent_days
        self._shelf: Shelf | None = None

    def show(self, go_on: Callable[[str, str], None]) -> None:
        """Show the shelf, over the caseload that is open. `go_on` goes back to that."""
        from vigtui.ui.screens.shelf import ShelfScreen
        from vigtui.workspace.shelf import Shelf

        self._shelf = self._shelf or Shelf(self._places, space_silent_days=self._silent_days)
        current = None
        if self._saving.is_open:
            self._saving.save_pending()
            self._saving.workspace.hold_film()
            current = self._saving.workspace.caseload
        self._app.push_screen(ShelfScreen(self._shelf, current, go_on))

    def cover(self) -> bool:
        """Show nothing of any caseload, and forget what the person's own passphrase opened. Return whether
        there was anything to cover."""
        self.close()
        screens = [each for each in self._app.screen_stack if isinstance(each, BetweenCaseloads)]
        covered = [screen.cover() for screen in screens]
        return any(covered)

    def close(self) -> None:
        """Forget what the person's own passphrase opened."""
        if self._shelf is not None:
            self._shelf.forget()

    def opens(self, words: str) -> bool:
        """Whether this is the person's own passphrase, and it opens the caseload that is open. Takes most of
        a second."""
        if self._shelf is None or not self._shelf.own.exists:
            return False
        caseload, own = self._saving.workspace.caseload, self._shelf.own
        try:
            own.unlock(words)
        except CaseloadError:
            return False
        return own.holds(caseload.meta.id, caseload.key)

    async def ask_to_keep(self, caseload: Caseload) -> None:
        """Ask whether the person's own passphrase shall open this caseload, too, where that can be asked."""
        if self._shelf is not None and caseload.key is not None:
            from vigtui.ui.app.shelf.keeping import ask_to_keep

            await ask_to_keep(self._app, self._places, self._shelf.own, caseload, caseload.key)
