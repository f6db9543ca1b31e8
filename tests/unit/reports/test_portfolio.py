"""A portfolio leaves the service: on it families are codes, and what is somebody's own stays theirs."""

import datetime as dt
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make
from vigtui.demo.loader import load_demo
from vigtui.domain.records import (
    ChosenClip,
    Clip,
    Consent,
    Cycle,
    Enrolment,
    Family,
    Note,
    Person,
    Record,
    Reflection,
    Session,
)
from vigtui.domain.vocabulary import Decision, Purpose, Visibility
from vigtui.queries.training.portfolio import portfolio
from vigtui.reports.formats.html import html
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.paper import Paper
from vigtui.reports.templates import LANGUAGES, template
from vigtui.reports.training.portfolio import portfolio_paper
from vigtui.store.caseload import Caseload
from vigtui.wording.names import Names

TODAY = dt.date(2026, 11, 30)
DEMO = load_demo(TODAY).records
PEOPLE = {each.name.split()[0]: each.id for each in DEMO if isinstance(each, Person)}
ONLY_ME = "xylophone"


def paper_of(path: Path, name: str, *more: Record, reader: str = "") -> Paper:
    """The portfolio of somebody in the demo, with these records added or changed."""
    changed = {each.id for each in more}
    make(path, *(each for each in DEMO if each.id not in changed), *more)
    caseload = Caseload.open(path)
    caseload.close()
    person = caseload.need(Person, PEOPLE[name])

    found = portfolio(caseload.get, caseload.where, person.id, TODAY)
    return portfolio_paper(Names(caseload.get, TODAY, reader=reader), caseload, person, found)


def texts(paper: Paper) -> dict[str, str]:
    """The paper as it is read, in each language; with its table, which is written as well."""
    table = "\n".join(map(str, paper.table.rows)) if paper.table else ""
    return {
        language: plain_text(markdown(paper, template(paper.kind, language, None)), 1000) + table
        for language in LANGUAGES
    }


def names_in(text: str) -> set[str]:
    """The names of families and of their members that stand in a text."""
    found = set()
    for family in (each for each in DEMO if isinstance(each, Family)):
        for name in (family.pseudonym, *(member.label for member in family.members)):
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
                found.add(name)
    return found


@pytest.mark.parametrize("name", ["Ellis", "Noor", "Sol", "Tamsin", "Ines", "Ros"])
def test_no_portfolio_names_a_family_or_a_member(tmp_path: Path, name: str) -> None:
    told = [
        replace(each, finished=TODAY, body=f"{each.body}\n\nHeron, Wren and Jory.")
        for each in DEMO
        if isinstance(each, Reflection) and each.person == PEOPLE[name]
    ]
    activities = [replace(each, activity="jigsaw with Jory") for each in DEMO if isinstance(each, Cycle)]
    paper = paper_of(tmp_path / "demo.vig.json", name, *told, *activities)
    for text in texts(paper).values():
        assert not names_in(text)
    assert not names_in(html(markdown(paper, template("portfolio", "en", None)), "A portfolio"))
    assert not names_in(paper.name)


def test_what_is_somebodys_own_is_on_no_portfolio_also_when_they_print_it(tmp_path: Path) -> None:
    ellis = PEOPLE["Ellis"]
    abouts = [each.id for each in DEMO if isinstance(each, Family | Cycle | Session)]
    notes = [Note(about=each, author=ellis, visibility=Visibility.AUTHOR, body=ONLY_ME) for each in abouts]
    draft = Reflection(person=ellis, piece="Written reflection", body=ONLY_ME)
    paper = paper_of(tmp_path / "demo.vig.json", "Ellis", *notes, draft, reader=ellis)
    assert ONLY_ME not in str(paper.values)
    for text in texts(paper).values():
        assert ONLY_ME not in text
        assert "a draft still" in text


def test_it_tells_what_counts_what_does_not_and_what_is_missing(tmp_path: Path) -> None:
    ellis = PEOPLE["Ellis"]
    drafts = [each for each in DEMO if isinstance(each, Reflection) and each.person == ellis]
    finished = [replace(each, finished=TODAY) for each in drafts]
    paper = paper_of(tmp_path / "demo.vig.json", "Ellis", *finished)
    for text in texts(paper).values():
        assert "F-017, cycle 1, jigsaw" in text
        assert "with Ros Tiverton, agreed" in text
        assert "F-021, cycle 2, building blocks: filmed; the review of cycle 2 is not marked as held" in text
        assert "two more cycles and 2 h 15 min more of supervision" in text
        assert "I used to fill every silence. In [SR1-1 00:12] I nod, and wait." in text
        assert "[adult] goes on by herself, and [child] comes nearer." in text
        assert "F-017 SR2-1" in text
        assert "☐ Written reflection (Stage 3)" in text
    families = {each.id for each in DEMO if isinstance(each, Family) and each.code in ("F-017", "F-021")}
    assert set(paper.families) == families


def test_a_clip_that_not_everybody_agrees_to_show_says_so(tmp_path: Path) -> None:
    chosen = [each for each in DEMO if isinstance(each, ChosenClip) and each.person == PEOPLE["Ellis"]]
    before = texts(paper_of(tmp_path / "before.vig.json", "Ellis"))["en"]
    assert before.count("Not to be shown for assessment") == len(chosen)
    heron = next(each for each in DEMO if isinstance(each, Family) and each.code == "F-017")
    given = [
        Consent(
            family=heron.id,
            member=member.id,
            purpose=purpose,
            decision=Decision.GIVEN,
            date=dt.date(2026, 1, 1),
        )
        for member in heron.members
        for purpose in (Purpose.FILM, Purpose.ASSESSMENT)
    ]
    after = texts(paper_of(tmp_path / "after.vig.json", "Ellis", *given))["en"]
    assert after.count("Everybody filmed agrees to it being shown for assessment.") == len(chosen)


def test_a_family_that_a_finished_piece_alone_is_about_is_entered_with_the_paper(tmp_path: Path) -> None:
    """Else the register does not tell that words about its clip have left."""
    families = [each.id for each in DEMO if isinstance(each, Family)]
    clip = next(each for each in DEMO if isinstance(each, Clip))
    draft = Reflection(person=PEOPLE["Ros"], piece="Looking back", body="She waits.", clips=(clip.id,))
    before = paper_of(tmp_path / "draft.vig.json", "Ros", draft).families
    paper = paper_of(tmp_path / "finished.vig.json", "Ros", replace(draft, finished=TODAY))
    [entered] = set(paper.families) - set(before)
    assert entered in families


def test_somebody_in_no_programme_has_a_paper_too(tmp_path: Path) -> None:
    kit = paper_of(tmp_path / "demo.vig.json", "Kit")
    assert "In no programme yet." in texts(kit)["en"]
    assert not [each for each in DEMO if isinstance(each, Enrolment) and each.person == PEOPLE["Kit"]]
