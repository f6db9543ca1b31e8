"""Putting a backup back: the words where there are none any more, and film that is missing.

What the caseload says that is here, or its newest earlier version, counts more than the backup: film that was
deleted since does not come back, and neither does what was erased.
"""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.backup.description import Description, Kept
from vigtui.casefilm.backup.errors import BackupError
from vigtui.casefilm.backup.files import OriginalError, copy_whole, holds, remove_unfinished
from vigtui.casefilm.backup.gathering import named
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.film.files import place_for
from vigtui.foreign.files import open_file, read_own
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.format.layout import LayoutError
from vigtui.store.snapshot import snapshot_of
from vigtui.values.text import one_line, shown_path
from vigtui.vault.envelope import DamagedError
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.keyring import Keyring

Progress = Callable[[str, float], None]


class Restored(Struct, frozen=True):
    """What was put back: whether the `words` were, what was in the caseload's place and is kept `aside`, the
    films that `came`, and what `failed`, a sentence each."""

    words: bool
    aside: Path | None
    came: int
    failed: tuple[str, ...]


def words_in(folder: Path, held: Description) -> Path:
    """Return the caseload's file in a backup. Raises BackupError when it is not as it was written."""
    path = folder / held.words.name
    if not holds(path, held.words.sha256):
        raise BackupError(
            f"The caseload in {shown_path(str(folder))} cannot be read as it was written. Nothing was put"
            " back."
        )
    return path


def are_here(file: Path, key: Key | None) -> bool:
    """Whether there is a caseload here that can be read: then its words stay as they are."""
    return recovery.contents(file, Keyring(key)).readable


def restore(file: Path, folder: Path, held: Description, key: Key | None, progress: Progress) -> Restored:
    """Put back what is missing of a caseload. Blocks. Raises a CaseloadError; film that came already
    stays."""
    here, aside = are_here(file, key), None
    if not here:
        words = words_in(folder, held)
        try:
            file.absolute().parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BackupError(f"{shown_path(str(file))} cannot be made: {error.strerror or error}.") from None
        aside = recovery.put_back(file, words)
    caseload = Caseload.open(file, key=key)
    try:
        if caseload.read_only:
            raise BackupError(caseload.read_only)
        if caseload.meta.id != held.caseload:
            raise BackupError(
                f"{one_line(file.name)} is another caseload than the one in {shown_path(str(folder))}. To put"
                " that one back, name a new file."
            )
        if not here:
            _take_in_newest(caseload, Keyring(key))
        came, failed = _films(caseload, folder, held, progress)
    finally:
        caseload.close()
    return Restored(not here, aside, came, tuple(failed))


def _take_in_newest(caseload: Caseload, keyring: Keyring) -> None:
    """Take in the newest earlier version that is here: it knows of every erasing, and of more than the
    backup."""
    for copy in recovery.copies(caseload.path):
        try:
            with open_file(copy.path) as file:
                data = read_own(file)
            caseload.merge(snapshot_of(copy.path, keyring.open(data)).tables, "Restore")
        except (OSError, CaseloadError, LayoutError, DamagedError, WrongKeyError):
            continue
        return


def _films(caseload: Caseload, folder: Path, held: Description, progress: Progress) -> tuple[int, list[str]]:
    """Bring the film back that is missing here. What has a film's name already stays."""
    paths = {each.recording: each.path for each in named(caseload)}
    wanted = [each for each in held.kept if each.recording in paths]
    came, failed = 0, list[str]()
    for number, each in enumerate(wanted):
        progress(f"Film {number + 1} of {len(wanted)}", number / len(wanted))
        path = paths[each.recording]
        try:
            came += _bring(caseload.folder, path, folder, each)
        except FilmError as error:
            failed.append(str(error))
        except OriginalError as error:
            failed.append(f"{shown_path(path)} is not put back: in the backup, {error.why}.")
        except OSError as error:
            failed.append(f"{shown_path(path)} is not put back: {error.strerror or error}.")
        else:
            _is_present(caseload, each)
    return came, failed


def _bring(home: Path, path: str, folder: Path, kept: Kept) -> bool:
    """Return whether it was missing. Raises FilmError, OriginalError, OSError."""
    target = place_for(home, path)
    if kept.ending:
        target = target.with_name(target.stem + kept.ending)
    if target.exists() or target.is_symlink():
        return False
    if not holds(folder / kept.name, kept.sha256):
        raise OriginalError("it cannot be read as it was written")
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_unfinished(target.parent)
    copy_whole(folder / kept.name, lambda _: target)
    return True


def _is_present(caseload: Caseload, kept: Kept) -> None:
    recording = caseload.get(Recording, kept.recording)
    if recording is not None and recording.state is RecordingState.MISSING and not kept.ending:
        caseload.enter(replace(recording, state=RecordingState.PRESENT))
