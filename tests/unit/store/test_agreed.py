"""An agreed supervision record stays as it was agreed, whatever somebody writes who does not know of it."""

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.caseloads import agreed, both_see
from vigtui.domain.records import Agreement, CaseloadMeta, Session, SessionItem
from vigtui.domain.supervision import amend
from vigtui.domain.vocabulary import SessionState
from vigtui.store.caseload import Caseload
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format.opening import load, new_tables
from vigtui.store.merging.changes import Changes
from vigtui.store.merging.differences import TwoFiles
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.steps import Step

META = CaseloadMeta(id="c")
NOW = dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)
ITEM, TEXTS = "item", ("seen_together", "working_point", "next_step")
AGREED, OTHER = "A four-second wait.", "Another word."


@pytest.fixture
def other(caseload: Caseload, path: Path) -> Caseload:
    """Ellis has the same file open as Ros, with a session that was held."""
    session = caseload.save(
        Session(
            supervisor="ros",
            trainees=("ellis",),
            date=NOW.date(),
            state=SessionState.HELD,
            strengths=AGREED,
        )
    )
    caseload.save(SessionItem(session=session.id, working_point=AGREED))
    caseload.flush()
    return Caseload.open(path, by="Ellis")


def session_in(caseload: Caseload) -> Session:
    (session,) = caseload.all(Session)
    return session


def item_in(caseload: Caseload) -> SessionItem:
    (item,) = caseload.all(SessionItem)
    return item


def agree_in(caseload: Caseload) -> None:
    locked = agreed(session_in(caseload), "ros", "ellis", at=NOW)
    with caseload.transaction("Agree"):
        caseload.save(locked)
        caseload.save(replace(item_in(caseload), agreed=locked.agreed))


@pytest.mark.parametrize("writes_more", [False, True])
def test_what_is_written_without_knowing_of_the_agreement_stands_beside_it(
    caseload: Caseload, other: Caseload, writes_more: bool
) -> None:
    """Also when whoever does not know writes more often, and so has the higher version."""
    agree_in(caseload)
    for words in ("One.", "Two.", OTHER) if writes_more else (OTHER,):
        other.save(replace(session_in(other), strengths=words))
        other.save(replace(item_in(other), working_point=words))
        other._changes.written()
    both_see(caseload, other)
    for each in (caseload, other):
        assert (session_in(each).strengths, item_in(each).working_point) == (AGREED, AGREED)
        said = [
            {name: [one.value for one in all_] for name, all_ in c.fields.items()} for c in each.conflicts()
        ]
        assert said == [{"working_point": [AGREED, OTHER]}, {"strengths": [AGREED, OTHER]}]
    other.close()


def test_a_decision_keeps_the_agreed_words(caseload: Caseload, other: Caseload) -> None:
    other.save(replace(session_in(other), strengths=OTHER))
    agree_in(caseload)
    both_see(caseload, other)
    (conflict,) = other.conflicts()
    with pytest.raises(RecordInvalidError, match="as an amendment"):
        other.resolve(conflict, {"strengths": OTHER})
    other.resolve(conflict, {"strengths": AGREED})
    both_see(caseload, other)
    assert session_in(caseload).strengths == AGREED
    assert caseload.conflicts() == other.conflicts() == []
    other.close()


def test_an_agreed_record_is_not_removed_by_whoever_does_not_know(
    caseload: Caseload, other: Caseload
) -> None:
    begun = session_in(other)
    agree_in(caseload)
    other.delete(begun)
    both_see(caseload, other)
    assert session_in(other) == session_in(caseload)
    assert [(each.table, each.removal is not None) for each in other.conflicts()] == [
        ("session_items", True),
        ("sessions", True),
    ]
    with pytest.raises(RecordInvalidError):
        other.delete(session_in(other))
    other.close()


def test_two_amendments_at_once_are_a_conflict_of_which_both_can_be_kept(
    caseload: Caseload, other: Caseload
) -> None:
    agree_in(caseload)
    both_see(caseload, other)
    caseload.save(amend(session_in(caseload), "ros", NOW, "One."))
    other.save(amend(session_in(other), "ellis", NOW, "Two."))
    both_see(caseload, other)
    (conflict,) = caseload.conflicts()
    assert list(conflict.fields) == ["amendments"]
    both = [each for said in conflict.fields["amendments"] for each in said.value]
    caseload.resolve(conflict, {"amendments": both})
    both_see(caseload, other)
    assert {each.words for each in session_in(other).amendments} == {"One.", "Two."}
    assert other.conflicts() == []
    other.close()


