"""Keys in words: as they are written on the keyboard, and as the person has given them.

No sentence names a key by itself: `key_for` gives the one that this person has. Where a sentence is written
once for all (help, the table of keys, the demo's steps), the id stands in it, as in "{app.undo} undoes it".
"""

import re
from collections.abc import Mapping
from functools import cache, partial

from textual.dom import DOMNode
from textual.keys import _character_to_key

from vigtui.ui.widgets.keys.all_keys import TABLE
from vigtui.values.keys import KeyFor

_ID = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")

_IN_A_SENTENCE = {"pageup": "page up", "pagedown": "page down"}
_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}


def key_for(node: DOMNode, act: str) -> str:
    """Return the key that the person has for the binding with the id `act`, as it is written on the keyboard:
    of several the first."""
    return key_in(getattr(node.app, "own_keys", {}), act)


def keys_for(node: DOMNode) -> KeyFor:
    """The same for all bindings."""
    return partial(key_for, node)


def key_in(keymap: Mapping[str, str], act: str) -> str:
    """Return the key of the binding with the id `act` in a person's keymap, else the standard one. Raises
    KeyError for an id that there is not."""
    standard = _standard()[act]
    name = written((keymap.get(act) or standard).split(",")[0])
    return _IN_A_SENTENCE.get(name, name)


def with_keys(words: str, key: KeyFor) -> str:
    """Return the words with a key in the place of each id in braces. What somebody typed is never among the
    words."""
    return _ID.sub(lambda found: key(found[1]), words)


def written(name: str) -> str:
    """A key that Textual calls by this name, as it is written on the keyboard."""
    modifiers, _, last = name.rpartition("+")
    last = _signs().get(last) or (last.upper() if last[0] == "f" and last[1:].isdigit() else last)
    return f"{modifiers}+{last}" if modifiers else last


@cache
def _signs() -> dict[str, str]:
    """The signs on a keyboard, and the letters of Europe's, by Textual's names for them."""
    signs = (chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x180)))
    return _ARROWS | {_character_to_key(sign): sign for sign in signs}


@cache
def _standard() -> dict[str, str]:
    """The keys by id; ctrl+@ is how ctrl+space arrives."""
    return {key.id: key.keys.removeprefix("ctrl+@,") for keys in TABLE.values() for key in keys}
