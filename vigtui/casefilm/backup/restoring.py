"""Putting a backup back: the words where there are none any more, and film that is missing.

What the caseload says that is here, or its newest earlier version, counts more than the backup: film that was
deleted since does not come back, and neither does what was erased.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.backup import description
from vigtui.casefilm.backup.bringing import bring
from vigtui.casefilm.backup.description import Description, Kept
from vigtui.casefilm.backup.errors import NO_ANSWER, BackupError
from vigtui.casefilm.backup.files import OriginalError, holds
from vigtui.casefilm.backup.gathering import named
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.foreign.files import open_file, read_own
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.store.film_keys import follow_key
from vigtui.store.format.layout import LayoutError
from vigtui.store.snapshot import snapshot_of
from vigtui.values.text import one_line, shown_path
from vigtui.vault.envelope import DamagedError, is_encrypted
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.keyring import Keyring

Progress = Callable[[str, float], None]

_GOES_ON = "Put back once more, it goes on where this stopped."


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
        if not _answers(folder):
            raise BackupError(f"Nothing was put back: {NO_ANSWER}.")
        raise BackupError(
            f"The caseload in {shown_path(str(folder))} cannot be read as it was written. Nothing was put"
            " back."
        )
    return path


def are_here(file: Path, key: Key | None) -> bool:
    """Whether there is a caseload here that can be read: then its words stay as they are."""
    return recovery.contents(file, Keyring(key)).readable


def has_another_key(words: Path, key: Key | None) -> bool:
    """Whether the caseload in a backup is encrypted with another key than this one: then so is its film."""
    with contextlib.suppress(OSError, DamagedError):
        with open_file(words) as file:
            data = read_own(file)
        return key is not None and is_encrypted(data) and not key.fits(data)
    return False


def restore(
    file: Path,
    folder: Path,
    held: Description,
    key: Key | None,
    progress: Progress,
    then: Key | None = None,
) -> Restored:
    """Put back what is missing of a caseload. Where its key is not the one that the backup was made with,
    that was `then`: film that comes back opens with the key of now, and with no other. Blocks. Raises a
    CaseloadError; film that came already stays."""
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
        failed += _with_key_of_now(caseload, then)
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
        recording = caseload.get(Recording, each.recording)
        path = recording.path if recording else paths[each.recording]
        try:
            came += bring(caseload, path, folder, each)
        except FilmError as error:
            failed.append(str(error))
        except OriginalError as error:
            failed.append(f"{shown_path(path)} is not put back: in the backup, {error}.")
        except OSError as error:
            failed.append(f"{shown_path(path)} is not put back: {error.strerror or error}.")
        else:
            _is_present(caseload, each)
            continue
        if not _answers(folder):
            return came, [*failed[:-1], f"Not all film came back: {NO_ANSWER}. {_GOES_ON}"]
    return came, failed


def _answers(folder: Path) -> bool:
    """Whether what the backup is on can still be read."""
    try:
        return description.read(folder) is not None
    except OSError:
        return False


def _with_key_of_now(caseload: Caseload, then: Key | None) -> list[str]:
    """Have film that opens with the key of then opened by that of now."""
    try:
        follow_key(caseload.folder, then, caseload.key)
    except OSError as error:
        return [f"Film that came back opens with the passphrase of then alone: {error.strerror or error}."]
    return []


def _is_present(caseload: Caseload, kept: Kept) -> None:
    recording = caseload.get(Recording, kept.recording)
    if recording is not None and recording.state is RecordingState.MISSING and not kept.ending:
        caseload.enter(replace(recording, state=RecordingState.PRESENT))
