"""What holds a caseload's words in clear near its file, though vigtui does not change it: what editors leave
behind, files with other endings, folders below, zips."""

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from vigtui.foreign import zips
from vigtui.foreign.files import entries, open_file, read_file

_MOST_FILES = 20_000
_MOST_BYTES = 1_000_000_000
_MOST_IN_ONE = 64_000_000
_DEEPEST = 4


class ClearText(Struct, frozen=True):
    """The files in which a caseload's id was found, and whether all could be looked into."""

    paths: tuple[Path, ...]
    complete: bool


def find_clear_text(folder: Path, caseload_id: str) -> ClearText:
    """Look for the id of a caseload in the files of a folder and below it, smaller ones first: a gigabyte in
    all, and in no file that is larger than a caseload but zips. Links are not followed. Takes a while."""
    files = list(itertools.islice(_files(folder, _DEEPEST), _MOST_FILES + 1))
    found, left, complete = [], _MOST_BYTES, len(files) <= _MOST_FILES
    for size, path in sorted(files):
        with contextlib.suppress(OSError, ValueError):
            looks_into_zip = _is_zip(path)
            if size > _MOST_IN_ONE and not looks_into_zip:
                continue
            left -= min(size, _MOST_IN_ONE)
            if left < 0:
                complete = False
                break
            if (_zip_holds if looks_into_zip else _holds)(path, caseload_id):
                found.append(path)
    return ClearText(tuple(sorted(found)), complete)


def _files(folder: Path, deeper: int) -> Iterator[tuple[int, Path]]:
    """Yield the size and the path of each ordinary file."""
    try:
        found = entries(folder)
    except OSError:
        return
    for path in found:
        if path.is_symlink():
            continue
        if path.is_dir():
            if deeper:
                yield from _files(path, deeper - 1)
        elif path.is_file():
            yield path.stat().st_size, path


def _is_zip(path: Path) -> bool:
    with open_file(path, follow_links=False) as file:
        return file.read(len(zips.BEGINNING)) == zips.BEGINNING


def _holds(path: Path, caseload_id: str) -> bool:
    return _says(read_file(path, _MOST_IN_ONE, follow_links=False), caseload_id)


def _zip_holds(path: Path, caseload_id: str) -> bool:
    left = _MOST_IN_ONE
    with zips.open_zip(path) as archive:
        for name in archive.names:
            with contextlib.suppress(ValueError):  # A film, most likely.
                data = archive.read(name, left)
                if _says(data, caseload_id):
                    return True
                left -= len(data)
    return False


def _says(data: bytes, caseload_id: str) -> bool:
    written = f'"{caseload_id}"'
    # The second is how it is in UTF-16, of either order.
    return any(sign in data for sign in (written.encode(), written.encode("utf-16-le")[:-1]))
