"""Makes the demo's films, several at once."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

import vigtui

_MOST_WORKERS = 4


def make_films(folder: Path, names: Sequence[str], made: Callable[[str], None]) -> str:
    """Make the films `names` below `folder`; `made` is called with each that was tried.

    Returns the sentence of the first that could not be made, or "". Blocks until all are done; if `made`
    raises, no further film is begun. A film that is being drawn when this program ends is drawn to its end.
    """
    waiting: SimpleQueue[str] = SimpleQueue()
    answers: SimpleQueue[tuple[str, str]] = SimpleQueue()
    for name in names:
        waiting.put(name)
    stop = threading.Event()
    number = min(os.cpu_count() or 1, _MOST_WORKERS, len(names))
    work = partial(_work, folder, waiting, answers, stop)
    threads = [threading.Thread(target=work, name="demo film", daemon=True) for _ in range(number)]
    for thread in threads:
        thread.start()
    troubles = []
    try:
        for _ in names:
            name, trouble = answers.get()
            troubles.append(trouble)
            made(name)
    finally:
        stop.set()
    return next(filter(None, troubles), "")


def _work(
    folder: Path, waiting: SimpleQueue[str], answers: SimpleQueue[tuple[str, str]], stop: threading.Event
) -> None:
    """Hand one film after the other to a worker process, until none is waiting; answer for each."""
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "vigtui.demo.worker", str(folder.absolute())],
            cwd=Path(vigtui.__file__).parents[1],
            env=os.environ | {"PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,  # A terminal that goes away must not leave half a film.
        )
    except OSError as error:
        for name in _taken(waiting, stop):
            answers.put((name, f"The film {name} could not be made: {error}."))
        return
    with process:
        for name in _taken(waiting, stop):
            answers.put((name, _made(process, name)))


def _taken(waiting: SimpleQueue[str], stop: threading.Event) -> Iterator[str]:
    """Yield what is waiting, until nothing is or `stop` is set."""
    while not stop.is_set():
        try:
            yield waiting.get_nowait()
        except Empty:
            return


def _made(process: subprocess.Popen[bytes], name: str) -> str:
    """Return "" when the process has made the film, else why not."""
    stopped = f"The film {name} could not be made: the program that draws it stopped."
    if process.stdin is None or process.stdout is None:
        return stopped
    try:
        process.stdin.write(f"{name}\n".encode())
    except OSError:
        return stopped
    answer = process.stdout.readline()
    return answer.decode(errors="replace").strip() if answer else stopped
