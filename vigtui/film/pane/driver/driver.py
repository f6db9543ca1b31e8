"""Textual's driver, which also asks the terminal questions and keeps the answers apart from the keys."""

import asyncio
import os
import select
import signal
import termios
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from vigtui.film.options import FilmOptions
from vigtui.film.pane.driver.cells import erases_with_ground, wiping
from vigtui.film.pane.driver.changed_cells import Shown
from vigtui.film.pane.driver.messages import TerminalAnswered, TerminalReady
from vigtui.film.pane.driver.output import Output
from vigtui.film.pane.driver.taken import (
    ENDING,
    GIVEN_BACK,
    LAST_QUESTION,
    LONGEST_ANSWER,
    SECOND_SCREEN,
    SECONDS_FOR_LAST_ANSWER,
    TakenTerminal,
    end_by,
    end_soon,
    has_last_answer,
    take_answers_until_last,
)
from vigtui.film.pane.shared_link import AT_ONE_GLANCE, FRAME_BEGINS, FRAME_ENDS
from vigtui.film.picture.choice import AUTO, letters_here
from vigtui.film.terminal.cursor import Cursor
from vigtui.film.terminal.letters import QUESTION as LETTER_QUESTION
from vigtui.film.terminal.link import take_answers
from vigtui.film.terminal.questions import Conversation, Pixels
from vigtui.values.signs import Letters

_READ_BYTES = 4096
# What Textual has a terminal do, beside the second screen: mouse, focus, pastes, sizes, keys, wrapping. First
# a frame ends, of which a terminal may have half.
_MODES = (2026, 1000, 1002, 1003, 1006, 1015, 1016, 1004, 2004, 2048)
_MODES_OFF = "".join(f"\x1b[?{mode}l" for mode in _MODES) + "\x1b[?7h\x1b[<u"
# As a terminal sends enter that was typed before the program has made it a screen.
_EARLY_ENTER = "ctrl+j"


def options_of(app: Any) -> FilmOptions:
    """What the app is to show film and letters with."""
    options = getattr(app, "film_options", None)
    return options if isinstance(options, FilmOptions) else FilmOptions()


