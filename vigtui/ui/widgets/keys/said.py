"""Keys in words: as they are written on the keyboard, and as the person has given them."""

import re
from collections.abc import Mapping
from typing import Any

from textual.screen import Screen

from vigtui.ui.widgets.keys.all_keys import TABLE

# What follows the name of a key in a sentence: it tells “a adds the first” from “a film”.
_DOES = (
    "adds|asks|begins|brings|chooses|clears|copies|does|enters|explains|finds|gives|goes|keeps|leads|leaves|"
    "looks|makes|marks|opens|prints|proposes|puts|rates|reads|records|removes|says|saves|shows|signs|takes|"
    "tells|undoes|walks|writes|or|and"
)

_NAMES = {
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "comma": ",",
    "full_stop": ".",
    "slash": "/",
    "asterisk": "*",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def own_keys_here(screen: Screen[Any]) -> dict[str, str]:
    """Standard keys of what works on this screen, each with the key that the person has given to it."""
    found: dict[str, str] = {}
    standard = {key.id: key for keys in TABLE.values() for key in keys}
    for active in screen.active_bindings.values():
        key = standard.get(active.binding.id or "")
        if key is None or active.binding.key in key.keys.split(","):
            continue
        shown = screen.app.get_key_display(active.binding)
        for name in key.keys.split(","):
            found.setdefault(written(name), shown)
    return found


def written(name: str) -> str:
    """A key that Textual calls by this name, as it is written on the keyboard."""
    modifiers, _, last = name.rpartition("+")
    last = _NAMES.get(last, last.upper() if last[0] == "f" and last[1:].isdigit() else last)
    return f"{modifiers}+{last}" if modifiers else last


def with_own_keys(words: str, own: Mapping[str, str]) -> str:
    """Return the sentences with the person's `own` keys in the place of the standard ones."""
    if not own:
        return words
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True))
    named = re.compile(rf"`({names})`|(?<![\w+`-])({names})(?= (?:{_DOES})\b)")
    return named.sub(lambda found: _put(found, own), words)


def _put(found: re.Match[str], own: Mapping[str, str]) -> str:
    return f"`{own[found[1]]}`" if found[1] else own[found[2]]
