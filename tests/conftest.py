"""What every test stands on: folders of its own, a plain terminal, and the signals as they were."""

import signal
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from vigtui.film.errors import LibraryMissing
from vigtui.film.libmpv import libmpv

OTHER_TERMINALS = (
    *("TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION", "KONSOLE_VERSION", "WT_SESSION"),
    *("KITTY_WINDOW_ID", "GHOSTTY_RESOURCES_DIR", "WEZTERM_PANE"),
)
"""What tells of the terminal in which the tests happen to run."""

pytest.register_assert_rewrite("tests.snapshot")  # So that a difference is shown line by line.

# How long an example takes says something about the machine, not about the program. A delivery is judged by
# the same examples each time; `pytest --hypothesis-profile=search` looks for new ones, `make prove` for many.
settings.register_profile("search", deadline=None)
settings.register_profile("vigtui", deadline=None, derandomize=True)
settings.register_profile("prove", deadline=None, max_examples=3000, database=None, print_blob=True)
settings.load_profile("vigtui")


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's settings, demo or places are read or written by a test."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("SSH_CONNECTION", "TMUX", "STY", "EDITOR", "VISUAL", "NO_COLOR", *OTHER_TERMINALS):
        monkeypatch.delenv(name, raising=False)
    handlers = {name: signal.getsignal(name) for name in (signal.SIGHUP, signal.SIGTERM)}
    yield
    for name, handler in handlers.items():
        signal.signal(name, handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where libmpv is truly not installed, what needs film is left out and says so."""
    errors = [call.excinfo.value] if call.excinfo else []
    for error in errors:  # It grows while it is gone through; what led to an error may lead back to it.
        errors += {error.__cause__, error.__context__} - {None, *errors}
    error = next((each for each in errors if isinstance(each, LibraryMissing)), None)
    report = yield
    if error and not film_can_be_played():
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, f"Skipped: {error}")
    return report


@cache
def film_can_be_played() -> bool:
    """Whether libmpv is installed here."""
    try:
        libmpv()
    except LibraryMissing:
        return False
    return True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What plays film, or drives a real terminal, is slow."""
    for item in items:
        of_film = {"film", "heron", "watched"} & {*getattr(item, "fixturenames", ())}
        if of_film or "pty" in item.path.relative_to(Path(__file__).parent).parts:
            item.add_marker("slow")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots", action="store_true", help="write the snapshots and golden files as they are now"
    )
    parser.addoption(
        "--every-theme", action="store_true", help="look at each screen in every theme, not in one"
    )
