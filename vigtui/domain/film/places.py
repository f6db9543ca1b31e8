"""Where film is on this machine, where each machine of a space has its own place for it."""

from msgspec import structs

from vigtui.domain.lookup import Find
from vigtui.domain.records import FilmPlace, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.values.identity import id_of


def place_id(recording: str) -> str:
    """Return the id of a recording's place on this machine; of "", that of the mark by which a caseload
    says that each machine has its own."""
    return id_of("film place", recording)


def mark() -> FilmPlace:
    """Return what says, once it is in a caseload, that each machine has its own places."""
    return FilmPlace(id=place_id(""), recording="")


def has_own_places(find: Find) -> bool:
    """Whether where film is belongs to this machine."""
    return find(FilmPlace, place_id("")) is not None


def as_placed(find: Find, recording: Recording) -> Recording:
    """Return a recording with its film where it is on this machine. What is deleted, or has no film, is so
    everywhere."""
    place = find(FilmPlace, place_id(recording.id))
    if place is None or not _has_film(recording):
        return recording
    return structs.replace(recording, path=place.path, state=place.state)


def moved(find: Find, before: Recording, now: Recording) -> tuple[Recording, FilmPlace | None]:
    """Return what is saved when a recording, which says `before`, is to be as `now`: the recording, and
    the place of its film on this machine if that alone has moved."""
    if not (has_own_places(find) and _has_film(before) and _has_film(now)):
        return now, None
    there = as_placed(find, before)
    record = structs.replace(now, path=before.path, state=before.state)
    if (there.path, there.state) == (now.path, now.state):
        return record, None
    found = find(FilmPlace, place_id(now.id)) or FilmPlace(id=place_id(now.id), recording=now.id)
    return record, structs.replace(found, path=now.path, state=now.state)


def _has_film(recording: Recording) -> bool:
    return bool(recording.path) and recording.state is not RecordingState.DELETED
