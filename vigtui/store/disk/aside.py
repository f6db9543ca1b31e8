"""Versions that are kept in a file of their own beside the caseload, under a name that says so."""

import contextlib
import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from vigtui.store.disk import rename

ENDING = ".vig.json"
_TIME = "%Y-%m-%d %H.%M.%S"
_PUT_ASIDE = re.compile(
    r"(.*) \(put aside, (\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d)(?: \d+)?\)\.vig\.json", re.DOTALL
)


def stem(target: Path) -> str:
    """Return the beginning of the names of what is put aside for this caseload."""
    return target.name.removesuffix(".json").removesuffix(".vig")[:80]


def is_put_aside(path: Path) -> bool:
    """Whether the name says that this was put aside."""
    return _PUT_ASIDE.fullmatch(path.name) is not None


def put_aside_at(path: Path, target: Path) -> dt.datetime | None:
    """Return when this was put aside for this caseload, as its name says; None when it was not."""
    match = _PUT_ASIDE.fullmatch(path.name)
    if match is None or match[1] != stem(target):
        return None
    with contextlib.suppress(ValueError):
        return dt.datetime.strptime(match[2], _TIME).astimezone()
    return None


def put_aside(target: Path, put: Callable[[Path], object]) -> Path:
    """Call `put` with names for what is put aside for this caseload until it finds one free, that is, raises
    no FileExistsError; return that. Raises OSError."""
    for path in _names(target):
        with contextlib.suppress(FileExistsError):
            put(path)
            return path
    raise FileExistsError(str(target))


def move(path: Path, name: Path) -> None:
    """Give a file a name that must be free. Raises FileExistsError or another OSError."""
    try:
        rename.take_free_name(path, name)
    except FileExistsError:
        raise
    except OSError:
        name.hardlink_to(path)
        path.unlink()


def _names(target: Path) -> Iterator[Path]:
    now = dt.datetime.now().astimezone().strftime(_TIME)
    for again in itertools.chain([""], (f" {number}" for number in range(2, 1000))):
        yield target.with_name(f"{stem(target)} (put aside, {now}{again}){ENDING}")
