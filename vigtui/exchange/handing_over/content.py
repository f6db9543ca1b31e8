"""What a hand-over is: a folder with one encrypted file of words and the encrypted films beside it."""

import datetime as dt
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from vigtui.domain.records import Person, Session
from vigtui.exchange.incoming import MOST_BYTES, MOST_VALUES, Other
from vigtui.foreign import zips
from vigtui.foreign.files import read_file, reason
from vigtui.foreign.json_data import decode_json
from vigtui.store.errors import CaseloadDamagedError, CaseloadError, CaseloadMissingError
from vigtui.store.format.layout import LayoutError, Tables, decode, encode
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring

FILE = "family.handover"
"""The file of words in the folder of a hand-over."""
_FORM = 1


class HandOverError(CaseloadError):
    """A family cannot be handed over, taken over, or erased after that: the message says what to do."""


class HandedFilm(Struct, frozen=True, kw_only=True):
    """The film of a `recording` in the hand-over: where it lies in the folder, how long its clear bytes are,
    and their SHA-256."""

    recording: str
    path: str
    size: Annotated[int, Meta(ge=1)]
    sha256: str


class HandOver(Struct, frozen=True, kw_only=True):
    """What stands in the file: whose family it is, the records of it as the giver's caseload has them, its
    films, and what is added where it is not there: the `people` whom the records name, and of `sessions` when
    they were and who took part. `stays` says what has not gone along. `removals` are
    those since the family was handed over first (see that module)."""

    form: int = _FORM
    id: str
    made: dt.date
    by: str
    to: str
    why: str
    family: str
    films: tuple[HandedFilm, ...]
    people: tuple[Person, ...]
    sessions: tuple[Session, ...]
    stays: tuple[str, ...]
    tables: msgspec.Raw
    removals: tuple[dict[str, Any], ...] = ()

    def records(self) -> Tables:
        """Return the tables. Raises HandOverError."""
        try:
            return decode(bytes(self.tables) + b"\n")  # As `encode` ends it: then most stays bytes.
        except LayoutError as error:
            raise HandOverError(f"The records in the hand-over cannot be used: the file {error}.") from None


def written(tables: Tables) -> msgspec.Raw:
    """Return tables as they stand in the file of words."""
    return msgspec.Raw(b"".join(encode(tables)).strip())


def as_bytes(content: HandOver) -> bytes:
    """Return the file of words, in clear."""
    return msgspec.json.encode(content)


def find(path: Path) -> Other:
    """Read the file of words of a hand-over: its folder, the file itself, or a zip of that folder. Raises
    CaseloadError."""
    name, file = one_line(path.name), path / FILE if path.is_dir() else path
    try:
        if zips.is_zip(file):
            with zips.open_zip(file) as archive:
                return Other(path, archive.read(words_in(archive), MOST_BYTES))
        return Other(file, read_file(file, MOST_BYTES, follow_links=False))
    except FileNotFoundError:
        raise CaseloadMissingError(f"{name} is no hand-over: there is no {FILE} in it.") from None
    except (OSError, ValueError) as error:
        raise CaseloadDamagedError(f"{name} cannot be read: {reason(error)}.") from None


def words_in(archive: zips.OpenZip) -> str:
    """Return the name of the file of words in a zip. Raises ValueError."""
    named = [name for name in archive.names if PurePosixPath(name).name == FILE]
    if len(named) != 1:
        raise ValueError(f"there is no {FILE} in it" if not named else "it holds several hand-overs")
    return named[0]


def key_of(other: Other, keyring: Keyring) -> Key:
    """Return the key of this ring that opens the hand-over, and its films. Raises HandOverError."""
    key = keyring.key_to(other.data)
    if key is None:
        raise HandOverError(
            f"{other.name} is not encrypted as every hand-over is. It was not made by vigtui."
        )
    return key


def opened(other: Other, keyring: Keyring) -> HandOver:
    """Return what stands in the file of words, which a key of this ring opens. Raises CaseloadError."""
    if not other.is_encrypted:
        raise HandOverError(
            f"{other.name} is not encrypted as every hand-over is. It was not made by vigtui."
        )
    data = other.clear(keyring)
    try:
        found = decode_json(data, HandOver, most=MOST_VALUES)
    except ValueError as error:
        raise HandOverError(f"{other.name} is no hand-over: {one_line(str(error))[:120]}.") from None
    if found.form > _FORM:
        raise HandOverError("The hand-over was made by a newer vigtui. Update vigtui to take it over.")
    for film in found.films:
        parts = PurePosixPath(film.path).parts
        if len(parts) != 2 or ".." in parts or "\\" in film.path or film.path.startswith("/"):
            raise HandOverError(f"The hand-over names a film outside it: {one_line(film.path)[:60]}.")
    return found
