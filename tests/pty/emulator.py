"""A terminal for tests: a program in a pty, its screen kept by pyte, read only when the test reads."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import pyte

PATIENCE = 60.0
Terminal = TypeVar("Terminal", bound="Emulator")


class _Screen(pyte.Screen):
    def __init__(self, columns: int, rows: int, answer: Callable[[str], None]) -> None:
        self._answer = answer
        super().__init__(columns, rows)

    def write_process_input(self, data: str) -> None:
        self._answer(data)

    def report_device_status(self, mode: int = 0, **_private: bool) -> None:
        super().report_device_status(mode)


class Emulator:
    """A program's terminal. `answers` is whether it tells where its cursor is when asked."""

    def __init__(self, pid: int, master: int, columns: int, rows: int, *, answers: bool) -> None:
        self.pid, self._master, self.answers = pid, master, answers
        self.screen = _Screen(columns, rows, self._answer)
        self._stream = pyte.ByteStream(self.screen)
        self.received = 0
        self.asked = 0
        self.status: int | None = None

    def _answer(self, data: str) -> None:
        self.asked += 1
        if self.answers:
            os.write(self._master, data.encode())

    def type(self, keys: str) -> None:
        """Type these keys; bytes that are no UTF-8 stand in them as Python keeps them in a `str`."""
        os.write(self._master, keys.encode(errors="surrogateescape"))

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def read(self, most: int = 65536, wait: float = 0.05) -> bool:
        """Take what came, at most so many bytes. Returns False when the program has closed its terminal."""
        if not select.select([self._master], [], [], wait)[0]:
            return True
        try:
            data = os.read(self._master, most)
        except OSError:
            return False
        self.received += len(data)
        self.show(data)
        return bool(data)

    def show(self, data: bytes) -> None:
        """Put on the screen what the program sent."""
        self._stream.feed(data)

    def until(self, seen: Callable[[str], bool], most: int = 65536) -> None:
        """Read until what is on the screen satisfies `seen`."""
        deadline = time.monotonic() + PATIENCE
        while not seen(self.text):
            assert time.monotonic() < deadline, f"not seen in time:\n{self.text}"
            assert self.read(most), f"the program ended:\n{self.text}"

    def quiet(self) -> None:
        """Read until nothing has come for a while, in which the program was not waiting for the processor."""
        still = 0
        while still < 10:
            before = self.received
            self.read()
            still = still + 1 if self.received == before and not self._at_work() else 0

    def _at_work(self) -> bool:
        """Whether the program has something to do and may do it, or will when others let it."""
        tasks = Path(f"/proc/{self.pid}/task")
        try:
            return any(b") R " in (task / "stat").read_bytes() for task in tasks.iterdir())
        except OSError:  # a thread has just ended, or this is not Linux
            return tasks.exists()

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def wait(self) -> int:
        """Read until the program has ended; return its exit status."""
        deadline = time.monotonic() + PATIENCE
        while self.status is None:
            assert time.monotonic() < deadline, f"the program did not end:\n{self.text}"
            self.read()
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.status = os.waitstatus_to_exitcode(status)
        before = None
        while self.received != before:  # What it wrote last may still be to be read.
            before = self.received
            self.read(wait=0)
        return self.status


@contextmanager
def emulator(
    *arguments: str,
    module: str = "vigtui",
    columns: int = 60,
    rows: int = 18,
    answers: bool = True,
    kind: type[Terminal] = Emulator,
    **environment: str,
) -> Iterator[Terminal]:
    """Run `python -m module` with these arguments in a terminal of its own."""
    size = struct.pack("4H", rows, columns, 0, 0)
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        variables = os.environ | environment
        for name in ("COLUMNS", "LINES"):
            variables.pop(name, None)
        os.execve(sys.executable, [sys.executable, "-m", module, *arguments], variables)  # noqa: S606
    terminal = kind(pid, master, columns, rows, answers=answers)
    try:
        yield terminal
    finally:
        if terminal.status is None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(master)
