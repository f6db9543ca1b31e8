"""A program in xterm, on a display that nobody sees: a terminal as people have, which reads when it can."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figures.figure import NotHere
from tests.pictures import display as pictures

_TOOLS = ("Xvfb", "xterm")
_SIZE = "1600x1200"
_SECONDS_TO_START = 20.0
# xterm sets TERM and forgets COLORTERM. The first line that is written is the program's own number.
_SCRIPT = 'export TERM=xterm-256color COLORTERM=truecolor; echo $$ > "$0"; exec "$@"'


@contextmanager
def display() -> Iterator[str]:
    """Give the name of a display in memory. Raises `NotHere`."""
    if lacking := [tool for tool in _TOOLS if shutil.which(tool) is None]:
        raise NotHere(f"Not installed: {', '.join(lacking)} (Debian: xvfb, xterm).")
    with pictures.display(_SIZE) as screen:
        yield screen


@contextmanager
def xterm(
    screen: str, words: list[str], columns: int, rows: int, environment: dict[str, str]
) -> Iterator[int]:
    """Run a program in an xterm of `columns` x `rows` cells with 16 million colours, and give its process id;
    end both afterwards."""
    variables = {**os.environ, **environment, "DISPLAY": screen, "LC_ALL": "C.UTF-8"}
    for name in ("COLUMNS", "LINES", "SSH_CONNECTION", "TMUX"):
        variables.pop(name, None)
    with TemporaryDirectory() as folder:
        number = Path(folder) / "number"
        size = ["-u8", "-fn", "fixed", "-geometry", f"{columns}x{rows}"]
        command = ["xterm", *size, "-e", "sh", "-c", _SCRIPT, str(number), *words]
        process = subprocess.Popen(command, env=variables, stderr=subprocess.DEVNULL)
        try:
            yield _number_in(number)
        finally:
            process.terminate()
            process.wait()


def _number_in(path: Path) -> int:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        if path.exists() and (words := path.read_text()).endswith("\n"):
            return int(words)
        time.sleep(0.02)
    raise NotHere("xterm did not start.")
