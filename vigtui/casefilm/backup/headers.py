"""Encrypted film in a backup: its header apart from what is behind it.

Behind the header an encrypted film never changes: with the same beginning and the same size it is the same
film. The caseload's key opens the header alone; when that key changes, the headers in the backup are written
anew and count from the same moment on as the words that are encrypted with the new key. So whatever breaks a
backup off, its words and its films have one key.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.backup.description import Kept, header_name
from vigtui.casefilm.backup.errors import BackupError
from vigtui.casefilm.backup.files import write_whole
from vigtui.casefilm.backup.gathering import Original
from vigtui.foreign.files import open_file, read_file
from vigtui.vault.data_key import DataKey
from vigtui.vault.film.layout import BLOCK_BYTES, HEADER_BYTES, is_called_encrypted, is_encrypted_film
from vigtui.vault.film.rewrapping import opens


class Followed(Struct, frozen=True):
    """What a backup holds once the headers of its films are those of now: how many were `written`, and the
    ids of the recordings whose film is `damaged` here: it is not as long as it was."""

    kept: tuple[Kept, ...]
    written: int
    damaged: frozenset[str]


def header_of(path: Path) -> bytes:
    """Return the header of a file; b"" where it is no encrypted film. Raises OSError."""
    if not is_called_encrypted(path.name):
        return b""
    with open_file(path) as file:
        header = file.read(HEADER_BYTES)
    return header if len(header) == HEADER_BYTES and is_encrypted_film(header) else b""


def keep_header(folder: Path, header: bytes) -> str:
    """Put a header into the backup, and return its SHA-256. Raises OSError."""
    digest = hashlib.sha256(header).hexdigest()
    write_whole(folder / header_name(digest), header)
    return digest


def kept_header(folder: Path, kept: Kept) -> bytes:
    """Return the header of an encrypted film in the backup. Raises OSError, also where it is not as it was
    written."""
    header = read_file(folder / header_name(kept.header), HEADER_BYTES, follow_links=False)
    if hashlib.sha256(header).hexdigest() != kept.header:
        raise OSError("it cannot be read as it was written")
    return header


def follow_headers(folder: Path, kept: Iterable[Kept], here: Iterable[Original]) -> Followed:
    """Put the headers of now into the backup, of film that is in it already and was not exchanged. They count
    once its description says so. Raises OSError of the disk that is written to."""
    now = {(each.recording, each.ending): each for each in here}
    found, written, damaged = list[Kept](), 0, set[str]()
    for each in kept:
        film = now.get((each.recording, each.ending))
        if not each.header or film is None or film.state == each.state:
            found.append(each)
            continue
        try:
            header, before = header_of(film.path), kept_header(folder, each)
        except OSError:
            continue  # It comes anew.
        if header[:BLOCK_BYTES] != before[:BLOCK_BYTES]:
            found.append(each)  # Another film by now.
        elif film.size - HEADER_BYTES != each.size:
            found.append(each)
            damaged.add(each.recording)
        else:
            digest = each.header if header == before else keep_header(folder, header)
            written += digest != each.header
            found.append(replace(each, header=digest, state=film.state))
    return Followed(tuple(found), written, frozenset(damaged))


def refuse_locked(folder: Path, kept: Iterable[Kept], key: DataKey | None) -> None:
    """Raise BackupError where film that is in the backup alone opens with an earlier key of the caseload:
    once the words of then have left the backup, nobody could open it. Raises OSError."""
    locked = [each for each in kept if each.header and not _opens(folder, each, key)]
    if locked:
        films = "a film that is" if len(locked) == 1 else f"{len(locked)} films that are"
        raise BackupError(
            f"The backup holds {films} not here, and encrypted with an earlier key of the caseload. It is"
            " left as it is: put that back first (`vigtui restore FILE FOLDER` asks for the passphrase of"
            " then), or delete that film here."
        )


def _opens(folder: Path, kept: Kept, key: DataKey | None) -> bool:
    return key is not None and opens(folder / header_name(kept.header), key)
