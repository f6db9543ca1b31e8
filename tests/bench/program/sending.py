"""How many bytes the screens send: what stands on a slow line between a key and its answer."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figures.figure import Figure
from tests.bench.running.demo_screens import demo
from tests.bench.running.peers import LAZYGIT, MC, missing
from tests.bench.running.screen import Unread
from tests.bench.running.terminal import Terminal, terminal

_COLUMNS, _ROWS = 100, 30
_QUIET, _PATIENCE = 0.6, 30.0
_NOTHING = 3.0
"""For how long nothing comes where there is nothing to say: a press at the end of a list."""
_LETTERS = "plain and slow, "
_FAST, _SLOW = 0.2, 1.5
_GOALS = {
    "start": 8000,
    "one line down": 600,
    "a dialog's opening": 6000,
    "its closing": 8000,
    "a letter": 100,
    "a letter, written slowly": 100,
    "a family's opening": 8000,
    "an event to the left": 1000,
    "back to the list": 8000,
}
_FILES = 40


def bench_sending() -> Iterator[Figure]:
    """Yield the bytes of a start, of moving about, of a dialog and of a letter, beside mc and lazygit."""
    peers = {MC.name: _mc, LAZYGIT.name: _lazygit}
    theirs = {peer.name: peers[peer.name]() for peer in missing([MC, LAZYGIT])}
    about = f"Bytes sent at {_COLUMNS}x{_ROWS}, 256 colours"
    for what, sent in _ours().items():
        yield Figure(about, what, sent, "bytes", goal=_GOALS[what])
        for name, found in theirs.items():
            if what in found:
                yield Figure(about, f"{what}: {name}", found[what], "bytes", better="neither")


def _ours() -> dict[str, int]:
    with demo(COLORTERM="") as window:
        _settle(window)
        sent = {"start": window.received, "one line down": _press(window, "\x1b[B")}
        _press(window, "\x1b[B")
        sent["a dialog's opening"] = _press(window, "e", "save")
        sent["its closing"] = _press(window, "\x1b")
        sent["a family's opening"] = _press(window, "\r", "Timeline")
        sent["an event to the left"] = max(_press(window, "\x1b[D"), _press(window, "\x1b[D"))
        sent["back to the list"] = _press(window, "\x1b", "to filter")
        _press(window, "s", "Which")
        window.type("\r")
        window.run(_PATIENCE, lambda: "▸1" in window.screen.text)
        # Film that plays never comes to rest: writing pauses it.
        window.type("\x0ea")
        # The trainee has not written about this clip: may it be done all the same?
        window.run(_PATIENCE, lambda: "Write first" in window.screen.text)
        window.type("\x1b[C\r")
        _settle(window)
        sent["a letter"] = _write(window, _LETTERS, _FAST)
        window.run(3.0)
        sent["a letter, written slowly"] = _write(window, _LETTERS[:6], _SLOW)
        return sent


def _mc() -> dict[str, int]:
    with _folder() as folder:
        sent = {}
        with _peer([*MC.words, str(folder)], folder) as window:
            sent["start"] = _settle(window)
            sent["one line down"] = max(_press(window, "\x1bOB"), _press(window, "\x1bOB"))
            sent["a dialog's opening"] = _press(window, "\x1b[18~")  # F7 makes a folder.
            sent["its closing"] = _press(window, "\x1b\x1b")
        with _peer(["mcedit", str(folder / "file-00.txt")], folder) as window:
            _settle(window)
            sent["a letter"] = _write(window, _LETTERS, _FAST)
            sent["a letter, written slowly"] = _write(window, _LETTERS[:6], _SLOW)
        return sent


def _lazygit() -> dict[str, int]:
    with _folder() as folder:
        subprocess.run(["git", "init", "-q", folder], check=True)
        with _peer(list(LAZYGIT.words), folder) as window:
            sent = {"start": _settle(window), "one line down": _press(window, "\x1b[B")}
            _press(window, " ")
            sent["a dialog's opening"] = _press(window, "c")
            sent["a letter"] = _write(window, _LETTERS, _FAST)
            sent["a letter, written slowly"] = _write(window, _LETTERS[:6], _SLOW)
            sent["its closing"] = _press(window, "\x1b")
            return sent


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder with as many files as fill a screen."""
    with TemporaryDirectory() as name:
        for number in range(_FILES):
            Path(name, f"file-{number:02}.txt").write_text("What is seen and heard.\n", encoding="utf-8")
        yield Path(name)


@contextmanager
def _peer(words: list[str], folder: Path) -> Iterator[Terminal]:
    command = ["sh", "-c", 'cd "$0" && exec "$@"', str(folder), *words]
    with terminal(command, _COLUMNS, _ROWS, {"COLORTERM": "", "HOME": str(folder)}) as window:
        window.screen = Unread(_COLUMNS, _ROWS)
        yield window


def _write(window: Terminal, letters: str, seconds: float) -> int:
    """Type letters, one every so many seconds; return how many bytes came for each."""
    before = window.received
    for letter in letters:
        window.type(letter)
        window.run(seconds)
    return (window.received - before) // len(letters)


def _press(window: Terminal, keys: str, seen: str = "") -> int:
    window.type(keys)
    return _settle(window, seen)


def _settle(window: Terminal, seen: str = "") -> int:
    """Let it come to rest; return how many bytes came."""
    before = window.received
    patience = _PATIENCE if seen else _NOTHING
    window.run(patience, lambda: window.received > before and seen in window.screen.text)
    came = -1
    while came != window.received:
        came = window.received
        window.run(_QUIET)
    return came - before
