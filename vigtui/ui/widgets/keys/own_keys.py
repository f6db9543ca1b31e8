"""The keys that a person has given to things: may they be, and what follows from them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, partial

from textual.keys import Keys, _character_to_key

from vigtui.ui.widgets.keys.all_keys import TABLE, Key
from vigtui.ui.widgets.keys.said import key_in, with_keys
from vigtui.values.text import and_list, one_line
from vigtui.workspace.keymap import OwnKey, own_keys
from vigtui.workspace.settings import SettingsError

STANDARD = "Until that is mended every key is the standard one."

_ALWAYS = ("app", "history", "back")
_ON_EVERY_SCREEN = (*_ALWAYS, "list", "record_list")
_FILM = ("go_to", "transport", "writing", *_ALWAYS)
# What else works where a part of the table does; a part that is not named works with _ON_EVERY_SCREEN alone.
_TOGETHER: tuple[tuple[str, ...], ...] = (
    ("caseload", *_ON_EVERY_SCREEN),
    *(
        ("family", part, *_ON_EVERY_SCREEN)
        for part in ("timeline", "traject", "consent_grid", "referral", "record_list")
    ),
    ("chart", "chart_lines", *_ON_EVERY_SCREEN),
    ("lost_film", "films", *_ON_EVERY_SCREEN),
    ("trainees", "in_training", *_ON_EVERY_SCREEN),
    ("merge", "arrived", *_ON_EVERY_SCREEN),
    ("filming", "marked", *_ON_EVERY_SCREEN),
    ("review_plan", "planned", *_ON_EVERY_SCREEN),
    ("clip", *_FILM),
    ("supervision", *_FILM),
    ("piece", "writing", *_ALWAYS),
    ("review", "said", "app"),
    ("welcome", "ways", "app"),
    ("play", "transport"),
    ("choose", "narrowing", "files", "dialog"),
    *(
        (dialog, "dialog")
        for dialog in (
            *("form", "confirm", "past", "outside", "passphrase", "message", "skills", "pack", "decide"),
            *("paper", "audiences", "take_in"),
        )
    ),
    ("lock",),
    ("help",),
    ("working",),
)
# Where somebody types, a key that types a letter would do nothing but that, or take the letter away.
_TYPED_IN = frozenset(
    (
        *("form", "choose", "narrowing", "files", "past", "passphrase", "lock"),
        *("said", "writing", "supervision", "piece"),
    )
)
_MODIFIERS = frozenset({"ctrl", "shift", "alt", "meta", "super"})
_ARRIVES_AS = {
    "ctrl+i": "tab",
    "ctrl+j": "enter",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
_SPELLED = {"return": "enter", "esc": "escape", "del": "delete", "ins": "insert", "pgup": "pageup"}
_SPELLED |= {"pgdn": "pagedown", "pgdown": "pagedown", "control": "ctrl"}
_FUNCTION = re.compile(r"f([1-9]|1\d|2[0-4])")
_ACTION = re.compile(r"[\w.]+\(")


def keymap_of(in_settings: Mapping[str, object]) -> tuple[dict[str, str], list[str]]:
    """Return the keymap that the person has written, for `App.set_keymap`, and a sentence for each thing that
    is wrong with it: then it is empty, and the standard keys work."""
    try:
        return checked(own_keys(in_settings))
    except SettingsError as error:
        return {}, [str(error)]


def checked(own: Sequence[OwnKey]) -> tuple[dict[str, str], list[str]]:
    """The same for what was read."""
    problems: list[str] = []
    keymap: dict[str, str] = {}
    for each in own:
        try:
            keymap[each.id] = ",".join(_keys(each))
        except ValueError as error:
            problems.append(f"{each.where}: {error}")
    twins = {twin: keys for name, keys in keymap.items() for twin in _twins(name)}
    in_dialogs = {dialog: keys for name, keys in keymap.items() for dialog in _in_dialogs(name)}
    keymap = {**twins, **in_dialogs, **keymap}
    told: set[frozenset[str]] = set()
    for each in own:
        for name in (each.id, *_in_dialogs(each.id)):
            problems += (f"{each.where}: {clash}" for clash in _clashes(name, keymap, told))
    if problems:
        return {}, problems
    return {**_left_alone(keymap), **keymap}, []


def _keys(own: OwnKey) -> Iterator[str]:
    """The keys as Textual names them. Raises ValueError with a sentence."""
    key = _by_id().get(own.id)
    if key is None:
        near = get_close_matches(own.id, _by_id(), 1)
        also = f" Is it {near[0]}?" if near else " docs/keys.md has them all, and so has vigtui keys."
        raise ValueError(f"no key has the id “{one_line(own.id)[:60]}”.{also}")
    listed = own.keys.split(",") if isinstance(own.keys, str) and own.keys != "," else own.keys
    listed = [listed] if isinstance(listed, str) else listed
    if not isinstance(listed, list) or not listed or not all(isinstance(each, str) for each in listed):
        raise ValueError(f'for {own.id} write a key in quotation marks, as in {own.id} = "T".')
    for each in listed:
        name = key_named(each)
        if types_something(name) and _must_type_nothing(key):
            raise ValueError(
                f"{own.id} works while you type, so “{one_line(each)}” would be a letter of your text. "
                "Give it a function key, or one with ctrl."
            )
        yield name


def key_named(words: str) -> str:
    """Return the key that somebody means as Textual calls it. Raises ValueError with a sentence."""
    words = words.strip(" \t") or words[:1]
    *modifiers, last = words.split("+") if len(words) > 1 and not words.endswith("++") else [words]
    modifiers = [_SPELLED.get(each.lower(), each.lower()) for each in modifiers]
    last = _SPELLED.get(last.lower(), last)
    name = _character_to_key(last) if len(last) == 1 else last.lower()
    known = (len(last) == 1 and last.isprintable()) or _FUNCTION.fullmatch(name) or name in _names()
    if not known or not _MODIFIERS.issuperset(modifiers):
        near = get_close_matches(name, _names(), 1)
        also = f" Is it {near[0]}?" if near and _MODIFIERS.issuperset(modifiers) else ""
        raise ValueError(f"there is no key “{one_line(words)[:40]}”.{also}")
    full = "+".join([*sorted(modifiers), name])
    if full in _ARRIVES_AS:
        raise ValueError(f"a terminal cannot tell {full} from {_ARRIVES_AS[full]}.")
    return full


@cache
def _signs() -> frozenset[str]:
    """The names of keys that type a sign of ASCII: `slash`, `left_square_bracket`, `a`."""
    return frozenset(_character_to_key(chr(code)) for code in range(0x20, 0x7F))


@cache
def _names() -> frozenset[str]:
    """The names of keys: those of signs, and `left`, `pageup`."""
    return _signs() | {each.value for each in Keys if "+" not in each.value and "<" not in each.value}


def types_something(key: str) -> bool:
    """Whether the key puts a sign into a text."""
    return len(key) == 1 or key in _signs()


def _must_type_nothing(key: Key) -> bool:
    """Whether it works while somebody types."""
    if any(types_something(each) for each in key.keys.split(",")):
        return False
    return key.priority or _part_of(key.id) in _TYPED_IN or key.id in ("app.quit_now", "app.commands")


def _twins(name: str) -> list[str]:
    """What has the same keys in the same part of the table: the two never work at once, and stay one key."""
    key = _by_id().get(name)
    return (
        [each.id for each in TABLE[_part_of(name)] if each.keys == key.keys and each is not key]
        if key
        else []
    )


def _in_dialogs(name: str) -> list[str]:
    """What does in dialogs what `name` does on screens: it has the same keys, unless it is given its own."""
    key = _by_id().get(name)
    if key is None or _part_of(name) != "app":
        return []
    return [each.id for each in TABLE["dialog"] if each.action == f"app.{key.action}"]


def _clashes(name: str, keymap: Mapping[str, str], told: set[frozenset[str]]) -> Iterator[str]:
    """A sentence for each thing that has one of these keys where `name` works, and did not have it before.
    What was `told` of two is not said again."""
    if name not in keymap:
        return
    standard = _by_id()[name].keys.split(",")
    for other in _works_with(name):
        pair = frozenset({name, other.id})
        if (
            pair in told
            or other.id in (name, *_twins(name), *_in_dialogs(name))
            or name in _in_dialogs(other.id)
        ):
            continue
        theirs = keymap.get(other.id, other.keys).split(",")
        shared = [each for each in keymap[name].split(",") if each in theirs]
        before = {each for each in standard if each in other.keys.split(",")}
        if both := [each for each in shared if each not in before]:
            told.add(pair)
            yield f"{name} and {other.id} would both have {and_list(both)} ({other.id}: {_does(other)})."


def works_together(part: str) -> set[str]:
    """The parts of the table whose keys may work while those of this part do, itself among them."""
    return {each for group in _groups() if part in group for each in group}


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    named = {part for group in _TOGETHER for part in group}
    return (*_TOGETHER, *((part, *_ON_EVERY_SCREEN, "dialog") for part in TABLE if part not in named))


def _works_with(name: str) -> Iterator[Key]:
    together = works_together(_part_of(name))
    return (key for part, keys in TABLE.items() if part in together for key in keys)


def _left_alone(keymap: Mapping[str, str]) -> dict[str, str]:
    """The standard keys of what the footer shows together with something that has another key now: “←→” says
    the keys of two. By a key of its own each is shown alone."""
    alone: dict[str, str] = {}
    for name in keymap:
        if does := _ACTION.match(_by_id()[name].action):
            alone |= {
                each.id: each.keys
                for each in TABLE[_part_of(name)]
                if each.shown_as and each.action.startswith(does[0])
            }
    return alone


def _does(key: Key) -> str:
    return with_keys(key.tooltip, partial(key_in, {}))


@cache
def _by_id() -> dict[str, Key]:
    return {key.id: key for keys in TABLE.values() for key in keys}


@cache
def _parts() -> dict[str, str]:
    return {key.id: part for part, keys in TABLE.items() for key in keys}


def _part_of(name: str) -> str:
    """The part of the table in which the id is."""
    return _parts()[name]


def keymap_to_begin_with() -> str:
    """A keymap file in which every id has the key that it has, behind a #."""
    lines: list[str] = []
    for part, keys in TABLE.items():
        lines += ["", f"# {part.replace('_', ' ')}"]
        lines += (f'# {key.id} = "{_typed(key.keys)}"  # {_does(key)}' for key in keys)
    return "\n".join(lines) + "\n"


def _typed(keys: str) -> str:
    """The keys as somebody would type them."""
    signs = {_character_to_key(sign): sign for sign in map(chr, range(0x21, 0x7F)) if sign not in '",\\'}
    return ",".join(signs.get(each, each) for each in keys.split(",") if each != "ctrl+@")
