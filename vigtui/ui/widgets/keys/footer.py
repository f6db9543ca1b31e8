"""The keys at the foot of a screen."""

from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey, FooterLabel

_LEFT_OUT = "…"


class KeyFooter(Footer):
    """Textual's footer, without the keys that it no longer shows. No key is cut: where there is no room for
    all, "…" stands for those before the last, which is the help."""

    DEFAULT_CSS: ClassVar[str] = "KeyFooter FooterLabel { margin: 0 1; }"

    _room = 0

    def compose(self) -> ComposeResult:
        keys = list(super().compose())
        self._room = self.app.size.width
        yield from keys if sum(map(_cells, keys)) <= self._room else _fitting(keys, self._room)

    async def recompose(self) -> None:
        """Show the keys that work now."""
        before = list(self.children)
        await super().recompose()
        for key in before:
            key.refresh()  # Textual would remember how it was drawn.
        if self.is_attached:
            # Each key follows this value, and is kept for that until the value changes.
            self.mutate_reactive(Footer.compact)

    async def on_resize(self, event: events.Resize) -> None:
        """Show as many keys as have room now."""
        if event.size.width != self._room:
            await self.recompose()


def _fitting(keys: list[Widget], room: int) -> list[Widget]:
    """The first keys, as many as have room beside the last one."""
    *others, last = keys
    room -= _cells(last) + cell_len(f" {_LEFT_OUT} ")
    fitting = sum(taken <= room for taken in accumulate(map(_cells, others)))
    return [*others[:fitting], FooterLabel(_LEFT_OUT), last]


def _cells(key: Widget) -> int:
    """The cells that a key and its word take, with a space around each."""
    return cell_len(f" {key.key_display} {key.description} ") if isinstance(key, FooterKey) else 0
