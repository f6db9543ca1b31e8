"""What would be lost: what somebody typed while the terminal answered."""

import os
import pty
import termios
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from vigtui.film.pane.ahead import FilmAhead
from vigtui.film.pane.driver.taken import TakenTerminal, take
from vigtui.film.pane.shared_link import FilmLine
from vigtui.film.picture.choice import look_here
from vigtui.film.playing.state import PlayerState
from vigtui.film.terminal.letters import take_answer

PATIENCE = 20.0


class Player:
    """One that has no picture yet."""

    state = PlayerState()
    on_state: Any = None
    on_frame: Any = None

    def take_picture(self) -> None:
        """None so far."""


@pytest.fixture
def typing() -> Iterator[int]:
    """What is written here is typed at the terminal of this program."""
    with ExitStack() as stack:
        ours, its = pty.openpty()
        stack.callback(os.close, ours)
        stack.callback(os.close, kept := os.dup(0))
        stack.callback(os.dup2, kept, 0)
        os.dup2(its, 0)
        os.close(its)
        yield ours


@pytest.fixture
def terminal(typing: int) -> Iterator[TakenTerminal]:
    found = take((80, 24))
    assert found is not None
    found.keep(b"\x1b[2;29R")  # It reads UTF-8.
    yield found
    os.write(typing, b"\x1b[2;1R")  # its last answer
    found.give_back()


def begun(terminal: TakenTerminal) -> FilmAhead:
    """A film that is drawn ahead of its pane."""
    player: Any = Player()
    ahead = FilmAhead(terminal, player, 22, look_here(), FilmLine())
    ahead.begin()
    return ahead


def listening() -> list[threading.Thread]:
    """Who reads what is typed."""
    return [each for each in threading.enumerate() if each.name == "film ahead of its pane"]


def nobody_reads() -> bool:
    """Whether nobody reads any more, if that is waited for."""
    for each in listening():
        each.join(PATIENCE)
    return not listening()


def test_the_answer_is_taken_out_of_what_is_typed_around_it() -> None:
    assert take_answer(b"/te\x1b[2;29Ral") == (True, b"/teal")


def test_an_answer_that_it_reads_no_utf8_is_taken_out_too() -> None:
    assert take_answer(b"q\x1b[2;30R") == (False, b"q")


def test_no_answer_and_half_of_one_are_kept_whole() -> None:
    for heard in (b"", b"\x1b", b"abc\x1b[2;2", b"\x1b[1;2R"):
        assert take_answer(heard) == (None, heard)


def test_ctrl_z_before_a_film_is_drawn_leaves_nobody_who_reads_keys(
    terminal: TakenTerminal, typing: int
) -> None:
    """Keys that are typed once the program goes on would be lost."""
    terminal.give_back()
    begun(terminal)
    os.write(typing, b"q\n")
    assert nobody_reads()
    assert os.read(0, 10) == b"q\n"


def test_ctrl_z_that_has_dropped_an_answer_leaves_nobody_who_reads_keys(
    terminal: TakenTerminal, typing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system drops it after it was seen to be there, and before it is read."""
    dropped, read = threading.Event(), os.read

    def read_too_late(file: int, size: int) -> bytes:
        if file == 0 and not dropped.is_set():
            termios.tcflush(0, termios.TCIFLUSH)
            dropped.set()
        return read(file, size)

    monkeypatch.setattr(os, "read", read_too_late)
    ahead = begun(terminal)
    os.write(typing, b"q")
    assert dropped.wait(PATIENCE)
    ahead.rest()
    assert nobody_reads()
