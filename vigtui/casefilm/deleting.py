"""Deleting a film from the disk, with what was made of it."""

import contextlib
from pathlib import Path

from vigtui.casefilm.encrypted.files import remove_encrypted
from vigtui.casefilm.home import FilmHome, content_of, film_in
from vigtui.casefilm.listening import sound_kept
from vigtui.casefilm.working_copies import forget_copy
from vigtui.domain.records import Recording
from vigtui.film.errors import FilmDamaged, FilmError, FilmMissing
from vigtui.film.files import is_film, place_for, remove_unfinished
from vigtui.film.subtitles import files_beside
from vigtui.foreign.files import entries
from vigtui.values.text import folded_name
from vigtui.vault.film.layout import is_called_encrypted

__all__ = [
    "delete_clear_file",
    "delete_film",
    "delete_left_over",
    "delete_what_is_there",
    "remove_unfinished",
]


def delete_film(home: FilmHome, path: str) -> None:
    """Delete the film at `path`, relative to the caseload's folder, with its working copy, and with its
    subtitle files: they are what people said in it. Blocks. Raises FilmError, OSError."""
    film = film_in(home, path)
    sound_kept(home).forget(film.path)
    forget_copy(home.folder, film)
    if film.clear_file is None:
        remove_encrypted(film.path)
        return
    delete_clear_file(film.path)


def delete_what_is_there(home: FilmHome, path: str) -> None:
    """Delete what there is of a film that cannot be played: it was damaged, or is missing. What is no film,
    or lies elsewhere, stays. Blocks. Raises OSError."""
    try:
        delete_film(home, path)
    except (FilmMissing, FilmDamaged):
        with contextlib.suppress(FilmError, FileNotFoundError):
            delete_what_was_said(home, path)
    except FilmError:
        return


def delete_what_was_said(home: FilmHome, path: str) -> None:
    """Delete what is kept of a film that is not at `path` any more, or is empty: the file, its subtitle
    files, and who speaks when. Blocks. Raises FilmError, OSError."""
    film = place_for(home.folder, path)
    sound_kept(home).forget(film)
    if is_called_encrypted(film.name):
        remove_encrypted(film)
    elif film.parent.is_dir():
        delete_clear_file(film)


def delete_clear_file(film: Path) -> None:
    """Delete a film that is a clear file, wherever it lies, and its subtitle files. Raises OSError."""
    for words in _subtitles_of(film):
        words.unlink(missing_ok=True)
    film.unlink(missing_ok=True)


def delete_left_over(home: FilmHome, path: str, recording: Recording) -> None:
    """Delete the file at `path` if it is the film of this recording, which was deleted. Blocks. Raises
    FilmError, OSError."""
    if recording.fingerprint in ("", content_of(film_in(home, path))):
        delete_film(home, path)


def _subtitles_of(film: Path) -> list[Path]:
    """The subtitle files of a film that no other film beside it can claim: none has their name, or its."""
    found = files_beside(film)
    names = {folded_name(each.stem) for each in (film, *found)} if found else set()
    others = {
        folded_name(each.stem)
        for each in entries(film.parent)
        if folded_name(each.stem) in names and each.name != film.name and is_film(each)
    }
    if folded_name(film.stem) in others:
        return []
    return [each for each in found if folded_name(each.stem) not in others]
