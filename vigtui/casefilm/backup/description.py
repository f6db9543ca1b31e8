"""What a backup says that it holds.

Each step writes a description of its own under the next number, and never over another: until the new one
is on the disk and was read back, the one before counts. So a disk that may lose a rename (FAT) is enough.
Nothing in it is a word of a case, or a path: film goes by the id of its recording.
"""

import contextlib
import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from vigtui.casefilm.backup.files import write_whole
from vigtui.foreign.files import entries, read_file
from vigtui.foreign.json_data import decode_json
from vigtui.values.identity import new_id
from vigtui.vault.film.layout import ENDING

FILM_FOLDER = "film"
_NAME = "backup-{:08}.json"
_NUMBERED = re.compile(r"backup-(\d{8})\.json")
_MOST_BYTES = 32 << 20
_LAYOUT = 2
"""Of the description. In the first one encrypted film was in one file, as any other."""

_Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Suffix = Annotated[str, Meta(pattern=r"^(\.[a-z0-9]{1,8})?\Z")]
_MaybeHash = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
_Ending = Annotated[
    str,
    Meta(pattern=r"^((\.[A-Za-z]{2,3}(-[A-Za-z0-9]{1,20})?)?\.[A-Za-z]{3}|\.words-[0-9]{1,4}\.vigfilm)?\Z"),
]
_Size = Annotated[int, Meta(ge=0)]


class Kept(Struct, frozen=True, kw_only=True):
    """The film of a recording or, with an `ending`, the subtitle file that has the film's name and this
    ending. `state` is what the system said of the original: while it says the same, that is the same file.

    Of encrypted film, `header` is the SHA-256 of its header, which is in a file of its own, and all else is
    of what comes behind it: where the caseload goes over to another key, the header alone is written anew."""

    recording: str
    ending: _Ending = ""
    size: _Size
    sha256: _Hash
    suffix: _Suffix = ""
    header: _MaybeHash = ""
    state: str = ""

    @property
    def name(self) -> str:
        """Where it is in the backup. It says nothing of whose film it is."""
        return film_name(self.sha256, self.suffix)

    @property
    def is_encrypted(self) -> bool:
        """Whether it is encrypted film, or what is said in such."""
        return bool(self.header) or self.is_whole_encrypted

    @property
    def is_whole_encrypted(self) -> bool:
        """Whether it is encrypted film with its header in one file, as in backups of the first layout."""
        return not self.header and self.suffix == ENDING

    @property
    def files(self) -> dict[str, str]:
        """What there is of it in the backup: the SHA-256 of each file, by its name."""
        header = {header_name(self.header): self.header} if self.header else {}
        return {self.name: self.sha256, **header}


class Words(Struct, frozen=True, kw_only=True):
    """The caseload's file, as encrypted as it was `at` that moment."""

    size: _Size
    sha256: _Hash
    at: dt.datetime

    @property
    def name(self) -> str:
        """Where it is in the backup."""
        return f"caseload-{self.sha256[:40]}.vig.json"


class Description(Struct, frozen=True, kw_only=True):
    """What a backup holds. `caseload` is the id of the caseload, `file` its name. `made` is when it was last
    up to date; it is not `complete` while film is still to come."""

    vigtui_backup: Annotated[int, Meta(ge=1, le=_LAYOUT)] = _LAYOUT
    id: str = msgspec.field(default_factory=new_id)
    caseload: str
    file: str
    words: Words
    kept: tuple[Kept, ...] = ()
    made: dt.datetime | None = None
    complete: bool = False

    @property
    def names(self) -> set[str]:
        """The files of the backup, relative to its folder."""
        return set(self.files)

    @property
    def files(self) -> dict[str, str]:
        """The SHA-256 of each file of the backup, by its name."""
        found = {self.words.name: self.words.sha256}
        for each in self.kept:
            found |= each.files
        return found


def film_name(sha256: str, suffix: str) -> str:
    """Return where film is in a backup, by what is in it."""
    return f"{FILM_FOLDER}/{sha256[:40]}{suffix}"


def header_name(sha256: str) -> str:
    """Return where the header of encrypted film is in a backup, by what is in it."""
    return film_name(sha256, ".header")


def read(folder: Path) -> Description | None:
    """Return the newest whole description in a folder; None where there is none. Raises OSError."""
    for path in sorted(_numbered(folder), reverse=True):
        with contextlib.suppress(OSError, ValueError):
            body, _, told = read_file(path, _MOST_BYTES, follow_links=False).partition(b"\n")
            if told.decode().strip() == hashlib.sha256(body).hexdigest():
                return decode_json(body, Description)
    return None


def write(folder: Path, description: Description) -> None:
    """Let a folder's backup be this from here on. Raises OSError, and then it is what it was."""
    before = _numbered(folder)
    body = msgspec.json.encode(description)
    number = 1 + max((int(path.name[7:15]) for path in before), default=0)
    write_whole(folder / _NAME.format(number), body + b"\n" + hashlib.sha256(body).hexdigest().encode())
    for path in before:
        path.unlink(missing_ok=True)


def _numbered(folder: Path) -> list[Path]:
    return [path for path in entries(folder) if _NUMBERED.fullmatch(path.name)]
