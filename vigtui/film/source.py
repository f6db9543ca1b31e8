"""What a film is to everything that plays, hears, cuts or looks at one: not a path, but a source of bytes."""

from pathlib import Path
from typing import BinaryIO, Protocol


class FilmSource(Protocol):
    """A film, or a piece of one. Sources that are equal are the same film.

    Times in it count from the start of the recording that it belongs to: its first frame shows the moment
    `starts_ms` of that. `whole` says that it is all of the recording. `name` is what it is called on the
    screen, and `address` what libmpv opens. `is_copy` says that it is a smaller film, made to be seen in
    place of another: the same pictures at the same times. `path` is the film's place in the caseload's
    folder: what is said in it and what was heard of it are kept by that name. Its bytes are read by
    `open` alone.
    """

    @property
    def path(self) -> Path: ...
    @property
    def starts_ms(self) -> int: ...
    @property
    def whole(self) -> bool: ...
    @property
    def is_copy(self) -> bool: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...

    def open(self) -> BinaryIO:
        """Return the film's bytes, which can be sought in. Raises OSError."""
        ...

    def check(self) -> None:
        """Raise `FilmError` where there is no film, or where it is certainly something else."""
        ...
