"""Which keys of the table work now, for the help and the palette."""

import dataclasses
from collections.abc import Callable
from typing import Any

from textual.binding import ActiveBinding
from textual.dom import DOMNode
from textual.screen import Screen

from vigtui.ui.widgets.keys.all_keys import TABLE
from vigtui.ui.widgets.keys.said import keys_for, with_keys

_IN_TABLE = {key.id: key for keys in TABLE.values() for key in keys}
_CTRL_SPACE_ARRIVES_AS = "ctrl+@"


def _place(identity: str) -> int:
    """What a screen is for comes first, then how its lines are gone through, then what works everywhere."""
    part = identity.partition(".")[0]
    return -1 if identity in ("list.open", "record.open") else {"list": 1, "app": 2}.get(part, 0)


_ORDER_IN_HELP = sorted(_IN_TABLE, key=_place)


@dataclasses.dataclass(frozen=True)
class ActiveKey:
    """What works now: its keys as they are shown, what they do, the action on the part it belongs to, and
    the other words by which it is found."""

    shown: str
    words: str
    action: str
    owner: DOMNode
    also: str = ""


def in_order(screen: Screen[Any]) -> list[ActiveBinding]:
    """What works on this screen now, the focused part's keys first, each part's in the table's order: Textual
    puts those that a person has changed at the end."""
    active = list(screen.active_bindings.values())
    if not getattr(screen.app, "own_keys", None):
        return active
    parts = list(dict.fromkeys(each.node for each in active))
    places = {identity: place for place, identity in enumerate(_IN_TABLE)}
    return sorted(active, key=lambda each: (parts.index(each.node), places.get(each.binding.id or "", 0)))


def with_words(
    found: dict[str, ActiveBinding], words: Callable[[ActiveBinding], str]
) -> dict[str, ActiveBinding]:
    """Return keys that work, those with another word in the footer for which `words` has one."""
    return {
        key: active._replace(binding=dataclasses.replace(active.binding, description=word))
        if (word := words(active))
        else active
        for key, active in found.items()
    }


def commands(screen: Screen[Any]) -> list[ActiveKey]:
    """What can be done here now: what the keys do, and what those would do that are typed as letters here."""
    found = active_keys(screen)
    actions = {key.action for key in found}
    key_of = keys_for(screen)
    for context, owner in (("go_to", screen), ("history", screen), ("app", screen.app)):
        found += [
            ActiveKey("", with_keys(key.tooltip, key_of), key.action, owner, key.also)
            for key in TABLE[context]
            if key.action not in actions and _works(owner, key.action)
        ]
    leads_to = getattr(screen, "leads_to", None)
    return found + leads_to() if leads_to else found


def _works(owner: DOMNode, action: str) -> bool:
    return hasattr(owner, f"action_{action}") and bool(owner.check_action(action, ()))


def active_keys(screen: Screen[Any]) -> list[ActiveKey]:
    """What works on this screen now, what it is for first."""
    found: dict[str, ActiveKey] = {}
    key_of = keys_for(screen)
    for active in screen.active_bindings.values():
        binding = active.binding
        key = _IN_TABLE.get(binding.id or "")
        if key is None or not active.enabled:
            continue
        if binding.key == _CTRL_SPACE_ARRIVES_AS:
            continue
        # By itself: in the footer one key may stand for a pair, as "←→".
        shown = screen.app.get_key_display(dataclasses.replace(binding, key_display=None))
        if key.id not in found:
            words = with_keys(key.tooltip, key_of)
            found[key.id] = ActiveKey(shown, words, binding.action, active.node, key.also)
        else:
            # Some terminals keep one of them for themselves.
            found[key.id] = dataclasses.replace(found[key.id], shown=f"{found[key.id].shown} {shown}")
    return [found[identity] for identity in sorted(found, key=_ORDER_IN_HELP.index)]
