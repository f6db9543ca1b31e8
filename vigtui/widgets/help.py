"""The help: what this part is for, and every key that works here now."""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Label, Markdown, Static

from vigtui.widgets.keys import TABLE, bindings

_IN_TABLE = {key.id: key for keys in TABLE.values() for key in keys}


@dataclass(frozen=True)
class ActiveKey:
    """A key that works now: as it is shown, what it does, and the action on the part it belongs to."""

    shown: str
    words: str
    action: str
    owner: DOMNode


def active_keys(screen: Screen[Any]) -> list[ActiveKey]:
    """What works on this screen now, in the table's order."""
    found: dict[str, ActiveKey] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        key = _IN_TABLE.get(binding.id or "")
        if key is None or not active.enabled or key.id in found:
            continue
        shown = key.shown_as or screen.app.get_key_display(binding)
        found[key.id] = ActiveKey(shown, key.tooltip, binding.action, active.node)
    here_first = sorted(_IN_TABLE, key=lambda identity: identity.startswith("app."))
    return [found[identity] for identity in sorted(found, key=here_first.index)]


def help_words(screen: Screen[Any]) -> str:
    """The Markdown that tells about the focused part, then about the screen."""
    parts: list[DOMNode] = list(screen.focused.ancestors_with_self) if screen.focused else [screen]
    words = [getattr(part, "HELP", "") for part in parts]
    return "\n\n".join(dict.fromkeys(word for word in words if word))


class HelpScreen(ModalScreen[None]):
    """Shows the help of the screen that it is opened over."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._words = help_words(below)
        self._keys = active_keys(below)

    def compose(self) -> ComposeResult:
        width = max((len(key.shown) for key in self._keys), default=0)
        with VerticalScroll(id="dialog"):
            yield Label("Help", id="dialog-title", markup=False)
            if self._words:
                yield Markdown(self._words, id="help-words")
            for key in self._keys:
                yield Static(Content.assemble((f"{key.shown:>{width}}", "bold"), "  ", key.words))

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)
