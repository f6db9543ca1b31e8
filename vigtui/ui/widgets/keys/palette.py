"""The command palette: what the keys can do here now, found by its words, and by what people call it."""

from collections.abc import Coroutine
from functools import partial
from typing import Any

from rich.cells import cell_len
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from vigtui.ui.widgets.keys.active import ActiveKey, commands


class KeyCommands(Provider):
    """Offers every key of the table that works on the screen below the palette."""

    async def startup(self) -> None:
        self._keys = [key for key in commands(self.screen) if key.action != "command_palette"]

    def _run(self, key: ActiveKey) -> "partial[Coroutine[Any, Any, bool]]":
        return partial(self.app.run_action, key.action, default_namespace=key.owner)

    def _line(self, key: ActiveKey, words: Content) -> Content:
        """The key, and beside it what it does: more of them are in sight than with a line for each."""
        width = max(cell_len(each.shown) for each in self._keys)
        margin = " " * (width - cell_len(key.shown))
        return Content.assemble((f"{margin}{key.shown}  ", "bold"), words)

    async def discover(self) -> Hits:
        for key in self._keys:
            yield DiscoveryHit(self._line(key, Content(key.words)), self._run(key), text=key.words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for key in self._keys:
            score = max(matcher.match(key.words), matcher.match(key.also))
            if score > 0:
                shown = self._line(key, matcher.highlight(key.words))
                yield Hit(score, shown, self._run(key), text=key.words)
