"""The terminal, taken before Textual is there, so that the first screen need not wait for it."""

import contextlib
import os
import select
import signal
import sys
import termios
import threading
import time
from types import FrameType
from typing import Any, Protocol

from vigtui.film.pane.driver.cells import Cells, Writer, erases_with_ground, wiping
from vigtui.film.pane.shared_link import Writing
from vigtui.film.terminal.letters import QUESTION, take_answer

SECOND_SCREEN = "\x1b[?1049h"
"""What leads a terminal to the screen beside the one that the shell is on."""
_HIDE_CURSOR = "\x1b[?25l"
GIVEN_BACK = "\x1b[?1049l\x1b[?25h"
LAST_QUESTION = "\x1b[2;1H\x1b[6n"
"""Answers come in the order of the questions: nothing follows this one. The film's own are asked from the
columns behind it; the narrowest window has this one, and may have no second row."""
_LAST_ANSWERS = (b"\x1b[2;1R", b"\x1b[1;1R")
LONGEST_ANSWER = len(_LAST_ANSWERS[0])
SECONDS_FOR_LAST_ANSWER = 1.0
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_SECONDS_FOR_ANSWER = 0.1
_READ_BYTES = 4096
_SECONDS_TO_END = 3.0
_LOCAL = termios.ECHO | termios.ICANON | termios.IEXTEN
_INPUT = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR


def can_be_taken() -> bool:
    """Whether a terminal is there that this program may write to: all that it reads and writes is one, and it
    is not in the background."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        return False
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:  # It is a terminal, and not the one that this program is controlled by.
        return False


def end_soon(number: int) -> None:
    """End the program as by this signal, in a few seconds, if it has not ended by then: a terminal may take
    nothing more, and whoever writes to it waits."""
    timer = threading.Timer(_SECONDS_TO_END, os._exit, (128 + number,))
    timer.daemon = True
    timer.start()


def end_by(number: int) -> None:
    """Do what this signal does to a program that has nothing to say to it."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def take_answers_until_last() -> None:
    """Take what the terminal still answers, up to the answer to `LAST_QUESTION`: else it would appear at the
    shell's prompt. Waits no longer than a second."""
    heard, end = b"", time.monotonic() + SECONDS_FOR_LAST_ANSWER
    arrivals = select.poll()
    arrivals.register(0, select.POLLIN)
    with contextlib.suppress(OSError, termios.error):
        # ctrl+Z has the system drop what there was to be read, perhaps after it was seen here.
        settings = termios.tcgetattr(0)
        settings[6][termios.VMIN] = 0
        termios.tcsetattr(0, termios.TCSANOW, settings)
        while not has_last_answer(heard) and (left := end - time.monotonic()) > 0:
            for _, event in arrivals.poll(1000 * left):
                if event != select.POLLIN:  # The terminal has gone.
                    return
                heard = heard[-LONGEST_ANSWER:] + os.read(0, _READ_BYTES)


def has_last_answer(heard: bytes) -> bool:
    """Whether the answer to `LAST_QUESTION` is among what the terminal sent."""
    return any(answer in heard for answer in _LAST_ANSWERS)


def take(size: tuple[int, int]) -> "TakenTerminal | None":
    """Take the terminal, which has so many columns and rows; None where it cannot be set."""
    try:
        return TakenTerminal(size)
    except termios.error:
        return None


class Drawing(Protocol):
    """What goes on drawing on a terminal that is taken, and hears its answers."""

    def rest(self) -> None:
        """Write and hear nothing more, until there is something to `go_on` through."""
        ...

    def go_on(self, terminal: Writing) -> None:
        """Draw through the driver from now on."""
        ...


