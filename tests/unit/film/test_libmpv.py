"""What would be lost: the whole program, where something asks a libmpv core that goes; memory and threads, to
scripts of libmpv's own that nobody here sees; a file, into which one writes that hangs."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.unit.film.watched import PATIENCE
from vigtui.film import libmpv
from vigtui.film.files import FileSource
from vigtui.film.libmpv import end_core, late_by, new_core, seconds_of, unless_ended
from vigtui.film.making.target import begun_beside
from vigtui.film.options import ONLY_FILMS
from vigtui.film.sound.waveform import listen

TASKS = Path("/proc/self/task")


@pytest.mark.skipif(not TASKS.exists(), reason="the names of threads are only known on Linux")
def test_a_core_runs_no_scripts() -> None:
    core = new_core(ONLY_FILMS | {"vo": "null"})
    try:
        names = [(task / "comm").read_text().strip() for task in TASKS.iterdir()]
        assert any(name.startswith("mpv/") for name in names)
        assert not [name for name in names if "lua" in name or "script" in name]
    finally:
        end_core(core)


def test_a_core_that_has_gone_is_asked_for_nothing() -> None:
    core = new_core(ONLY_FILMS | {"vo": "null"})
    end_core(core)
    assert seconds_of(core) is None
    assert late_by(core) is None
    for ask in (
        lambda: core.pause,
        lambda: core.command("stop"),
        lambda: core.command_async("stop"),
        lambda: core.observe_property("pause", print),
    ):
        with pytest.raises(SystemError):
            ask()
    end_core(core)


def asked_for_ever(core: Any) -> NoReturn:
    while True:
        core.command("show-text", "")


def test_a_core_stays_until_what_was_told_of_it_has_been_heard() -> None:
    """A film may come to its end just as it is put away."""
    core = new_core(ONLY_FILMS | {"vo": "null"})
    hears, goes_on = threading.Event(), threading.Event()
    answers: list[bool] = []

    def hear(_name: str, _value: object) -> None:
        hears.set()
        goes_on.wait(PATIENCE)
        answers.append(core.idle_active)
        answers.append(seconds_of(core) is None)

    core.observe_property("pause", unless_ended(core, hear))
    assert hears.wait(PATIENCE)
    ending = threading.Thread(target=end_core, args=(core,))
    ending.start()
    with pytest.raises(SystemError):  # from when it is being ended
        asked_for_ever(core)
    goes_on.set()
    ending.join()
    assert answers == [True, True]


@pytest.fixture
def hangs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A core hangs, and has been given up."""
    goes_on = threading.Event()
    core = new_core(ONLY_FILMS | {"vo": "null"})
    end = core.terminate
    core.terminate = lambda: goes_on.wait(PATIENCE) and end()
    monkeypatch.setattr(libmpv, "SECONDS_TO_CLOSE", 0.0)
    end_core(core)
    monkeypatch.undo()
    yield
    goes_on.set()
    for thread in threading.enumerate():
        if thread.name == "film end":
            thread.join(PATIENCE)


def hear(film: Path) -> None:
    listen(FileSource(film), lambda _: True)


def make_in_memory(_film: Path) -> None:
    with begun_beside(lambda _file, _ending: None) as made:
        made.begin()


def make_through_pipe(_film: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.delattr(os, "memfd_create", raising=False)
        make_in_memory(_film)


def nothing_behind() -> set[int]:
    """The numbers that this process has nothing behind."""
    entries = Path("/dev/fd").iterdir()
    return {int(each.name) for each in entries if each.exists() and each.samefile(os.devnull)}


@pytest.mark.usefixtures("hangs")
@pytest.mark.parametrize("act", [hear, make_in_memory, make_through_pipe])
def test_what_hangs_writes_into_no_file_that_is_opened_later(
    act: Callable[[Path], None], shades: Path
) -> None:
    """It knows what it writes to by a number, which another file would have then."""
    before = nothing_behind()
    act(shades)
    [left] = nothing_behind() - before
    os.close(left)
