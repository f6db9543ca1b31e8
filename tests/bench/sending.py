"""How many bytes the screens send: what stands on a slow line between a key and its answer."""

import sys
from tempfile import TemporaryDirectory

from tests.bench.peers import fresh_home
from tests.bench.terminal import Terminal, terminal

_DEMO = [sys.executable, "-m", "vigtui", "demo"]
_COLUMNS, _ROWS = 100, 30
_QUIET, _PATIENCE = 0.6, 30.0
_LETTERS = "plain and slow, "


def bench_sending() -> None:
    """Print the bytes of a start, of moving about, of a dialog, and of a letter written."""
    with (
        TemporaryDirectory() as folder,
        fresh_home() as environment,
        terminal(_DEMO, _COLUMNS, _ROWS, environment | {"COLORTERM": "", "XDG_DATA_HOME": folder}) as window,
    ):
        print(f"Bytes sent at {_COLUMNS}x{_ROWS}, 256 colours")
        _tell("start", _settle(window, "families"), 8000)
        _tell("one line down", _press(window, "\x1b[B"), 600)
        _press(window, "\x1b[B")
        _tell("a form's opening", _press(window, "e", "save"), 6000)
        _tell("its closing", _press(window, "\x1b"), 8000)
        _tell("a family's opening", _press(window, "\r", "Timeline"), 8000)
        _tell("an event to the left", _press(window, "\x1b[D"), 1000)
        _tell("an event to the left", _press(window, "\x1b[D"), 1000)
        _tell("back to the list", _press(window, "\x1b", "to filter"), 8000)
        _press(window, "s", "Which")
        window.type("\r")
        window.run(_PATIENCE, lambda: "▸1" in window.screen.text)
        # Film that plays never comes to rest: writing pauses it.
        window.type("\x0ea")
        window.run(3.0)
        before = window.received
        for letter in _LETTERS:
            window.type(letter)
            window.run(0.2)
        _tell("a letter in a note", (window.received - before) // len(_LETTERS), 100)
        print()


def _press(window: Terminal, keys: str, seen: str = "") -> int:
    window.type(keys)
    return _settle(window, seen)


def _settle(window: Terminal, seen: str = "") -> int:
    """Let it come to rest; return how many bytes came."""
    before = window.received
    window.run(_PATIENCE, lambda: window.received > before and seen in window.screen.text)
    came = -1
    while came != window.received:
        came = window.received
        window.run(_QUIET)
    return came - before


def _tell(what: str, count: int, goal: int) -> None:
    print(f"  {what:26}{count:8,}   (goal {goal:,})")
