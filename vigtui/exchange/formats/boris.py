"""Reading BORIS's projects (.boris, .boris.gz): JSON of observations, with events at a moment, and events
that start and stop a state. What is no JSON is refused."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from vigtui.exchange.formats.coded import (
    CLIP,
    MOST_BYTES,
    MOST_MS,
    Coded,
    CodedFilm,
    FormatError,
    Mark,
    code_of,
    in_order,
    place_of,
    words_of,
)
from vigtui.exchange.left_out import LeftOut, by_reason
from vigtui.foreign import gzips
from vigtui.foreign.json_data import decode_json
from vigtui.values.text import shortened
from vigtui.values.timecode import format_timecode

MOST_VALUES = 2_000_000
"""The most values in a project: of two hundred thousand events, with room."""

_ON_FILM = ("MEDIA", "VIDEO", "AUDIO")
_FIRST_PLAYER = "1"
_FEWEST = 5
_NONE = ("", "None")
_LANE = re.compile(rf"{CLIP}(?: (\d{{1,4}}))?")

_NOT_ON_FILM = "It was not coded on film."
_NO_FILM = "It names no film."
_BESIDE = "It plays beside the first film, which alone has times here."
_UNPAIRED = "The state that starts there has no end."
_NOT_AN_EVENT = "It is not an event as BORIS writes them."
_OUTSIDE = "Its time is in none of the films that the observation names."
_GOES_ON = "It goes on in the next film; here it ends with the film in which it starts."


class _Event(Struct, frozen=True):
    ms: int
    subject: str
    behaviour: str
    modifiers: str
    comment: str

    @property
    def name(self) -> str:
        """What it is called where it is left out."""
        return shortened(f"“{self.behaviour}” at {format_timecode(self.ms)}", 60)


class _Part(Struct, frozen=True):
    """A media file of those that play one after the other, and its folder: from when to when; no end where it
    is not known how long it is."""

    name: str
    folder: str
    start_ms: int
    end_ms: int | None

    @property
    def length(self) -> int | None:
        """How long it is, in milliseconds."""
        return None if self.end_ms is None else self.end_ms - self.start_ms


def read_boris(data: bytes) -> Coded:
    """Return what a BORIS project says. Raises FormatError."""
    try:
        if data.startswith(gzips.BEGINNING):
            data = gzips.unpacked(data, MOST_BYTES)
        project = decode_json(data, most=MOST_VALUES)
    except ValueError as error:
        raise FormatError(f"it is not JSON as BORIS writes it: {shortened(str(error))}") from None
    observations = _map(_map(project).get("observations"))
    if not isinstance(project, dict) or "observations" not in project:
        raise FormatError("it is JSON, but not a project of BORIS")
    states = {
        code_of(_text(each.get("code")))
        for each in map(_map, _map(project.get("behaviors_conf")).values())
        if "state" in _text(each.get("type")).casefold()
    }
    left_out: list[LeftOut] = []
    films = [
        film
        for name, observation in observations.items()
        for film in _films(code_of(name), _map(observation), states, left_out)
    ]
    return Coded(tuple(films), by_reason(left_out))


def _films(
    name: str, observation: Mapping[str, Any], states: set[str], left_out: list[LeftOut]
) -> Iterator[CodedFilm]:
    what = f"Observation “{name}”"
    if _text(observation.get("type")).upper() not in _ON_FILM:
        left_out.append(LeftOut(what, _NOT_ON_FILM))
        return
    parts, beside = _parts(observation)
    left_out += [LeftOut(shortened(each, 60), _BESIDE) for each in beside]
    if not parts:
        left_out.append(LeftOut(what, _NO_FILM))
        return
    events = list(_events(observation, left_out))
    marks = _paired(events, states, left_out)
    by_part: dict[int, list[Mark]] = {}
    for mark in marks:
        place = _place(parts, mark.start_ms)
        if place is None:
            left_out.append(LeftOut(f"“{mark.code}” at {format_timecode(mark.start_ms)}", _OUTSIDE))
            continue
        by_part.setdefault(place, []).append(_within(parts[place], mark, left_out))
    for place, part in enumerate(parts):
        called = name if len(parts) == 1 else f"{name}, {part.name}"
        marks_of = in_order(by_part.get(place, []))
        yield CodedFilm(called, (part.name,), marks_of, part.length or 0, part.folder)


def _parts(observation: Mapping[str, Any]) -> tuple[list[_Part], list[str]]:
    """Return the media files that play one after the other, and the names of those that play beside them."""
    players = observation.get("file")
    if isinstance(players, list):  # As old versions wrote them.
        players = {_FIRST_PLAYER: players}
    by_player = {player: _list(files) for player, files in _map(players).items()}
    first = by_player.pop(_FIRST_PLAYER, None) or []
    lengths = _map(_map(observation.get("media_info")).get("length"))
    parts, start = [], 0
    for each in first:
        path = _text(each)
        length = _ms(lengths.get(path))
        parts.append(_Part(*place_of(path), start, start + length if length else None))
        if not length:
            break
        start += length
    return parts, [place_of(_text(each))[0] for files in by_player.values() for each in files]


def _place(parts: Sequence[_Part], ms: int) -> int | None:
    """Return which part a time is in; one just after the last is in that."""
    found = [place for place, part in enumerate(parts) if part.start_ms <= ms]
    return found[-1] if found else None


def _within(part: _Part, mark: Mark, left_out: list[LeftOut]) -> Mark:
    """Return the mark in the time of its media file."""
    start, end = mark.start_ms - part.start_ms, mark.end_ms - part.start_ms
    if part.length is not None and start < part.length < end:
        left_out.append(LeftOut(f"“{mark.code}” at {format_timecode(mark.start_ms)}, its end", _GOES_ON))
        end = part.length
    return Mark(start, end, mark.code, mark.who, mark.title, mark.caption, mark.lane)


def _events(observation: Mapping[str, Any], left_out: list[LeftOut]) -> Iterator[_Event]:
    """Yield the events, in the time of the films. Those of images have no such time."""
    offset = _ms(observation.get("time offset")) or 0
    for each in _list(observation.get("events")):
        fields = _list(each)
        ms = _ms(fields[0]) if len(fields) >= _FEWEST else None
        if ms is None or not code_of(_text(fields[2])):
            left_out.append(LeftOut("An event", _NOT_AN_EVENT))
        elif not 0 <= ms - offset <= MOST_MS:
            left_out.append(LeftOut(f"“{code_of(_text(fields[2]))}”", _OUTSIDE))
        else:
            subject, behaviour, modifiers, comment = map(_text, fields[1:_FEWEST])
            yield _Event(
                ms - offset, code_of(subject), code_of(behaviour), code_of(modifiers), words_of(comment)
            )


def _paired(events: Sequence[_Event], states: set[str], left_out: list[LeftOut]) -> list[Mark]:
    """Return the marks: each state from the event that starts it to the one that stops it."""
    marks: list[Mark] = []
    open_states: dict[tuple[str, str, str], _Event] = {}
    for event in sorted(events, key=lambda each: each.ms):
        if event.behaviour not in states:
            marks.append(_mark(event, None))
            continue
        which = (event.subject, event.behaviour, event.modifiers)
        started = open_states.pop(which, None)
        if started is None:
            open_states[which] = event
        else:
            marks.append(_mark(started, event))
    left_out += [LeftOut(each.name, _UNPAIRED) for each in open_states.values()]
    return marks


def _mark(event: _Event, stopped: _Event | None) -> Mark:
    own = _LANE.fullmatch(event.behaviour)
    title, lane = event.comment, 0
    if own:
        lane = int(own[1] or 1)
    elif stopped is None and (found := _LANE.fullmatch(title)):
        title, lane = "", int(found[1] or 1)
    modifiers = [each.strip() for each in event.modifiers.split("|") if each.strip() not in _NONE]
    return Mark(
        event.ms,
        stopped.ms if stopped else event.ms,
        CLIP if own else event.behaviour,
        event.subject,
        "; ".join(filter(None, (*modifiers, title))),
        stopped.comment if stopped else "",
        lane,
    )


def _ms(seconds: object) -> int | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    return round(seconds * 1000) if abs(seconds) <= MOST_MS / 1000 else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
