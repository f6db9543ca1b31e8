"""Films as an encrypted caseload has them."""

from pathlib import Path
from typing import BinaryIO

from vigtui.casefilm.encrypted.files import encrypt_film, encrypt_into
from vigtui.casefilm.encrypted.source import EncryptedSource
from vigtui.casefilm.home import Folder
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key

_CHEAP = Cost(n=2, r=1, p=1)


class EncryptedFilms:
    """A folder with a key, in which films are encrypted."""

    def __init__(self, folder: Path) -> None:
        self.home = Folder(folder, new_key("toast and honey", _CHEAP))
        self.taken: list[EncryptedSource] = []

    def of(self, film: Path) -> EncryptedSource:
        """Return a clear film encrypted; the clear one stays."""
        return EncryptedSource(encrypt_film(self.home, film), self.home)

    def take(self, made: BinaryIO, ending: str) -> None:
        """Encrypt a film that was made in memory: the target of a cut or a working copy."""
        self.taken.append(EncryptedSource(encrypt_into(self.home, made, ending), self.home))
