"""One file of film, from a backup to where the caseload has it: as encrypted as the caseload is by now."""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from vigtui.casefilm.backup.description import Kept
from vigtui.casefilm.backup.files import OriginalError, copy_whole, holds, remove_unfinished
from vigtui.casefilm.backup.headers import kept_header
from vigtui.casefilm.encrypted.files import encrypt_into, encrypt_words, opened_beside, word_files
from vigtui.casefilm.home import encrypts
from vigtui.domain.records import Recording
from vigtui.film.errors import FilmRefused
from vigtui.film.files import MEDIA_FOLDER, place_for, resolve
from vigtui.foreign.files import open_file
from vigtui.store.caseload import Caseload
from vigtui.values.text import shown_path
from vigtui.vault.film.layout import ENDING, film_id_in, is_called_encrypted


def bring(caseload: Caseload, path: str, folder: Path, kept: Kept) -> bool:
    """Bring film of the recording that names `path`, or what is said in it, from the backup in a folder, if
    it is missing, and return whether it was. What has its name already stays. Blocks. Raises FilmError,
    OriginalError, OSError."""
    if not kept.ending and _is_there(place_for(caseload.folder, path)):
        return False
    if kept.header:
        return _bring_encrypted(caseload, path, folder, kept)
    if encrypts(caseload) and not kept.is_whole_encrypted:
        return _encrypt(caseload, path, folder, kept)
    target = place_for(caseload.folder, path)
    return _copy(folder, kept, target.with_name(target.stem + kept.ending) if kept.ending else target)


def _bring_encrypted(caseload: Caseload, path: str, folder: Path, kept: Kept) -> bool:
    if not encrypts(caseload):
        raise FilmRefused(
            f"{shown_path(path)} is encrypted in the backup, and the caseload is not. Encrypt that first:"
            " `vigtui encrypt`."
        )
    header = kept_header(folder, kept)
    target = place_for(caseload.folder, path)
    if kept.ending:
        return _copy(folder, kept, target.with_name(target.stem + kept.ending), header)
    if target.stem != film_id_in(header):  # The backup was broken off before it had the film of now.
        target = caseload.folder / MEDIA_FOLDER / f"{film_id_in(header)}{ENDING}"
    came = _copy(folder, kept, target, header)
    _let_name(caseload, kept.recording, target)
    return came


def _encrypt(caseload: Caseload, path: str, folder: Path, kept: Kept) -> bool:
    """Film that was in clear when the backup was made."""
    _refuse_changed(folder, kept)
    with open_file(folder / kept.name, follow_links=False) as content:
        if not kept.ending:
            _let_name(caseload, kept.recording, encrypt_into(caseload, content, kept.suffix))
            return True
        film = resolve(caseload.folder, path)
        if not is_called_encrypted(film.name) or kept.ending in _endings(caseload, film):
            return False
        encrypt_words(caseload, film, content, kept.ending)
    return True


def _endings(caseload: Caseload, film: Path) -> Iterator[str]:
    for words in word_files(film):
        file, ending = opened_beside(caseload, film, words)
        file.close()
        yield ending


def _copy(folder: Path, kept: Kept, target: Path, header: bytes = b"") -> bool:
    if _is_there(target):
        return False
    _refuse_changed(folder, kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_unfinished(target.parent)
    copy_whole(folder / kept.name, lambda _: target, before=header)
    return True


def _refuse_changed(folder: Path, kept: Kept) -> None:
    if not all(holds(folder / name, sha256) for name, sha256 in kept.files.items()):
        raise OriginalError("it cannot be read as it was written")


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _let_name(caseload: Caseload, recording: str, film: Path) -> None:
    """Let a recording name its film where it is now."""
    now, found = film.relative_to(caseload.folder).as_posix(), caseload.get(Recording, recording)
    if found is not None and found.path != now:
        caseload.enter(replace(found, path=now))
