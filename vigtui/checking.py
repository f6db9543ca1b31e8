"""Everything that can be found wrong with a caseload and its film, one line a finding."""

from collections.abc import Iterator
from pathlib import Path

from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.settings import SettingsError
from vigtui.store.caseload import Caseload
from vigtui.store.check import check
from vigtui.video import media
from vigtui.video.errors import FilmError
from vigtui.workspace import load_principles


def findings(path: Path) -> list[str]:
    """Look at the file at `path` and at the films it names. Raises CaseloadError when it cannot be opened."""
    found = [str(finding) for finding in check(path)]
    caseload = Caseload.open(path)
    try:
        found += film_findings(caseload.all(Recording), caseload.folder)
        load_principles(caseload.folder)
    except SettingsError as error:
        found.append(str(error))
    finally:
        caseload.close()
    return found


def film_findings(recordings: list[Recording], folder: Path) -> Iterator[str]:
    """What is wrong with the films, compared with what their recordings say."""
    for recording in recordings:
        if recording.state is RecordingState.DELETED:
            if recording.path and (folder / recording.path).exists():
                yield f"{recording.path}: recorded as deleted, and the film is still there."
            continue
        try:
            film = media.resolve(folder, recording.path)
        except FilmError as error:
            yield str(error)
            continue
        if recording.fingerprint and media.fingerprint(film) != recording.fingerprint:
            yield f"{recording.path}: not the film that was added; its content differs."
