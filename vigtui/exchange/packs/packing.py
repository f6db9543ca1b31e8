"""Writes a pack: a folder or a zip with a small caseload and the pieces of film that go with it.

It is made in a hidden folder beside its place, and is moved there only when it is complete.
"""

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from vigtui.casefilm.cutting import cut_into
from vigtui.casefilm.home import FilmHome, Folder
from vigtui.casefilm.pack_list import MEDIA_FOLDER, PackList, Piece, write_list
from vigtui.exchange.left_out import LeftOut
from vigtui.exchange.packs.contents import Choose, ClipToCut, Contents
from vigtui.film.errors import FilmError, LibraryMissing, NoRoom
from vigtui.foreign.files import NotAnOrdinaryFileError, TooLargeError, read_file
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.disk.temporary import sync_folder
from vigtui.store.errors import CaseloadError
from vigtui.store.format.layout import META, VERSIONS, Tables, encode
from vigtui.store.snapshot import Snapshot, read_snapshot
from vigtui.values.days import today
from vigtui.values.text import one_line
from vigtui.vault.key import Key

ZIP = ".zip"
_ENDING = ".vig.json"
_BESIDE = ("principles.json",)
_MOST_BESIDE = 1 << 20
_PREFIX = ".packing-"
_ABANDONED_SECONDS = 24 * 3600

Progress = Callable[[str, float], None]
"""Told what is being done, and the part done, 0 to 1. What it raises ends the packing."""


class CannotPackError(CaseloadError):
    """The pack could not be made, and nothing of it is left."""


class Packed(Struct, frozen=True):
    """What was made: how many clips have their film in it, and what could not be cut."""

    path: Path
    clips: int
    left_out: tuple[LeftOut, ...]


def refuse_place(out: Path, home: Path) -> None:
    """Raise CannotPackError unless a pack can be made at `out`: a new name in a folder that is there. Only a
    zip can be in the folder `home` of the caseload, which would take the film in a folder for its own."""
    name = one_line(out.name)
    if os.path.lexists(out):
        raise CannotPackError(f"{name} exists already. Choose another name for the pack.")
    if not out.parent.is_dir():
        raise CannotPackError(f"There is no folder {one_line(str(out.parent))} for the pack.")
    if not _is_zip(out) and out.resolve().is_relative_to(home.resolve()):
        raise CannotPackError(
            f"{name} would be in the caseload's own folder. Choose another place for it, or make it a zip."
        )


def pack(
    source: Snapshot, choose: Choose, contents: Contents, out: Path, key: Key | None, progress: Progress
) -> Packed:
    """Make the pack `out`, a zip when its name ends so, else a folder: `contents`, as chosen by `choose` from
    `source`. All that is a family's in it is encrypted with `key`, if there is one.

    Blocks while the clips are cut: call it in a worker. Raises CaseloadError, or FilmError where libmpv is
    missing or the disk full; then nothing is left of it.
    """
    refuse_place(out, source.folder)
    _remove_abandoned(out.parent)
    try:
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=out.parent) as hidden:
            folder = Path(hidden) / (out.stem if _is_zip(out) else out.name)
            folder.mkdir(mode=0o700)
            made = Folder(folder, key)
            pieces, failed = _cut_all(contents.cuts, source, made, progress)
            progress("Writing", 1.0)
            write_list(made, PackList(pieces=pieces, left_out=contents.absent))
            for name in _BESIDE:
                _copy_beside(source.folder / name, folder)
            tables = chosen_tables(_unchanged(source, choose, contents), contents)
            CaseloadFile(folder / f"{folder.name}{_ENDING}", key).create(encode(tables))
            _put_in_place(folder, out)
    except OSError as error:
        raise CannotPackError(f"{one_line(out.name)} cannot be made: {error.strerror or error}.") from None
    return Packed(out, len(pieces), failed)


def chosen_tables(source: Snapshot, contents: Contents) -> Tables:
    """Return the chosen records as they are in the caseload's file, with every version of them."""
    several = {f"{table}/{each}" for table, ids in contents.records.items() for each in ids}
    chosen = {**contents.records, VERSIONS: several & source.loaded.numbers[VERSIONS].keys()}
    tables: Tables = {META: dict(source.tables[META])}
    for table, ids in chosen.items():
        numbers = source.loaded.numbers[table]
        if ids:
            tables[table] = {(at := numbers[each]): source.tables[table][at] for each in sorted(ids)}
    return tables


def _cut_all(
    cuts: tuple[ClipToCut, ...], home: FilmHome, made: FilmHome, progress: Progress
) -> tuple[tuple[Piece, ...], tuple[LeftOut, ...]]:
    """Cut each clip into a file that is called by its number alone."""
    pieces, failed = [], []
    (made.folder / MEDIA_FOLDER).mkdir(mode=0o700)
    lengths = [each.clip.out_ms - each.clip.in_ms for each in cuts]
    whole = sum(lengths)
    for place, each in enumerate(cuts):
        words = f"Cutting {each.name}, {place + 1} of {len(cuts)}"
        before, length = sum(lengths[:place]), lengths[place]

        def tell(part: float, words: str = words, before: int = before, length: int = length) -> None:
            progress(words, (before + part * length) / whole)

        try:
            film, starts_ms = cut_into(
                home, (each.cut, each.copy), each.clip, made, f"clip-{place + 1}", tell
            )
        except (LibraryMissing, NoRoom):
            raise
        except FilmError as error:
            failed.append(LeftOut(f"{each.name}, its film", str(error)))
        else:
            path = film.relative_to(made.folder).as_posix()
            pieces.append(Piece(clip=each.clip.id, path=path, starts_ms=starts_ms))
    return tuple(pieces), tuple(failed)


def _copy_beside(file: Path, folder: Path) -> None:
    """Copy a file of the service's own words, where there is one. A link may lead to anything."""
    try:
        words = read_file(file, _MOST_BESIDE, follow_links=False)
    except (FileNotFoundError, NotAnOrdinaryFileError, TooLargeError):
        return
    copy = folder / file.name
    copy.touch(mode=0o600)
    copy.write_bytes(words)


def _unchanged(source: Snapshot, choose: Choose, contents: Contents) -> Snapshot:
    """Return the caseload as it is now. Raises CannotPackError when something else belongs into the pack by
    now: somebody may have taken back a consent."""
    now = read_snapshot(source.path, source.key)
    if choose(now, today()) != contents:
        raise CannotPackError("The caseload changed meanwhile. Look again at what goes into the pack.")
    return now


def _is_zip(out: Path) -> bool:
    return out.suffix.lower() == ZIP


def _put_in_place(folder: Path, out: Path) -> None:
    """Let the pack appear, unless something of its name came meanwhile."""
    for path in _files(folder):
        _sync(path)
    if _is_zip(out):
        made = folder.with_name(f"{folder.name}{ZIP}")
        _zip(folder, made)
        _sync(made)
    else:
        made = folder
    if os.path.lexists(out):
        raise FileExistsError(errno.EEXIST, "it exists by now")
    made.rename(out)
    sync_folder(out.parent)


def _zip(folder: Path, target: Path) -> None:
    target.touch(mode=0o600)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for path in _files(folder):
            film = path.parent.name == MEDIA_FOLDER
            method = zipfile.ZIP_STORED if film else zipfile.ZIP_DEFLATED
            archive.write(path, path.relative_to(folder.parent).as_posix(), method)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # Windows syncs only what was opened for writing.
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_abandoned(folder: Path) -> None:
    """Remove what a program that was killed while packing left here long ago."""
    for path in folder.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode) and time.time() - status.st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(path)
