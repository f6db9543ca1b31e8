"""What a machine keeps of its space beside its own caseload, encrypted with the caseload's key."""

import contextlib
import datetime as dt
import os
import platform
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct, field

from vigtui.domain.film.places import has_own_places, mark, place_id
from vigtui.domain.records import FilmPlace, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.exchange.spaces.content import WRITER_LETTERS, Line
from vigtui.foreign.files import read_file
from vigtui.foreign.json_data import decode_json
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.other_files import SPACE, spaces_of
from vigtui.store.disk.temporary import new_file
from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line
from vigtui.vault.envelope import DamagedError
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.space.key import SpaceKey

_LARGEST = 4 << 20
_SENT_KEPT = 100
"""Of how many files it is remembered when they were sent."""


class NotEncryptedError(CaseloadError):
    """A space needs a caseload that is encrypted."""


class Heard(Struct, frozen=True):
    """What another writer's file said last, `at` which time here. `has` is the count of ours that they had
    taken in; `key` is the name of the key that opened it."""

    person: str
    machine: str
    count: int
    at: dt.datetime
    has: int = 0
    key: str = ""


class Sent(Struct, frozen=True):
    """A file of ours: its count, and when it was written."""

    count: int
    at: dt.datetime


class Membership(Struct, kw_only=True):
    """Who writes here, the space's `code` and `folder`, what was sent last, and who was heard. `person` is
    who was at work here last.

    `file` is the digest of the file that was sent last, `content` that of the tables in it. `earlier` are
    the names of keys that were given up. `taken_out` are the writers whose files a person took out of the
    space, here or elsewhere, with the count of those files: a later one shows that they are back.
    """

    writer: str
    code: str
    folder: str
    machine: str
    person: str = ""
    count: int = 0
    file: str = ""
    content: str = ""
    sent: list[Sent] = field(default_factory=list)
    heard: dict[str, Heard] = field(default_factory=dict)
    earlier: list[str] = field(default_factory=list)
    taken_out: dict[str, int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The space's folder."""
        return Path(self.folder)

    def key(self, caseload: str) -> SpaceKey:
        """Return the key of the space of the caseload with this id."""
        return SpaceKey(self.code, caseload)

    def note_sent(self, line: Line, file: str, content: str, at: dt.datetime) -> None:
        """Remember what was written."""
        self.count, self.file, self.content = line.count, file, content
        self.sent = [*self.sent, Sent(line.count, at)][-_SENT_KEPT:]

    def note_heard(self, line: Line, key: str, at: dt.datetime) -> bool:
        """Remember what another's file said. Return whether that was new."""
        taken_out = [self.take_out(writer, count) for writer, count in line.taken_out.items()]
        return self._heard(line, key, at) or any(taken_out)

    def _heard(self, line: Line, key: str, at: dt.datetime) -> bool:
        known = self.heard.get(line.writer)
        count, has = line.count, line.has.get(self.writer, 0)
        if known is not None and known.key == key and known.count >= count:
            return False
        if count <= self.taken_out.get(line.writer, -1):
            return False
        self.taken_out.pop(line.writer, None)
        self.heard[line.writer] = Heard(one_line(line.person), one_line(line.machine), count, at, has, key)
        return True

    def take_out(self, writer: str, count: int) -> bool:
        """Count a writer no more whose files up to this one a person took out of the space. Return whether
        that is new here. We ourselves are there: our next file says so, and is written at once."""
        if writer == self.writer:
            if self.count > count:
                return False
            self.count, self.file = count + 1, ""
            return True
        known = self.heard.get(writer)
        if count <= self.taken_out.get(writer, -1) or (known is not None and known.count > count):
            return False
        self.taken_out[writer] = count
        self.heard.pop(writer, None)
        return True


def new_membership(code: str, folder: Path, machine: str = "") -> Membership:
    """Return what a machine keeps that joins a space now. Without a name it has that of its network."""
    writer = os.urandom(WRITER_LETTERS // 2).hex()
    name = machine_name(machine) or machine_name(platform.node().partition(".")[0])
    return Membership(writer=writer, code=code, folder=str(folder.absolute()), machine=name)


def machine_name(typed: str) -> str:
    """Return a machine's name as it is kept."""
    return one_line(typed).strip()[:60]


def require_encrypted(key: Key | None, name: str) -> Key:
    """Return the key. Raises NotEncryptedError where there is none."""
    if key is None:
        raise NotEncryptedError(
            f"{one_line(name)} is not encrypted. A space needs that, since its code is kept beside it:"
            " `vigtui encrypt FILE` does it."
        )
    return key


def load_membership(caseload: Caseload) -> Membership | None:
    """Return what is kept of the space of this caseload, under whatever name it had; None when it is in none,
    or when that cannot be read."""
    return membership_at(caseload.path, caseload.key) if caseload.key is not None else None


def membership_at(path: Path, key: Key) -> Membership | None:
    """Return what is kept of the space of the caseload at this path, as `load_membership`."""
    return next((membership for _, membership in _kept(path, key)), None)


def _kept(caseload: Path, key: Key) -> Iterator[tuple[Path, Membership]]:
    """Yield what the caseload's key opens, and where it is: what is under its present name first."""
    for path in spaces_of(caseload.resolve()):
        with contextlib.suppress(OSError, ValueError, DamagedError, WrongKeyError):
            data = key.decrypt(read_file(path, _LARGEST, follow_links=False))
            yield path, decode_json(data, Membership)


def save_membership(caseload: Caseload, membership: Membership) -> None:
    """Keep it. Raises OSError, or NotEncryptedError."""
    key = require_encrypted(caseload.key, caseload.path.name)
    target = caseload.path.resolve()
    backups.make_folder(target)
    content = key.encrypt([msgspec.json.encode(membership)])
    with new_file(_place(caseload), content, like=target) as new:
        new.path.replace(_place(caseload))


def forget_membership(caseload: Caseload) -> None:
    """Keep nothing of the space any more. Raises OSError."""
    for path, _ in list(_kept(caseload.path, caseload.key)) if caseload.key else ():
        path.unlink(missing_ok=True)


def keep_own_places(caseload: Caseload) -> None:
    """From here on where film is belongs to this machine: what another says of it moves nothing here. Raises
    CaseloadError."""
    if not has_own_places(caseload.get):
        for each in caseload.all(Recording):
            if each.path and each.state is not RecordingState.DELETED:
                place = FilmPlace(id=place_id(each.id), recording=each.id, path=each.path, state=each.state)
                caseload.enter(place)
        caseload.enter(mark())


def _place(caseload: Caseload) -> Path:
    return backups.folder_of(caseload.path.resolve()) / SPACE
