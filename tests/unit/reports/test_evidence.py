"""Evidence leaves the service: nothing on it tells which family it is, but what somebody let stand."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make
from tests.unit.reports.test_portfolio import DEMO, PEOPLE, TODAY, names_in
from vigtui.domain.records import (
    ChosenClip,
    Consent,
    Family,
    HelpingQuestion,
    Person,
    Programme,
    Record,
    Reflection,
)
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.queries.training.identifying import Known, Why, identifying, phrases
from vigtui.queries.training.portfolio import portfolio
from vigtui.reports.formats.writing import print_out
from vigtui.reports.paper import Paper
from vigtui.reports.templates import LANGUAGES
from vigtui.reports.training.evidence import LEFT_OUT, evidence_paper
from vigtui.store.caseload import Caseload
from vigtui.wording.names import Names

QUESTION = next(each for each in DEMO if isinstance(each, HelpingQuestion))
KNOWN = Known(frozenset(("the", "she", "a")), frozenset(("dana",)), phrases(["What is he telling me now?"]))


def evidence(path: Path, *more: Record, standing: tuple[str, ...] = ()) -> tuple[Paper, set[str]]:
    changed = {each.id for each in more}
    make(path, *(each for each in DEMO if each.id not in changed), *more)
    caseload = Caseload.open(path)
    caseload.close()
    ellis = caseload.need(Person, PEOPLE["Ellis"])
    found = portfolio(caseload.get, caseload.where, ellis.id, TODAY)
    paper, findings = evidence_paper(Names(caseload.get, TODAY), caseload, ellis, found, standing)
    return paper, {each.words for each in findings}


def texts(paper: Paper) -> list[str]:
    printouts = [print_out(paper, "Evidence", language, None) for language in LANGUAGES]
    return [each.written(ending) for each in printouts for ending in each.endings]


def piece(body: str) -> Reflection:
    return Reflection(person=PEOPLE["Ellis"], piece="Looking back", body=body, finished=TODAY)


def test_no_name_code_or_word_that_identifies_is_left(tmp_path: Path) -> None:
    body = (
        f"Heron (F-017), as with F-021: Dana and Danas. She asked: {QUESTION.words} They live in Marlpit, "
        "opposite St Olave. Born 3 May 2021, mail a@b.example, or “he shuts me out”."
    )
    paper, findings = evidence(tmp_path / "c.vig.json", piece(body))
    codes = [each.code for each in DEMO if isinstance(each, Family)]
    for text in texts(paper):
        assert not names_in(text)
        for told in (
            *codes,
            "Danas",
            "Marlpit",
            "Olave",
            "3 May",
            "a@b.example",
            "shuts me out",
            "telling me",
        ):
            assert told not in text
        assert "Ros Tiverton" in text
    assert LEFT_OUT in texts(paper)[0]
    assert {"Danas", "Marlpit", "Olave", "3 May 2021", "a@b.example", "“he shuts me out”"} <= findings


@pytest.mark.parametrize(
    "body",
    [
        "Her name is &#68;ana, and d**an**a.",
        "As with the her**on**s, or ![x](a.png) da`na`.",
        "She said: “what wobbles\nstays put”, and “what wobbles\\\nstays put”.",
    ],
)
def test_a_name_or_a_quote_is_found_however_markdown_writes_it(tmp_path: Path, body: str) -> None:
    paper, _ = evidence(tmp_path / "c.vig.json", piece(body))
    for text in texts(paper):
        assert not names_in(text)
        assert "herons" not in text
        assert "stays put" not in text


def test_names_in_a_programme_or_its_gates_are_left_out(tmp_path: Path) -> None:
    programmes = [
        replace(
            each,
            name="With Heron",
            stages=tuple(
                replace(one, name="Dana", gate="Heron gate", written=("On F-017",)) for one in each.stages
            ),
        )
        for each in DEMO
        if isinstance(each, Programme)
    ]
    paper, _ = evidence(tmp_path / "c.vig.json", *programmes)
    for text in texts(paper):
        assert not names_in(text)
        assert "F-017" not in text


def test_what_somebody_lets_stand_stands_and_nothing_else(tmp_path: Path) -> None:
    body = "We met in Marlpit, and Olave was there."
    paper, _ = evidence(tmp_path / "c.vig.json", piece(body), standing=("Marlpit",))
    for text in texts(paper):
        assert "Olave" not in text
    assert any("We met in Marlpit, and […] was there." in text for text in texts(paper))


def test_a_clip_is_described_only_where_everybody_agreed_to_assessment(tmp_path: Path) -> None:
    heron = next(each for each in DEMO if isinstance(each, Family) and each.code == "F-017")
    day = dt.date(2026, 1, 1)
    given = [
        Consent(family=heron.id, member=one.id, purpose=purpose, decision=Decision.GIVEN, date=day)
        for one in heron.members
        for purpose in (Purpose.FILM, Purpose.ASSESSMENT)
    ]
    chosen = next(each for each in DEMO if isinstance(each, ChosenClip) and each.person == PEOPLE["Ellis"])
    why = replace(chosen, why="a wait that is long")
    before, _ = evidence(tmp_path / "before.vig.json", why)
    after, _ = evidence(tmp_path / "after.vig.json", why, *given)
    assert not any("a wait that is long" in text for text in texts(before))
    assert any("a wait that is long" in text for text in texts(after))


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("She waits. Barnaby looks.", "Barnaby", Why.NAME),
        ("so what is he telling me now", "what is he telling me now", Why.VERBATIM),
        ("a “quiet” look", "“quiet”", Why.QUOTED),
        ("call 01234 567 890", "01234 567 890", Why.REACHED),
        ("the lad, aged 4", "aged 4", Why.AGE),
        ("two Danas", "Danas", Why.PART),
    ],
)
def test_each_kind_of_word_that_may_identify_is_found(text: str, words: str, why: Why) -> None:
    [found] = identifying(text, KNOWN)
    assert (found.words, found.why) == (words, why)


def test_our_own_marks_are_no_findings() -> None:
    assert identifying("[adult 1 of Family 2] waits. [SR1-1 00:12] The Family 1, C2-1.", KNOWN) == []
