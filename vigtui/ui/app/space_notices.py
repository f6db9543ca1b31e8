"""What is not as it should be in the caseload's space, told once."""

from collections.abc import Callable

from textual.app import App

from vigtui.ui.app.saving import Saving
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values import clocks
from vigtui.values.text import clean

_TOLD_OF_VERSIONS = "told that the space keeps versions"


class SpaceNotices:
    """Tells each sentence about the space when it begins to hold, and again only when it had ended."""

    def __init__(self, app: App[None], saving: Saving, is_locked: Callable[[], bool]) -> None:
        self._app, self._saving, self._is_locked = app, saving, is_locked
        self._told: frozenset[str] = frozenset()

    def tell(self) -> None:
        """Say what is new. Under a cover, and in front of a family, it waits: it may name another."""
        cases = [each for each in self._app.screen_stack if isinstance(each, CaseScreen)]
        if not self._saving.is_open or self._is_locked() or any(each.SEEN_BY_FAMILY for each in cases):
            return
        workspace = self._saving.workspace
        if workspace.lost_space:
            from vigtui.wording.spaces import NOT_IN_ITS_SPACE

            workspace.lost_space = False
            self._app.notify(NOT_IN_ITS_SPACE, title="Space", severity="warning", markup=False, timeout=15)
        space = workspace.space
        standing = space.standing if space else None
        if standing is None:
            self._told = frozenset()
            return
        # Lazy: most caseloads are in no space.
        from vigtui.exchange.spaces.telling import warnings
        from vigtui.wording.spaces import KEEPS_VERSIONS

        found = warnings(standing, clocks.now().astimezone())
        if space is not None and space.films.ended:
            from vigtui.wording.film.agenda import ended_words

            found.append(ended_words(space.films.ended))
        fresh = [each for each in found if each not in self._told]
        self._told = frozenset(found)
        places = self._saving.workspace.places
        if KEEPS_VERSIONS in fresh:  # It holds for ever, and is told once, not at each opening.
            if places.get(_TOLD_OF_VERSIONS):
                fresh.remove(KEEPS_VERSIONS)
            places.set(_TOLD_OF_VERSIONS, 1)
        stand_there = any(each.TELLS_OF == "space" and each.is_seen for each in cases)
        if fresh and not stand_there:
            words = clean("\n".join(fresh))
            self._app.notify(words, title="Space", severity="warning", markup=False, timeout=15)
