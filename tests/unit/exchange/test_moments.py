"""What would be lost: where a moment is, when two people laid it onto film, or one of them removed it."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make
from vigtui.domain.film.moments import lay
from vigtui.domain.records import Cycle, Family, Moment, Recording
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.wording.arrivals import questions
from vigtui.wording.names import Names

AT = dt.datetime(2026, 3, 12, 14, 0, tzinfo=dt.UTC)
FILMS = tuple(Recording(id=each, cycle="cycle", duration_ms=600_000) for each in ("one", "two"))
MOMENT = Moment(id="moment", cycle="cycle", at=AT)


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Caseload, Caseload]:
    """A caseload with a moment by the clock, opened by one person, and a copy of it by another."""
    cycle = Cycle(id="cycle", family="heron", number=1)
    path = make(tmp_path / "ours.vig.json", Family(id="heron", code="F-1"), cycle, *FILMS, MOMENT)
    other = tmp_path / "theirs.vig.json"
    shutil.copy(path, other)
    return Caseload.open(path, by="Ros"), Caseload.open(other, by="Ellis")


def take_in(ours: Caseload, theirs: Caseload) -> None:
    theirs.close()
    ours.merge(CaseloadFile(theirs.path).read()[0], "Merge")


def test_two_who_laid_a_moment_onto_two_films_decide_and_meanwhile_it_is_on_one_of_them_as_a_whole(
    copies: tuple[Caseload, Caseload],
) -> None:
    """The time in one film on the other one would be a moment that nobody saw."""
    ours, theirs = copies
    places = set()
    for caseload, film, seconds in ((ours, FILMS[0], 5), (theirs, FILMS[1], 90)):
        [laid] = lay([caseload.need(Moment, "moment")], film, AT - dt.timedelta(seconds=seconds))
        caseload.save(laid)
        places.add((laid.recording, laid.at_ms))
    take_in(ours, theirs)
    shown = ours.need(Moment, "moment")
    assert (shown.recording, shown.at_ms) in places
    asked = questions(Names(ours.get, AT.date()), ours.conflicts())
    assert asked
    assert asked[0].line.startswith("Moment at 0")
    ours.close()


def test_words_that_two_wrote_about_a_moment_are_both_kept(copies: tuple[Caseload, Caseload]) -> None:
    ours, theirs = copies
    ours.save(replace(ours.need(Moment, "moment"), words="he looks up"))
    theirs.save(replace(theirs.need(Moment, "moment"), words="she waits"))
    take_in(ours, theirs)
    [asked] = questions(Names(ours.get, AT.date()), ours.conflicts())
    ours.resolve(asked.conflict, {"words": asked.both})
    assert sorted(ours.need(Moment, "moment").words.split("\n\n")) == ["he looks up", "she waits"]
    ours.close()
