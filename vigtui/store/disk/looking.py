"""What can be said of the bytes of a caseload's file, or of a copy of it, with or without its key."""

from pathlib import Path

from vigtui.foreign.files import open_file
from vigtui.store.errors import CaseloadLockedError
from vigtui.store.format.entries import decode_all
from vigtui.store.format.layout import LayoutError
from vigtui.vault.envelope import DamagedError, Envelope, parse
from vigtui.vault.envelope import is_encrypted as holds_encrypted
from vigtui.vault.headers import Header
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.keyring import Keyring


def is_encrypted(path: Path) -> bool:
    """Whether an encrypted caseload is at `path`; False also where nothing can be read."""
    try:
        with open_file(path) as file:
            return holds_encrypted(file.read(100))
    except OSError:
        return False


def wrong_passphrase(name: str, parts: Envelope) -> CaseloadLockedError:
    """Return what is said when a passphrase does not open this file."""
    sentence = f"This is not the passphrase of {name}, or the file has been damaged."
    if isinstance(parts.header, Header) and parts.header.has_recovery_key:
        sentence += " `vigtui recover` opens it with the words of its recovery key."
    return CaseloadLockedError(sentence, wrong=True)


def holds_caseload(data: bytes, key: Key | None) -> bool:
    """Whether a copy can be read as a caseload, as far as this key can show."""
    try:
        if holds_encrypted(data) and key is None:
            parse(data)
            return True
        return "meta" in decode_all(Keyring(key).open(data))
    except (LayoutError, DamagedError, WrongKeyError):
        return False


def opens_alike(copy: bytes, parts: Envelope, ring: Keyring) -> bool:
    """Whether the keyring opens a copy by a way into the file itself: then it makes no other secret."""
    try:
        if not holds_encrypted(copy) or not set(parse(copy).header.locks) <= set(parts.header.locks):
            return False
        ring.open(copy)
    except (DamagedError, WrongKeyError):
        return False
    return True
