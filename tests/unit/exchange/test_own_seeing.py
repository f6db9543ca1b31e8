"""Own seeing first, in two files: whoever wrote first, and whether that had been read, is told rightly.

Ellis, the trainee, and Ros each have a file of their own. Their files are merged three times, in every order
in which they can have written. No clock has a say.
"""

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import change
from tests.ui.heron import make_heron
from vigtui.domain.records import Seeing, Session, SessionItem
from vigtui.domain.sessions.seeing import Sides, asked, begun, sides
from vigtui.domain.vocabulary import SessionState
from vigtui.exchange.packs.gathering import for_session
from vigtui.store.caseload import Caseload
from vigtui.store.merging.steps import Step
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import today
from vigtui.wording.arrivals import stands
from vigtui.wording.changes import told
from vigtui.wording.names import Names
from vigtui.wording.supervision import first_words, seeing_words

ROS, ELLIS = "person-ros", "person-ellis"
ITEM = "item-2"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = make_heron(tmp_path / "ellis" / "heron.vig.json")
    change(made, SessionItem, ITEM, trainee_question="How do I stay with it?")
    return made


def seen_by(caseload: Caseload, reader: str) -> Sides:
    item = caseload.need(SessionItem, ITEM)
    session = caseload.need(Session, item.session)
    return sides(caseload.get, caseload.where, session, item, reader)


def ellis_writes(caseload: Caseload) -> None:
    caseload.save(replace(begun(seen_by(caseload, ELLIS)), words="I wait. She looks up."))


def ellis_is_done(caseload: Caseload) -> None:
    caseload.enter(replace(seen_by(caseload, ELLIS).seeing, done=True))


def ros_asks(caseload: Caseload) -> None:
    found = seen_by(caseload, ROS)
    assert found.seeing.done
    caseload.enter(asked(found))


def ros_writes(caseload: Caseload) -> None:
    with caseload.transaction("Write"):
        caseload.save(replace(caseload.need(SessionItem, ITEM), seen_together="A long wait."))
        caseload.save(begun(seen_by(caseload, ROS)))


STEPS: dict[str, tuple[str, Callable[[Caseload], None]]] = {
    "writes": ("ellis", ellis_writes),
    "done": ("ellis", ellis_is_done),
    "asks": ("ros", ros_asks),
    "wrote": ("ros", ros_writes),
    "merge": ("", lambda _: None),
}
APART = "Ellis and Ros wrote apart, each without the other’s words."
READ = "Ellis wrote first; Ros had read it."
UNREAD = "Ellis wrote first; Ros wrote without having read it."
ROS_FIRST = "Ros wrote first; Ellis wrote without having read it."


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("writes done merge asks wrote merge merge", READ),
        ("writes merge done merge asks wrote merge", READ),
        ("writes done merge wrote asks merge merge", UNREAD),
        ("writes merge wrote done merge asks merge", UNREAD),
        ("writes wrote merge done merge asks merge", APART),
        ("wrote writes done merge merge asks merge", APART),
        ("wrote merge writes merge done merge asks", ROS_FIRST),
        ("wrote merge writes done merge asks merge", ROS_FIRST),
    ],
)
@pytest.mark.parametrize("ellis_first", [True, False])
def test_who_wrote_first_is_told_rightly_in_both_files(
    path: Path, tmp_path: Path, order: str, told: str, *, ellis_first: bool
) -> None:
    (tmp_path / "ros").mkdir()
    shutil.copy(path, other := tmp_path / "ros" / path.name)
    files = {"ellis": Caseload.open(path, by="Ellis Marr"), "ros": Caseload.open(other, by="Ros Tiverton")}
    for step in [*order.split(), "merge"]:
        who, act = STEPS[step]
        if who:
            act(files[who])
        else:
            merge(files, ellis_first=ellis_first)
    for caseload in files.values():
        for reader in (ELLIS, ROS):
            assert first_words(caseload.get, seen_by(caseload, reader)) == told
        assert not caseload.conflicts()
        caseload.close()


