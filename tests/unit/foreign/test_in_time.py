"""What would be lost: a program that stays at hand, and small, beside a disk that does not answer."""

import threading
from pathlib import Path

import pytest

from vigtui.foreign import in_time as waiting
from vigtui.foreign.in_time import begun, in_time


def test_a_disk_that_does_not_answer_is_asked_once_and_again_when_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = threading.Event(), list[str]()
    ends = threading.Event()

    def task() -> str:
        asked.append("asked")
        answers.wait()
        ends.set()
        return "there"

    for _ in range(3):
        with pytest.raises(TimeoutError):
            in_time(task, 0.01, about=tmp_path)
    assert len(asked) == 1
    answers.set()
    monkeypatch.setattr(waiting, "SECONDS_FOR_EARLIER", 60)
    assert ends.wait(60)
    assert in_time(task, 60, about=tmp_path) == "there"
    assert len(asked) == 2


def test_what_was_only_stopped_holds_up_nobody_who_asks_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def task() -> int:
        begun.set()
        goes_on.wait()
        return 1

    with pytest.raises(TimeoutError):
        in_time(task, 60, begun.is_set, about=tmp_path)
    monkeypatch.setattr(waiting, "SECONDS_FOR_EARLIER", 60)
    threading.Timer(0.05, goes_on.set).start()
    assert in_time(lambda: 2, 60, about=tmp_path) == 2


def test_what_the_disk_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        in_time(lambda: (tmp_path / "none").read_bytes(), 60)


def test_what_has_begun_ends_with_the_program_and_is_not_taken_back() -> None:
    answers = threading.Event()
    begins = begun(answers.wait, "a disk")
    (thread,) = (each for each in threading.enumerate() if each.name == "a disk")
    assert thread.daemon
    assert not begins.cancel()
    answers.set()
    assert begins.result()


def test_what_has_begun_tells_where_it_is_asked_for_why_it_failed() -> None:
    with pytest.raises(OSError, match="no such disk"):
        begun(lambda: (_ for _ in ()).throw(OSError("no such disk")), "a disk").result()
