"""Opening a recording's film, with a Permission; and whether it is there."""

from vigtui.casefilm.home import FilmHome, film_in
from vigtui.casefilm.pack_list import read_list
from vigtui.casefilm.working_copies import seen_of
from vigtui.domain.consent.access import Permission, Use
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError, FilmMissing
from vigtui.film.source import FilmSource
from vigtui.store.caseload import Caseload

__all__ = ["FilmSource", "films_away", "is_missing", "open_film", "why_not_there"]


def open_film(
    home: FilmHome, permission: Permission, clip: str = "", *, use: Use = Use.WATCH, original: bool = False
) -> FilmSource:
    """Return the film of a recording that may be used so: for the clip with the id `clip`, or with "" for the
    recording itself.

    It is the recording's own film, or the clip's piece where a pack has no more. To be watched, it is its
    working copy where there is one, unless the `original` is wanted. Blocks. Raises FilmError, and ValueError
    for a permission that is for another use.
    """
    if permission.use is not use:
        raise ValueError(f"a permission to {permission.use.value} does not allow to {use.value}")
    try:
        film = film_in(home, permission.recording.path)
        return film if original or use is not Use.WATCH else seen_of(home, film)
    except FilmMissing:
        pack = read_list(home)
        if pack is None:
            raise
    piece = next((piece for piece in pack.pieces if piece.clip == clip), None)
    if piece is not None:
        return film_in(home, piece.path, piece.starts_ms, whole=False)
    what = "The film of this clip" if clip else "The whole recording"
    raise FilmMissing(f"{what} is not in this pack. The caseload that the pack was made from may have it.")


def why_not_there(home: FilmHome, path: str) -> str:
    """Return why there is no film where a recording says, one sentence; "" when there is. Blocks."""
    try:
        film_in(home, path).check()
    except FilmError as error:
        return str(error)
    return ""


def films_away(caseload: Caseload) -> frozenset[str]:
    """Return the recordings, by id, whose film is not on this machine, and was not deleted. Blocks for as
    long as the disk takes."""
    kept = [
        each for each in caseload.all(Recording) if each.path and each.state is not RecordingState.DELETED
    ]
    return frozenset(each.id for each in kept if is_missing(caseload, each.path))


def is_missing(home: FilmHome, path: str) -> bool:
    """Whether there is nothing where a recording says that its film is; False for what is there and cannot be
    opened. Blocks."""
    try:
        film_in(home, path).check()
    except FilmError as error:
        return isinstance(error, FilmMissing)
    return False
