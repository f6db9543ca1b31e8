"""What would be lost: the guider's plan on paper, whole, and nothing that somebody keeps for themselves."""

from pathlib import Path

from msgspec.structs import replace

from tests.ui.heron import FAMILY, TODAY, make_heron
from vigtui.domain.records import Cycle, Family, Note, PlannedMoment, Still
from vigtui.domain.reviews import plan_of
from vigtui.domain.vocabulary import FamilyState, Visibility
from vigtui.queries.family import family_records
from vigtui.reports.families.review import review_paper
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.paper import Paper
from vigtui.reports.templates import LANGUAGES, template
from vigtui.store.caseload import Caseload


def paper_of(path: Path, cycle: str) -> Paper:
    caseload = Caseload.open(make_heron(path))
    for record in (
        replace(caseload.need(Family, FAMILY), state=FamilyState.ACTIVE),
        Still(id="still", clip="clip-film-3-1", at_ms=9000, caption="both laugh"),
        PlannedMoment(
            id="a", cycle="cycle-3", order=1, clip="clip-film-3-1", ask="What *do* you see?", wait_for="him"
        ),
        PlannedMoment(id="b", cycle="cycle-3", order=2, clip="clip-film-3-1", still="still"),
        Note(about="clip-film-3-1", author="person-ellis", visibility=Visibility.AUTHOR, body="For me alone"),
        Note(about="cycle-3", author="person-ros", visibility=Visibility.SESSION, body="For the session"),
    ):
        caseload.save(record)
    records = family_records(caseload, FAMILY, TODAY)
    assert records
    plan = plan_of(caseload.get, caseload.where, cycle)
    paper = review_paper(records, caseload.need(Cycle, cycle), plan)
    caseload.close()
    return paper


def test_the_plan_is_on_paper_with_what_to_ask_and_room_for_what_they_say(tmp_path: Path) -> None:
    paper = paper_of(tmp_path / "c.vig.json", "cycle-3")
    assert "heron" not in paper.name.lower()
    assert paper.families == (FAMILY,)
    for language in LANGUAGES:
        words = plain_text(markdown(paper, template("review", language, None)))
        for expected in (
            "1. C3-1, 00:05",
            "Jory pats the page.",
            "What *do* you see?",
            "2. C3-1, still 00:09",
            "both laugh",
            "“How can bedtime be something we both like?” (Dana last 7)",
        ):
            assert expected in words, (language, words)
        assert words.count("____") >= 2
        assert "For me alone" not in words
        assert "For the session" not in words


def test_an_empty_plan_says_so(tmp_path: Path) -> None:
    paper = paper_of(tmp_path / "c.vig.json", "cycle-1")
    assert "Nothing is planned yet." in markdown(paper, template("review", "en", None))


def test_the_day_is_that_of_the_review_or_the_one_that_is_planned(tmp_path: Path) -> None:
    assert paper_of(tmp_path / "c.vig.json", "cycle-3").values["day"] == "Fri 4 April"
