"""The files of the demo as entries: what each says by key, and the place to name when it is wrong."""

import datetime as dt
import functools
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from vigtui.demo.days import Days
from vigtui.domain.lookup import Find
from vigtui.domain.records import Record, schema
from vigtui.domain.records.metadata import MEMBERS
from vigtui.domain.rules import problems
from vigtui.domain.vocabulary import Word
from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line
from vigtui.values.timecode import parse_timecode

S = TypeVar("S", bound=msgspec.Struct)
V = TypeVar("V")
W = TypeVar("W", bound=Word)

_NOT_RATED = "not rated"
_PEOPLE = frozenset({"people", MEMBERS})
_IN_PLAIN_ENGLISH = {
    "`str`": "text",
    "`int`": "a whole number",
    "`float`": "a number",
    "`bool`": "true or false",
    "`array`": "a list",
    "`object`": "an entry",
    "`date`": "a day",
    "`time`": "a time of day",
    "`null`": "nothing",
}


class DemoDataError(CaseloadError):
    """A file of the demo says something that cannot be. The sentence names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a file. `where` it is, is said as in "heron.toml, question 2"; its `days` are counted as
    the file counts them; `people` are the ids of those whom it may name."""

    where: str
    said: Mapping[str, Any]
    days: Days
    people: Mapping[str, str]

    def wrong(self, why: str) -> DemoDataError:
        return DemoDataError(f"The demo cannot be made. {self.where}: {why}.")

    def entries(self, key: str, called: str, by: str = "") -> list["Entry"]:
        """Return the entries in a list, each `called` by what it says under `by`, or else by its number."""
        listed = self.said.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise self.wrong(f"“{key}” must be a list of entries")
        return [
            replace(self, where=f"{self.where}, {called} {_shown(each.get(by, number))}", said=each)
            for number, each in enumerate(listed, start=1)
        ]

    def part(self, key: str) -> "Entry":
        """Return the part about one thing, nothing when it is left out."""
        said = self.said.get(key, {})
        if not isinstance(said, dict):
            raise self.wrong(f"“{key}” must have entries of its own")
        return replace(self, where=f"{self.where}, {key}", said=said)

    def check_keys(self, known: Collection[str]) -> None:
        """Raise DemoDataError when the entry says something that nothing asks for."""
        for key in self.said:
            if key not in known:
                raise self.wrong(f"“{_shown(key)}” is not known here; known are {', '.join(sorted(known))}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text under the key; without a default it must be there."""
        if key not in self.said and default is None:
            raise self.wrong(f"“{key}” is missing")
        return self._as(key, self.said.get(key, default), str)

    def number(self, key: str) -> int:
        return self._as(key, self.said.get(key), int)

    def values(self, key: str, of: type[V]) -> tuple[V, ...]:
        """Return the values in a list, none when it is left out."""
        listed = self.said.get(key, [])
        if not isinstance(listed, list):
            raise self.wrong(f"“{key}” must be a list")
        return tuple(self._as(key, value, of) for value in listed)

    def _as(self, key: str, value: object, kind: type[V]) -> V:
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            if issubclass(kind, Word):
                why = f"“{key}” cannot be “{_shown(value)}”; it is one of {', '.join(kind)}"
                raise self.wrong(why) from None
            raise self.wrong(f"“{key}”: {_in_plain_english(str(error))}") from None

    def word(self, key: str, kind: type[W], default: W | None = None) -> W:
        """Return one of a closed set of words."""
        return self._as(key, self.said.get(key, default), kind)

    def rating(self, key: str) -> object:
        """Return the value given, None for one that was asked for and not given."""
        if key not in self.said:
            raise self.wrong(f"“{key}” is missing; “{_NOT_RATED}” says that it was asked for and not given")
        return rated(self.said[key])

    def day(self, key: str, default: dt.date | None = None) -> dt.date | None:
        if key not in self.said:
            return default
        try:
            return self.days.day(self.said[key])
        except ValueError as error:
            raise self.wrong(f"“{key}”: {error}") from None

    def needed_day(self, key: str) -> dt.date:
        day = self.day(key)
        if day is None:
            raise self.wrong(f"“{key}” is missing")
        return day

    def listed_days(self, key: str) -> tuple[dt.date, ...]:
        """Return the days in a list, none when it is left out."""
        try:
            return tuple(self.days.day(each) for each in self.values(key, object))
        except ValueError as error:
            raise self.wrong(f"“{key}”: {error}") from None

    def time(self, key: str) -> dt.time:
        """Return the time of day under the key."""
        return self._as(key, self.said.get(key), dt.time)

    def milliseconds(self, key: str) -> int:
        """Return the time of a film under the key, such as "0:25.4"."""
        try:
            return parse_timecode(self.text(key))
        except ValueError as error:
            raise self.wrong(f"“{key}”: {str(error).rstrip('.')}") from None

    def person(self, key: str) -> str:
        """Return the id of whom the entry names under the key, "" when it names nobody."""
        return self.optional_choice(key, self.people, "nobody here") or ""

    def choice(self, key: str, of: Mapping[Any, V], none: str) -> V:
        """Return the one named under the key; `none` says what there is not, as in "no clip"."""
        return self.look_up(self.said.get(key), of, f"“{key}”: {none}")

    def optional_choice(self, key: str, of: Mapping[Any, V], none: str) -> V | None:
        """Return the one named under the key, None when it is left out."""
        return self.choice(key, of, none) if key in self.said else None

    def look_up(self, name: object, of: Mapping[Any, V], none: str) -> V:
        """Return the one of this name; `none` as in `choice`."""
        try:
            return of[name]
        except (KeyError, TypeError):
            raise self.wrong(f"{none} is called “{_shown(name)}”") from None

    def struct(self, kind: type[S], besides: Iterable[str] = (), /, **known: Any) -> S:
        """Return the record, or the part of one, that this entry tells.

        Its keys are the fields of `kind`: days are counted, names of people become their ids. The fields
        `known` are not read here; `besides` are the keys that the caller reads itself.
        """
        fields = {name: told for name, told in _fields(kind).items() if name not in known}
        self.check_keys({*fields, *besides})
        read = {key: fields[key](self, key) for key in self.said if key in fields}
        try:
            made = msgspec.convert(read | known, kind)
        except msgspec.ValidationError as error:
            raise self.wrong(_in_plain_english(str(error))) from None
        if isinstance(made, Record):
            self.check_rules(made)
        return made

    def check_rules(self, record: Record, find: Find | None = None) -> None:
        """Raise DemoDataError when the record breaks a rule, with `find` also one between records."""
        broken = problems(record, find) if find else problems(record)
        if broken:
            raise self.wrong(broken[0].rstrip("."))

    def _as_it_stands(self, key: str) -> object:
        return self.said[key]


def rated(value: object) -> object:
    """Return a rating as a record has it: None when it was asked for and not given."""
    return None if value == _NOT_RATED else value


def read(path: Path, days: Days, people: Mapping[str, str]) -> Entry:
    """Return what a file says. Raises DemoDataError."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DemoDataError(f"The demo cannot be made. {path.name}: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DemoDataError(f"The demo cannot be made. {path.name} is not TOML: {error}.") from None
    return Entry(path.name, said, days, people)


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, Callable[[Entry, str], object]]:
    """Return how each field of a record that a file may tell is read."""
    hints = get_type_hints(kind)
    found: dict[str, Callable[[Entry, str], object]] = {}
    for name, field in schema.fields(kind).items():
        hint = hints[name]
        if dt.date in (hint, *get_args(hint)):
            found[name] = Entry.day
        elif isinstance(hint, type) and issubclass(hint, Word):
            found[name] = functools.partial(Entry.word, kind=hint)
        elif field.ref is not None and _PEOPLE.issuperset(field.ref.tables):
            found[name] = Entry.person
        else:
            found[name] = Entry._as_it_stands
    return found


def _shown(said: object) -> str:
    return one_line(str(said))[:40]


def _in_plain_english(problem: str) -> str:
    """Return what msgspec found wrong as a reader would say it: "“title”: expected text, got a list"."""
    what, _, path = problem.partition(" - at `$")
    for technical, plain in _IN_PLAIN_ENGLISH.items():
        what = what.replace(technical, plain)
    if what.startswith("Object missing required field"):
        return f"“{what.split('`')[1]}” is missing"
    what = what.replace("Invalid enum value", "it cannot be").replace("RFC3339 encoded ", "")
    what = what[:1].lower() + what[1:].replace("`", "")
    key = path.strip(".`")
    return f"“{key}”: {what}" if key else what
