"""A programme as a file that a service edits, in TOML: what it says is checked before it becomes a record."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints

import msgspec
from msgspec import structs

from vigtui.domain.records import Programme, Stage, schema
from vigtui.domain.training.stages import programme_problems
from vigtui.values.text import capitalised, folded, one_line

_MOST_STAGES, _MOST_NAMES, _LONGEST, _HIGHEST = 12, 20, 200, 1000
_SAID_APART = ("name", "stages")


def parse_programme(said: Mapping[str, Any]) -> Programme:
    """Return the programme that a file tells. Raises ValueError with a sentence that says where it is wrong
    and what is expected there."""
    stages = said.get("stages")
    if not isinstance(stages, list) or not 1 <= len(stages) <= _MOST_STAGES:
        raise ValueError(f"It must have 1 to {_MOST_STAGES} stages, each under [[stages]].")
    parsed = tuple(
        Stage(**_values(each, Stage, f"stage {number}")) for number, each in enumerate(stages, start=1)
    )
    rest = {key: value for key, value in said.items() if key != "stages"}
    programme = Programme(stages=parsed, **_values(rest, Programme, "the programme", besides=("stages",)))
    if problem := next(programme_problems(programme), ""):
        raise ValueError(problem)
    return programme


def write_programme(programme: Programme) -> str:
    """Return a programme as such a file; what is as by default is left out."""
    lines = [f"name = {_toml(programme.name)}", *_lines(programme, _SAID_APART)]
    for stage in programme.stages:
        lines += ["", "[[stages]]", f"name = {_toml(stage.name)}", *_lines(stage, _SAID_APART)]
    return "\n".join(lines) + "\n"


def _lines(part: msgspec.Struct, besides: Iterable[str]) -> Iterator[str]:
    defaults = {field.name: field.default for field in structs.fields(part)}
    for name in schema.fields(type(part)):
        value = getattr(part, name)
        if name not in besides and value != defaults[name]:
            yield f"{name} = {_toml(value)}"


def _toml(value: object) -> str:
    """Return a value as TOML has it: as JSON does, for words, numbers, true and false, and lists of these."""
    return json.dumps(value, ensure_ascii=False)


def _values(
    said: object, kind: type[msgspec.Struct], where: str, besides: Iterable[str] = ()
) -> dict[str, Any]:
    """Return what is said of a stage or programme, each value of the kind that its field asks for."""
    if not isinstance(said, Mapping):
        raise ValueError(f"{capitalised(where)} must have lines of its own, as in “clients = 2”.")
    known = [name for name in schema.fields(kind) if name not in besides]
    hints = get_type_hints(kind, include_extras=True)
    for key in said:
        if key not in known:
            raise ValueError(
                f"“{_shown(key)}” of {where} is not known. Known are {', '.join(sorted(known))}."
            )
    if not isinstance(said.get("name"), str) or not said["name"].strip():
        raise ValueError(f"{capitalised(where)} has no name.")
    return {key: _value(key, value, hints[key], where) for key, value in said.items()}


def _value(key: str, value: object, hint: Any, where: str) -> object:
    try:
        found = msgspec.convert(value, hint)
    except msgspec.ValidationError:
        raise ValueError(f"“{key}” of {where} is {_shown(value)}; it must be {_wanted(key, hint)}.") from None
    if isinstance(found, str):
        return _words(key, found, where)
    if isinstance(found, tuple):
        if len(found) > _MOST_NAMES:
            raise ValueError(f"“{key}” of {where} has more than {_MOST_NAMES} names.")
        names = tuple(_words(key, each, where) for each in found)
        if not all(names) or len({folded(each) for each in names}) < len(names):
            raise ValueError(f"“{key}” of {where} must have each name once, and none that is empty.")
        return names
    if isinstance(found, int | float) and not found <= _HIGHEST:
        raise ValueError(f"“{key}” of {where} is {_shown(value)}; it must be {_wanted(key, hint)}.")
    return found


def _words(key: str, value: str, where: str) -> str:
    words = one_line(value)
    if len(words) > _LONGEST:
        raise ValueError(f"“{key}” of {where} is longer than {_LONGEST} letters.")
    return words


def _wanted(key: str, hint: Any) -> str:
    if key == "group_share":
        return "a number from 0 to 1: 0.5 is half of the hours"
    text = str(hint)
    for kind, words in (
        ("tuple", "a list of names"),
        ("bool", "true or false"),
        ("float", f"a number from 0 to {_HIGHEST}"),
        ("int", f"a whole number from 0 to {_HIGHEST}"),
    ):
        if kind in text:
            return words
    return "text"


def _shown(value: object) -> str:
    """Return a value in short, as it stands in the file."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return one_line(text)[:40] or "empty"