def test_a_form_filled_in_while_the_record_was_agreed_changes_nothing_of_it(
    caseload: Caseload, other: Caseload
) -> None:
    begun = session_in(other)
    agree_in(caseload)
    both_see(caseload, other)
    other.save(replace(begun, minutes=45))
    assert session_in(other).minutes == 0
    (conflict,) = other.conflicts()
    assert [said.value for said in conflict.fields["minutes"]] == [0, 45]
    with pytest.raises(RecordInvalidError):
        other.save(replace(session_in(other), minutes=45))
    other.close()


def test_undo_does_not_reach_behind_somebody_elses_agreement(caseload: Caseload, other: Caseload) -> None:
    other.save(replace(session_in(other), strengths=OTHER))
    both_see(caseload, other)
    agree_in(caseload)
    both_see(caseload, other)
    with pytest.raises(RecordInvalidError):
        other.undo()
    assert session_in(other).strengths == OTHER
    assert other.undo() is None
    other.close()


def test_an_agreement_is_never_taken_back(caseload: Caseload, other: Caseload) -> None:
    other.close()
    agree_in(caseload)
    with pytest.raises(RecordInvalidError, match="as an amendment"):
        caseload.undo()
    assert session_in(caseload).agreed is not None
    assert item_in(caseload).agreed is not None


def test_the_same_record_agreed_in_two_places_is_agreed_by_all_who_signed(
    caseload: Caseload, other: Caseload
) -> None:
    for each, who, at in ((caseload, "ros", NOW), (other, "ellis", NOW + dt.timedelta(hours=1))):
        with each.transaction("Agree"):
            each.save(replace(session_in(each), agreed=Agreement(by=(who,), at=at)))
            each.save(replace(item_in(each), agreed=Agreement(by=(who,), at=at)))
    both_see(caseload, other)
    for each in (caseload, other):
        assert each.conflicts() == []
        assert session_in(each).agreed == Agreement(by=("ellis", "ros"), at=NOW)
        assert item_in(each).agreed == Agreement(by=("ellis", "ros"), at=NOW)
    other.close()


class Copy:
    """One person's copy of the file, with one agenda item in it; `agreed` are the words they agreed."""

    def __init__(self, name: str) -> None:
        tables = new_tables(META)
        self.ledger = Ledger(tables, load(Path("x"), tables, lambda: None), lambda: None)
        self.changes = Changes(self.ledger, name)
        self.agreed: list[dict[str, str]] = []

    @property
    def item(self) -> SessionItem:
        return self.ledger.index.find(SessionItem, ITEM) or SessionItem(id=ITEM, session="s")

    def words(self) -> dict[str, str]:
        return {name: getattr(self.item, name) for name in TEXTS}

    def write(self, name: str, words: str) -> None:
        if self.item.agreed is None:
            self.changes.save(replace(self.item, **{name: words}), Step(""))

    def agree(self) -> None:
        if self.item.agreed is None:
            self.changes.save(replace(self.item, agreed=Agreement(by=("ros",), at=NOW)), Step(""))
            self.agreed.append(self.words())

    def merge(self, other: "Copy") -> None:
        for each in (self, other):
            each.changes.written()
        self.changes.merge(
            TwoFiles(META, self.ledger.snapshot(), other.ledger.snapshot()).differences(), Step("")
        )


COPIES = st.integers(0, 2)
HISTORIES = st.lists(
    st.one_of(
        st.tuples(st.just("write"), COPIES, st.sampled_from(TEXTS)),
        st.tuples(st.just("merge"), COPIES, COPIES),
        st.tuples(st.just("agree"), COPIES, st.none()),
    ),
    max_size=14,
)


@given(HISTORIES)
def test_whatever_is_written_where_everybody_sees_words_that_were_agreed_as_a_whole(
    history: list[tuple[str, int, str | int | None]],
) -> None:
    copies = [Copy(name) for name in ("Ros", "Ellis", "Noor")]
    copies[0].write(TEXTS[0], "First")
    for other in copies[1:]:
        other.merge(copies[0])
    for number, (action, which, more) in enumerate(history):
        if isinstance(more, str):
            copies[which].write(more, f"words {number}")
        elif more is not None:
            copies[which].merge(copies[more])
        elif action == "agree":
            copies[which].agree()
    for one, other in itertools.product(copies, repeat=2):
        one.merge(other)
    for each in copies:
        each.merge(copies[2])
    agreed = [words for each in copies for words in each.agreed]
    assert copies[0].words() == copies[1].words() == copies[2].words()
    assert not agreed or copies[0].words() in agreed
