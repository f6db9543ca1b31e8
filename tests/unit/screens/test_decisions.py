"""Deciding where more than two people changed the same."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make, read, write
from vigtui.domain.records import Clip, Cycle, Family, Recording, Session, SessionItem
from vigtui.domain.vocabulary import SessionState
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.errors import RecordInvalidError
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate
from vigtui.ui.screens.merge.decisions import BOTH, Decisions, can_choose, decide
from vigtui.wording.arrivals import questions
from vigtui.wording.names import Names


def test_of_three_versions_each_can_be_taken_or_all_kept_and_what_changed_meanwhile_is_asked_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.vig.json"
    caseload = Caseload.create(path, by="Ellis")
    caseload.save(Family(id="heron", code="F-017"))
    caseload.flush()
    for by in ("Ros", "Alex", "Noor"):
        there = Caseload.open(Path(shutil.copy(path, tmp_path / f"{by}.json")), by=by)
        there.save(replace(there.need(Family, "heron"), reasons=by))
        there.close()
    names = Names(caseload.get, dt.date(2026, 11, 22))
    for by in ("Ros", "Alex", "Noor"):
        before = questions(names, caseload.conflicts())
        caseload.merge(CaseloadFile(tmp_path / f"{by}.json").read()[0], by)
    [question] = questions(names, caseload.conflicts())
    assert question.line.startswith("Family F-017: reasons changed by ")
    assert [can_choose(question, choice) for choice in (0, 1, 2, 3, BOTH)] == [True, True, True, False, True]
    decisions = Decisions()
    decisions.choose(before[0], 1)
    assert decisions.chosen(question) is None
    assert not decide(caseload, before, decisions)
    for choice in (2, BOTH):
        decisions.choose(question, choice)
        assert decide(caseload, [question], decisions)
        said = {each.words for each in question.choices}
        wanted = {question.choices[2].words} if choice == 2 else said
        assert set(caseload.need(Family, "heron").reasons.split("\n\n")) == wanted
        caseload.undo()
        [question] = questions(names, caseload.conflicts())
        assert {each.words for each in question.choices} == {"Ros", "Alex", "Noor"}
    caseload.close()


@pytest.mark.parametrize("held", [False, True])
def test_a_removal_that_is_decided_for_leaves_nothing_that_points_to_it(tmp_path: Path, held: bool) -> None:
    """Or is refused, as any other removal: what a held supervision is about stays."""
    path, theirs = tmp_path / "a.vig.json", tmp_path / "b.vig.json"
    state = SessionState.HELD if held else SessionState.PLANNED
    make(
        path,
        Family(id="f", code="F-017"),
        Cycle(id="cycle", family="f", number=1),
        Recording(id="film", cycle="cycle"),
        Clip(id="clip", recording="film", in_ms=0, out_ms=1),
        Session(id="session", supervisor="", date=dt.date(2026, 3, 18), state=state),
    )
    shutil.copy(path, theirs)
    write(theirs, removed=[read(theirs, Clip, "clip")])
    caseload = Caseload.open(path, by="Ellis")
    caseload.save(replace(caseload.need(Clip, "clip"), caption="Dana waits."))
    caseload.save(SessionItem(id="item", session="session", clip="clip", working_point="A wait."))
    caseload.merge(CaseloadFile(theirs).read()[0], "Merge")
    [question] = questions(Names(caseload.get, dt.date(2026, 11, 22)), caseload.conflicts())
    decisions = Decisions()
    decisions.choose(question, 1)
    if held:
        with pytest.raises(RecordInvalidError, match="part of a supervision that was held"):
            decide(caseload, [question], decisions)
        assert caseload.need(Clip, "clip").caption == "Dana waits."
    else:
        assert decide(caseload, [question], decisions)
        assert caseload.get(Clip, "clip") is None
        item = caseload.need(SessionItem, "item")
        assert (item.clip, item.working_point) == ("", "A wait.")
    caseload.close()
    assert validate(read_snapshot(path)) == []


def test_what_was_put_on_an_agenda_while_it_was_removed_is_no_complaint_of_check(tmp_path: Path) -> None:
    path, theirs = tmp_path / "a.vig.json", tmp_path / "b.vig.json"
    clip = Clip(id="clip", recording="film", in_ms=0, out_ms=1)
    family, cycle = Family(id="f", code="F-017"), Cycle(id="cycle", family="f", number=1)
    session = Session(id="session", supervisor="", date=dt.date(2026, 3, 18))
    make(path, family, cycle, Recording(id="film", cycle="cycle"), clip, session)
    shutil.copy(path, theirs)
    write(theirs, removed=[read(theirs, Clip, "clip")])
    caseload = Caseload.open(path, by="Ellis")
    caseload.save(SessionItem(id="item", session="session", clip="clip", working_point="A wait."))
    caseload.merge(CaseloadFile(theirs).read()[0], "Merge")
    caseload.close()
    assert validate(read_snapshot(path)) == []
