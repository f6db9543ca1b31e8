"""A program in a terminal of its own, at the end of a line."""

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from ptyprocess import PtyProcess, PtyProcessError

from tests.bench.running.line import PERFECT, Line, Speed
from tests.bench.running.screen import CELL_HEIGHT, CELL_WIDTH, Grid, Screen

_SETTLED = 0.004
_STEP = 0.002
_PAUSE = 0.02
_QUESTION = re.compile(rb"\x1b\[[?>=]?[0-9;]*(\$p|[cnqtu])|\x1b\]1[01];\?")


class Ended(Exception):
    """The program ended before it was expected to; the words are its last screen."""


@dataclass(frozen=True)
class Sample:
    """What was on the screen at a moment: seconds since the program's start, and bytes that had come."""

    time: float
    received: int
    grid: Grid


class Terminal:
    """A running program and its screen. Nothing happens but in `run`, which reads, answers and types."""

    def __init__(self, process: PtyProcess, columns: int, rows: int) -> None:
        self.pid: int = process.pid
        self._process = process
        self._master: int = process.fd
        self._start = time.monotonic()
        self.screen = Screen(columns, rows, self._send_back)
        self.received = 0
        self._line = Line(PERFECT, self.now)

    @property
    def now(self) -> float:
        """Seconds since the program's start."""
        return time.monotonic() - self._start

    def use(self, speed: Speed) -> None:
        """Have another line from now on. What is under way on the old one has arrived."""
        self.run(0.0)
        self._line = Line(speed, self.now)

    def type(self, keys: str) -> None:
        """Press keys; they take their time to the program."""
        self._send_back(keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Change the terminal's size, as somebody pulling at its window does."""
        self.screen.resize(columns, rows)
        _set_size(self._master, columns, rows)
        os.kill(self.pid, signal.SIGWINCH)

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Let the program go on for so long, or until the screen is as wanted. Returns whether it was."""
        end = self.now + seconds
        while True:
            self._carry(_STEP if self._line.busy else min(_PAUSE, max(0.0, end - self.now)))
            data = self._arrived()
            if data:
                self.screen.feed(data)
                if until():
                    return True
            if self.now >= end and not (seconds == 0 and self._line.busy):
                return until()

    def record(self, seconds: float) -> list[Sample]:
        """Let the program go on, and return its screens: one whenever something came and then nothing for
        4 ms, which is when a picture is complete.

        What comes is only kept, and drawn when the program asks something or the time is over, because
        drawing takes processor time from the program.
        """
        samples: list[Sample] = []
        waiting: list[tuple[float, int, bytes]] = []
        end = heard = self.now + seconds
        asked = b""
        while self.now < end:
            self._carry(_PAUSE)
            if data := self._arrived():
                waiting.append((self.now, self.received, data))
                asked = (asked + data)[-len(data) - 16 :]
                if _QUESTION.search(asked):
                    heard, asked = self._replay(waiting, heard, samples), b""
        heard = self._replay(waiting, heard, samples)
        return [*samples, Sample(heard, self.received, self.screen.grid)]

    def _replay(self, waiting: list[tuple[float, int, bytes]], heard: float, samples: list[Sample]) -> float:
        """Draw what came; return when the last of it did."""
        for moment, received, data in waiting:
            if moment - heard >= _SETTLED:
                samples.append(Sample(heard, received - len(data), self.screen.grid))
            self.screen.feed(data)
            heard = moment
        waiting.clear()
        return heard

    def sample(self) -> Sample:
        """What is on the screen now."""
        return Sample(self.now, self.received, self.screen.grid)

    def status(self) -> int:
        """Wait until the program has ended; return its exit status, or minus the signal that ended it."""
        self._process.wait()
        status = self._process.exitstatus
        return int(-self._process.signalstatus if status is None else status)

    def _send_back(self, data: bytes) -> None:
        self._line.send_back(data, self.now)

    def _carry(self, wait: float) -> None:
        """Take from the program what the line has room for, give it what came back."""
        if back := self._line.arrived_back(self.now):
            os.write(self._master, back)
        if not self._line.room:
            time.sleep(wait)
        elif select.select([self._master], [], [], wait)[0]:
            try:
                data = os.read(self._master, min(65536, self._line.room))
            except OSError as error:
                raise Ended(self.screen.text) from error
            if not data:
                raise Ended(self.screen.text)
            self._line.send(data)

    def _arrived(self) -> bytes:
        data = self._line.arrived(self.now)
        self.received += len(data)
        return data


@contextmanager
def terminal(
    words: list[str], columns: int, rows: int, environment: dict[str, str] | None = None
) -> Iterator[Terminal]:
    """Run a program in a terminal of `columns` x `rows` with 16 million colours, and end it afterwards."""
    variables = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor") | (environment or {})
    for name in ("COLUMNS", "LINES", "SSH_CONNECTION", "DISPLAY", "TMUX"):
        variables.pop(name, None)
    process = PtyProcess.spawn(words, dimensions=(rows, columns), env=variables)
    _set_size(process.fd, columns, rows)
    try:
        yield Terminal(process, columns, rows)
    finally:
        # On a busy machine a program with much memory is killed, and takes its time to be gone.
        with suppress(OSError, PtyProcessError):
            process.close(force=True)
        with suppress(OSError, PtyProcessError):
            process.wait()


def _set_size(file: int, columns: int, rows: int) -> None:
    size = struct.pack("4H", rows, columns, columns * CELL_WIDTH, rows * CELL_HEIGHT)
    fcntl.ioctl(file, termios.TIOCSWINSZ, size)
