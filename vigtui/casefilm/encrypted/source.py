"""Encrypted film as a source of bytes."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from vigtui.casefilm.encrypted.files import opened, opened_beside, words_of
from vigtui.casefilm.home import FilmHome
from vigtui.film.files import check_bytes
from vigtui.values.text import shown_path


@dataclass(frozen=True)
class EncryptedSource:
    """A film in an encrypted file, which the key opens that its home has when it is opened; with `original`
    it is the working copy of that."""

    path: Path
    home: FilmHome
    starts_ms: int = 0
    whole: bool = True
    original: Path | None = None

    @property
    def is_copy(self) -> bool:
        """A film by itself."""
        return False

    @property
    def name(self) -> str:
        """The file's name, which says nothing."""
        return shown_path(self.path.name)

    @property
    def clear_file(self) -> None:
        """There is none."""
        return

    def open(self) -> BinaryIO:
        """Return the film's clear bytes, to be read. Raises OSError, FilmError."""
        if self.original is None:
            return opened(self.home, self.path)
        return opened_beside(self.home, self.original, self.path)[0]

    def check(self) -> None:
        """Raise FilmError where there is no film, or what is encrypted is none."""
        check_bytes(self)

    def subtitles(self) -> bytes:
        """Return what is in the subtitle file that was encrypted with the film. Raises OSError, FilmError."""
        return words_of(self.home, self.path)
