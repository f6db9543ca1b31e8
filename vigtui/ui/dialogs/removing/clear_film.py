"""The clear files that are left once film is encrypted: named wherever they lie, and deleted if wanted."""

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from vigtui.casefilm.deleting import delete_clear_file
from vigtui.casefilm.encrypted.turning import delete_clear, same_in_clear
from vigtui.domain.records import Recording
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import shown_path

_MOST_NAMED = 5


async def offer_clear(screen: CaseScreen, recordings: Sequence[Recording], originals: Iterable[Path]) -> bool:
    """Offer to delete the clear files of film that is encrypted by now: `originals`, from which it was, and
    what the caseload's folder has of it besides. Return whether all are gone. Call it from a worker of
    `screen`."""
    caseload = screen.caseload
    found = await screen.ask(
        WorkingScreen("Looking for clear film", lambda _: same_in_clear(caseload, recordings))
    )
    here = found if isinstance(found, list) else []
    inside = {(caseload.folder / path).resolve() for path in here}
    outside = [path for path in originals if path.resolve() not in inside]
    files = [*outside, *(Path(path) for path in here)]
    if not files or not await screen.ask(ConfirmScreen(_question(files), "Delete it there", "Keep it")):
        return not files
    return await asyncio.to_thread(_delete, screen, outside, here)


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
