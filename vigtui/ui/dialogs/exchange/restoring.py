"""Putting a backup back from the screens: a caseload that is not there any more, and film that is missing."""

import asyncio
from pathlib import Path
from typing import Any, TypeVar

from textual.app import App
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen

from vigtui.casefilm.backup.description import Description
from vigtui.casefilm.backup.place import ENDING, find_backup, refuse_other_kind
from vigtui.casefilm.backup.restoring import Restored, are_here, has_another_key, restore, words_in
from vigtui.casefilm.backup.sticks import backups_on_sticks
from vigtui.casefilm.backup.told import held_words, restored_words
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.errors import CaseloadError
from vigtui.store.recovery import when_words
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.files import CASELOADS, FileScreen, FolderScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.values.text import clean, one_line, shown_path
from vigtui.vault.key import Key
from vigtui.workspace.places import Places

_OTHER = "other"
_WHICH = "Which backup?"
_IN_WHICH_FOLDER = f"Which backup? Its folder, on a stick or a share, ends in {ENDING}"
_WHERE = "Where is the caseload on this machine, or was?"
_INTRO = "What is missing here comes back. What was deleted or erased here does not, and nothing is lost."

T = TypeVar("T")
Backup = tuple[Path, Description]


class _LeftError(Exception):
    """The person left one of the questions."""


async def put_back_backup(app: App[Any], places: Places) -> Caseload | None:
    """Ask for a backup and where its caseload is, and put back what is missing. Return the caseload, open;
    None when that was left. Call it from a worker. Raises CaseloadError."""
    try:
        folder, held = await _which(app)
        file = await _where(app, places, held)
        here = await asyncio.to_thread(are_here, file, None)
        words = folder / held.words.name if here else await asyncio.to_thread(words_in, folder, held)
        key = await _key_to(app, file if here else words, file.name)
        then = None
        if here and await asyncio.to_thread(has_another_key, words, key):
            then = await _key_to(app, words, f"{file.name} of {when_words(held.words.at)}")
        question = " ".join(held_words(folder, held, here=here))
        if not await app.push_screen_wait(ConfirmScreen(question, "Put it back", "Leave it")):
            return None
        done = await _restored(app, file, (folder, held), key, then)
    except _LeftError:
        return None
    told = clean("\n".join([*restored_words(file, done), *done.failed]))
    severity: SeverityLevel = "warning" if done.failed else "information"
    app.notify(told, title="Backup", severity=severity, markup=False, timeout=15)
    return await asyncio.to_thread(Caseload.open, file, key=key)


async def _asked(app: App[Any], screen: ModalScreen[T | None]) -> T:
    answer = await app.push_screen_wait(screen)
    if answer is None:
        raise _LeftError
    return answer


async def _which(app: App[Any]) -> Backup:
    """Ask for one of the backups on what is mounted, or in another folder."""
    found = await asyncio.to_thread(backups_on_sticks)
    options = [*((str(folder), _called(folder, held)) for folder, held in found), (_OTHER, "Another folder…")]
    chosen = await _asked(app, ChooseScreen(_WHICH, options, intro=_INTRO)) if found else _OTHER
    if chosen == _OTHER:
        folder = await _asked(app, FolderScreen(_IN_WHICH_FOLDER, Path.home(), ending=ENDING))
        return await asyncio.to_thread(find_backup, folder, folder)
    backup = next(each for each in found if str(each[0]) == chosen)
    refuse_other_kind(backup[0])
    return backup


def _called(folder: Path, held: Description) -> str:
    return one_line(f"{held.file}, {when_words(held.words.at)}, on {folder.parent.name or folder}")


async def _where(app: App[Any], places: Places, held: Description) -> Path:
    """Ask for the caseload's file: where it was opened on this machine, or a new one."""
    known = [path for path, identity in reversed(places.shelf.items()) if identity == held.caseload]
    options = [*((str(path), shown_path(str(path))) for path in known), (_OTHER, "Another place…")]
    chosen = await _asked(app, ChooseScreen(_WHERE, options)) if known else _OTHER
    if chosen != _OTHER:
        return Path(chosen)
    return await _asked(app, FileScreen(_WHERE, Path.home(), endings=CASELOADS, new=held.file))


async def _key_to(app: App[Any], path: Path, name: str) -> Key | None:
    """Ask for the passphrase of an encrypted caseload, called `name`; None where it is clear."""
    name = one_line(name)
    if not await asyncio.to_thread(is_encrypted, path):
        return None
    asking = PassphraseScreen[Key | None](name, lambda words: unlock(path, words, name))
    answer = await app.push_screen_wait(asking)
    if answer is None:
        raise _LeftError
    if isinstance(answer, CaseloadError):
        raise answer
    return answer


async def _restored(app: App[Any], file: Path, backup: Backup, key: Key | None, then: Key | None) -> Restored:
    def put_back(progress: Progress) -> Restored:
        return restore(file, *backup, key, lambda _words, part: progress(part), then)

    done = await app.push_screen_wait(WorkingScreen(f"Putting {one_line(file.name)} back", put_back))
    if isinstance(done, Left):
        raise _LeftError
    if isinstance(done, Exception):
        raise done
    return done
