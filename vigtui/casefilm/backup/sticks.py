"""Where a stick or a share may be that a backup goes to."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from vigtui.casefilm.backup.description import Description
from vigtui.casefilm.backup.errors import BackupError
from vigtui.casefilm.backup.place import Place, backups_in, find_place
from vigtui.foreign.files import entries
from vigtui.store.caseload import Caseload

_MOUNTED_BELOW = ("/media", "/run/media", "/Volumes", "/mnt")
_DEEPEST = 2
_MOST = 20


class Stick(Struct, frozen=True):
    """A folder that a backup may be in, and what is there: the backup's place, or `why` there can be none.
    `there` says whether there is such a folder at all."""

    outer: Path
    place: Place | None
    why: str = ""
    there: bool = True


def sticks(caseload: Caseload, known: Iterable[str]) -> list[Stick]:
    """Return where a backup was made before, and then what else is mounted as sticks and shares are. Blocks:
    a share that does not answer takes its time."""
    folders = dict.fromkeys((*map(Path, known), *_mounted()))
    return [stick_at(caseload, folder) for folder in folders]


def backups_on_sticks() -> list[tuple[Path, Description]]:
    """Return the backups on what is mounted as sticks and shares are, and what each holds. Blocks."""
    found: list[tuple[Path, Description]] = []
    for outer in _mounted():
        with contextlib.suppress(BackupError):  # What cannot be read has none to offer.
            found += backups_in(outer)
    return found


def stick_at(caseload: Caseload, outer: Path) -> Stick:
    """Return what is in a folder, which may be given as `~/stick`. Blocks."""
    with contextlib.suppress(RuntimeError):
        outer = outer.expanduser()
    try:
        return Stick(outer, find_place(caseload, outer))
    except (BackupError, OSError) as error:
        return Stick(outer, None, str(error), _is_there(outer))


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # A share that is gone says so in many ways.
        return False


def _mounted() -> list[Path]:
    found: list[Path] = []
    for base in _MOUNTED_BELOW:
        _look_below(Path(base), _DEEPEST, found)
    return found[:_MOST]


def _look_below(folder: Path, deeper: int, found: list[Path]) -> None:
    with contextlib.suppress(OSError):
        for path in entries(folder):
            if os.path.ismount(path):
                found.append(path)
            elif deeper > 1 and path.is_dir() and not path.is_symlink():
                _look_below(path, deeper - 1, found)
