"""A backup as it is entered in the register of copies: before the first byte of it is written."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from vigtui.domain.consent.copies import is_out
from vigtui.domain.records import Copy
from vigtui.domain.vocabulary import CopyKind
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CannotSaveError


def enter_begun(
    caseload: Caseload, identity: str, folder: Path, recordings: Iterable[str], today: dt.date
) -> None:
    """Enter that the backup with this id may hold film of these recordings, from now on. Raises CaseloadError
    when that cannot be kept."""
    found = _entry(caseload, identity) or Copy(
        kind=CopyKind.CASELOAD,
        thing=identity,
        about="backup, with film",
        file=f"{folder.parent.name}/{folder.name}",
        date=today,
    )
    _save(caseload, replace(found, films=tuple(sorted({*found.films, *recordings}))))


def enter_made(caseload: Caseload, identity: str, recordings: Iterable[str], now: dt.datetime) -> None:
    """Enter that the backup with this id is up to date, and of which recordings it holds film."""
    found = _entry(caseload, identity)
    if found is not None:
        _save(caseload, replace(found, films=tuple(sorted(recordings)), renewed=now))


def _entry(caseload: Caseload, identity: str) -> Copy | None:
    return next((each for each in caseload.where(Copy, thing=identity) if is_out(each)), None)


def _save(caseload: Caseload, copy: Copy) -> None:
    caseload.enter(copy)
    status = caseload.flush()
    if status.state == "not_saved":
        raise CannotSaveError(f"A backup enters itself in the register of copies first. {status.why}")
