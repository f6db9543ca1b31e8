"""Taking a film into the caseload: choosing, copying or encrypting it if need be, reading what it is."""

import asyncio
from pathlib import Path

from vigtui.casefilm.adding import FilmFile, copy_film, find_chosen, is_to_encrypt, path_in_folder, read_film
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
            relative, size = await asyncio.to_thread(find_chosen, caseload, path)
            break
        except (FilmError, OSError) as error:
            screen.tell(str(error), problem=True)
    name = one_line(path.name)
    if not relative and not await screen.ask(_question(screen, path, size, copy_name)):
        return None

    def read(progress: Progress) -> FilmFile:
        return read_film(caseload, relative) if relative else copy_film(caseload, path, copy_name, progress)

    return _film_or_words(screen, await screen.ask(WorkingScreen(f"Reading {name}", read)))


async def take_found_film(screen: CaseScreen, relative: str) -> FilmFile | None:
    """Read a film that is in the caseload's folder; None, and said why, when it cannot be. Call it from a
    worker of `screen`."""
    caseload = screen.caseload

    def read(progress: Progress) -> FilmFile:
        found = path_in_folder(caseload.folder, relative)
        path = caseload.folder / found
        if is_to_encrypt(caseload, path):
            return copy_film(caseload, path, "", progress)
        return read_film(caseload, found)

    return _film_or_words(screen, await screen.ask(WorkingScreen(f"Reading {shown_path(relative)}", read)))


def _question(screen: CaseScreen, path: Path, size: int, copy_name: str) -> ConfirmScreen:
    name, where = one_line(path.name), "the media folder beside the caseload"
    if is_to_encrypt(screen.caseload, path):
        question = (
            f"Encrypt {name} ({shown_size(size)}) into {where}, as the caseload is? It is read back, and "
            "then you are asked whether the clear film goes."
        )
        return ConfirmScreen(question, "Encrypt it", "Leave it")
    question = (
        f"{name} is outside the caseload's folder. Copy it ({shown_size(size)}) into {where}, as "
        f"{copy_name}? The film stays where it is, too; the register "
        f"({key_for(screen, 'caseload.register')}) lists it."
    )
    return ConfirmScreen(question, "Copy it in", "Leave it")


async def _ask_path(screen: CaseScreen) -> Path | None:
    """Ask for a file, beginning where the last film was found; in an encrypted caseload nobody remembers."""
    places = screen.workspace.places
    last = places.get(_LAST_FOLDER)
    start = Path(last) if isinstance(last, str) else screen.caseload.folder
    path = await screen.ask(FileScreen("Which film?", start, endings=FILM_ENDINGS))
    if path is not None and not screen.caseload.encrypted:  # A folder may be called after a family.
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
