"""The clear files that are left once film is encrypted: named wherever they lie, and deleted if wanted."""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from vigtui.casefilm.deleting import delete_clear_file
from vigtui.casefilm.encrypted.turning import (
    FilmsChanged,
    delete_clear,
    encrypt_films,
    encrypted_films,
    same_in_clear,
)
from vigtui.domain.records import Recording
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import shown_path

_MOST_NAMED = 5


async def encrypt_film_here(screen: CaseScreen) -> None:
    """Encrypt all clear film of the caseload, say what was done, and offer to delete the clear files. Left in
    the middle, what is done stays. Call it from a worker of `screen`."""
    caseload = screen.caseload

    def encrypt(progress: Progress) -> FilmsChanged:
        return encrypt_films(caseload, lambda number, of, part: progress((number - 1 + part) / of))

    done = await screen.ask(WorkingScreen("Encrypting film", encrypt))
    if isinstance(done, CaseloadError):
        screen.tell(str(done), problem=True)
    elif isinstance(done, FilmsChanged):
        for trouble in done.troubles:
            screen.tell(f"{trouble} It stays as it was.", problem=True)
    elif isinstance(done, Left):
        screen.tell("Stopped. What is encrypted stays so; the rest is done the next time.")
    elif done is not None:
        raise done
    recordings = tuple(chain(*encrypted_films(caseload).values()))
    if await offer_clear(screen, recordings, ()):
        screen.tell("No clear film is left in the caseload's folder.")


async def offer_clear(screen: CaseScreen, recordings: Sequence[Recording], originals: Iterable[Path]) -> bool:
    """Offer to delete the clear files of film that is encrypted by now: `originals`, from which it was, and
    what the caseload's folder has of it besides. Return whether all are gone, as far as that could be looked
    for. Call it from a worker of `screen`."""
    caseload = screen.caseload
    found = await screen.ask(
        WorkingScreen("Looking for clear film", lambda _: same_in_clear(caseload, recordings))
    )
    if isinstance(found, OSError):
        why = found.strerror or found
        screen.tell(f"Clear film in the caseload's folder could not be looked for: {why}.", problem=True)
    elif isinstance(found, Exception):
        raise found
    here = found if isinstance(found, list) else []
    outside = await asyncio.to_thread(_outside, caseload.folder, here, originals)
    files = [*outside, *(Path(path) for path in here)]
    if files and not await screen.ask(ConfirmScreen(_question(files), "Delete it there", "Keep it")):
        return False
    return await asyncio.to_thread(_delete, screen, outside, here) and isinstance(found, list)


def _outside(folder: Path, here: Iterable[str], originals: Iterable[Path]) -> list[Path]:
    """The originals that are not among the files of the caseload's folder."""
    inside = {(folder / path).resolve() for path in here}
    return [path for path in originals if path.resolve() not in inside]


def _delete(screen: CaseScreen, outside: Iterable[Path], here: Iterable[str]) -> bool:
    troubles = delete_clear(screen.caseload, here)
    for path in outside:
        try:
            delete_clear_file(path)
        except OSError as error:
            troubles.append(f"{shown_path(path.name)} is still there in clear: {error.strerror}.")
    for trouble in troubles:
        screen.app.call_from_thread(screen.tell, trouble, problem=True)
    return not troubles


def _question(files: Sequence[Path]) -> str:
    named = "\n".join(f"  {shown_path(str(path))}" for path in files[:_MOST_NAMED])
    more = f"\n  and {len(files) - _MOST_NAMED} more" if len(files) > _MOST_NAMED else ""
    return (
        "The film is encrypted in the caseload by now: whole, on the disk, and read back. "
        f"In clear it is still here:\n{named}{more}\n"
        "Delete it there, for good? What other copies there are, on cards and sticks, stays yours to find."
    )
