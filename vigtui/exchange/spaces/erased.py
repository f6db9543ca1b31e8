"""What others have erased: of whom it is told, and whether words of it are in a file."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from vigtui.domain.records import Family
from vigtui.store.format.entries import document
from vigtui.store.format.layout import DELETED, Tables
from vigtui.store.merging.record_versions import RecordKey
from vigtui.store.merging.steps import Change


class ErasedFamily(Struct, frozen=True):
    """A family that somebody has erased: who, when, its code, and whether the person here had changed
    something in what went."""

    by: str
    at: dt.datetime | None
    code: str
    had_changed: bool


def erased_in(changes: Iterable[Change]) -> list[Change]:
    """Return the changes by which something was erased."""
    return [each for each in changes if each.after.erased and not each.before.erased]


def families_in(erased: Iterable[Change], person: str) -> Iterator[ErasedFamily]:
    """Yield the families among what was erased; `person` is who works here."""
    changes = list(erased)
    changed = any(
        person and version.document.get("by") == person for each in changes for version in each.before.changed
    )
    for each in changes:
        if isinstance(each.was, Family):
            said = each.author
            at = None
            with contextlib.suppress(ValueError):
                at = dt.datetime.fromisoformat(said.at or "")
            yield ErasedFamily(said.by, at, each.was.code, changed)


def erased_keys(tables: Tables) -> frozenset[RecordKey]:
    """Return the records that tables say were erased."""
    marks = (document(entry) for entry in tables.get(DELETED, {}).values())
    return frozenset(
        (str(each.get("table")), str(each.get("id"))) for each in marks if each.get("erased") is True
    )
