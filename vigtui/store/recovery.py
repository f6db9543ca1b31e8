"""Looking at the versions of a caseload from before, and putting one of them back."""

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from vigtui.domain.consent.decisions import is_no
from vigtui.domain.records import KINDS, Consent, Cycle, Family, Note, Record
from vigtui.foreign.files import entries, read_own_file, resolved
from vigtui.store.disk import aside, atomic, backups
from vigtui.store.disk.file_state import NOTHING, UNKNOWN, Seen
from vigtui.store.disk.left_behind import LeftBehind
from vigtui.store.disk.lock import locked
from vigtui.store.disk.temporary import new_file
from vigtui.store.errors import CannotSaveError, CaseloadDamagedError, CaseloadError
from vigtui.store.format.layout import LayoutError
from vigtui.store.format.opening import unread
from vigtui.store.index import Index
from vigtui.store.snapshot import Snapshot, snapshot_of
from vigtui.values.days import short_month
from vigtui.values.text import and_list, one_line
from vigtui.vault.envelope import DamagedError, is_encrypted, parse
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring

_TRIES = 10
_NAMED_MOST = 5


class Copy(Struct, frozen=True):
    """A version of a caseload in a file of its own. `at`: until then it was in the caseload's file.
    `put_aside`: another version was put in its place; else it is one of the copies that vigtui keeps."""

    path: Path
    at: dt.datetime
    put_aside: bool = False

    @property
    def when(self) -> str:
        """The time here, to the second."""
        return when_words(self.at)


class Contents(Struct, frozen=True):
    """What is in a version: its `size` in bytes and what it holds, or why that is not known. `refusals` are
    the ids of the refusals and withdrawals in it that count, `families` what its families are called, by id;
    None where that is not known."""

    size: int
    words: str
    readable: bool
    refusals: frozenset[str] = frozenset()
    families: Mapping[str, str] | None = None

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
    try:
        target = resolved(caseload)
    except OSError:
        return []
    kept = [Copy(path, backups.made_at(path)) for path in backups.copies(target)]
    return sorted([*kept, *_put_aside(target)], key=_age, reverse=True)


def _age(copy: Copy) -> tuple[dt.datetime, bool, dt.datetime]:
    """What was put aside has a time to the second, and comes after all that was kept within that second."""
    return copy.at.replace(microsecond=0), copy.put_aside, copy.at


def _put_aside(target: Path) -> Iterator[Copy]:
    try:
        beside = entries(target.parent)
    except OSError:
        return
    for path in beside:
        at = aside.put_aside_at(path, target)
        if at is not None:
            yield Copy(path, at, put_aside=True)


def contents(path: Path, keyring: Keyring | None = None) -> Contents:
    """Look into a version, as opening it would. `keyring` opens an encrypted one."""
    size = 0
    try:
        data = read_own_file(path)
        size = len(data)
        if is_encrypted(data):
            parse(data)
            if keyring is None:
                return Contents(size, "Encrypted.", readable=True)
            data = keyring.open(data)
        found = snapshot_of(path, data)
        refusals = frozenset(each.id for each in found.index.all(Consent) if is_no(each))
        families = {each.id: f"{each.code} {each.pseudonym}".strip() for each in found.index.all(Family)}
        return Contents(size, _held(found), readable=True, refusals=refusals, families=families)
    except WrongKeyError:
        return Contents(size, "Encrypted with another passphrase, or damaged.", readable=True)
    except (LayoutError, DamagedError) as error:
        return Contents(size, f"It cannot be read: it {error}.", readable=False)
    except CaseloadError as error:
        return Contents(size, error.sentence, readable=False)
    except OSError as error:
        return Contents(size, f"It cannot be read: {error.strerror or error}.", readable=False)


def _held(found: Snapshot) -> str:
    counted = ", ".join(
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (len(found.index.all(Family)), "family", "families"),
            (len(found.index.all(Cycle)), "cycle", "cycles"),
            (len(found.index.all(Note)), "note", "notes"),
        )
    )
    not_read = unread(found.findings)
    trouble = f" {not_read} of its records cannot be read." if not_read else ""
    return f"{counted}; {_last_change(found.index)}.{trouble}"


def _last_change(index: Index) -> str:
    changes = ((_moment(record), record.by) for kind in KINDS for record in index.all(kind))
    moment, by = max((change for change in changes if change[0]), default=(None, ""))
    if moment is None:
        return "nothing in it yet"
    return f"last changed {when_words(moment)}" + (f" by {one_line(by)}" if by else "")


def _moment(record: Record) -> dt.datetime | None:
    moment = record.modified or record.created
    return moment.replace(tzinfo=dt.UTC) if moment and moment.tzinfo is None else moment


def families_words(now: Contents, then: Contents) -> str:
    """Return which families a version brings back, and which are not in it: "It brings F-017 Heron back."; ""
    where that is not known, or they are the same."""
    if now.families is None or then.families is None:
        return ""
    back = [name for identity, name in then.families.items() if identity not in now.families]
    gone = [name for identity, name in now.families.items() if identity not in then.families]
    found = [f"It brings {_names(back)} back."] if back else []
    return " ".join([*found, f"{_names(gone)} {_verb(gone)} not in it."] if gone else found)


def _names(families: list[str]) -> str:
    named, more = sorted(map(one_line, families)), len(families) - _NAMED_MOST
    return and_list([*named[:_NAMED_MOST], f"{more} more"] if more > 0 else named)


def _verb(families: list[str]) -> str:
    return "is" if len(families) == 1 else "are"


def put_back(caseload: Path, copy: Path) -> Path | None:
    """Put a version in the caseload's place. What was there, if anything, is kept in a file beside it whose
    name says so; return that. Raises a CaseloadError, and then everything is as it was."""
    name = one_line(caseload.name)
    try:
        content = read_own_file(copy)
        found = contents(copy)
        if not found.readable:
            raise CaseloadDamagedError(f"The version in {copy.name} is not put back. {found.words}")
        return _exchange(resolved(caseload), content, copy)
    except OSError as error:
        raise CannotSaveError(
            f"{name} is left as it is: the version cannot be put back ({error.strerror or error})."
        ) from error


def _exchange(target: Path, content: bytes, copy: Path) -> Path | None:
    left = LeftBehind()
    for path in left.paths(target):
        left.put_aside(path, target)  # The next opening would merge it into what is put back.
    for _ in range(_TRIES):
        present = read_own_file(target) if target.exists() else None
        kept = None
        if present is not None and present != content:
            kept = aside.put_aside(target, functools.partial(atomic.create, chunks=[present], like=target))
        try:
            _swap(target, content, present, copy)
        except atomic.ChangedOnDiskError as changed:
            if changed.came_out is not None:
                left.note_came_out(changed.came_out)
                left.put_aside(changed.came_out, target)
        else:
            return kept
    raise OSError("other programs go on changing it")


def _swap(target: Path, content: bytes, present: bytes | None, copy: Path) -> None:
    like = copy if present is None else target
    with new_file(target, [content], like=like) as new, locked(target):
        try:
            atomic.swap(new, target, Seen(UNKNOWN, NOTHING if present is None else present))
        except atomic.RenameRefusedError:
            atomic.overwrite(target, content, lambda _: None)
