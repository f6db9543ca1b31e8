"""Where in film something is that is written about it."""

from collections.abc import Sequence

from msgspec import Struct

from vigtui.domain.lookup import Find
from vigtui.domain.records import Clip, Moment, Note, Record, Recording, Still, Tag
from vigtui.values.search import spread, wanted
from vigtui.values.timecode import links


class FilmPlace(Struct, frozen=True):
    """A time of a recording, in a clip of it if one is named; no time is the clip's start."""

    recording: str
    clip: str = ""
    at_ms: int | None = None


def film_place(find: Find, record: Record, typed: str = "") -> FilmPlace | None:
    """Return where in film a record is; None for what is not about film, or where that is gone. In a note it
    is the time that stands last before the words that were typed."""
    match record:
        case Clip():
            return _in_clip(find, record.id)
        case Still() | Tag():
            return _in_clip(find, record.clip, record.at_ms)
        case Moment(clip=clip) if clip and (place := _in_clip(find, clip)):
            return place
        case Moment(recording=recording) if find(Recording, recording):
            return FilmPlace(recording, at_ms=record.at_ms)
        case Note(about=about):
            at_ms = _time_before(record.body, typed)
            if find(Recording, about):
                return FilmPlace(about, at_ms=at_ms)
            return _in_clip(find, about, at_ms)
    return None


def _in_clip(find: Find, clip: str, at_ms: int | None = None) -> FilmPlace | None:
    found = find(Clip, clip)
    if found is None or find(Recording, found.recording) is None:
        return None
    return FilmPlace(found.recording, clip, at_ms)


def _time_before(body: str, typed: str) -> int | None:
    """The time of this film that stands last before the first of the words; None for none."""
    words, start, before = wanted(typed), 0, None
    for link in links(body):
        if _has_any(body[start : link.start], words):
            return before
        start = link.end
        before = before if link.clip else link.ms
    return before if _has_any(body[start:], words) else None


def _has_any(text: str, words: Sequence[str]) -> bool:
    hay = spread(text)
    return any(word in hay for word in words)
