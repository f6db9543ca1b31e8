"""The clock of a session counts once, whatever is pressed and whatever a file of places holds."""

import datetime as dt
from pathlib import Path

import pytest

from vigtui.ui.screens.supervision.clock import SessionClock
from vigtui.values import clocks
from vigtui.workspace.places import Places

START = dt.datetime(2026, 3, 18, 14, 0, tzinfo=dt.UTC)


def at(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    monkeypatch.setattr(clocks, "now", lambda: START + dt.timedelta(minutes=minutes))


def test_it_goes_on_when_it_is_begun_again_and_after_the_program_was_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places(tmp_path / "places.json")
    places.enter("caseload", tmp_path / "a.vig.json")
    clock = SessionClock(places, "session")
    assert clock.minutes is None
    at(monkeypatch, 0)
    clock.begin()
    places.save()
    at(monkeypatch, 30)
    clock.begin()
    assert clock.minutes == 30
    again = Places(tmp_path / "places.json")
    again.enter("caseload", tmp_path / "a.vig.json")
    assert SessionClock(again, "session").minutes == 30
    assert SessionClock(again, "another").minutes is None
    clock.end()
    assert clock.minutes is None


def test_a_begun_minute_counts_and_a_clock_that_was_set_back_counts_none_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SessionClock(Places(tmp_path / "places.json"), "session")
    at(monkeypatch, 0)
    clock.begin()
    at(monkeypatch, 0.5)
    assert clock.minutes == 1
    at(monkeypatch, -600)
    assert clock.minutes == 1


@pytest.mark.parametrize("kept", ["x", 10**30, -(10**30), ["x"]])
def test_what_is_no_time_is_no_clock(tmp_path: Path, kept: str | int | list[str | int]) -> None:
    places = Places(tmp_path / "places.json")
    places.set("clock:session", kept)
    assert SessionClock(places, "session").minutes is None
