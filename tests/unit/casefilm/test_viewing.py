"""What would be lost: saying afterwards who saw which film, when and for what."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import consents, make
from vigtui.casefilm.viewing import note_viewing
from vigtui.domain.consent.access import Permission, Use, permit
from vigtui.domain.records import Cycle, Family, Member, Person, Recording, Viewing
from vigtui.domain.vocabulary import Purpose
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot

DAY = dt.date(2026, 11, 1)
FAMILY = Family(id="heron", code="F-017", members=(Member(id="dana", label="Dana"),))
ROS = Person(id="ros", name="Ros")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    film = Recording(id="film", cycle="cycle", path="media/film.mp4")
    return make(
        tmp_path / "c.vig.json",
        FAMILY,
        ROS,
        *consents(FAMILY, DAY),
        Cycle(id="cycle", family="heron", number=1),
        film,
    )


def watch(caseload: Caseload, on: dt.date = DAY, purpose: Purpose = Purpose.SUPERVISION) -> None:
    permission = permit(caseload, "film", Use.WATCH, purpose, on)
    assert isinstance(permission, Permission)
    note_viewing(caseload, permission, ROS)


def test_there_is_one_line_for_each_person_film_day_and_purpose(path: Path) -> None:
    caseload = Caseload.open(path)
    for on, purpose in (
        (DAY, Purpose.SUPERVISION),
        (DAY, Purpose.SUPERVISION),
        (DAY, Purpose.FILM),
        (DAY + dt.timedelta(days=1), Purpose.SUPERVISION),
    ):
        watch(caseload, on, purpose)
    caseload.close()
    found = [(each.who, each.date.day, each.purpose) for each in caseload.all(Viewing)]
    assert found == [
        ("ros", 1, Purpose.SUPERVISION),
        ("ros", 1, Purpose.FILM),
        ("ros", 2, Purpose.SUPERVISION),
    ]


def test_undo_takes_back_what_was_typed_and_never_that_a_film_was_watched(path: Path) -> None:
    caseload = Caseload.open(path)
    caseload.save(replace(FAMILY, rev=caseload.need(Family, "heron").rev, reasons="Typed"))
    watch(caseload)
    assert caseload.undo() is not None
    assert caseload.need(Family, "heron").reasons == ""
    assert len(caseload.all(Viewing)) == 1
    caseload.close()


def test_two_who_watch_in_two_copies_have_nothing_to_decide(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.vig.json"
    copy.write_bytes(path.read_bytes())
    for each in (path, copy):
        caseload = Caseload.open(each, by=each.name)
        watch(caseload)
        caseload.close()
    caseload = Caseload.open(path)
    caseload.merge(read_snapshot(copy).tables, "Merge")
    assert caseload.conflicts() == []
    assert len(caseload.all(Viewing)) == 1
    caseload.close()


def test_a_service_may_leave_it_off(path: Path) -> None:
    caseload = Caseload.open(path)
    caseload.save_meta(replace(caseload.meta, note_viewings=False))
    watch(caseload)
    assert caseload.all(Viewing) == []
    caseload.close()