class TakenTerminal:
    """The terminal from now until the driver has it: keys that are typed are kept for that, and a signal that
    ends or stops the program gives the terminal back before.

    `settings` are those that the shell gave it, `size` its columns and rows, `rows` what is drawn, `written`
    how many bytes were. `drawing` is what goes on drawing until the driver's screen does. Interrupts work as
    before: nothing that is typed but ctrl+C and ctrl+Z is answered yet. Raises termios.error where the
    terminal cannot be set.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self.settings: list[Any] = termios.tcgetattr(0)
        self.size = size
        self.rows: dict[int, Cells] = {}
        self.written = 0
        self.drawing: Drawing | None = None
        self.reads_utf8: bool | None = None
        """What the terminal answers; None while it has not."""
        self._heard = b""
        self._is_ours, self._given_back = True, False
        self._handlers: dict[int, Any] = {}
        settings = termios.tcgetattr(0)
        settings[3] &= ~_LOCAL
        settings[0] &= ~_INPUT
        # ctrl+Z has the system drop what there was to be read, perhaps after it was seen here: a read never
        # waits for more.
        settings[6][termios.VMIN] = settings[6][termios.VTIME] = 0
        for number in (*ENDING, signal.SIGTSTP):
            self._handlers[number] = signal.getsignal(number)
            signal.signal(number, self._ended)
        try:
            termios.tcsetattr(0, termios.TCSANOW, settings)
        except termios.error:
            self._let_signals_go()
            raise
        self.write(SECOND_SCREEN + _HIDE_CURSOR + QUESTION)

    @property
    def handlers(self) -> tuple[Any, ...]:
        """What signals call while it is taken."""
        return (self._ended,)

    @property
    def is_ours(self) -> bool:
        """Whether it was neither given back nor handed over."""
        return self._is_ours

    def hear(self) -> None:
        """Wait a moment for the answer whether the terminal reads UTF-8."""
        end = time.monotonic() + _SECONDS_FOR_ANSWER
        while self._is_ours and self.reads_utf8 is None and (left := end - time.monotonic()) > 0:
            if select.select([0], [], [], left)[0]:
                data = os.read(0, _READ_BYTES)
                if not data:
                    return
                self.keep(data)

    def keep(self, data: bytes) -> None:
        """Keep for the driver what has been typed; take the answer out of it."""
        self._heard += data
        if self.reads_utf8 is None:
            self.reads_utf8, self._heard = take_answer(self._heard)

    def draw(self, rows: dict[int, Cells]) -> None:
        """Draw these rows."""
        writer = Writer(self.size[0], erases=erases_with_ground())
        for row, cells in rows.items():
            writer.draw(row, 0, cells, [None] * len(cells))
        self.write(writer.text)
        self.rows = rows

    def write(self, text: str) -> None:
        """Write to the terminal, without a buffer that a signal could find half written."""
        self.claim(text.encode(errors="replace"))

    def claim(self, data: bytes) -> bool:
        """Write this at once, while the terminal is not the shell's; see `Output.claim`, where somebody else
        may write, too."""
        if self._given_back:
            return False
        self.written += len(data)
        with contextlib.suppress(OSError):
            while data:
                data = data[os.write(2, data) :]
        return False

    def write_claimed(self) -> None:
        """Nothing was left to anybody."""

    def hand_over(self) -> bytes:
        """Leave the terminal as it is to the driver, and return what was typed meanwhile."""
        self._let_signals_go()
        if self.drawing:
            self.drawing.rest()
        self._is_ours = False
        heard, self._heard = self._heard, b""
        return heard

    def give_back(self) -> None:
        """Leave the terminal to the shell, unless the driver has it."""
        if self._is_ours:
            self._let_signals_go()
            self._is_ours = False
            if self.drawing:
                self.drawing.rest()
            if self.drawing or self.reads_utf8 is None:
                self.write(LAST_QUESTION)
                take_answers_until_last()
            self.write(wiping(self.size[1]) + GIVEN_BACK)
            self._given_back = True
            with contextlib.suppress(termios.error):
                termios.tcsetattr(0, termios.TCSAFLUSH, self.settings)

    def _let_signals_go(self) -> None:
        for number, handler in self._handlers.items():
            if signal.getsignal(number) == self._ended:
                signal.signal(number, handler)

    def _ended(self, number: int, _frame: FrameType | None) -> None:
        """Do what a signal does to any program, on the shell's screen."""
        if number in ENDING:
            end_soon(number)
        self.give_back()
        if number == signal.SIGTSTP:
            os.kill(os.getpid(), signal.SIGSTOP)  # The system ignores the other where no shell waits.
        else:
            end_by(number)
