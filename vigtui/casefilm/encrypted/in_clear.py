"""What can be read in the folder of an encrypted caseload all the same, and encrypted film that cannot."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from vigtui.casefilm.home import FilmHome, film_key
from vigtui.casefilm.listening import sound_kept
from vigtui.film.files import is_film
from vigtui.film.subtitles import ENDINGS
from vigtui.store.clear_text import find_clear_text
from vigtui.store.film_keys import films_of
from vigtui.values.text import shown_path
from vigtui.vault.film.layout import is_called_encrypted
from vigtui.vault.film.reading import verify_film

_MOST_FILES = 100_000


def left_in_clear(home: FilmHome, caseload: str) -> Iterator[str]:
    """Say which film, subtitles, sound lines and copies of the caseload with this id can be read in its
    folder without its key, hidden ones too; nothing of a clear caseload. Links are not followed. Blocks.
    Raises OSError."""
    if home.key is None:
        return
    for path in _files(home.folder):
        where = _shown(home, path)
        if path.suffix.lower() in ENDINGS:
            yield f"{where}: subtitles in clear. `vigtui encrypt` encrypts them with their film."
        elif not is_called_encrypted(path.name) and is_film(path):
            yield f"{where}: film in clear. `vigtui encrypt` encrypts what recordings name; delete the rest."
    for path, film in sound_kept(home).files():
        if not film:
            yield f"{_shown(home, path)}: who speaks when, not encrypted with the caseload's key. Delete it."
    found = find_clear_text(home.folder, caseload)
    for path in found.paths:
        yield f"{_shown(home, path)}: holds the caseload in clear. Delete it if nobody needs it."


def changed_films(home: FilmHome, progress: Callable[[float], None]) -> Iterator[str]:
    """Read all film that the caseload's key opens, to its end, and say which was changed on the disk.
    `progress` is told the part done, 0 to 1. Blocks for as long as the disk needs. Raises OSError."""
    key = film_key(home)
    films = list(films_of(home.folder, key)) if key is not None else []
    whole, done = sum(film.stat().st_size for film in films) or 1, 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        progress(min(1.0, done / whole))

    for film in films:
        try:
            if key is not None:
                verify_film(film, key, advance)
        except OSError as error:
            yield f"{_shown(home, film)} {error.strerror or error}."


def _files(folder: Path) -> Iterator[Path]:
    number = 0
    for here, _, names in os.walk(folder):
        for name in sorted(names):
            number += 1
            if number > _MOST_FILES:
                return
            path = Path(here, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _shown(home: FilmHome, path: Path) -> str:
    return shown_path(path.relative_to(home.folder).as_posix())
