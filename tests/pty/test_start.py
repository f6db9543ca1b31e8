"""What would be lost: a start that nobody waits for, and nothing that was typed meanwhile."""

import contextlib
import os
import signal
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.caseload.big import make_big
from tests.pty.emulator import Emulator, emulator
from tests.pty.test_leaving import FarTerminal, gives_the_terminal_back, stop
from tests.ui.conftest import Heron
from vigtui.store.caseload import Caseload
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key

SENT_FOR_THE_REST = 2500
"""Bytes that are no second drawing of the list: modes of the terminal, questions, keys, a scrollbar."""


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    return make_big(tmp_path / "many.vig.json", 12)


@contextlib.contextmanager
def held(caseload: Path, go: Path, **environment: str) -> Iterator[Emulator]:
    """vigtui while what draws its screens is still being imported."""
    colours = {"TERM": "xterm-256color", "COLORTERM": ""} | environment
    with emulator(
        str(caseload), module="tests.pty.held", columns=80, rows=24, GO=str(go), **colours
    ) as terminal:
        yield terminal


def standing(text: str) -> bool:
    """Whether the list stands there, from its first line to its last."""
    return "12 families" in text and "Caseload" in text and text.count("What is Jory") > 5


def whole(text: str) -> bool:
    return "F1 Help" in text and "saved" in text


def test_the_list_of_families_waits_for_nothing_that_film_or_encryption_needs(
    heron: Heron, tmp_path: Path
) -> None:
    loaded = tmp_path / "loaded"
    with emulator(str(heron.path), module="tests.pty.loaded", columns=80, LOADED=str(loaded)) as terminal:
        terminal.until(lambda text: "People: who is here?" in text and "Ros Tiverton" in text)
        terminal.type("\r")
        terminal.until(lambda text: "who is here" not in text and "Heron" in text)
        terminal.type("\x11")
        assert terminal.wait() == 0
    heavy = {"numpy", "mpv", "cryptography", "hashlib", "tinydb", "ssl"}
    heavy |= {"vigtui.ui.dialogs.passphrase", "jinja2", "vigtui.queries.search", "vigtui.workspace.searching"}
    assert heavy.isdisjoint(loaded.read_text(encoding="utf-8").split())


def test_the_list_stands_before_the_screens_are_there_and_stays_when_they_come(
    caseload: Path, tmp_path: Path
) -> None:
    with held(caseload, tmp_path / "go") as terminal:
        terminal.until(standing)
        assert not whole(terminal.text)
        before = terminal.received
        (tmp_path / "go").touch()
        terminal.until(lambda text: standing(text) and whole(text), most=64)
        assert terminal.received - before < SENT_FOR_THE_REST


def test_a_large_caseload_is_seen_before_it_is_open(caseload: Path, tmp_path: Path) -> None:
    with held(caseload, tmp_path / "go", LARGE="1") as terminal:
        terminal.until(standing)
        terminal.type("/teäl")
        (tmp_path / "go").touch()
        terminal.until(lambda text: "No family matches" in text)


def test_a_large_file_that_cannot_be_opened_says_so(caseload: Path, tmp_path: Path) -> None:
    data = caseload.read_bytes().removesuffix(b"}\n")
    caseload.write_bytes(data + b',\n"stills": {\n"1": {"id":"a","id":"b"}\n}}\n')
    with held(caseload, tmp_path / "go", LARGE="1") as terminal:
        terminal.until(standing)
        (tmp_path / "go").touch()
        terminal.until(lambda text: "is left as it is" in " ".join(text.split()))


def test_what_is_typed_before_the_screens_are_there_is_answered_in_its_order(
    caseload: Path, tmp_path: Path
) -> None:
    with held(caseload, tmp_path / "go") as terminal:
        terminal.until(standing)
        terminal.type("/teäl")
        (tmp_path / "go").touch()
        terminal.until(lambda text: "teäl" in text and "No family matches" in text)
        terminal.type("\x11")
        assert terminal.wait() == 0


def test_a_passphrase_that_was_typed_before_the_program_had_begun_opens_the_caseload(tmp_path: Path) -> None:
    key = new_key("heron toast marsh", Cost(n=2, r=8, p=1))
    Caseload.create(tmp_path / "shared.vig.json", service="Fenland VIG", by="Ros", key=key).close()
    with emulator(str(tmp_path / "shared.vig.json"), columns=80, rows=24) as terminal:
        terminal.type("heron toast marsh\r")
        terminal.until(lambda text: "ctrl+s Save" in text and "assphrase" not in text)  # who one is


def test_a_window_that_changes_meanwhile_is_drawn_anew(caseload: Path, tmp_path: Path) -> None:
    with held(caseload, tmp_path / "go") as terminal:
        terminal.until(standing)
        terminal.resize(100, 30)
        (tmp_path / "go").touch()
        terminal.until(lambda text: standing(text) and "F1 Help" in text.splitlines()[-1])
        assert len(terminal.text.splitlines()[0].rstrip()) > 80


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_program_that_is_ended_meanwhile_leaves_the_shell_as_it_was(
    caseload: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    with held(caseload, tmp_path / "go") as terminal:
        terminal.until(standing)
        gives_the_terminal_back(terminal, ending)


def test_a_program_whose_screens_cannot_be_imported_leaves_the_shell_as_it_was(
    caseload: Path, tmp_path: Path
) -> None:
    with held(caseload, tmp_path / "go") as terminal:
        terminal.until(standing)
        shell = os.open(f"/proc/{terminal.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
        (tmp_path / "broken").write_text("broken")
        (tmp_path / "broken").rename(tmp_path / "go")
        assert terminal.wait() == 1
        assert termios.tcgetattr(shell)[3] & termios.ECHO
        os.close(shell)
        assert "it is broken" in terminal.text
        assert "families" not in terminal.text


def test_a_program_that_is_stopped_meanwhile_gives_the_terminal_back_and_goes_on_later(
    caseload: Path, tmp_path: Path
) -> None:
    with held(caseload, tmp_path / "go") as terminal:
        terminal.until(standing)
        stop(terminal)
        (tmp_path / "go").touch()
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(lambda text: standing(text) and whole(text))
        terminal.type("\x11")
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    "environment", [{"TERM": "linux"}, {"TERM": "xterm"}, {"NO_COLOR": "1"}, {"TEXTUAL_FPS": "30"}]
)
def test_where_it_is_not_certain_how_it_looks_the_list_waits_for_the_screens(
    caseload: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    with held(caseload, tmp_path / "go", **environment) as terminal:
        terminal.quiet()
        assert terminal.received == 0
        (tmp_path / "go").touch()
        terminal.until(lambda text: standing(text) and "F1" in text)


def test_a_terminal_that_does_not_answer_shows_the_list_all_the_same(caseload: Path, tmp_path: Path) -> None:
    (tmp_path / "go").touch()
    with held(caseload, tmp_path / "go") as terminal:
        terminal.answers = False
        terminal.until(lambda text: standing(text) and whole(text))


def test_a_far_terminal_finds_nothing_at_its_prompt(caseload: Path, tmp_path: Path) -> None:
    """Its answers come when the screens are there already, or when they have gone."""
    (tmp_path / "go").touch()
    with emulator(
        str(caseload), module="tests.pty.held", columns=80, rows=24, kind=FarTerminal, GO=str(tmp_path / "go")
    ) as terminal:
        terminal.until(lambda text: standing(text) and whole(text))
        terminal.type("\x11")
        assert terminal.wait() == 0
        assert terminal.at_the_prompt() == b""
