"""Looking at the versions of a caseload from before, and putting one of them back."""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from vigtui.domain.records import KINDS, Cycle, Family, Note, Record
from vigtui.store.disk import atomic, backups
from vigtui.store.disk.lock import locked
from vigtui.store.errors import CannotSaveError, CaseloadDamagedError, CaseloadError
from vigtui.store.format.layout import LayoutError, decode
from vigtui.store.format.opening import Loaded, load
from vigtui.values.days import short_month
from vigtui.values.text import one_line
from vigtui.vault.envelope import DamagedError, is_encrypted
from vigtui.vault.key import Vault, WrongKeyError
from vigtui.vault.keyring import Keyring

_ENDING = ".vig.json"
_TIME = "%Y-%m-%d %H.%M.%S"
_PUT_ASIDE = re.compile(
    r"(.*) \(put aside, (\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d)(?: \d+)?\)\.vig\.json", re.DOTALL
)


class Copy(Struct, frozen=True):
    """A version of a caseload in a file of its own. `at`: until then it stood in the caseload's file.
    `put_aside`: another version was put in its place; else it is one of the copies that vigtui keeps."""

    path: Path
    at: dt.datetime
    put_aside: bool = False

    @property
    def when(self) -> str:
        """The time here, to the second."""
        return when_words(self.at)


class Contents(Struct, frozen=True):
    """What is in a version: its `size` in bytes and what it holds, or why that cannot be told."""

    size: int
    words: str
    readable: bool

    @property
    def size_words(self) -> str:
        """The size as people say it: `12.9 MB`."""
        return f"{self.size / 1e6:.1f} MB" if self.size >= 1e6 else f"{self.size / 1e3:.0f} KB"


def when_words(moment: dt.datetime) -> str:
    """`22 Nov 2026 14:03:22`, the time here."""
    here = moment.astimezone()
    return f"{here.day} {short_month(here.month)} {here.year} {here:%H:%M:%S}"


def copies(caseload: Path) -> list[Copy]:
    """Return the versions that can be put back in the place of this caseload, newest first."""
    kept = [Copy(path, backups.made_at(path)) for path in backups.copies(caseload.resolve())]
    return sorted([*kept, *_put_aside(caseload.resolve())], key=_age, reverse=True)


def _age(copy: Copy) -> tuple[dt.datetime, bool, dt.datetime]:
    """What was put aside is told to the second, and was there after all that was kept within that second."""
    return copy.at.replace(microsecond=0), copy.put_aside, copy.at


def is_put_aside(path: Path) -> bool:
    """Whether the name says that `put_back` has put this file aside."""
    return _PUT_ASIDE.fullmatch(path.name) is not None


def _stem(target: Path) -> str:
    return target.name.removesuffix(".json").removesuffix(".vig")[:80]


def _put_aside(target: Path) -> Iterator[Copy]:
    try:
        beside = list(target.parent.iterdir())
    except OSError:
        return
    for path in beside:
        match = _PUT_ASIDE.fullmatch(path.name)
        if match and match[1] == _stem(target):
            yield Copy(path, dt.datetime.strptime(match[2], _TIME).astimezone(), put_aside=True)


def contents(path: Path, keyring: Keyring | None = None) -> Contents:
    """Look into a version, as opening it would. `keyring` opens an encrypted one."""
    size = 0
    try:
        data = path.read_bytes()
        size = len(data)
        if is_encrypted(data):
            Vault.read(data)
            if keyring is None:
                return Contents(size, "Encrypted.", readable=True)
            data = keyring.open(data)
        return Contents(size, _held(load(path, decode(data), lambda: None)), readable=True)
    except WrongKeyError:
        return Contents(size, "Encrypted with another passphrase, or damaged.", readable=True)
    except (LayoutError, DamagedError) as error:
        return Contents(size, f"It cannot be read: it {error}.", readable=False)
    except CaseloadError as error:
        return Contents(size, error.sentence, readable=False)
    except OSError as error:
        return Contents(size, f"It cannot be read: {error.strerror or error}.", readable=False)


def _held(loaded: Loaded) -> str:
    counted = ", ".join(
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (len(loaded.index.all(Family)), "family", "families"),
            (len(loaded.index.all(Cycle)), "cycle", "cycles"),
            (len(loaded.index.all(Note)), "note", "notes"),
        )
    )
    unread = len(loaded.findings)
    trouble = f" {unread} of its records cannot be read." if unread else ""
    return f"{counted}; {_last_change(loaded)}.{trouble}"


def _last_change(loaded: Loaded) -> str:
    changes = ((_moment(record), record.by) for kind in KINDS for record in loaded.index.all(kind))
    moment, by = max((change for change in changes if change[0]), default=(None, ""))
    if moment is None:
        return "nothing in it yet"
    return f"last changed {when_words(moment)}" + (f" by {one_line(by)}" if by else "")


def _moment(record: Record) -> dt.datetime | None:
    moment = record.modified or record.created
    return moment.replace(tzinfo=dt.UTC) if moment and moment.tzinfo is None else moment


def put_back(caseload: Path, copy: Path) -> Path | None:
    """Put a version in the caseload's place. What stood there, if anything, is kept in a file beside it whose
    name says so; return that. Raises a CaseloadError, and then all stands as it did."""
    name = one_line(caseload.name)
    try:
        content = copy.read_bytes()
        found = contents(copy)
        if not found.readable:
            raise CaseloadDamagedError(f"The version in {copy.name} is not put back. {found.words}")
        return _exchange(caseload.resolve(), content)
    except OSError as error:
        raise CannotSaveError(
            f"{name} is left as it is: the version cannot be put back ({error.strerror or error})."
        ) from error


def _exchange(target: Path, content: bytes) -> Path | None:
    aside: list[Path] = []

    def keep_present() -> None:
        if target.exists() and (present := target.read_bytes()) != content:
            aside.append(_kept_beside(target, present))

    atomic.replace(
        target,
        [content],
        alone=lambda: locked(target),
        verify=keep_present,
        before_overwriting=lambda: None,
        written=lambda _: None,
    )
    return aside[0] if aside else None


def _kept_beside(target: Path, content: bytes) -> Path:
    now = dt.datetime.now().astimezone().strftime(_TIME)
    endings: Iterable[str] = itertools.chain([""], (f" {number}" for number in itertools.count(2)))
    for again in endings:
        path = target.with_name(f"{_stem(target)} (put aside, {now}{again}){_ENDING}")
        try:
            atomic.create(path, [content])
        except FileExistsError:
            continue
        return path
    raise FileExistsError(str(target))
