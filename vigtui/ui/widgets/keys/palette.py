"""The command palette: what the keys can do here now, found by its words, and by what people call it."""

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from vigtui.ui.widgets.keys.active import ActiveKey, commands


class KeyCommands(Provider):
    """Offers every key of the table that works on the screen below the palette."""

    async def startup(self) -> None:
        self._keys = [key for key in commands(self.screen) if key.action != "command_palette"]

    def _run(self, key: ActiveKey) -> "partial[Coroutine[Any, Any, bool]]":
        return partial(self.app.run_action, key.action, default_namespace=key.owner)

    async def discover(self) -> Hits:
        for key in self._keys:
            yield DiscoveryHit(key.words, self._run(key), help=key.shown)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for key in self._keys:
            score = max(matcher.match(key.words), matcher.match(key.also))
            if score > 0:
                shown: Content = matcher.highlight(key.words)
                yield Hit(score, shown, self._run(key), text=key.words, help=key.shown)
