"""Making a hand-over. It is made in a hidden folder beside its place, and appears there when it is whole."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from vigtui.casefilm.encrypted.carrying import carry, size_and_digest
from vigtui.casefilm.encrypted.left_over import remove_abandoned
from vigtui.casefilm.home import Folder
from vigtui.domain.records import Copy, Family, Recording
from vigtui.domain.vocabulary import CopyKind
from vigtui.exchange.handing_over.content import (
    FILE,
    HandedFilm,
    HandOver,
    HandOverError,
    as_bytes,
    find,
    opened,
    written,
)
from vigtui.exchange.handing_over.gathering import Goes, gather, why_not
from vigtui.exchange.handing_over.layout import is_zip, zipped
from vigtui.store.caseload import Caseload
from vigtui.store.disk.temporary import sync_folder
from vigtui.store.errors import CannotSaveError
from vigtui.store.snapshot import Snapshot, read_snapshot
from vigtui.values.days import today
from vigtui.values.identity import new_id
from vigtui.values.text import one_line
from vigtui.vault.data_key import DataKey
from vigtui.vault.keyring import Keyring

_PREFIX = ".handing-over-"
_ABANDONED_SECONDS = 24 * 3600

Progress = Callable[[str, float], None]
"""Told what is being done, and the part done, 0 to 1. What it raises ends it, and nothing is left."""


class Request(Struct, frozen=True):
    """What was said of a hand-over: `to` whom and `why`, as it is entered, and `author`, whose notes go along
    that their author alone reads: the id of the giver, where the caseload is their own too; else ""."""

    to: str
    why: str
    author: str = ""


def refuse_place(out: Path, home: Path) -> None:
    """Raise HandOverError unless a hand-over can be made at `out`: a new folder or zip, not in that of
    the caseload, whose film it would be taken for."""
    name = one_line(out.name)
    if os.path.lexists(out):
        raise HandOverError(f"{name} exists already. Choose another name for the hand-over.")
    if not out.parent.is_dir():
        raise HandOverError(f"There is no folder {one_line(str(out.parent))} for the hand-over.")
    if out.resolve().is_relative_to(home.resolve()):
        raise HandOverError(f"{name} would be in the caseload's own folder. Choose another place for it.")


def saved(caseload: Caseload) -> Snapshot:
    """Save, and return what is in the file then. Raises CaseloadError."""
    if caseload.read_only:
        raise HandOverError(caseload.read_only)
    status = caseload.flush()
    if status.state == "not_saved":
        raise CannotSaveError(f"Only what is saved can be handed over. {status.why}")
    return read_snapshot(caseload.path, caseload.key)


def hand_over(
    caseload: Caseload, family: str, request: Request, out: Path, key: DataKey, progress: Progress
) -> Goes:
    """Make the hand-over of a family, by its id, in the new folder `out`, or one zip where its name ends so,
    encrypted with `key`, and enter it in the register. Returns what went. Blocks. Raises CaseloadError or
    FilmError, and whatever `progress` raises: then there is no hand-over, and nothing is entered."""
    refuse_place(out, caseload.folder)
    remove_abandoned(out.parent, _PREFIX)
    source = saved(caseload)
    goes = gather(source, family, request.author)
    if why := why_not(source, goes):
        raise HandOverError(why)
    try:
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=out.parent) as hidden:
            folder = Path(hidden) / (out.stem if is_zip(out) else out.name)
            folder.mkdir(mode=0o700)
            films = _carry(caseload, goes, Folder(folder, key), progress)
            progress("Writing", 1.0)
            entry = _entered(caseload, goes.family, request, out)
            try:
                goes = _write(caseload, goes, films, request, folder, key)
                made = zipped(folder) if is_zip(out) else folder
                if os.path.lexists(out):
                    raise HandOverError(f"{one_line(out.name)} exists by now. Choose another name.")
                made.rename(out)
                sync_folder(out.parent)
            except BaseException:
                caseload.delete(entry)
                caseload.flush()
                raise
    except OSError as error:
        why = error.strerror or str(error)
        raise HandOverError(f"{one_line(out.name)} cannot be made: {why}.") from None
    return goes


def _carry(caseload: Caseload, goes: Goes, made: Folder, progress: Progress) -> tuple[HandedFilm, ...]:
    films = []
    for place, each in enumerate(goes.films):
        words = f"Film {place + 1} of {len(goes.films)}"

        def tell(part: float, words: str = words, place: int = place) -> None:
            progress(words, (place + part) / len(goes.films))

        path = carry(caseload, each.path, made, "", tell)
        relative = path.relative_to(made.folder).as_posix()
        size, digest = size_and_digest(made, relative)
        films.append(HandedFilm(recording=each.id, path=relative, size=size, sha256=digest))
    return tuple(films)


def _entered(caseload: Caseload, family: Family, request: Request, out: Path) -> Copy:
    """Enter the hand-over in the register: it goes along, so that both sides have it."""
    entry = Copy(
        family=family.id,
        kind=CopyKind.HAND_OVER,
        about="the family whole, with film, history and consents",
        file=out.name,
        holder=request.to,
        reason=request.why,
        date=today(),
        stays=True,
    )
    caseload.enter(entry)
    return caseload.need(Copy, entry.id)


def _write(
    caseload: Caseload,
    before: Goes,
    films: tuple[HandedFilm, ...],
    request: Request,
    folder: Path,
    key: DataKey,
) -> Goes:
    """Write the file of words as the caseload says them now, and read it again."""
    goes = gather(saved(caseload), before.family.id, request.author)
    if _named(goes.films) != _named(before.films):
        raise HandOverError("The family's film changed meanwhile. Nothing was handed over; do it again.")
    content = HandOver(
        id=new_id(),
        made=today(),
        by=caseload.by,
        to=request.to,
        why=request.why,
        family=goes.family.id,
        films=films,
        people=goes.people,
        sessions=goes.sessions,
        stays=goes.stays,
        tables=written(goes.tables),
        removals=goes.removals,
    )
    with (folder / FILE).open("xb") as file:
        (folder / FILE).chmod(0o600)
        file.writelines(key.encrypt([as_bytes(content)]))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    if as_bytes(opened(find(folder), Keyring(key))) != as_bytes(content):
        raise HandOverError("The hand-over is not on the disk as it was written.")
    return goes


def _named(films: tuple[Recording, ...]) -> list[tuple[str, str, str]]:
    return sorted((each.id, each.path, each.fingerprint) for each in films)
