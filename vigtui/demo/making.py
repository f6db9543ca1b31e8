"""Makes the demo once: a caseload file, and the films beside it."""

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import LibraryMissing
from vigtui.film.files import fingerprint
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CannotSaveError, CaseloadError

FILE_NAME = "demo.vig.json"

Progress = Callable[[str, float], None]
"""Is called with what is being done, in words, and how far it is, from 0 to 1."""


def make_demo(folder: Path, progress: Progress, today: dt.date | None = None) -> Path:
    """Return the demo's caseload in `folder`, made now or found there; `today` places its dates.

    What a broken-off making left undone is completed; films that the user has deleted are not made again.
    Without libmpv, or where a film cannot be made, the caseload is made without it: its recordings stay
    missing, the last words of `progress` say why, and a later call tries again. Blocks for some seconds the
    first time: call it in a worker.

    Raises CannotSaveError when the folder cannot be written, and DemoDataError when one of the files that
    tell the demo says what cannot be. A demo caseload that cannot be opened is returned as it is, for whoever
    opens it to tell why.
    """
    try:
        return _make(folder, progress, today)
    except OSError as error:
        why = f"The demo cannot be made in {folder}: {error.strerror or error}."
        raise CannotSaveError(why) from error


def _make(folder: Path, progress: Progress, today: dt.date | None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    if not path.exists():
        progress("Writing the demo caseload", 0.0)
        _write_caseload(path, today or dt.datetime.now().astimezone().date())
    try:
        caseload = Caseload.open(path)
    except CaseloadError:
        return path
    try:
        _complete(caseload, progress)
    finally:
        caseload.close()
    return path


def _write_caseload(path: Path, today: dt.date) -> None:
    """Write the file somewhere near and move it into place, so that it is there whole or not at all."""
    from vigtui.demo.loader import load_demo

    demo = load_demo(today)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=path.parent) as folder:
        caseload = Caseload.create(Path(folder) / FILE_NAME, service=demo.service, by="demo", demo=True)
        with caseload.transaction("Make the demo"):
            for record in demo.records:
                caseload.save(record)
        status = caseload.flush()
        caseload.close()
        if status.state != "saved":
            raise OSError(status.why)
        caseload.path.replace(path)


def _complete(caseload: Caseload, progress: Progress) -> None:
    """Make the films that were never made, and note what they are in their recordings."""
    to_make = [
        each
        for each in caseload.all(Recording)
        if each.state is RecordingState.MISSING and each.path and not each.fingerprint
    ]
    trouble = _film(caseload.folder, to_make, progress) if to_make else ""
    with caseload.transaction("Make the demo's films"):
        for recording in to_make:
            film = caseload.folder / recording.path
            if film.exists():
                caseload.save(
                    replace(
                        recording,
                        state=RecordingState.PRESENT,
                        size=film.stat().st_size,
                        fingerprint=fingerprint(film),
                    )
                )
    progress(f"The demo is without some of its film. {trouble}" if trouble else "The demo is ready", 1.0)


def _film(folder: Path, recordings: list[Recording], progress: Progress) -> str:
    """Make the films that are not there yet; return a sentence when some could not be made."""
    from vigtui.demo.filming import make_films
    from vigtui.demo.films import FILMS, path_of
    from vigtui.film.libmpv import libmpv

    wanted = {recording.path for recording in recordings}
    names = [name for name in FILMS if path_of(name) in wanted and not (folder / path_of(name)).exists()]
    if not names:
        return ""
    try:
        libmpv()
    except LibraryMissing as missing:
        return str(missing)

    def tell(done: int) -> None:
        progress(f"Drawing film {min(done + 1, len(names))} of {len(names)}", done / len(names))

    tell(0)
    return make_films(folder, names, tell)
