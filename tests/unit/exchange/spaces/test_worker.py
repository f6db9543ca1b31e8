"""What would be lost: a caseload that keeps in step while somebody works, and does so to the last word."""

from threading import Event

import pytest

from tests.unit.exchange.spaces.machines import Folder, Machine
from vigtui.domain.records import Family
from vigtui.exchange.spaces import worker
from vigtui.exchange.spaces.worker import SpaceWorker


def test_what_was_written_last_is_sent_at_leaving(
    world: tuple[Folder, list[Machine]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, (ros, ellis) = world
    monkeypatch.setattr(worker, "SECONDS", 0.01)
    told = Event()
    working = SpaceWorker(ros.caseload, told.set)
    working.start()
    assert told.wait(30)
    ros.caseload.save(Family(code="F-017"))
    working.stop()
    assert working.words.startswith("in step")
    ellis.space.work()
    assert [each.code for each in ellis.caseload.all(Family)] == ["F-017"]
