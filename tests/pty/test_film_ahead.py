"""What would be lost: a film that is seen at once, its place in time, and nothing typed meanwhile."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.emulator import Emulator, Terminal, emulator
from tests.pty.test_leaving import FarTerminal, gives_the_terminal_back, nothing_is_on, stop
from tests.pty.test_play import has_corners, paused, showing
from tests.unit.film import films
from vigtui.vault.film.layout import ENDING, HEADER_BYTES, MAGIC


@pytest.fixture(scope="module")
def corners_for_long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute and a half: a different colour in each corner."""
    return films.make(tmp_path_factory.mktemp("films") / "corners.mp4", films.corners(900))


class Recorded(Emulator):
    """Keeps what was sent."""

    sent = b""

    def show(self, data: bytes) -> None:
        self.sent += data
        super().show(data)


@contextlib.contextmanager
def held(
    film: Path, go: Path, *arguments: str, kind: type[Terminal] = Recorded, **environment: str
) -> Iterator[Terminal]:
    """vigtui play while what draws its screen is still being imported."""
    variables = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PATIENT": "1"} | environment
    with emulator(
        "play", *arguments, str(film), module="tests.pty.held", GO=str(go), kind=kind, **variables
    ) as terminal:
        yield terminal


def there(terminal: Emulator, rows: int = 16) -> bool:
    """Whether all of the picture is there, and the line about it."""
    return has_corners(terminal, 60, rows) and (rows == 18 or "corners.mp4" in terminal.text.splitlines()[16])


def test_a_film_is_there_before_its_screen_and_stays_when_that_comes(
    corners_for_long: Path, tmp_path: Path
) -> None:
    with held(corners_for_long, tmp_path / "go") as terminal:
        terminal.until(lambda _: there(terminal))
        assert "Leave" not in terminal.text
        (tmp_path / "go").touch()
        seen: list[bool] = []

        def whole(text: str) -> bool:
            seen.append(there(terminal))
            return "Leave" in text

        terminal.until(whole, most=64)
        assert all(seen)
        assert terminal.sent.count(b"\x1b[60C") > 10, "rows that are as they were are stepped over"
        terminal.type("q")
        assert terminal.wait() == 0
        assert terminal.sent.count(b"\x1b[?1049h") == 1


def test_the_picture_alone_is_there_at_once_too(corners_for_long: Path, tmp_path: Path) -> None:
    with held(corners_for_long, tmp_path / "go", "--full") as terminal:
        terminal.until(lambda _: there(terminal, 18))
        (tmp_path / "go").touch()
        terminal.type("\x1b")
        assert terminal.wait() == 0
        assert nothing_is_on(terminal)


def test_a_film_plays_on_while_its_screen_comes(moving: Path, tmp_path: Path) -> None:
    with held(moving, tmp_path / "go") as terminal:
        terminal.until(showing)
        pictures = {terminal.text}
        terminal.until(lambda text: pictures.add(text) or len(pictures) > 5)
        assert "Leave" not in terminal.text


def test_what_is_typed_before_the_screen_is_there_is_answered_in_its_order(
    corners_for_long: Path, tmp_path: Path
) -> None:
    with held(corners_for_long, tmp_path / "go") as terminal:
        terminal.until(lambda _: there(terminal))
        terminal.type(" ")
        terminal.type("l")
        (tmp_path / "go").touch()
        terminal.until(lambda text: paused(text) and "loop" in text and there(terminal))
        terminal.type("q")
        assert terminal.wait() == 0


def test_a_window_that_changes_meanwhile_is_drawn_anew(corners_for_long: Path, tmp_path: Path) -> None:
    with held(corners_for_long, tmp_path / "go") as terminal:
        terminal.until(lambda _: there(terminal))
        terminal.resize(70, 12)
        (tmp_path / "go").touch()
        terminal.until(lambda text: "Leave" in text.splitlines()[-1] and has_corners(terminal, 70, 10))


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_program_that_is_ended_meanwhile_leaves_the_shell_as_it_was(
    corners_for_long: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    with held(corners_for_long, tmp_path / "go", kind=FarTerminal) as terminal:
        terminal.until(lambda _: there(terminal))
        gives_the_terminal_back(terminal, ending)
        assert terminal.at_the_prompt() == b""


def test_a_screen_that_cannot_be_imported_leaves_the_shell_as_it_was(
    corners_for_long: Path, tmp_path: Path
) -> None:
    with held(corners_for_long, tmp_path / "go") as terminal:
        terminal.until(lambda _: there(terminal))
        (tmp_path / "broken").write_text("broken")
        (tmp_path / "broken").rename(tmp_path / "go")
        assert terminal.wait() == 1
        assert "it is broken" in terminal.text
        assert not showing(terminal.text)


def test_a_program_that_is_stopped_meanwhile_gives_the_terminal_back_and_goes_on_later(
    corners_for_long: Path, tmp_path: Path
) -> None:
    with held(corners_for_long, tmp_path / "go") as terminal:
        terminal.until(lambda _: there(terminal))
        stop(terminal)
        (tmp_path / "go").touch()
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(lambda text: there(terminal) and "Leave" in text)
        terminal.type("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("environment", [{"TERM": "linux", "COLORTERM": ""}, {"NO_COLOR": "1"}])
def test_where_it_is_not_certain_how_it_looks_the_film_waits_for_the_screen(
    corners_for_long: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    with held(corners_for_long, tmp_path / "go", **environment) as terminal:
        terminal.quiet()
        assert terminal.received == 0
        (tmp_path / "go").touch()
        terminal.until(lambda text: "Leave" in text and "00:00" in text)


def test_a_terminal_that_does_not_answer_shows_the_film_all_the_same(
    corners_for_long: Path, tmp_path: Path
) -> None:
    (tmp_path / "go").touch()
    with emulator(
        "play", str(corners_for_long), module="tests.pty.held", GO=str(tmp_path / "go"), answers=False
    ) as terminal:
        terminal.until(lambda text: there(terminal) and "Leave" in text)


def test_a_far_terminal_finds_nothing_at_its_prompt(corners_for_long: Path, tmp_path: Path) -> None:
    """Its answers come when the screen is there already, or when it has gone."""
    (tmp_path / "go").touch()
    with emulator(
        "play", str(corners_for_long), module="tests.pty.held", GO=str(tmp_path / "go"), kind=FarTerminal
    ) as terminal:
        terminal.until(lambda text: there(terminal) and "Leave" in text)
        terminal.type("q")
        assert terminal.wait() == 0
        assert terminal.at_the_prompt() == b""


def test_a_damaged_film_is_a_sentence_that_waits_for_no_screen(
    corners_for_long: Path, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(corners_for_long.read_bytes()[:2000])
    with held(torn, tmp_path / "go") as terminal:
        assert terminal.wait() == 1
        assert "torn.mp4 cannot be played" in " ".join(terminal.text.split())
        assert terminal.sent.count(b"\x1b[?1049h") == terminal.sent.count(b"\x1b[?1049l")


def test_encrypted_film_is_not_told_to_be_damaged(tmp_path: Path) -> None:
    film = tmp_path / f"film{ENDING}"
    film.write_bytes(MAGIC + bytes(HEADER_BYTES))
    with held(film, tmp_path / "go") as terminal:
        assert terminal.wait() == 1
        assert "film.vigfilm is encrypted film of a caseload." in " ".join(terminal.text.split())