class AskingDriver(LinuxDriver):
    """Asks the terminal about pixels when asked to, and keeps its answers from becoming keys.

    `written` counts the bytes that were ever written, `shown` is what is on the terminal, `cursor` its own
    cursor. `letters_due` is whether the terminal has been asked if it reads UTF-8, and the answer is awaited.
    `parting` holds what is written before the screen is given back, whether the program ends, is suspended or
    fails. Nothing is written after that: film and timers live on for a moment, and would draw on the shell.

    Any thread may write. `cursor_told` is called, on a thread of its own, with the column and the row (both
    from 0) of answers to the film's questions.
    """

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._file = self._output = Output(self._file)  # type: ignore[assignment]  # it is written to, no more
        self._in_order = threading.RLock()
        self._claimed = b""
        self.cursor_told: Callable[[int, int], object] | None = None
        self.parting: dict[object, str] = {}
        self.written = 0
        self.cursor = Cursor()
        self.shown = Shown(erases=erases_with_ground(), letters=letters_here(options_of(app).letters))
        self.letters_due = False
        self._letters_asked = options_of(app).letters != AUTO
        self._conversation = Conversation()
        self._lost: OSError | None = None
        self._parted = self._parts = False
        self._settings: tuple[int, list[Any]] = (self.fileno, [])
        self._frame_begun = self._in_frame = False
        self._heard_last = threading.Event()
        taken = getattr(app, "taken", None)
        self._taken: TakenTerminal | None = taken if isinstance(taken, TakenTerminal) else None
        self._typed_before, self._took_over = b"", False

    @property
    def pixels(self) -> Pixels | None:
        """What the terminal says it can do; None before it has said all."""
        return self._conversation.pixels if self._conversation.finished else None

    def ask(self) -> None:
        """Ask what is not known yet and not asked. A `TerminalAnswered` follows, if the terminal answers."""
        question = self._conversation.question()
        if question:
            self.write(question.decode("ascii"))

    def write(self, data: str) -> None:
        with self._in_order:
            if data := self._as_written(data):
                self.written += len(data.encode(errors="replace"))
                self._output.expect()
                super().write(data)

    def claim(self, data: bytes) -> bool:
        """Write this, which is film; return whether the calling thread has to do it by `write_claimed`, and
        soon: all else waits for that."""
        with self._in_order:
            if self._parts or self._parted:
                return False
            data = self.cursor.around_film(data)
            self.written += len(data)
            if self._output.claim():
                self._claimed = data
                return True
            self._output.expect()
            super().write(data.decode())
            return False

    def write_claimed(self) -> None:
        """Write what `claim` has left to this thread."""
        data, self._claimed = self._claimed, b""
        with suppress(OSError):  # the terminal has gone, as the thread that reads from it will tell
            self._output.write_claimed(data)

    def _as_written(self, data: str) -> str:
        """Return what is sent for `data`; nothing where that changes nothing."""
        if data == SECOND_SCREEN and self._took_over:
            return ""  # It is there, and some terminals would clear it.
        if self._parted or self._is_idle_frame(data) or self.cursor.is_there(data):
            return ""
        framed = self._frame_begun and len(data) > AT_ONE_GLANCE
        if data != FRAME_ENDS:
            data = self.cursor.around(data, at_once=framed)
        if framed:
            self._frame_begun, self._in_frame = False, True
            data = FRAME_BEGINS + data
        return data

    def _is_idle_frame(self, data: str) -> bool:
        """Whether this begins or ends a frame for what is so little that it is seen at once anyway: a letter
        would cost half as much again."""
        if data == FRAME_BEGINS:
            self._frame_begun = True
        elif data == FRAME_ENDS:
            self._frame_begun, in_frame = False, self._in_frame
            self._in_frame = False
            return not in_frame
        return data == FRAME_BEGINS

    def start_application_mode(self) -> None:
        self._parted = self._parts = False
        self.shown.forget()
        self.cursor = Cursor()
        terminal = self.fileno  # the thread that reads changes it
        taken, self._taken = self._taken, None
        if not self._settings[1]:  # The first time: later the app has said what signals do.
            self._end_on_signals(taken)
        self._took_over = bool(taken and taken.is_ours)
        if taken and self._took_over:
            self._take_over(taken)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        self._settings = (terminal, termios.tcgetattr(terminal))
        if taken and self._took_over:
            self.attrs_before = taken.settings
        self._hear_of_sizes_in_turn()
        self._ask_letters()
        if taken and self._took_over and taken.drawing:
            taken.drawing.go_on(self)
        self.send_message(TerminalReady(self))

    def _end_on_signals(self, taken: TakenTerminal | None) -> None:
        """See that the shell gets the terminal as it was where a signal ends the program before the app says
        what it shall do."""
        with suppress(termios.error):
            shell = taken.settings if taken else termios.tcgetattr(self.fileno)
            unheard = (signal.SIG_DFL, signal.default_int_handler, *(taken.handlers if taken else ()))
            for number in ENDING:
                if signal.getsignal(number) in unheard:
                    signal.signal(number, lambda number, _frame: self._end(number, shell))

    def _end(self, number: int, shell: list[Any]) -> None:
        """Give the terminal back, with the shell's settings, and do what this signal does to any program.
        Waits for no lock: this thread may hold it."""
        end_soon(number)
        self._parted = True
        self._heard_last.clear()
        with suppress(OSError, termios.error):
            os.write(2, f"{_MODES_OFF}{LAST_QUESTION}".encode())
            if self._key_thread is not None and self._key_thread.is_alive():
                self._heard_last.wait(SECONDS_FOR_LAST_ANSWER)
            else:
                take_answers_until_last()
            # Once more: what another thread had begun to write may have come in between.
            os.write(2, f"{_MODES_OFF}{wiping(self._get_terminal_size()[1])}{GIVEN_BACK}".encode())
            termios.tcsetattr(0, termios.TCSAFLUSH, shell)
        end_by(number)

    def _take_over(self, taken: TakenTerminal) -> None:
        """Go on with a terminal that was taken before this driver was there."""
        self._typed_before = taken.hand_over()
        self.written = taken.written
        self._letters_asked, self.letters_due = True, taken.reads_utf8 is None
        if taken.reads_utf8 is False:
            self.shown.letters = Letters.ASCII
        if taken.size == self._get_terminal_size():
            self.shown.take(taken.rows, taken.size)

    def _ask_letters(self) -> None:
        """Ask once whether the terminal reads UTF-8, if that is what it is sent and nobody has said so."""
        if not self._letters_asked and self.shown.letters is not Letters.ASCII:
            self._letters_asked = self.letters_due = True
            self.write(LETTER_QUESTION)

    def resume_application_mode(self) -> None:
        """Take the terminal back. Where it was never given away, because the program was stopped from outside
        (kill -STOP), only its settings may have changed meanwhile, and what it shows: a second start would
        read keys twice, and never end."""
        if self._parted:
            super().resume_application_mode()
            return
        self.cursor = Cursor()
        with suppress(termios.error):  # in the background
            termios.tcsetattr(self._settings[0], termios.TCSANOW, self._settings[1])
        self.send_message(TerminalReady(self))
        self.send_message(self.SignalResume())

    def _hear_of_sizes_in_turn(self) -> None:
        """Let the event loop call Textual's own handler. As a handler it may interrupt itself, and then the
        older of two sizes is reported last."""
        handler = signal.getsignal(signal.SIGWINCH)
        if callable(handler):  # Textual sets none while the program is in the background.
            asyncio.get_running_loop().add_signal_handler(signal.SIGWINCH, handler, signal.SIGWINCH, None)

    def stop_application_mode(self) -> None:
        with self._in_order:
            self._parts = True  # No film from here on: it would be drawn over what is wiped.
        self.cursor.wanted = False
        for sequence in self.parting.values():
            self.write(sequence)
        self.parting.clear()
        self._wait_for_answers()
        self._wipe()
        super().stop_application_mode()
        with self._in_order:
            self._parted = True

    def _wait_for_answers(self) -> None:
        """Take what the terminal still sends, which would otherwise appear at the shell's prompt: answers,
        and where the mouse moved. Answers come in the order of the questions, so nothing follows the last. No
        longer than a second is spent on a terminal that does not answer."""
        self._heard_last.clear()
        if self._parted or self._key_thread is None or not self._key_thread.is_alive():
            return
        self._disable_mouse_support()
        self.write(f"\x1b[?1004l{LAST_QUESTION}")
        self._heard_last.wait(SECONDS_FOR_LAST_ANSWER)

    def _wipe(self) -> None:
        """Leave nothing readable."""
        self.write(wiping(self._get_terminal_size()[1]))

    def run_input_thread(self) -> None:
        """Let Textual read from a pipe that gets what the terminal sends, without the answers."""
        terminal = self.fileno
        keys, keys_end = os.pipe()
        stop, stop_end = os.pipe()
        thread = threading.Thread(
            target=self._pass_on, args=(terminal, keys_end, stop), name="terminal answers", daemon=True
        )
        thread.start()
        self.fileno = keys
        try:
            super().run_input_thread()
        finally:
            self.fileno = terminal
            for end in (keys, stop_end):
                os.close(end)
            thread.join()
            os.close(stop)
        if self._lost:
            raise self._lost

    def process_message(self, message: Message) -> None:
        if isinstance(message, Key) and message.key == _EARLY_ENTER:
            message = Key("enter", "\r")
        super().process_message(message)

    def _pass_on(self, terminal: int, keys_end: int, stop: int) -> None:
        with suppress(BrokenPipeError), os.fdopen(keys_end, "wb", buffering=0) as keys:
            self._pass_on_to(keys, terminal, stop)
        self._heard_last.set()

    def _pass_on_to(self, keys: BinaryIO, terminal: int, stop: int) -> None:
        tail = b""
        # Textual ends with an error where what is typed is no UTF-8: other encodings, old mice.
        letters = getincrementaldecoder("utf-8")("replace")
        keys.write(letters.decode(self._without_answers(self._typed_before)).encode())
        self._typed_before = b""
        while True:
            ready = select.select([terminal, stop], [], [], self._conversation.patience)[0]
            if stop in ready:
                return
            if ready:
                try:
                    data = os.read(terminal, _READ_BYTES)
                except OSError as error:
                    self._lost = error
                    self.exit_event.set()
                    return
                if not data:
                    return
                tail = tail[-LONGEST_ANSWER:] + data
                if has_last_answer(tail):
                    self._heard_last.set()
                keys.write(letters.decode(self._without_answers(data)).encode())
            else:
                keys.write(letters.decode(self._conversation.give_up()).encode())

    def _without_answers(self, data: bytes) -> bytes:
        answered = self._conversation.answered
        if self.cursor_told:
            # One that comes in two pieces goes Textual's way instead.
            data = take_answers(data, self.cursor_told)
        rest = self._conversation.hear(data)
        if self._conversation.answered and not answered:
            self.send_message(TerminalAnswered())
        return rest
