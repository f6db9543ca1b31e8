"""What would be lost: an agreement that everybody gave to the words that stand there, and these words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.caseloads import agreed
from vigtui.domain.records import AgreedWords, Amendment, Confirmation, Session, SessionItem
from vigtui.domain.sessions.agreement import (
    agreed_records,
    as_agreed,
    confirm,
    confirmed,
    differing,
    kept_words,
    signers,
)
from vigtui.domain.vocabulary import SessionState

NOW = dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=2)
SESSION = Session(
    id="s", supervisor="ros", trainees=("ellis",), date=dt.date(2026, 3, 1), state=SessionState.HELD
)
FIRST = SessionItem(id="i1", session="s", order=1, working_point="Receive first.")
SECOND = SessionItem(id="i2", session="s", order=2)
ITEMS = [SECOND, FIRST]


def by(*people: str, session: Session = SESSION, at: dt.datetime = NOW) -> list[Confirmation]:
    return [confirm(session, ITEMS, each, at) for each in people]


def test_a_record_is_agreed_once_everybody_has_confirmed_it() -> None:
    assert not agreed_records(SESSION, ITEMS, [])
    assert not agreed_records(SESSION, ITEMS, by("ros"))
    both = [*by("ros", at=LATER), *by("ellis")]
    records = agreed_records(SESSION, ITEMS, both)
    assert records == agreed_records(SESSION, [FIRST, SECOND], both[::-1])
    locked, *_ = records
    assert isinstance(locked, Session)
    assert locked.state is SessionState.AGREED
    assert locked.agreed
    assert (locked.agreed.by, locked.agreed.at) == (("ros", "ellis"), LATER)
    items = [each for each in records if isinstance(each, SessionItem)]
    assert all(each.agreed == locked.agreed for each in items)
    assert [each.id for each in items] == ["i1", "i2"]
    assert sum(isinstance(each, AgreedWords) for each in records) == 3


@pytest.mark.parametrize(
    ("session", "items"),
    [
        (replace(SESSION, strengths="A long wait."), ITEMS),
        (SESSION, [SECOND, replace(FIRST, working_point="Wait.")]),
        (SESSION, [FIRST]),
        (SESSION, [*ITEMS, SessionItem(id="i3", session="s", order=3)]),
    ],
)
def test_who_confirmed_other_words_has_not_agreed_to_these(
    session: Session, items: list[SessionItem]
) -> None:
    both = by("ros", "ellis")
    assert confirmed(SESSION, ITEMS, both).keys() == {"ros", "ellis"}
    assert not confirmed(session, items, both)
    assert not agreed_records(session, items, both)


def test_only_who_takes_part_agrees_and_nothing_twice() -> None:
    with pytest.raises(ValueError, match="nobody else"):
        by("noor")
    with pytest.raises(ValueError, match="is agreed"):
        by("ros", session=agreed(SESSION, "ros", "ellis"))
    assert signers(replace(SESSION, trainees=("ros", "", "ellis"))) == ("ros", "ellis")
    assert not agreed_records(replace(SESSION, supervisor="", trainees=()), [], [])
    assert by("ros")[0].id == by("ros", at=LATER)[0].id  # Whoever confirms again has confirmed once.


def test_what_was_agreed_is_found_again_whatever_became_of_the_record() -> None:
    locked = agreed(replace(SESSION, strengths="A long wait."), "ros", "ellis")
    kept = kept_words(locked)
    addition = Amendment(by="ros", at=LATER, words="Dana saw it too.")
    amended = replace(locked, amendments=(addition,), rev="3-x-y")
    assert as_agreed(kept, locked) is as_agreed(kept, amended) is None
    for changed in (
        replace(amended, strengths="A short wait."),
        replace(amended, agreed=None),
        replace(amended, minutes=90, strengths=""),
    ):
        assert as_agreed(kept, changed) == amended
        assert differing(kept, changed)
    assert as_agreed(kept, None) == replace(locked, id="s")
    assert as_agreed(AgreedWords(session="s", words={"date": "never"}), locked) is None


@given(st.text(), st.integers(0, 9), st.text())
def test_every_word_of_an_item_is_kept(question: str, order: int, point: str) -> None:
    item = SessionItem(id="i", session="s", trainee_question=question, order=order, working_point=point)
    assert as_agreed(kept_words(item), None) == item
