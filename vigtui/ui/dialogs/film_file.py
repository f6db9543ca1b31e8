"""Taking a film into the caseload: choosing the file, copying it in if need be, reading what it is."""

import asyncio
from pathlib import Path

from vigtui.casefilm.adding import FilmFile, copy_film, find_chosen, path_in_folder, read_film
from vigtui.film.errors import FilmError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.files import FILM_ENDINGS, FileScreen
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import one_line, shown_path, shown_size

_LAST_FOLDER = "film folder"


async def take_film(screen: CaseScreen, copy_name: str) -> FilmFile | None:
    """Let the person choose a film. None when they leave.

    What is no film is said, and another may be chosen. A copy made in the caseload's folder is called
    `copy_name`. Call it from a worker of `screen`.
    """
    caseload = screen.caseload
    while True:
        path = await _ask_path(screen)
        if path is None:
            return None
        try:
            relative, size = await asyncio.to_thread(find_chosen, caseload.folder, path)
            break
        except (FilmError, OSError) as error:
            screen.tell(str(error), problem=True)
    name = one_line(path.name)
    question = (
        f"{name} is outside the caseload's folder. Copy it ({shown_size(size)}) into the media folder "
        f"beside the caseload, as {copy_name}? The film stays where it is, too; the register "
        f"({key_for(screen, 'caseload.register')}) lists it."
    )
    if not relative and not await screen.ask(ConfirmScreen(question, "Copy it in", "Leave it")):
        return None

    def read(progress: Progress) -> FilmFile:
        return read_film(caseload, relative) if relative else copy_film(caseload, path, copy_name, progress)

    return _film_or_words(screen, await screen.ask(WorkingScreen(f"Reading {name}", read)))


async def take_found_film(screen: CaseScreen, relative: str) -> FilmFile | None:
    """Read a film that is in the caseload's folder; None, and said why, when it cannot be. Call it from a
    worker of `screen`."""
    caseload = screen.caseload

    def read(_: Progress) -> FilmFile:
        return read_film(caseload, path_in_folder(caseload.folder, relative))

    return _film_or_words(screen, await screen.ask(WorkingScreen(f"Reading {shown_path(relative)}", read)))


async def _ask_path(screen: CaseScreen) -> Path | None:
    """Ask for a file, beginning where the last film was found."""
    places = screen.workspace.places
    last = places.get(_LAST_FOLDER)
    start = Path(last) if isinstance(last, str) else screen.caseload.folder
    path = await screen.ask(FileScreen("Which film?", start, endings=FILM_ENDINGS))
    if path is not None:
        places.set(_LAST_FOLDER, str(path.parent))
    return path


def _film_or_words(screen: CaseScreen, answer: FilmFile | Exception | None) -> FilmFile | None:
    if isinstance(answer, FilmFile):
        if answer.trouble:
            without = "" if answer.duration_ms else " The recording is added without its length."
            screen.tell(answer.trouble + without, problem=True)
        return answer
    if isinstance(answer, FilmError | OSError):
        screen.tell(str(answer), problem=True)
    elif answer is not None and not isinstance(answer, Left):
        raise answer
    return None
