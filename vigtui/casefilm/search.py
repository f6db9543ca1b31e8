"""Film in the caseload's folder compared with the recordings: what is missing, what was moved, what no
recording knows.

Film that was moved or renamed is known again by its fingerprint. Only the folder itself and what is below
it is looked at; hidden entries and links are passed over.
"""

import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import TypeVar

from vigtui.casefilm.encrypted.files import is_film_by_name
from vigtui.casefilm.home import FilmHome, content_of, film_at, film_in, size_of
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmDamaged, FilmError, FilmMissing, FilmRefused
from vigtui.film.files import can_be_named, check_bytes, check_kind
from vigtui.film.source import FilmSource, cannot_be_read
from vigtui.values.text import shown_path

T = TypeVar("T")
Progress = Callable[[float], None]

LIKELY = "name, size and length fit, but no fingerprint proves it"
DELETED_ONCE = "another recording of the same film was deleted"
_MILLISECONDS_APART = 1000


@dataclass(frozen=True)
class FoundFilm:
    """A film in the caseload's folder: `path` relative to it, with forward slashes, and `size` in bytes.
    Without `can_be_named` no recording can keep that path: the file has to be renamed first. Without
    `is_known` it may be no film: its first bytes are not those of one."""

    path: str
    size: int
    can_be_named: bool = True
    is_known: bool = True


@dataclass(frozen=True)
class Lost:
    """A recording whose film is not where it says; `why` is one sentence.

    `found` are the paths at which its film was found, the best first: one that no recording names before one
    that another names, then with the name it had, then nearest to where it was. With a `doubt` (the end of a
    sentence) only a person can say whether it is to be taken.
    """

    recording: Recording
    why: str
    found: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class StillThere:
    """A film that is recorded as deleted, and the `path` where it is all the same."""

    recording: Recording
    path: str


@dataclass(frozen=True)
class Survey:
    """What a search found. `troubles` are sentences about what could not be looked into."""

    lost: tuple[Lost, ...] = ()
    unknown: tuple[FoundFilm, ...] = ()
    still_there: tuple[StillThere, ...] = ()
    troubles: tuple[str, ...] = ()


def search(
    home: FilmHome,
    recordings: Sequence[Recording],
    progress: Progress = lambda _: None,
    *,
    thorough: bool = False,
) -> Survey:
    """Compare the recordings with the films in the caseload's folder. Blocks: call it in a worker.

    `progress` is called with the part done, 0 to 1; what it raises ends the search. A film in its place is
    known by its size, with `thorough` by its content.
    """
    films = _Films(home, home.folder.resolve())
    living = [each for each in recordings if each.state is not RecordingState.DELETED]
    deleted = [each for each in recordings if each.state is RecordingState.DELETED]
    missing = []
    for recording in _told(living, progress, 0.0, 0.3):
        why = films.why_lost(recording, thorough=thorough)
        if why:
            missing.append(Lost(recording, why))
            films.told.add(recording.path)
    entries = list(_told_endless(_entries(films.folder, films.troubles), progress, 0.3))
    for entry in _told(entries, progress, 0.3, 0.7):
        films.add(entry)
    still_there = [
        StillThere(recording, film.path)
        for recording in _told(deleted, progress, 0.7, 0.8)
        for film in films.still_of(recording)
    ]
    gone = {each.fingerprint for each in deleted if each.fingerprint}
    lost = _each_likely_once([films.find(each, gone) for each in _told(missing, progress, 0.8, 1.0)])
    placed = {path for each in lost for path in each.found} | {each.path for each in still_there}
    rest = (film for film in films.all if film.path not in placed and not films.is_named(film))
    unknown = (film for film in rest if film.is_known)
    return Survey(
        tuple(lost),
        tuple(sorted(unknown, key=lambda film: film.path)),
        tuple(still_there),
        tuple(films.troubles),
    )


