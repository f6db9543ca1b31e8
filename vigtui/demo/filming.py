"""Makes the demo's films, several at once."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

import vigtui

_MOST_WORKERS = 4


def make_films(folder: Path, names: Sequence[str], progress: Callable[[int], None]) -> str:
    """Make the films `names` below `folder`; `progress` is called with how many are done.

    Returns the sentence of the first that could not be made, or "". Blocks until all are done; if `progress`
    raises, no further film is begun.
    """
    waiting: SimpleQueue[str] = SimpleQueue()
    answers: SimpleQueue[str] = SimpleQueue()
    for name in names:
        waiting.put(name)
    stop = threading.Event()
    number = min(os.cpu_count() or 1, _MOST_WORKERS, len(names))
    threads = [threading.Thread(target=_work, args=(folder, waiting, answers, stop)) for _ in range(number)]
    for thread in threads:
        thread.start()
    troubles = []
    try:
        for done in range(1, len(names) + 1):
            troubles.append(answers.get())
            progress(done)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return next(filter(None, troubles), "")


def _work(folder: Path, waiting: SimpleQueue[str], answers: SimpleQueue[str], stop: threading.Event) -> None:
    """Hand one film after the other to a worker process, until none is waiting; answer for each."""
    try:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "vigtui.demo.worker", str(folder.absolute())],
            cwd=Path(vigtui.__file__).parents[1],
            env=os.environ | {"PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
    except OSError as error:
        for name in _taken(waiting, stop):
            answers.put(f"The film {name} could not be made: {error}.")
        return
    with process:
        for name in _taken(waiting, stop):
            answers.put(_made(process, name))


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
