"""What a film is to everything that plays, hears, cuts or looks at one: not a path, but a source of bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from vigtui.film.errors import FilmError


class FilmSource(Protocol):
    """A film, or a piece of one. Sources that are equal are the same film.

    Times in it count from the start of the recording that it belongs to: its first frame shows the moment
    `starts_ms` of that. `whole` says that it is all of the recording. `name` is what it is called on the
    screen. `is_copy` says that it is a smaller film, made to be seen in place of another: the same pictures
    at the same times. `path` is the film's place in the caseload's folder: what is said in it and what was
    heard of it are kept by that name. Its bytes are read by `open` alone, but for libmpv, which opens
    `clear_file` by itself: the file that has them as they are, or None where there is none. Then nothing of
    the film may be kept in clear either.
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
    def clear_file(self) -> Path | None: ...

    def open(self) -> BinaryIO:
        """Return the film's bytes, which can be sought in, and read into a buffer (`readinto`), from any
        thread, one at a time; less than asked for only at the end. Raises OSError, or `FilmError`, as reading
        from them does: one of no number has a message that completes a sentence that begins with the name."""
        ...

    def check(self) -> None:
        """Raise `FilmError` where there is no film, or where it is certainly something else."""
        ...

    def subtitles(self) -> bytes:
        """Return what the subtitle file of the film has in it; nothing where there is none. Blocks. Raises
        OSError or `FilmError`."""
        ...


def cannot_be_read(name: str, error: Exception) -> FilmError:
    """What to raise or say about the film of this name whose bytes did not come."""
    if isinstance(error, FilmError):
        return error
    if isinstance(error, OSError) and error.strerror:
        return FilmError(f"{name} cannot be read: {error.strerror}.")
    return FilmError(
        f"{name} {error}." if isinstance(error, OSError) and str(error) else f"{name} cannot be read."
    )


@contextmanager
def reading(source: FilmSource) -> Iterator[BinaryIO]:
    """Open a film's bytes to read a little of them. Raises `FilmError`, also for what the disk says."""
    try:
        with source.open() as file:
            yield file
    except OSError as error:
        raise cannot_be_read(source.name, error) from error
