"""Makes working copies of film that is heavy, in the background, while a caseload is open."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import vigtui
from vigtui.casefilm.home import film_key
from vigtui.casefilm.opening import FilmSource, open_film
from vigtui.casefilm.working_copies import (
    forget_copies_without_consent,
    keep_copy,
    keep_none,
    needs_copy,
    permit_copy,
    unfinished_copy,
)
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.values.days import today

_SECONDS_TO_MORE = 30.0
_SECONDS_BETWEEN_LOOKS = 0.5
_LEAST_ROOM = 64 << 20  # bytes
_SECONDS_TO_STOP = 2.0
_STOPPED = "stopped"
_LEAST_STEP = 0.05  # of a copy, by which it must grow for that to be told


class FilmCopies:
    """Makes the working copies that an open caseload needs, one after the other on a thread of its own, from
    `start` to `stop`; the copies take no more than `most_bytes`.

    `plays` says whether film plays now: then nothing is done. `told` is called on that thread when `words`
    have changed. A copy that is not complete when the program ends is made anew the next time.
    """

    def __init__(
        self, caseload: Caseload, most_bytes: int, plays: Callable[[], bool], told: Callable[[], None]
    ) -> None:
        self._caseload, self._most_bytes, self._plays, self._told = caseload, most_bytes, plays, told
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._tried: set[tuple[str, str]] = set()  # Film that is encrypted meanwhile needs another copy.
        self.words = ""

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._work, name="film copies", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Leave the caseload alone from now on, and nothing half made behind."""
        self._stopped.set()
        self._lines.put(_STOPPED)
        if self._thread:
            self._thread.join(_SECONDS_TO_STOP)

    def _work(self) -> None:
        """Look for film that needs a copy again and again: more may be added, or agreed to."""
        while not self._stopped.is_set():
            with contextlib.suppress(OSError):
                for recording, film in self._to_do():
                    self._make(recording, film)
                    self._tell("")
                    if self._stopped.is_set():
                        return
            self._stopped.wait(_SECONDS_TO_MORE)

    def _to_do(self) -> Iterator[tuple[str, FilmSource]]:
        for recording in self._caseload.all(Recording):
            if recording.state is not RecordingState.PRESENT or not recording.fingerprint:
                continue
            if (recording.path, recording.fingerprint) in self._tried:
                continue
            permission = permit_copy(self._caseload, recording.id, today())
            with contextlib.suppress(FilmError):
                if permission and not self._stopped.is_set():
                    film = open_film(self._caseload, permission, original=True)
                    if film.whole and self._needs_copy(recording, film):
                        yield recording.id, film

    def _needs_copy(self, recording: Recording, film: FilmSource) -> bool:
        """Find it out once a run: two megabytes of the film are read for it. Raises OSError."""
        needed = needs_copy(self._caseload, film)
        self._tried.add((recording.path, recording.fingerprint))
        return needed

    def _make(self, recording: str, film: FilmSource) -> None:
        """Have one copy made, and keep it if the film may still be seen then. Raises OSError."""
        unfinished = unfinished_copy(self._caseload.folder, film)
        try:
            answer = self._answer(recording, film, unfinished)
            if answer == "made":
                if permit_copy(self._caseload, recording, today()) and not self._stopped.is_set():
                    keep_copy(self._caseload.folder, film, unfinished)
                    forget_copies_without_consent(
                        self._caseload.folder, self._caseload, today(), self._most_bytes
                    )
            elif answer == "light" or (answer.startswith("no ") and self._has_room()):
                keep_none(self._caseload.folder, film)
        finally:
            unfinished.unlink(missing_ok=True)

    def _has_room(self) -> bool:
        """Whether the disk has room: libmpv does not say that it had none."""
        return shutil.disk_usage(self._caseload.folder).free > _LEAST_ROOM

    def _answer(self, recording: str, film: FilmSource, target: Path) -> str:
        """What came of making a copy; "" where it was stopped. Raises OSError."""
        paths = str(film.path.absolute()), str(target.absolute())
        process = subprocess.Popen(
            [sys.executable, "-m", "vigtui.casefilm.copy_worker", *paths],
            cwd=Path(vigtui.__file__).parents[1],
            env=os.environ | {"PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if film.clear_file is None and (key := film_key(self._caseload)):
            _say(process, key.handed_on())
        lines: SimpleQueue[str] = SimpleQueue()
        self._lines = lines
        reading = threading.Thread(target=_read, args=(process, lines), name="film copy", daemon=True)
        reading.start()
        waiting = False
        try:
            while not self._stopped.is_set() and permit_copy(self._caseload, recording, today()):
                if waiting != self._plays():
                    waiting = not waiting
                    _say(process, "wait" if waiting else "go on")
                line = ""
                with contextlib.suppress(Empty):
                    line = lines.get(timeout=_SECONDS_BETWEEN_LOOKS)
                if line.startswith("part "):
                    self._tell_part(float(line[5:]))
                elif line:
                    return line
        finally:
            process.kill()
            reading.join()
            with contextlib.suppress(OSError), process:
                pass  # closes what led to it, and waits for its end
        return ""

    def _tell_part(self, part: float) -> None:
        percent = round(part / _LEAST_STEP) * round(100 * _LEAST_STEP)
        self._tell(f"lighter copy of a film: {percent} %")

    def _tell(self, words: str) -> None:
        if words != self.words and not self._stopped.is_set():
            self.words = words
            self._told()


def _read(process: subprocess.Popen[bytes], lines: "SimpleQueue[str]") -> None:
    """Pass on each line that the process says; at its end that it stopped."""
    for line in process.stdout or ():
        lines.put(line.decode(errors="replace").strip())
    lines.put(_STOPPED)


def _say(process: subprocess.Popen[bytes], words: str) -> None:
    with contextlib.suppress(OSError):
        if process.stdin:
            process.stdin.write(f"{words}\n".encode())
            process.stdin.flush()
