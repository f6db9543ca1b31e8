"""Deciding where more than two people changed the same."""

import datetime as dt
import shutil
from pathlib import Path

from msgspec.structs import replace

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
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
