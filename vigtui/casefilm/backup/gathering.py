"""Which films belong in a backup: those that the caseload names, and none that was deleted in any version."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from vigtui.casefilm.backup.files import state_of
from vigtui.casefilm.encrypted.files import word_files
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.film.files import resolve
from vigtui.film.subtitles import files_beside
from vigtui.store.caseload import Caseload
from vigtui.vault.film.layout import is_called_encrypted


class Named(Struct, frozen=True):
    """A recording that names film, by its id, and where that is: relative to the caseload's folder."""

    recording: str
    path: str


class Original(Struct, frozen=True):
    """A file here that belongs in the backup, and what is known of it without reading it. `ending` and
    `state` as in `description.Kept`; `size` is that of the whole file."""

    recording: str
    ending: str
    path: Path
    state: str
    size: int

    @property
    def is_encrypted(self) -> bool:
        """Whether it is called encrypted film."""
        return is_called_encrypted(self.path.name)


def named(caseload: Caseload) -> list[Named]:
    """Return the film that belongs in a backup. A recording that this version of vigtui cannot read is not
    left out: it may be of a newer one."""
    gone = [each for each in _versions(caseload) if each.state is RecordingState.DELETED]
    ids, prints = {each.id for each in gone}, {each.fingerprint for each in gone} - {""}
    found = {
        each.id: Named(each.id, each.path)
        for each in reversed(list(_versions(caseload)))
        if each.path and each.id not in ids and each.fingerprint not in prints
    }
    for entry in caseload.unused(Recording):
        number, path, state = (entry.get(field) for field in ("id", "path", "state"))
        if isinstance(number, str) and isinstance(path, str) and path and state != "deleted":
            found.setdefault(number, Named(number, path))
    return sorted(found.values(), key=lambda each: each.recording)


def originals(folder: Path, film: Named) -> Iterator[tuple[str, Path]]:
    """Yield the film, and each subtitle file that goes by its name, encrypted or not, as the ending that it
    has in place of the film's; "" for the film itself. Raises FilmError where there is no film, or
    OSError."""
    path = resolve(folder, film.path)
    yield "", path
    if is_called_encrypted(path.name):
        for each in word_files(path):
            yield each.name.removeprefix(path.stem), each
        return
    for each in sorted(files_beside(path)):
        if each.name.startswith(path.stem):
            yield each.name.removeprefix(path.stem), each


def survey(folder: Path, films: Iterable[Named]) -> tuple[list[Original], list[Named]]:
    """Return the files that are here of these films, and the films that are not."""
    files, not_here = list[Original](), list[Named]()
    for film in films:
        try:
            found = [
                Original(film.recording, ending, path, state_of(path), path.stat().st_size)
                for ending, path in originals(folder, film)
            ]
        except (FilmError, OSError):
            not_here.append(film)
        else:
            files += found
    return files, not_here


def _versions(caseload: Caseload) -> Iterator[Recording]:
    """Every version of every recording, the shown one of each before the others."""
    for each in caseload.all(Recording):
        yield from caseload.versions(Recording, each.id)
