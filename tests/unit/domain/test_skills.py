"""A service's own skill scale: what its file may say, and that two people fill it in apart."""

import datetime as dt
from pathlib import Path

import pytest

from vigtui.domain.records import Instrument, Session, SkillRating
from vigtui.domain.sessions.skills import is_apart, parse_instrument, rating_id, sheet, step_words
from vigtui.domain.vocabulary import SessionState
from vigtui.exchange.skill_scales import read_skill_scale
from vigtui.store.errors import CaseloadError
from vigtui.store.index import Index

SAID = {"name": "With the family", "items": ["I waited", "I received"], "lowest": 1, "highest": 3}
SCALE = Instrument(id="scale", **{**SAID, "items": ("I waited", "I received")}, steps=("a", "b", "c"))


def test_a_file_tells_a_scale_with_words_for_each_step() -> None:
    scale = parse_instrument({**SAID, "steps": ["a", "b", "c"], "source": "us"})
    assert [step_words(scale, value) for value in (1, 3, None)] == ["1  a", "3  c", "not rated"]
    assert step_words(parse_instrument(SAID), 2) == "2"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "x"}, "“items” must be"),
        ({**SAID, "name": ""}, "“name” must be"),
        ({"items": ["a"]}, "no “name”"),
        ({**SAID, "items": ["a", "a"]}, "each of them once"),
        ({**SAID, "items": ["a"] * 61}, "1 to 60"),
        ({**SAID, "items": "a"}, "“items” must be a list of sentences"),
        ({**SAID, "highest": 1}, "2 to 11 steps"),
        ({**SAID, "highest": 10**9}, "whole number from 0 to 1000"),
        ({**SAID, "steps": ["a"]}, "each of the 3 steps"),
        ({**SAID, "items": ["a" * 201]}, "at most 200"),
        ({**SAID, "total": 3}, "“total” is not known"),
    ],
)
def test_what_cannot_be_a_scale_is_told_in_a_sentence(said: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_instrument(said)


@pytest.mark.parametrize("text", ["name = ", "a" + ".a" * 3000 + " = 1", "\x00", "name = 'x'\n" * 9000])
def test_a_file_that_is_none_is_told_by_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "scale.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseloadError, match=r"scale\.toml cannot be taken as a skill scale"):
        read_skill_scale(path)


def holding(state: SessionState, *said: tuple[str, str]) -> Index:
    session = Session(id="s", supervisor="ros", trainees=("ellis",), date=dt.date(2026, 3, 1), state=state)
    ratings = [
        SkillRating(
            id=rating_id("s", "scale", "ellis", rater, item),
            instrument="scale",
            person="ellis",
            rater=rater,
            session="s",
            item=item,
            value=2,
        )
        for rater, item in said
    ]
    index = Index()
    for each in (SCALE, session, *ratings):
        index.put(each)
    return index


@pytest.mark.parametrize(
    ("state", "own", "apart"),
    [
        (SessionState.HELD, [], True),
        (SessionState.HELD, ["I waited"], True),
        (SessionState.HELD, ["I waited", "I received"], False),
        (SessionState.AGREED, [], False),
    ],
)
def test_another_s_words_are_shown_after_one_s_own(
    state: SessionState, own: list[str], *, apart: bool
) -> None:
    said = [("ellis", "I waited"), *(("ros", item) for item in own)]
    known = holding(state, *said)
    (theirs,) = known.where(SkillRating, rater="ellis")
    assert is_apart(known.find, theirs, "ros") is apart
    assert not is_apart(known.find, theirs, "ellis")
    found = sheet(known.find, known.where, "s", SCALE, "ellis", "ros")
    assert found.waiting == (("ellis",) if apart else ())
    assert (("I waited", "ellis") in found.values) is not apart
    assert found.raters[0] == "ellis"


def test_the_scale_in_the_docs_is_one(tmp_path: Path) -> None:
    page = Path(__file__).parents[3] / "docs" / "file-format.md"
    text = page.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    path = tmp_path / "scale.toml"
    path.write_text(text, encoding="utf-8")
    assert read_skill_scale(path).steps[-1] == "it carries the meeting"
