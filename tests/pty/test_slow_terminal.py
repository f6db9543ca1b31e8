"""What would be lost: the answer to a key, because pictures stand in line before it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty.emulator import Emulator, emulator


def take(terminal: Emulator, rate: int, seen: Callable[[], bool], most: int) -> None:
    """Read like a line of `rate` bytes a second until `seen`, which must come within `most` bytes."""
    before = terminal.received
    while not seen():
        assert terminal.received - before < most, terminal.text
        terminal.read(rate // 50)
        time.sleep(0.02)


@pytest.mark.parametrize("answers", [True, False])
def test_a_key_is_answered_within_little_more_than_a_picture(moving: Path, answers: bool) -> None:
    """Without pacing, what had queued in thirty writes would stand before the answer."""
    rate = 60_000
    with emulator("play", str(moving), answers=answers) as terminal:
        # Before its screen is there, keys are kept, and pictures go on.
        take(terminal, rate, lambda: terminal.asked >= 4 and "Leave" in terminal.text, most=600_000)
        for key, seen in ((" ", "‖"), (" ", "▶"), ("l", "loop"), (" ", "‖")):
            terminal.type(key)
            take(terminal, rate, lambda seen=seen: seen in terminal.text, most=30_000)


def test_a_terminal_that_stops_reading_for_seconds_goes_on_where_it_was(moving: Path) -> None:
    """No key that was typed meanwhile is lost, and no heap of pictures comes before their answers."""
    with emulator("play", str(moving)) as terminal:
        terminal.until(lambda _: terminal.asked >= 4)
        time.sleep(2)
        for key in ("+", "l", "+", " "):
            terminal.type(key)
            time.sleep(0.1)
        before = terminal.received
        terminal.until(lambda text: all(words in text for words in ("‖", "2x", "loop")))
        assert terminal.received - before < 150_000
        terminal.type("q")
        assert terminal.wait() == 0
