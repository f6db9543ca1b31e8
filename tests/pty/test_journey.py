"""What would be lost: the main job, from the caseload to a note that is there again, in a real terminal."""

import os
import re
import signal

import pytest

from tests.pty.emulator import Emulator, emulator
from tests.ui.conftest import Heron

SENTENCE = "Dana names the sulk and Jory loo"


def press(terminal: Emulator, keys: str, *seen: str) -> None:
    """Type, and wait until all of this is on the screen."""
    terminal.type(keys)
    terminal.until(lambda text: all(words in text for words in seen))


def test_from_the_caseload_to_a_note_that_survives_a_dropped_line(heron: Heron) -> None:
    with emulator(str(heron.path), columns=80, rows=24) as terminal:
        terminal.until(lambda text: "People: who is here?" in text and "Ros Tiverton" in text)
        leave(terminal, "\r", "who is here")
        press(terminal, "/nothing", "0 families")
        leave(terminal, "\x1b", "0 families")
        press(terminal, "/jory", "1 family")
        press(terminal, "\r", "1 Timeline", "Dana, Jory")
        walk_the_timeline(terminal)
        see_a_clip(terminal)
        press(terminal, "\x1b", "1 Timeline")
        press(terminal, "\x1b", " Caseload", "1 family")
        press(terminal, "\x1b", "/ to filter")
        press(terminal, "s", "Plan a new session")
        press(terminal, "\r", "▸1 SR2-1")
        terminal.until(lambda _: shows_film(terminal))
        press(terminal, "\x0e", "▸2 of 2 SR2-2")
        press(terminal, "\x10", "▸1 SR2-1", "Ellis asks")
        press(terminal, SENTENCE, "] Dana names", " loo ")
        os.kill(terminal.pid, signal.SIGHUP)
        terminal.wait()
        assert "Traceback" not in terminal.text
    with emulator(str(heron.path), columns=80, rows=24) as terminal:
        terminal.until(lambda text: "▸1 SR2-1" in text and " loo " in text)
        press(terminal, "ks up.", " looks up.")
        terminal.type("\x11")
        assert terminal.wait() == 0


def shows_film(terminal: Emulator) -> bool:
    """Whether the film's bar is on the screen in its colour."""
    cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
    colours = {name for cell in cells for name in (cell.fg, cell.bg) if re.fullmatch("[0-9a-f]{6}", name)}
    return any(tuple(bytes.fromhex(name)) == pytest.approx((255, 208, 64), abs=30) for name in colours)


def leave(terminal: Emulator, keys: str, gone: str) -> None:
    """Type, and wait until this is no longer on the screen."""
    terminal.type(keys)
    terminal.until(lambda text: gone not in text)


def walk_the_timeline(terminal: Emulator) -> None:
    """The cursor tells of the event it is on, lane by lane."""
    press(terminal, "\x1b[A\x1b[B\x1b[D\x1b[C", "[○1]", "18 March 2025, planned", "SR2-1 with C2-2")


def see_a_clip(terminal: Emulator) -> None:
    """It plays in cells, steps both ways, loops, and changes its speed."""
    press(terminal, "5", "interaction   0:20")
    press(terminal, "\x1b[B\r", " Interaction", "paused")
    press(terminal, "\x1b[6~", " C2-1  Jam or honey", "paused  ↻", "00:02.00")
    terminal.until(lambda _: shows_film(terminal))
    press(terminal, ".", "00:02.10")
    press(terminal, ",", "00:02.00")
    leave(terminal, "l", "↻")
    press(terminal, "+", "paused at 1.5x")
    press(terminal, " ", "▶ 1.5x")
    press(terminal, " ", "paused at 1.5x")
