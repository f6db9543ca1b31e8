"""Recordings are shown with their film where it is on this machine."""

from vigtui.domain.film.places import as_placed
from vigtui.domain.records import FilmPlace, Recording
from vigtui.store.index import Index


def show_places(index: Index) -> None:
    """Put every recording into the index as it is placed here."""
    for place in index.all(FilmPlace):
        recording = index.find(Recording, place.recording)
        if recording is not None:
            index.put(as_placed(index.find, recording))
