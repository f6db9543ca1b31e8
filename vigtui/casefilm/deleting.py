"""Deleting a film from the disk, with what was made of it."""

from pathlib import Path

from vigtui.domain.records import Recording
from vigtui.film.files import fingerprint, remove_unfinished, resolve
from vigtui.film.sound.kept_sound import forget

__all__ = ["delete_film", "delete_left_over", "remove_unfinished"]


def delete_film(folder: Path, path: str) -> None:
    """Delete the film at `path`, relative to the caseload's folder. Blocks. Raises FilmError, OSError."""
    film = resolve(folder, path)
    forget(folder, film)
    film.unlink(missing_ok=True)


def delete_left_over(folder: Path, path: str, recording: Recording) -> None:
    """Delete the file at `path` if it is the film of this recording, which was deleted. Blocks. Raises
    FilmError, OSError."""
    if recording.fingerprint in ("", fingerprint(resolve(folder, path))):
        delete_film(folder, path)
