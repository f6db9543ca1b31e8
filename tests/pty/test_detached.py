"""What would be lost: the film that played on where nobody could see it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ptyprocess import PtyProcess

from tests.pty.emulator import PATIENCE, Emulator, emulator
from vigtui.film.terminal.detached import is_detached

FILM_APP = "tests.pty.covered_film"


def half_a_minute_later(terminal: Emulator) -> None:
    os.kill(terminal.pid, signal.SIGUSR1)


def says_why(text: str) -> bool:
    return "did not answer for" in " ".join(text.split())


def test_a_film_pauses_when_the_terminal_answers_no_more_and_says_so_when_it_does_again(moving: Path) -> None:
    with emulator(str(moving), module=FILM_APP, columns=90) as terminal:
        terminal.until(lambda _: terminal.asked >= 6)
        terminal.answers = False
        asked = terminal.asked
        terminal.until(lambda _: terminal.asked > asked)
        half_a_minute_later(terminal)
        terminal.until(lambda text: "held still" in text)
        terminal.quiet()
        assert not says_why(terminal.text)
        terminal.answers = True
        half_a_minute_later(terminal)
        terminal.type("b")
        terminal.until(says_why)
        assert "held still" in terminal.text


def test_a_film_can_be_played_on_a_terminal_that_never_answers_again(moving: Path) -> None:
    with emulator(str(moving), module=FILM_APP, columns=90) as terminal:
        terminal.until(lambda _: terminal.asked >= 6)
        terminal.answers = False
        asked = terminal.asked
        terminal.until(lambda _: terminal.asked > asked)
        half_a_minute_later(terminal)
        terminal.until(lambda text: "held still" in text)
        terminal.type(" ")
        terminal.until(lambda text: "playing" in text)
        half_a_minute_later(terminal)
        asked = terminal.asked
        terminal.until(lambda _: terminal.asked > asked + 4)
        assert "playing" in terminal.text


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """The first words of every command to a tmux of its own."""
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux here")
    words = ["tmux", "-f", "/dev/null", "-S", str(tmp_path / "socket")]
    yield words
    subprocess.run([*words, "kill-server"], capture_output=True, check=False)


def test_a_film_pauses_while_no_terminal_is_attached_and_stays_paused(moving: Path, tmux: list[str]) -> None:
    def screen() -> str:
        shown = subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True)
        return shown.stdout

    def attached() -> PtyProcess:
        return PtyProcess.spawn([*tmux, "attach"], env=os.environ | {"TERM": "xterm"}, dimensions=(24, 90))

    def until(*words: str, meanwhile: Callable[[], object] = lambda: None) -> None:
        deadline = time.monotonic() + PATIENCE
        while not all(word in (shown := screen()) for word in words):
            assert time.monotonic() < deadline, shown
            meanwhile()

    command = [sys.executable, "-m", FILM_APP, str(moving)]
    # Until a terminal is attached, nobody is there either.
    subprocess.run([*tmux, "new-session", "-d", "-x", "90", "-y", "24", "cat"], check=True)
    terminal = attached()
    subprocess.run([*tmux, "respawn-pane", "-k", *command], check=True)
    until("playing", "▄", meanwhile=terminal.read)
    terminal.terminate(force=True)
    until("held still")
    again = attached()
    until("session was", "held still", meanwhile=again.read)
    again.terminate(force=True)


def test_a_session_of_screen_tells_by_its_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    socket = tmp_path / "1.vigtui"
    socket.touch()
    monkeypatch.setenv("SCREENDIR", str(tmp_path))
    monkeypatch.setenv("STY", socket.name)
    socket.chmod(0o600)
    assert is_detached()
    socket.chmod(0o700)
    assert not is_detached()
    socket.unlink()
    assert not is_detached()


def test_without_tmux_nothing_is_detached(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_detached()
    monkeypatch.setenv("TMUX", "/nowhere,1,0")
    monkeypatch.setenv("TMUX_PANE", "%0")
    assert not is_detached()
