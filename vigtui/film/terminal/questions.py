"""What a terminal is asked, and its answers found among the keys.

Kitty's graphics: https://sw.kovidgoyal.net/kitty/graphics-protocol/. Sixel is attribute 4 of a terminal's
primary device attributes; the sizes are xterm's control sequences. Nothing is concluded from names.
"""

import os
import re
import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from vigtui.film.terminal.letters import QUESTION_ON_A_LINE, reads_utf8_on_a_line

_ATTRIBUTES = b"\x1b[c"
_KITTY_NUMBER = b"4207"
_KITTY = b"\x1b_Gi=" + _KITTY_NUMBER + b",s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_CELL_SIZE = b"\x1b[16t"
_SIXEL_LIMITS = b"\x1b[?1;1;0S\x1b[?2;1;0S"
_SIXEL_ATTRIBUTE = 4
_LEAST_LEVEL = 60
"""Terminals below a VT220 say 1 to 12 here, among them tmux, screen and the Linux console. They have no
kitty graphics, and some print what they do not understand."""

_ANSWER = re.compile(
    rb"\x1b\[\?(?P<attributes>\d+(?:;\d*)*)c"
    rb"|\x1b_G(?P<kitty>[^\x1b]{0,200})\x1b\\"
    rb"|\x1b\[6;(?P<cell>\d+;\d+)t"
    rb"|\x1b\[\?(?P<limit>[12];\d+(?:;\d+)*)S"
)
_KEY_PERHAPS = re.compile(rb"\x1b(?:\[6?|_)?\Z")
_ANSWER_BEGUN = re.compile(rb"\x1b(?:\[\?[\d;]{0,100}|\[6;[\d;]{0,20}|_G[^\x1b]{0,200}\x1b?)\Z")
_KEY_DELAY = 0.05


@dataclass(frozen=True)
class Pixels:
    """What a terminal says of itself: whether it draws kitty's graphics and sixel, the pixels of a cell
    (width, height), sixel's colours, and the largest sixel picture. 0 is unknown."""

    kitty: bool = False
    sixel: bool = False
    cell: tuple[int, int] = (0, 0)
    colours: int = 0
    largest: tuple[int, int] = (0, 0)


class Conversation:
    """The questions to one terminal, in their order, and its answers.

    Send what `question` returns; give all that comes from the terminal to `hear`, which returns what is not
    an answer. When `hear` has found the last answer to a question, `answered` is true until the next one.
    A terminal that never answers costs nothing more.
    """

    def __init__(self) -> None:
        self.pixels = Pixels()
        self._level = 0
        self._asked = 0
        self._waiting = False
        self._held = b""

    @property
    def answered(self) -> bool:
        """Whether the last question is answered; `question` says whether another follows."""
        return self._asked > 0 and not self._waiting

    @property
    def finished(self) -> bool:
        """Whether all is known."""
        return self._asked > 1 and not self._waiting

    @property
    def patience(self) -> float | None:
        """How long to wait for more before `give_up`, in seconds; None when nothing is held back.

        What is surely an answer's beginning is kept for as long as it takes.
        """
        return _KEY_DELAY if self._held and not _ANSWER_BEGUN.search(self._held) else None

    def question(self) -> bytes:
        """Return what to send next; nothing when all is asked or an answer is still out."""
        if self._waiting or self._asked > 1:
            return b""
        question = _ATTRIBUTES
        if self._asked:
            question = _KITTY if self._level >= _LEAST_LEVEL else b""
            question += _SIXEL_LIMITS if self.pixels.sixel else b""
            if not question:
                self._asked += 1
                return b""
            question += _CELL_SIZE + _ATTRIBUTES
        self._asked += 1
        self._waiting = True
        return question

    def hear(self, data: bytes) -> bytes:
        """Take the answers out of what the terminal sent. The end may be held back for the next call."""
        if not self._waiting:
            return data
        data, self._held = self._held + data, b""
        data = _ANSWER.sub(self._note, data)
        begun = _ANSWER_BEGUN.search(data) or _KEY_PERHAPS.search(data)
        if begun and self._waiting:
            data, self._held = data[: begun.start()], data[begun.start() :]
        return data

    def give_up(self) -> bytes:
        """Return what was held back: it was a key."""
        held, self._held = self._held, b""
        return held

    def _note(self, answer: re.Match[bytes]) -> bytes:
        words = answer[answer.lastgroup or 0].decode("ascii", "replace")
        match answer.lastgroup:
            case "attributes":
                self._note_attributes(words)
            case "kitty":
                self.pixels = replace(self.pixels, kitty=words == f"i={_KITTY_NUMBER.decode()};OK")
            case "cell":
                height, width = (int(number) for number in words.split(";"))
                self.pixels = replace(self.pixels, cell=(width, height))
            case _:
                self._note_limit(words)
        return b""

    def _note_attributes(self, words: str) -> None:
        level, *attributes = (int(number or 0) for number in words.split(";"))
        self._level = level
        self.pixels = replace(self.pixels, sixel=_SIXEL_ATTRIBUTE in attributes)
        self._waiting = False

    def _note_limit(self, words: str) -> None:
        item, status, *values = (int(number) for number in words.split(";"))
        if status == 0 and item == 1 and len(values) == 1:
            self.pixels = replace(self.pixels, colours=values[0])
        elif status == 0 and item == 2 and len(values) == 2:
            self.pixels = replace(self.pixels, largest=(values[0], values[1]))


def ask(terminal: int, seconds: float) -> Pixels | None:
    """Ask the terminal at this file descriptor about pixels, when no screen is on it. None when it does not
    answer.

    What is typed meanwhile is lost. Raises OSError when it is no terminal.
    """
    conversation = Conversation()
    deadline = time.monotonic() + seconds
    with _in_silence(terminal):
        while question := conversation.question():
            os.write(terminal, question)
            while not conversation.answered:
                heard = _read(terminal, deadline)
                if not heard:
                    return None
                conversation.hear(heard)
    return conversation.pixels


def ask_letters(terminal: int, seconds: float) -> bool | None:
    """Ask it whether it reads UTF-8; as `ask`."""
    deadline, heard = time.monotonic() + seconds, b""
    with _in_silence(terminal):
        os.write(terminal, QUESTION_ON_A_LINE.encode())
        while reads_utf8_on_a_line(heard) is None:
            more = _read(terminal, deadline)
            if not more:
                return None
            heard += more
    return reads_utf8_on_a_line(heard)


@contextmanager
def _in_silence(terminal: int) -> Iterator[None]:
    """Have the terminal's answers neither shown nor kept for a line's end."""
    import termios
    import tty

    try:
        before = termios.tcgetattr(terminal)
    except termios.error as error:
        raise OSError(str(error)) from error
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _read(terminal: int, deadline: float) -> bytes:
    """What came up to the deadline; nothing when it has passed."""
    left = deadline - time.monotonic()
    return os.read(terminal, 4096) if left > 0 and select.select([terminal], [], [], left)[0] else b""
