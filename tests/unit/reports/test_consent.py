"""What would be lost: a form that says what somebody signs, and what is recorded of it, and no more."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import consents, make
from vigtui.domain.records import CaseloadMeta, Consent, Family, Member, Note, Record
from vigtui.domain.vocabulary import Basis, Copies, Decision, GivenAs, Purpose, Visibility
from vigtui.queries.family import FamilyRecords, family_records
from vigtui.reports.families.consent import blank_form, filled_form
from vigtui.reports.formats.html import html
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.paper import Paper
from vigtui.reports.templates import LANGUAGES, template
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile

TODAY = dt.date(2026, 11, 29)
DAY = TODAY - dt.timedelta(days=60)
DANA, JORY = Member(id="dana", label="Dana"), Member(id="jory", label="Jory", relation="son, 4")
FAMILY = Family(id="heron", code="F-017", pseudonym="Heron", members=(DANA, JORY))
META = CaseloadMeta(service="Fenland VIG", consent_form="Form 3", film_kept_days=45)
FOR_DAY = Consent(
    id="jory-court",
    family="heron",
    member="jory",
    purpose=Purpose.COURT,
    decision=Decision.GIVEN,
    given_by="Dana",
    given_as=GivenAs.PARENT,
    date=DAY,
    days=(DAY,),
    copies=Copies.NO,
    child_view="Not when I cry.",
)
NOTE = Note(about="heron", author="ros", visibility=Visibility.AUTHOR, body="For me alone")


def read(path: Path, *more: Record) -> FamilyRecords:
    make(path, FAMILY, *consents(FAMILY, DAY), FOR_DAY, NOTE, *more)
    caseload = Caseload.open(path)
    records = family_records(caseload, "heron", TODAY)
    caseload.close()
    assert records
    return records


def worded(paper: Paper, language: str = "en") -> str:
    text = markdown(paper, template("consent", language, None))
    assert html(text, "Consent", language)
    return " ".join(plain_text(text, 200).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_form_has_each_person_s_decisions_and_nothing_that_somebody_keeps_for_themselves(
    language: str, tmp_path: Path
) -> None:
    paper = filled_form(META, read(tmp_path / "c.vig.json"))
    words = worded(paper, language)
    assert "given by Dana with parental responsibility on 30 September, for film of 30 September" in words
    assert "copies: none may be given out" in words
    assert "“Not when I cry.” (30 September)" in words
    assert "Fenland VIG, Form 3" in words
    assert "45 days after" in words
    assert "not asked" in words
    assert "For me alone" not in words
    assert (paper.families, paper.of_nobody) == (("heron",), False)
    assert "Heron" not in paper.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_form_asks_for_every_purpose_by_itself_and_names_nobody(language: str) -> None:
    paper = blank_form(META, TODAY)
    words = worded(paper, language)
    assert words.count("☐ ☐") == len(Purpose)
    assert "that clips may be seen in supervision" in words
    assert "Dana" not in words
    assert (paper.families, paper.of_nobody) == ((), True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legal_basis_is_told_and_that_no_one_is_shown_who_says_no(language: str) -> None:
    told = {basis: worded(blank_form(replace(META, basis=basis), TODAY), language) for basis in Basis}
    assert told[Basis.CONSENT] != told[Basis.PUBLIC_TASK]
    assert "not show" in told[Basis.PUBLIC_TASK]


def test_where_versions_of_a_decision_compete_neither_is_told_as_what_holds(tmp_path: Path) -> None:
    path, other = tmp_path / "c.vig.json", tmp_path / "other.vig.json"
    read(path)
    other.write_bytes(path.read_bytes())
    theirs, ours = Caseload.open(other, by="Ellis"), Caseload.open(path, by="Ros")
    theirs.save(replace(theirs.need(Consent, "jory-court"), decision=Decision.REFUSED, days=()))
    ours.save(replace(ours.need(Consent, "jory-court"), copies=Copies.YES))
    theirs.close()
    ours.merge(CaseloadFile(other).read()[0], "Merge")
    records = family_records(ours, "heron", TODAY)
    ours.close()
    assert records
    assert "two versions of this wait for a decision" in worded(filled_form(META, records))
