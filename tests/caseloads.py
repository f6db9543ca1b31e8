"""Invented caseloads for tests, and what people do with their files. Nothing in them is real."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from vigtui.domain.records import Agreement, Consent, Cycle, Family, Record, Recording, Session
from vigtui.domain.vocabulary import Decision, Purpose, SessionState
from vigtui.film.files import fingerprint
from vigtui.store.caseload import Caseload
from vigtui.workspace.places import Places

R = TypeVar("R", bound=Record)

SERVICE = "Fenland VIG"
MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(64)
"""The start of a file that passes for film as long as nobody plays it."""
AGREED_AT = dt.datetime(2025, 3, 18, 12, tzinfo=dt.UTC)
FOR_WORK = (Purpose.FILM, Purpose.SUPERVISION)
"""What everybody in a family at work is asked for."""


def make(path: Path, *records: Record, by: str = "") -> Path:
    """Make a caseload with these records at `path`, in a folder that may be new, and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    caseload = Caseload.create(path, service=SERVICE, by=by)
    with caseload.transaction("Make the caseload"):
        for record in records:
            caseload.save(record)
    caseload.close()
    return path


def write(path: Path, *records: Record, by: str = "Ros", removed: Iterable[Record] = ()) -> None:
    """Save and remove these records, as somebody does it with a program of their own."""
    caseload = Caseload.open(path, by=by)
    for record in records:
        caseload.save(record)
    for record in removed:
        caseload.delete(record)
    caseload.close()


def change(path: Path, kind: type[Record], record_id: str, /, *, by: str = "Ros", **values: object) -> None:
    """Give fields of a record other values, as somebody does it with a program of their own."""
    write(path, replace(read(path, kind, record_id), **values), by=by)


def read(path: Path, kind: type[R], record_id: str) -> R:
    """Return a record as it stands in the file."""
    caseload = Caseload.open(path)
    caseload.close()
    return caseload.need(kind, record_id)


def codes(path: Path) -> list[str]:
    """Return the codes of the families in the file."""
    caseload = Caseload.open(path)
    caseload.close()
    return [family.code for family in caseload.all(Family)]


def heron(caseload: Caseload) -> Family:
    """Return the only family that there is."""
    (family,) = caseload.all(Family)
    return family


def both_see(one: Caseload, other: Caseload) -> None:
    """Let two programs at one file each take in what the other has written."""
    for each in (one, other, one, other):
        each.flush()
        each.look()


def note_no_viewings(path: Path) -> None:
    """Let nobody's watching be kept, so that nothing is saved while a film plays."""
    caseload = Caseload.open(path)
    caseload.save_meta(replace(caseload.meta, note_viewings=False))
    caseload.close()


def at_the_keyboard(path: Path, person: str) -> None:
    """Let this person have used vigtui with this caseload before: they are not asked who they are."""
    caseload = Caseload.open(path)
    caseload.close()
    places = Places()
    places.enter(caseload.meta.id, path)
    places.set("person", person)
    places.save()


def agreed(session: Session, *people: str, at: dt.datetime = AGREED_AT) -> Session:
    """The session with its record agreed by these people, as it stands once all have confirmed it."""
    return replace(session, state=SessionState.AGREED, agreed=Agreement(by=people, at=at))


def consents(
    family: Family,
    date: dt.date,
    purposes: Iterable[Purpose] = FOR_WORK,
    decision: Decision = Decision.GIVEN,
) -> list[Consent]:
    """Return what every member of the family decided on one day, with ids as in "dana-film"."""
    return [
        Consent(
            id=f"{member.id}-{purpose}",
            family=family.id,
            member=member.id,
            purpose=purpose,
            decision=decision,
            date=date,
        )
        for member in family.members
        for purpose in purposes
    ]


def with_films(path: Path, *names: str) -> Path:
    """Make a caseload with a recording for each name, and beside it in `media` what passes for its film."""
    (path.parent / "media").mkdir(parents=True)
    recordings = []
    for name in names:
        film = path.parent / "media" / f"{name}.mp4"
        film.write_bytes(MP4 + name.encode())
        recordings.append(
            Recording(
                id=name,
                cycle="cycle",
                path=f"media/{name}.mp4",
                duration_ms=1000,
                size=film.stat().st_size,
                fingerprint=fingerprint(film),
            )
        )
    family = Family(id="family", code="F-001")
    return make(path, family, Cycle(id="cycle", family=family.id, number=1), *recordings, by="Ros")
