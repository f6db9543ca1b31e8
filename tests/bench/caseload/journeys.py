"""Through which modules a record goes on the way of a save and of a merge, and how often it comes back.

A record enters a module when a function there is called with it: as a record, a document, a version, or as
its versions.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from msgspec.structs import replace

from tests.bench.figures.figure import Figure
from tests.bench.running.peers import home
from vigtui.domain.records import Family, Note, Record
from vigtui.store.caseload import Caseload
from vigtui.store.format.layout import Tables

RECORD = "note"


def bench_journeys() -> Iterator[Figure]:
    """Yield the modules of each journey, and print them in the order of their calls."""
    with home() as folder:
        caseload, theirs = _at_work(folder / "a.vig.json")
        note = caseload.need(Note, RECORD)
        yield from _told(
            "A save", _walked(lambda: caseload.save(replace(note, body="She waits, and looks.")))
        )
        yield from _told("A merge", _walked(lambda: caseload.merge(theirs, "Merge")))
        caseload.close()


def _at_work(path: Path) -> tuple[Caseload, Tables]:
    """Return a caseload, and what a colleague's copy of it says otherwise, with everything imported."""
    caseload = Caseload.create(path, by="Ros")
    caseload.save(Family(id="family", code="F-017"))
    caseload.save(Note(id=RECORD, about="family", body="She waits."))
    caseload.flush()
    before = caseload.snapshot()
    caseload.save(replace(caseload.need(Note, RECORD), body="She waits, and sees."))
    theirs = caseload.snapshot()
    caseload.undo()
    caseload.merge(before, "Merge")
    caseload.flush()
    return caseload, theirs


def _walked(work: Callable[[], object]) -> list[str]:
    """Return the modules in which functions were called in this thread, each stay once."""
    stays: list[str] = []
    here = threading.get_ident()

    def called(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_globals.get("__name__", "")
        if event != "call" or threading.get_ident() != here or not name.startswith("vigtui."):
            return
        if (not stays or stays[-1] != name) and any(map(_is_record, list(frame.f_locals.values()))):
            stays.append(name)

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return [name.removeprefix("vigtui.") for name in stays]


def _is_record(value: object) -> bool:
    """Whether this is the record, in one of the forms that it takes."""
    if isinstance(value, dict):
        return value.get("id") == RECORD
    found = getattr(value, "document", None) or getattr(value, "versions", None) or value
    if isinstance(found, tuple):
        return any(map(_is_record, found))
    return found is not value and _is_record(found) if isinstance(found, dict) else _id(found) == RECORD


def _id(value: object) -> object:
    return getattr(value, "id", None) if isinstance(value, Record) else None


def _told(what: str, stays: list[str]) -> Iterator[Figure]:
    about = f"{what}: through which modules a record goes"
    yield Figure(about, "modules", len(set(stays)), "modules", noise=0.0)
    returns = len(stays) - len(set(stays))
    yield Figure(about, "stays in one entered before", returns, "stays", noise=0.0)
    print(f"    {' > '.join(stays)}")
