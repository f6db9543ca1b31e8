"""What is opened to be played, heard or cut."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class FilmSource(Protocol):
    """A film, or a piece of one.

    Times in it count from the start of the recording that it belongs to: its first frame shows the moment
    `starts_ms` of that. `whole` says that it is all of the recording.
    """

    @property
    def path(self) -> Path: ...
    @property
    def starts_ms(self) -> int: ...
    @property
    def whole(self) -> bool: ...


@dataclass(frozen=True)
class FileSource:
    """A film in a file of its own."""

    path: Path
    starts_ms: int = 0
    whole: bool = True