def merge(files: dict[str, Caseload], *, ellis_first: bool) -> None:
    """Each takes in the other's file, one after the other."""
    for one, other in itertools.islice(itertools.permutations(("ellis", "ros")), 2):
        taker, given = (one, other) if ellis_first else (other, one)
        files[given].flush()
        files[taker].merge(files[given].snapshot(), "Merge")


def test_neither_reads_the_other_s_words_before_the_trainee_is_done(path: Path) -> None:
    caseload = Caseload.open(path)
    ellis_writes(caseload)
    ros_writes(caseload)
    assert "She looks up" not in seeing_words(caseload.get, seen_by(caseload, ROS), str)
    assert not seen_by(caseload, ROS).seeing_shown
    assert seen_by(caseload, ELLIS).words_withheld
    ellis_is_done(caseload)
    assert not seen_by(caseload, ELLIS).words_withheld
    assert "She looks up" not in seeing_words(caseload.get, seen_by(caseload, ROS), str)
    ros_asks(caseload)
    assert "She looks up" in seeing_words(caseload.get, seen_by(caseload, ROS), str)
    caseload.close()


def test_what_came_in_shows_no_words_that_are_not_for_the_reader_yet(path: Path) -> None:
    """Neither the list of what a merge brought nor the histories are a way round."""
    caseload = Caseload.open(path)
    ellis_writes(caseload)
    ros_writes(caseload)
    seeing = seen_by(caseload, ELLIS).seeing
    item = caseload.need(SessionItem, ITEM)
    for reader, hidden in ((ROS, [seeing]), (ELLIS, [item]), ("", [seeing, item])):
        names = Names(caseload.get, today(), reader=reader)
        assert [each for each in (seeing, item) if names.is_hidden(each)] == hidden
        assert not names.is_hidden(item, "trainee_question")
        session = caseload.need(Session, item.session)
        assert names.is_hidden(session, "strengths") is (reader != ROS)
    caseload.close()


def test_an_own_seeing_that_came_in_is_told_of_until_the_merge_is_undone(path: Path, tmp_path: Path) -> None:
    """Its words are compared for nobody but its author: the list said that it came in after it was undone."""
    caseload = Caseload.open(path)
    ellis_writes(caseload)
    caseload.close()
    shutil.copy(path, other := tmp_path / "ros.vig.json")
    caseload = Caseload.open(path)
    caseload.save(replace(seen_by(caseload, ELLIS).seeing, words="I wait. She looks up. We laugh."))
    taking = Caseload.open(other)
    steps: list[Step] = []
    taking.subscribe(steps.append)
    taking.merge(caseload.snapshot(), "Merge")
    names = Names(taking.get, today(), reader=ROS)
    [came] = told(names, steps[0].changes)
    assert stands(names, taking, came)
    taking.undo()
    assert not stands(names, taking, came)
    caseload.close()
    taking.close()


def test_a_pack_takes_along_an_own_seeing_that_is_done_and_no_other(path: Path) -> None:
    for done in (False, True):
        caseload = Caseload.open(path)
        ellis_is_done(caseload) if done else ellis_writes(caseload)
        caseload.close()
        contents = for_session("session-2")(read_snapshot(path), today())
        assert (Seeing.table in contents.records) is done
        assert ("It is not done yet." in [each.why for each in contents.left_out]) is not done


def test_once_it_is_agreed_everybody_reads_both(path: Path) -> None:
    caseload = Caseload.open(path)
    ellis_writes(caseload)
    ellis_is_done(caseload)
    session = caseload.need(Session, "session-2")
    assert not seen_by(caseload, "").seeing_shown
    caseload.save(replace(session, state=SessionState.HELD))
    assert not seen_by(caseload, ROS).seeing_shown
    found = seen_by(caseload, ROS)
    assert replace(found, session=replace(session, state=SessionState.AGREED)).seeing_shown
    caseload.close()
