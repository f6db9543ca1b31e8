"""What others have erased: it goes from this machine's copies and its film as well, and is told."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from vigtui.casefilm.deleting import delete_film
from vigtui.domain.records import Family, FilmPlace, Recording
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.store.erasing import erase_from_copies
from vigtui.store.errors import CaseloadError
from vigtui.store.format.entries import document, name_in
from vigtui.store.format.layout import DELETED, VERSIONS, Tables
from vigtui.store.merging.record_versions import RecordKey, record_key
from vigtui.store.merging.steps import Change
from vigtui.vault.keyring import Keyring


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


def delete_erased_films(caseload: Caseload, erased: Iterable[Change]) -> None:
    """Delete the film of the recordings that were erased, where it is on this machine. Film that is held is
    kept. Blocks."""
    changes = list(erased)
    held = {each.path for each in caseload.all(Recording)}
    places = {each.was.recording: each.was.path for each in changes if isinstance(each.was, FilmPlace)}
    for change in changes:
        if change.key[0] == Recording.table:
            said = [each.document for each in change.before.changed]
            path = places.get(change.key[1]) or (change.was.path if isinstance(change.was, Recording) else "")
            if path and path not in held and not any(each.get("hold_reason") for each in said):
                with contextlib.suppress(FilmError, OSError):
                    delete_film(caseload, path)


def clean_copies(caseload: Caseload) -> bool:
    """Rewrite the earlier versions and the copies beside the caseload without what was erased. Return whether
    that is done. Blocks."""
    try:
        erase_from_copies(caseload, Keyring(caseload.key))
    except (CaseloadError, OSError):
        return False
    return True


def erased_keys(tables: Tables) -> frozenset[RecordKey]:
    """Return the records that tables say were erased."""
    marks = (document(entry) for entry in tables.get(DELETED, {}).values())
    return frozenset(
        (str(each.get("table")), str(each.get("id"))) for each in marks if each.get("erased") is True
    )


def names_in(tables: Tables) -> frozenset[RecordKey]:
    """Return the records of which words are in these tables."""
    found = set()
    for table, entries in tables.items():
        for entry in entries.values() if table != DELETED else ():
            name = name_in(table, entry)
            if name is not None:
                found.add(record_key(name) if table == VERSIONS else (table, name))
    return frozenset(found)
