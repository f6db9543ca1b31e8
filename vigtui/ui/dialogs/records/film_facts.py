"""Taking a film into the caseload: choosing the file, copying it in if need be, reading what it is."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from vigtui.film.errors import FilmError, FilmOutside, LibraryMissing
from vigtui.film.files import choose, copy_in, fingerprint, shown_name
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.files import FILM_ENDINGS, FileScreen
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import VigScreen
from vigtui.values.text import one_line

_LAST_FOLDER = "film folder"


@dataclass(frozen=True)
class FilmFile:
    """A film in the caseload's folder, as a recording names it.

    `duration_ms` is 0, and `trouble` the sentence why, when libmpv is not there to read it.
    """

    path: str
    size: int
    fingerprint: str
    duration_ms: int
    trouble: str = ""


def show_size(size: int) -> str:
    """Bytes as people say them: "32 MB", "1.2 GB"."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)} kB"
    return f"{size / 1_000_000:.0f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:.1f} GB"


async def take_film(screen: VigScreen, copy_name: str) -> FilmFile | None:
    """Let the person choose a film. None when they leave.

    What is no film is said, and another may be chosen. A copy made in the caseload's folder is called
    `copy_name`. Call it from a worker of `screen`.
    """
    folder = screen.caseload.folder
    while True:
        path = await _ask_path(screen)
        if path is None:
            return None
        try:
            relative, size = await asyncio.to_thread(_choose, folder, path)
            break
        except (FilmError, OSError) as error:
            screen.tell(str(error), problem=True)
    name = one_line(path.name)
    question = (
        f"{name} lies outside the caseload's folder. Copy it ({show_size(size)}) into the media folder "
        f"beside the caseload, as {copy_name}? The film stays where it is, too."
    )
    if not relative and not await screen.ask(ConfirmScreen(question, "Copy it in", "Leave it")):
        return None

    def read(progress: Progress) -> FilmFile:
        return read_film(folder, relative or copy_in(folder, path, copy_name, progress))

    return _film_or_words(screen, await screen.ask(WorkingScreen(f"Reading {name}", read)))


async def take_found_film(screen: VigScreen, relative: str) -> FilmFile | None:
    """Read a film that lies in the caseload's folder; None, and said why, when it cannot be. Call it from a
    worker of `screen`."""
    folder = screen.caseload.folder

    def read(_: Progress) -> FilmFile:
        return read_film(folder, choose(folder, folder / relative))

    return _film_or_words(screen, await screen.ask(WorkingScreen(f"Reading {shown_name(relative)}", read)))


async def _ask_path(screen: VigScreen) -> Path | None:
    """Ask for a file, beginning where the last film was found."""
    places = screen.workspace.places
    last = places.get(_LAST_FOLDER)
    start = Path(last) if isinstance(last, str) else screen.caseload.folder
    path = await screen.ask(FileScreen("Which film?", start, endings=FILM_ENDINGS))
    if path is not None:
        places.set(_LAST_FOLDER, str(path.parent))
    return path


def _choose(folder: Path, path: Path) -> tuple[str, int]:
    """The path relative to the folder, "" when the film is to be copied in, and the size in bytes."""
    try:
        return choose(folder, path), path.stat().st_size
    except FilmOutside:
        return "", path.stat().st_size


def _film_or_words(screen: VigScreen, answer: FilmFile | Exception | None) -> FilmFile | None:
    if isinstance(answer, FilmFile):
        if answer.trouble:
            screen.tell(f"{answer.trouble} The recording is added without its length.", problem=True)
        return answer
    if isinstance(answer, FilmError | OSError):
        screen.tell(str(answer), problem=True)
    elif answer is not None and not isinstance(answer, Left):
        raise answer
    return None


def read_film(folder: Path, relative: str) -> FilmFile:
    """Read what a film of the caseload's folder is. Blocks. Raises FilmError, OSError."""
    from vigtui.film.probing import probe

    path = folder / relative
    duration_ms, trouble = 0, ""
    try:
        duration_ms = probe(path).duration_ms
    except LibraryMissing as error:
        trouble = str(error)
    return FilmFile(relative, path.stat().st_size, fingerprint(path), duration_ms, trouble)
