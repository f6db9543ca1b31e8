"""What others have erased: of whom it is told, and whether words of it are in a file."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from vigtui.domain.film.clips import clip_code, film_code
from vigtui.domain.lookup import Find
from vigtui.domain.records import Clip, Cycle, Family, Record, Recording
from vigtui.store.format.entries import document
from vigtui.store.format.layout import DELETED, Tables
from vigtui.store.merging.record_versions import RecordKey
from vigtui.store.merging.steps import Change


class ErasedFamily(Struct, frozen=True):
    """A family that somebody has erased, or a `part` of it ("clip C2-1"): who, when, the family's code, and
    whether the person here had changed something in what went."""

    by: str
    at: dt.datetime | None
    code: str
    had_changed: bool
    part: str = ""


def erased_in(changes: Iterable[Change]) -> list[Change]:
    """Return the changes by which something was erased."""
    return [each for each in changes if each.after.erased and not each.before.erased]


def families_in(erased: Iterable[Change], person: str, find: Find) -> Iterator[ErasedFamily]:
    """Yield the families among what was erased, and of those that are still there the recordings and clips
    that somebody erased by themselves; `person` is who works here."""
    changes = list(erased)
    changed = any(
        person and version.document.get("by") == person for each in changes for version in each.before.changed
    )
    was = {each.was.id: each.was for each in changes if isinstance(each.was, Record)}
    for each in changes:
        said, at = each.author, None
        with contextlib.suppress(ValueError):
            at = dt.datetime.fromisoformat(said.at or "")
        if isinstance(each.was, Family):
            yield ErasedFamily(said.by, at, each.was.code, changed)
        elif at is not None and (found := _part(each.was, was, find)):  # What goes along has no day.
            yield ErasedFamily(said.by, at, found[0], changed, found[1])


def _part(record: object, was: Mapping[str, Record], find: Find) -> tuple[str, str] | None:
    """Return the code of the family that a recording or a clip was of, and what part of it that was."""
    film = record
    if isinstance(record, Clip):
        film = find(Recording, record.recording) or was.get(record.recording)
    cycle = find(Cycle, film.cycle) if isinstance(film, Recording) else None
    family = find(Family, cycle.family) if cycle is not None else None
    if not isinstance(film, Recording) or cycle is None or family is None:
        return None
    if isinstance(record, Clip):
        return family.code, f"clip {clip_code(record, film, cycle)}"
    return family.code, f"recording {film_code(film, cycle)}"


def erased_keys(tables: Tables) -> frozenset[RecordKey]:
    """Return the records that tables say were erased."""
    marks = (document(entry) for entry in tables.get(DELETED, {}).values())
    return frozenset(
        (str(each.get("table")), str(each.get("id"))) for each in marks if each.get("erased") is True
    )
