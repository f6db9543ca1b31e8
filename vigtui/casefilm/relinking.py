"""Finding film that was moved, and letting recordings name it where it is now."""

import contextlib
import dataclasses
from collections.abc import Sequence

from msgspec.structs import replace

from vigtui.casefilm.home import FilmHome, content_of, film_in, size_of
from vigtui.casefilm.listening import sound_kept
from vigtui.casefilm.pack_list import read_list
from vigtui.casefilm.search import Lost, Progress, Survey, search
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.values.text import shown_path

Found = tuple[Recording, str]
"""A recording and the path of its film now."""


def look(
    home: FilmHome,
    recordings: Sequence[Recording],
    progress: Progress = lambda _: None,
    *,
    thorough: bool = False,
) -> Survey:
    """Search the caseload's folder as `film_search.search` does. In a pack, film that was left out is not
    missing, and its pieces belong to clips. Blocks: call it in a worker."""
    survey = search(home, recordings, progress, thorough=thorough)
    try:
        pack = read_list(home)
    except FilmError as error:
        return dataclasses.replace(survey, troubles=(*survey.troubles, str(error)))
    if pack is None:
        return survey
    pieces = {piece.path for piece in pack.pieces}
    lost = tuple(each for each in survey.lost if each.found)
    unknown = tuple(film for film in survey.unknown if film.path not in pieces)
    return dataclasses.replace(survey, lost=lost, unknown=unknown)


def beyond_doubt(lost: Sequence[Lost]) -> list[Found]:
    """The recordings whose film was found beyond doubt, each with the best path."""
    return [(each.recording, each.found[0]) for each in lost if each.found and not each.doubt]


def relink(caseload: Caseload, found: Sequence[Found]) -> tuple[list[Found], list[str]]:
    """Let each recording name the film found for it, all as one step to undo.

    Returns what was done, and a sentence for each recording that stays as it was because it or the film
    changed meanwhile. Blocks: call it in a worker. Raises CaseloadError.
    """
    troubles: list[str] = []
    films: list[tuple[Recording, Recording]] = []
    for recording, path in found:
        try:
            films.append((recording, _with_film(caseload, recording, path)))
        except (FilmError, OSError) as error:
            troubles.append(str(error))
    done: list[Found] = []
    with caseload.transaction("Find a film again" if len(films) == 1 else f"Find {len(films)} films again"):
        for recording, changed in films:
            # What was found holds only for the record as it was when the search began.
            if caseload.get(Recording, recording.id) == recording:
                caseload.save(changed)
                done.append((recording, changed.path))
            else:
                troubles.append(f"{shown_path(recording.path)}: its recording has changed. Look again.")
    for recording, path in done:
        with contextlib.suppress(FilmError, OSError):
            sound_kept(caseload).follow(recording.path, film_in(caseload, path))
    return done, troubles


def _with_film(home: FilmHome, recording: Recording, path: str) -> Recording:
    """The recording as it is with the film at `path`. Raises FilmError, OSError."""
    film = film_in(home, path)
    now = content_of(film)
    if recording.fingerprint not in ("", now):
        raise FilmError(f"{shown_path(path)} is another film by now. Look again.")
    return replace(recording, path=path, size=size_of(film), fingerprint=now, state=RecordingState.PRESENT)