@dataclass
class _Films:
    """The films below a folder as they are learnt of: first those in their place, then all the others."""

    home: FilmHome
    folder: Path
    all: list[FoundFilm] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """The paths in the folder of which something is said already."""
    _by_size: dict[int, list[FoundFilm]] = field(default_factory=lambda: defaultdict(list))
    _in_place: set[object] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)
    _fingerprints: dict[str, str] = field(default_factory=dict)

    def why_lost(self, recording: Recording, *, thorough: bool) -> str:
        """Why this recording's film is not in its place, one sentence; "" when it is."""
        try:
            film = film_in(self.home, recording.path)
            there = film.path.stat()
            differs = bool(recording.fingerprint) and (
                (0 < recording.size != size_of(film))
                or (thorough and content_of(film) != recording.fingerprint)
            )
        except FilmMissing as error:
            return f"{shown_path(recording.path)}: the film is missing." if recording.path else str(error)
        except FilmError as error:
            return str(error)
        except OSError as error:
            return str(cannot_be_read(shown_path(recording.path), error))
        if differs:
            return f"{shown_path(recording.path)}: not the film that was added; its content differs."
        if recording.state is RecordingState.MISSING:
            return f"{shown_path(recording.path)}: the film was missing, and is there again."
        # The same file may be spelt in two ways, where case or accents do not matter.
        self._in_place |= {(there.st_dev, there.st_ino), os.path.normcase(film.path)}
        return ""

    def add(self, entry: os.DirEntry[str]) -> None:
        """Take this file among the films, if it may be one."""
        path = Path(entry.path).relative_to(self.folder).as_posix()
        try:
            found = entry.stat(follow_symlinks=False)
            film = film_at(self.home, Path(entry.path))
            kind = check_kind(film.path) if film.clear_file else check_bytes(film)
            size = size_of(film)
        except (FilmRefused, FilmDamaged) as error:
            if is_film_by_name(Path(entry.path)):
                self._trouble(path, error)
            return
        except (FilmError, OSError) as error:
            self._trouble(path, error)
            return
        if {(found.st_dev, found.st_ino), os.path.normcase(entry.path)} & self._in_place:
            self._named.add(path)
        found_film = FoundFilm(path, size, can_be_named(self.folder, path), is_known=bool(kind))
        self.all.append(found_film)
        self._by_size[size].append(found_film)

    def _trouble(self, path: str, error: Exception) -> None:
        if path not in self.told:
            self.told.add(path)
            self.troubles.append(str(cannot_be_read(shown_path(path), error)))

    def is_named(self, film: FoundFilm) -> bool:
        """Whether a recording has this film, in its place."""
        return film.path in self._named

    def still_of(self, recording: Recording) -> Iterator[FoundFilm]:
        """The films of a recording that was deleted, apart from those that were taken in once more."""
        if recording.fingerprint:
            return (film for film in self._same(recording) if not self.is_named(film))
        return (film for film in self.all if film.path == recording.path and not self.is_named(film))

    def find(self, lost: Lost, gone: set[str]) -> Lost:
        """Where the film of a recording is by now. `gone` are the fingerprints of film that was deleted."""
        recording = lost.recording
        if recording.fingerprint:
            films = self._same(recording)
            doubt = DELETED_ONCE if recording.fingerprint in gone else ""
        else:
            films, doubt = self._likely(recording), LIKELY
        films.sort(key=lambda film: (self.is_named(film), *_distance(recording.path, film.path)))
        found = tuple(film.path for film in films if film.can_be_named)
        if films and not found:
            where = shown_path(films[0].path)
            return replace(
                lost, why=f"{lost.why} It is at {where}, which a caseload cannot keep. Rename the file first."
            )
        return replace(lost, found=found, doubt=doubt if found else "")

    def _same(self, recording: Recording) -> list[FoundFilm]:
        """The films with this recording's fingerprint."""
        return [
            film for film in self._as_large(recording) if self._fingerprint(film) == recording.fingerprint
        ]

    def _likely(self, recording: Recording) -> list[FoundFilm]:
        """The one film, named by no recording, that has this recording's name, size and length."""
        if not recording.size and not recording.duration_ms:
            return []
        films = [
            film
            for film in self._as_large(recording)
            if _name(film.path) == _name(recording.path) and not self.is_named(film)
        ]
        films = [
            film for film in films if _lasts_as_long(film_at(self.home, self.folder / film.path), recording)
        ]
        return films if len(films) == 1 else []

    def _as_large(self, recording: Recording) -> list[FoundFilm]:
        return self._by_size.get(recording.size, []) if recording.size else self.all

    def _fingerprint(self, film: FoundFilm) -> str:
        """The fingerprint of a film, "" where it cannot be read."""
        if film.path not in self._fingerprints:
            try:
                self._fingerprints[film.path] = content_of(film_at(self.home, self.folder / film.path))
            except OSError as error:
                self._fingerprints[film.path] = ""
                self._trouble(film.path, error)
        return self._fingerprints[film.path]


def _entries(folder: Path, troubles: list[str]) -> Iterator[os.DirEntry[str]]:
    """The files below a folder; hidden ones, links and what is no file are left out."""
    folders = [str(folder)]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        yield entry
        except OSError as error:
            name = shown_path(os.path.relpath(here, folder))
            troubles.append(f"The folder {name} cannot be read: {error.strerror}.")


def _lasts_as_long(film: FilmSource, recording: Recording) -> bool:
    """Whether a film is as long as the recording says. Where no length is known, the size must do."""
    from vigtui.film.probing import probe

    if not recording.duration_ms:
        return True
    try:
        return abs(probe(film).duration_ms - recording.duration_ms) <= _MILLISECONDS_APART
    except FilmError:
        return False


def _each_likely_once(lost: list[Lost]) -> list[Lost]:
    """Without the likely films that are likely for more than one recording."""
    likely = Counter(each.found[0] for each in lost if each.doubt == LIKELY)
    return [
        replace(each, found=(), doubt="") if each.doubt == LIKELY and likely[each.found[0]] > 1 else each
        for each in lost
    ]


def _name(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/").rpartition("/")[2])


def _distance(was: str, path: str) -> tuple[bool, int, int, str]:
    """How far a path is from where a film was: another name, folders not shared, length, alphabet."""
    old, new = PurePosixPath(was.replace("\\", "/")).parts[:-1], PurePosixPath(path).parts[:-1]
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    return _name(was) != _name(path), -shared, len(new), path


def _told(things: Sequence[T], progress: Progress, start: float, end: float) -> Iterator[T]:
    """The things one by one, reporting the part done before each."""
    for number, thing in enumerate(things):
        progress(start + (end - start) * number / len(things))
        yield thing


def _told_endless(things: Iterator[T], progress: Progress, part: float) -> Iterator[T]:
    """The things one by one while nobody knows how many there are, so that the search can be stopped."""
    for thing in things:
        progress(part)
        yield thing
