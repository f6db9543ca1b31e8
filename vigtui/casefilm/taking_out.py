"""Taking a whole film out: a clear copy, for somebody with another player."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from vigtui.casefilm.encrypted.files import opened
from vigtui.casefilm.home import FilmHome
from vigtui.casefilm.opening import FilmSource, open_film
from vigtui.domain.consent.access import Permission, Use
from vigtui.film.errors import FilmError, FilmMissing
from vigtui.film.source import cannot_be_read
from vigtui.values.text import shown_path

_PIECE = 1 << 20


def ending_of(home: FilmHome, permission: Permission) -> str:
    """Return what the name of a copy of a recording's film ends with (".mp4"). Takes a permission to copy.
    Blocks. Raises FilmError."""
    film = _whole(home, permission)
    if film.clear_file is not None:
        return film.path.suffix.lower()
    try:
        with opened(home, film.path) as file:
            return file.ending
    except OSError as error:
        raise cannot_be_read(film.name, error) from error


def copy_out(
    home: FilmHome, permission: Permission, target: Path, progress: Callable[[float], None] = lambda _: None
) -> None:
    """Write a recording's film, in clear and as it is, to the new file `target`, readable by its owner alone.
    Takes a permission to copy. Blocks. Raises FilmError, OSError, and whatever `progress` raises: then
    nothing is left there."""
    film = _whole(home, permission)
    try:
        with film.open() as content, target.open("xb") as out:
            target.chmod(0o600)
            size, done = max(1, content.seek(0, os.SEEK_END)), 0
            content.seek(0)
            while piece := content.read(_PIECE):
                out.write(piece)
                done += len(piece)
                progress(done / size)
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError:
        raise FilmError(f"{shown_path(target.name)} is there already.") from None
    except BaseException as error:
        with contextlib.suppress(OSError):
            target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise cannot_be_read(film.name, error) from error
        raise


def _whole(home: FilmHome, permission: Permission) -> FilmSource:
    film = open_film(home, permission, use=Use.COPY)
    if not film.whole:
        raise FilmMissing("The whole recording is not in this pack.")
    return film
