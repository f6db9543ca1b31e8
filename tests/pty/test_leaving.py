"""What would be lost: a clean shell. No film and no late answer may end up at the prompt."""

import fcntl
import os
import signal
import struct
import termios
import time
from collections import deque
from pathlib import Path
from typing import Any

import pytest

from tests.pty.emulator import Emulator, emulator
from tests.pty.test_play import paused, showing
from tests.ui.conftest import Heron

SECONDS_AWAY = 0.08


class FarTerminal(Emulator):
    """Answers as late as over a long line. What was sent is kept, and what was not read by the program."""

    def __init__(self, pid: int, master: int, columns: int, rows: int, *, answers: bool) -> None:
        super().__init__(pid, master, columns, rows, answers=answers)
        self.sent = b""
        self._on_their_way: deque[tuple[float, bytes]] = deque()

    def _answer(self, data: str) -> None:
        self.asked += 1
        self._on_their_way.append((time.monotonic() + SECONDS_AWAY, data.encode()))

    def show(self, data: bytes) -> None:
        if not self.sent:
            self._shell = os.open(f"/proc/{self.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
        self.sent += data
        super().show(data)

    def read(self, most: int = 65536, wait: float = 0.01) -> bool:
        while self._on_their_way and self._on_their_way[0][0] <= time.monotonic():
            os.write(self._master, self._on_their_way.popleft()[1])
        return super().read(most, wait)

    def at_the_prompt(self) -> bytes:
        """What a shell would read now."""
        while self._on_their_way:
            self.read()
        mode: list[Any] = termios.tcgetattr(self._shell)
        mode[3] &= ~termios.ICANON
        termios.tcsetattr(self._shell, termios.TCSANOW, mode)
        waiting = struct.unpack("i", fcntl.ioctl(self._shell, termios.FIONREAD, b"\0" * 4))[0]
        return os.read(self._shell, waiting) if waiting else b""


def nothing_is_on(terminal: Emulator) -> bool:
    """Apart from the end of a control sequence that pyte does not know."""
    return terminal.text.strip() in ("", "u")


def gives_the_terminal_back(terminal: Emulator, ending: signal.Signals) -> None:
    """A program that has taken the terminal and is ended leaves it to the shell as it was."""
    shell = os.open(f"/proc/{terminal.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
    assert not termios.tcgetattr(shell)[3] & termios.ECHO
    os.kill(terminal.pid, ending)
    assert terminal.wait() == -ending
    assert termios.tcgetattr(shell)[3] & termios.ECHO
    os.close(shell)
    assert nothing_is_on(terminal)


def stop(terminal: Emulator) -> None:
    """Press ctrl+Z; wait until the program stands still, and the shell has its terminal."""
    terminal.type("\x1a")
    terminal.until(lambda _: nothing_is_on(terminal))
    os.waitpid(terminal.pid, os.WUNTRACED)


@pytest.mark.slow
@pytest.mark.parametrize("time_to_leave", range(20))
def test_leaving_while_film_plays_leaves_nothing_at_the_prompt(moving: Path, time_to_leave: int) -> None:
    with emulator("play", str(moving), kind=FarTerminal) as terminal:
        terminal.until(showing)
        terminal.until(lambda _: terminal.asked >= 4 + time_to_leave)
        terminal.type("q")
        assert terminal.wait() == 0
        after = terminal.sent[terminal.sent.rindex(b"\x1b[?1049l") :]
        assert after == b"\x1b[?1049l\x1b[?25h\x1b[?1004l"
        assert terminal.at_the_prompt() == b""


def test_a_terminal_without_a_second_screen_is_wiped(moving: Path) -> None:
    """pyte has none, like the Linux console and screen: what was shown would stay readable."""
    with emulator("play", str(moving), kind=FarTerminal) as terminal:
        terminal.until(showing)
        terminal.type("q")
        assert terminal.wait() == 0
        assert nothing_is_on(terminal)
        assert terminal.screen.cursor.y == 0


def test_a_terminal_that_never_answers_is_left_all_the_same(moving: Path) -> None:
    with emulator("play", str(moving), answers=False) as terminal:
        terminal.until(showing)
        terminal.type("q")
        assert terminal.wait() == 0
        assert nothing_is_on(terminal)


def test_what_is_typed_in_another_encoding_ends_nothing(moving: Path) -> None:
    """It was an error, in a window in which nothing else can be asked either."""
    with emulator("play", str(moving), columns=20, rows=5, kind=FarTerminal) as terminal:
        terminal.until(lambda text: "Leave" in text)
        terminal.type("\udce9\udcff ")
        terminal.until(paused)
        terminal.type("q")
        assert terminal.wait() == 0
        assert terminal.at_the_prompt() == b""


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_program_that_is_ended_while_its_screen_begins_leaves_the_shell_as_it_was(
    moving: Path, ending: signal.Signals
) -> None:
    with emulator("play", str(moving), kind=FarTerminal) as terminal:
        terminal.until(lambda _: b"\x1b[?1004h" in terminal.sent)
        shell = os.open(f"/proc/{terminal.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
        os.kill(terminal.pid, ending)
        assert terminal.wait() in (0, -ending)
        assert termios.tcgetattr(shell)[3] & termios.ECHO
        os.close(shell)
        assert terminal.sent.rindex(b"\x1b[?1000l") > terminal.sent.rindex(b"\x1b[?1000h")
        assert b"Traceback" not in terminal.sent
        assert terminal.at_the_prompt() == b""


def test_ctrl_z_gives_the_terminal_to_the_shell_and_comes_back(heron: Heron) -> None:
    with emulator(str(heron.path), columns=80, rows=24, kind=FarTerminal) as terminal:
        terminal.until(lambda text: "People: who is here?" in text)
        terminal.type("\x1b")
        terminal.until(lambda text: "/ to filter" in text and "who is here" not in text)
        stop(terminal)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(lambda text: "/ to filter" in text)
        terminal.type("q")
        assert terminal.wait() == 0


def test_a_disk_that_does_not_answer_holds_up_nobody_who_leaves(
    moving: Path, heron: Heron, tmp_path: Path
) -> None:
    """Neither before there is a screen nor behind it."""
    hung = tmp_path / "hung"
    where = {"HANGS": "caseload", "HUNG": str(hung)}
    with emulator(str(heron.path), module="tests.pty.hanging", **where) as terminal:
        terminal.until(lambda _: hung.exists())
        terminal.type("\x03")
        assert terminal.wait() == -signal.SIGINT
        assert "Traceback" not in terminal.text
    hung.unlink()
    with emulator(
        "play", str(moving), module="tests.pty.hanging", HANGS="opening", HUNG=str(hung)
    ) as terminal:
        terminal.until(lambda _: hung.exists())
        terminal.type("\x03")
        assert terminal.wait() == -signal.SIGINT
    with emulator(
        "play", str(moving), module="tests.pty.hanging", HANGS="closing", HUNG=str(hung)
    ) as terminal:
        terminal.until(showing)
        terminal.type("q")
        assert terminal.wait() == 0
        assert nothing_is_on(terminal)
