"""The keys at the foot of a screen."""

from itertools import accumulate
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from vigtui.ui.widgets.keys.active import in_order
from vigtui.ui.widgets.keys.said import keys_for, with_keys

_LEFT_OUT = " … "


class _FooterKey(NamedTuple):
    """A key as it is pressed and as it is written, its word, what it does, whether that can be done now."""

    key: str
    shown: str
    words: str
    tooltip: str
    enabled: bool

    @property
    def cells(self) -> int:
        """The cells that the key and its word take, with a space around each."""
        return cell_len(f" {self.shown} {self.words} ")


class KeyFooter(Widget, can_focus=False):
    """The keys that work now, in one line. A click presses a key.

    No key is cut: where there is no room for all, "…" stands for those before the last, which is the help.
    All are drawn by this one widget: Textual's footer makes one for each key, anew whenever the focus moves.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "key-footer--key",
        "key-footer--words",
        "key-footer--pointed-at",
    }
    DEFAULT_CSS: ClassVar[str] = """
    KeyFooter {
        dock: bottom; height: 1; width: 1fr; background: $panel; color: $footer-foreground; text-wrap: nowrap;
        & .key-footer--key { color: $footer-key-foreground; text-style: bold; }
        & .key-footer--words { color: $footer-description-foreground; }
        & .key-footer--pointed-at { color: $footer-key-foreground; background: $block-hover-background; }
    }
    """

    _keys: reactive[tuple[_FooterKey, ...]] = reactive(())
    _pointed_at: reactive[_FooterKey | None] = reactive(None)

    @property
    def is_filled(self) -> bool:
        """Whether it shows keys."""
        return bool(self._keys)

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, screen: Screen[Any]) -> None:
        if screen.app.app_focus and self.is_attached and screen is self.screen:
            self.call_after_refresh(self._look)

    def _look(self) -> None:
        if not self.is_attached:
            return
        found: dict[str, _FooterKey] = {}
        for _, binding, enabled, tooltip in in_order(self.screen):
            if binding.show and binding.action not in found:
                shown = self.app.get_key_display(binding)
                words = with_keys(tooltip or binding.description, keys_for(self))
                found[binding.action] = _FooterKey(binding.key, shown, binding.description, words, enabled)
        self._keys = tuple(found.values())

    def render(self) -> Content:
        """Return the keys that have room, with "…" for those that have none."""
        keys = [self._written(key) for key in self._fitting()]
        if len(keys) < len(self._keys):
            keys.insert(-1, Content.styled(_LEFT_OUT, self.get_visual_style("key-footer--words")))
        return Content("").join(keys)

    def _fitting(self) -> tuple[_FooterKey, ...]:
        """Return the first keys, as many as have room beside the last one."""
        room = self.size.width
        if sum(key.cells for key in self._keys) <= room:
            return self._keys
        *others, last = self._keys
        room -= last.cells + cell_len(_LEFT_OUT)
        fitting = sum(taken <= room for taken in accumulate(key.cells for key in others))
        return (*others[:fitting], last)

    def _written(self, key: _FooterKey) -> Content:
        parts = ("key", "words") if key != self._pointed_at else ("pointed-at", "pointed-at")
        styles = [self.get_visual_style(f"key-footer--{part}") for part in parts]
        written = Content.assemble((f" {key.shown} ", styles[0]), (f"{key.words} ", styles[1]))
        return written if key.enabled else written.stylize("dim")

    def _at(self, x: int) -> _FooterKey | None:
        """Return the key in this cell of the line."""
        fitting = self._fitting()
        starts = 0
        for key in fitting:
            if key is fitting[-1] and len(fitting) < len(self._keys):
                starts += cell_len(_LEFT_OUT)
            if starts <= x < starts + key.cells:
                return key
            starts += key.cells
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which key a click would press, and what it does."""
        self._pointed_at = self._at(event.x)
        self.tooltip = self._pointed_at.tooltip if self._pointed_at else None

    def on_leave(self) -> None:
        """Nothing is pointed at any more."""
        self._pointed_at = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that is clicked."""
        key = self._at(event.x)
        if key and key.enabled:
            self.app.simulate_key(key.key)
        elif key:
            self.app.bell()
