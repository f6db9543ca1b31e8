"""Makes the demo's films, several at once."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

import vigtui

_MOST_WORKERS = 4


def make_films(folder: Path, names: Sequence[str], progress: Callable[[int], None]) -> str:
    """Make the films `names` below `folder`; `progress` is told how many are done, from several threads.

    Returns the sentence of the first that could not be made, or "". Blocks until all are done.
    """
    waiting: SimpleQueue[str] = SimpleQueue()
    for name in names:
        waiting.put(name)
    done: list[str] = []
    troubles: list[str] = []
    counting = threading.Lock()

    def record(name: str, trouble: str) -> None:
        with counting:
            if trouble:
                troubles.append(trouble)
            done.append(name)
            progress(len(done))

    number = min(os.cpu_count() or 1, _MOST_WORKERS, len(names))
    threads = [threading.Thread(target=_work, args=(folder, waiting, record)) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return troubles[0] if troubles else ""


def _work(folder: Path, waiting: SimpleQueue[str], record: Callable[[str, str], None]) -> None:
    """Hand one film after the other to a worker process, until none is waiting."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "vigtui.demo.worker", str(folder.absolute())],
        cwd=Path(vigtui.__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        while True:
            try:
                name = waiting.get_nowait()
            except Empty:
                break
            record(name, _made(process, name))
        if process.stdin:
            process.stdin.close()


def _made(process: subprocess.Popen[str], name: str) -> str:
    """Return "" when the process has made the film, else why not."""
    stopped = f"The film {name} could not be made: the program that draws it stopped."
    if process.stdin is None or process.stdout is None:
        return stopped
    try:
        print(name, file=process.stdin, flush=True)
    except OSError:
        return stopped
    answer = process.stdout.readline()
    return answer.strip() if answer else stopped
