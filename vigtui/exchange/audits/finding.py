"""The files that an audit of a folder reads."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from vigtui.exchange.audits.exports import ENDING as COUNTS
from vigtui.exchange.incoming import ENDING as CASELOAD
from vigtui.foreign.files import MOST_ENTRIES
from vigtui.store.disk.aside import is_put_aside
from vigtui.store.errors import CaseloadUnreadableError


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the caseloads and files of counts that these name, each once: a file itself, and all in a folder
    and the folders in it, other than hidden ones and what is put aside. A folder that cannot be read is among
    them itself. Counts come first. Raises CaseloadUnreadableError for a folder with too many."""
    found = dict.fromkeys(file for path in paths for file in (_below(path) if path.is_dir() else (path,)))
    return sorted(found, key=lambda path: not is_counts(path))


def is_counts(path: Path) -> bool:
    """Whether a file is called as files of counts are."""
    return path.name.endswith(COUNTS)


def _below(folder: Path) -> Iterator[Path]:
    number, unreadable = 0, list[Path]()
    for at, folders, names in os.walk(folder, onerror=lambda error: unreadable.append(Path(error.filename))):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        number += len(names)
        if number > MOST_ENTRIES:
            raise CaseloadUnreadableError(
                f"{folder} holds more than {MOST_ENTRIES:,} files. Name a part of it."
            )
        for name in sorted(names):
            path = Path(at, name)
            if name.endswith((CASELOAD, COUNTS)) and not name.startswith(".") and not is_put_aside(path):
                yield path
    yield from unreadable
