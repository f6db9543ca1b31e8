"""Makes the demo once: a caseload file, and the films beside it."""

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping
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


def demo_file(folder: Path, today: dt.date | None = None) -> Path:
    """Return the demo's caseload in `folder`, made now or found there; `today` places its dates. Its film is
    missing at first. Takes a quarter of a second.

    Raises CannotSaveError when the folder cannot be written, and DemoDataError when one of the files that
    tell the demo says what cannot be. A demo caseload that cannot be opened is returned as it is, for whoever
    opens it to tell why.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_caseload(path, today or dt.datetime.now().astimezone().date())
    except OSError as error:
        why = f"The demo cannot be made in {folder}: {error.strerror or error}."
        raise CannotSaveError(why) from error
    return path


def make_demo(folder: Path, progress: Progress, today: dt.date | None = None) -> Path:
    """The same, with its film: what a broken-off making left undone is completed; films that the user has
    deleted are not made again.

    Without libmpv, or where a film cannot be made, its recordings stay missing, the last words of `progress`
    say why, and a later call tries again. Blocks for some seconds the first time.
    """
    path = demo_file(folder, today)
    try:
        caseload = Caseload.open(path)
    except CaseloadError:
        return path
    try:
        wanted = films_to_draw(caseload)

        def drawn(film: str, done: int) -> None:
            note_film(caseload, wanted[film], film)
            progress(drawing_words(done, len(wanted)), done / len(wanted))

        trouble = draw_films(caseload.folder, wanted, drawn) if wanted else ""
    finally:
        caseload.close()
    progress(without_film(trouble) if trouble else "The demo is ready", 1.0)
    return path


def drawing_words(done: int, of: int) -> str:
    """What is being made, once `done` films of so many are there."""
    return f"drawing film {min(done + 1, of)} of {of}"


def without_film(why: str) -> str:
    """The sentence when some film could not be made."""
    return f"The demo is without some of its film. {why}"


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


def films_to_draw(caseload: Caseload) -> dict[str, str]:
    """Return the paths of films that were never made, each with the id of its recording."""
    return {
        each.path: each.id
        for each in caseload.all(Recording)
        if each.state is RecordingState.MISSING and each.path and not each.fingerprint
    }


def draw_films(folder: Path, wanted: Mapping[str, str], drawn: Callable[[str, int], None]) -> str:
    """Make the films that are not below `folder` yet. `drawn` is called with the path of each that is there,
    and how many are; when it raises, no further film is begun.

    Returns a sentence when some could not be made, else "". Blocks until all are done.
    """
    from vigtui.demo.filming import make_films
    from vigtui.demo.films import FILMS, path_of
    from vigtui.film.libmpv import libmpv

    names = {name: path_of(name) for name in FILMS if path_of(name) in wanted}
    there = [path for path in names.values() if (folder / path).exists()]
    for done, path in enumerate(there, start=1):
        drawn(path, done)
    left = [name for name, path in names.items() if path not in there]
    if not left:
        return ""
    try:
        libmpv()
    except LibraryMissing as missing:
        return str(missing)
    number = len(there)

    def made(name: str) -> None:
        nonlocal number
        if (folder / names[name]).exists():
            number += 1
            drawn(names[name], number)

    return make_films(folder, left, made)


def note_film(caseload: Caseload, recording: str, film: str) -> None:
    """Note in its recording that a film is there, no step to undo. A film whose recording was deleted or
    erased meanwhile goes again. Raises CaseloadError, and OSError when the film cannot be read."""
    found, path = caseload.get(Recording, recording), caseload.folder / film
    if found is None or found.state is RecordingState.DELETED:
        path.unlink(missing_ok=True)
    elif found.state is RecordingState.MISSING and not found.fingerprint and found.path == film:
        size, mark = path.stat().st_size, fingerprint(path)
        caseload.enter(replace(found, state=RecordingState.PRESENT, size=size, fingerprint=mark))
