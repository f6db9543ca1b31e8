"""What would be lost: a visit for which everything to ask, to rate and to bring is on one page."""

import datetime as dt
from pathlib import Path

from msgspec.structs import replace

from tests.caseloads import consents, make
from vigtui.domain.records import (
    Clip,
    Cycle,
    Description,
    Family,
    HelpingQuestion,
    Member,
    Note,
    PlannedMoment,
    PointStep,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
)
from vigtui.domain.vocabulary import (
    Described,
    DescribedWhen,
    FamilyState,
    PointState,
    Purpose,
    SessionState,
    Visibility,
)
from vigtui.queries.family import family_records
from vigtui.queries.visits import planned_visits
from vigtui.reports.families.visit import VisitPage, visit_page, visit_paper
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.templates import LANGUAGES, template
from vigtui.store.caseload import Caseload

TODAY = dt.date(2026, 11, 29)
DAY = TODAY - dt.timedelta(days=60)
DANA, JORY = Member(id="dana", label="Dana"), Member(id="jory", label="Jory", relation="son, 4")
FAMILY = Family(id="heron", code="F-017", pseudonym="Heron", members=(DANA, JORY), state=FamilyState.ACTIVE)
CYCLE = Cycle(id="one", family="heron", number=1, filmed=DAY, reviewed=DAY, next_step="Film bath and bed.")
PLANNED = Cycle(id="two", family="heron", number=2, planned=TODAY + dt.timedelta(days=4), activity="toast")
GIVEN = [
    replace(each, child_view="Yes!") if each.id == "jory-film" else each for each in consents(FAMILY, DAY)
]
RECORDS: tuple[Record, ...] = (
    FAMILY,
    *GIVEN,
    HelpingQuestion(id="question", family="heron", owner="dana", words="What's Jory telling me?", agreed=DAY),
    Rating(question="question", rater="dana", date=DAY, value=5),
    Rating(question="question", rater="Kit Farrow", date=DAY),
    CYCLE,
    PLANNED,
    Recording(id="film", cycle="one", path="media/film.mp4", delete_by=TODAY + dt.timedelta(days=13)),
    Clip(id="clip", recording="film", in_ms=0, out_ms=1000),
    Session(id="session", supervisor="ros", date=DAY, state=SessionState.HELD),
    SessionItem(session="session", clip="clip", working_point="Wait one breath longer."),
    Note(about="heron", author="ros", visibility=Visibility.AUTHOR, body="For me alone"),
)


def test_what_is_not_settled_of_the_guiders_working_points_is_on_the_page(tmp_path: Path) -> None:
    """Also of what was agreed about another family: the guider practises it here."""
    session = Session(id="later", supervisor="ros", trainees=("ellis",), date=DAY, state=SessionState.HELD)
    guided = replace(FAMILY, guider="ellis")
    open_, settled = (
        SessionItem(id=words, session="later", working_point=words) for words in ("Hand back.", "Slower.")
    )
    step = PointStep(item="Slower.", state=PointState.SETTLED, date=DAY)
    page = page_of(tmp_path / "a.vig.json", guided, session, open_, settled, step)
    assert page.working_points == ("Hand back.",)
    text = markdown(visit_paper([page], TODAY), template("visit", "en", tmp_path))
    assert "Working point: Hand back." in text
    assert "Slower." not in text


def page_of(path: Path, *more: Record) -> VisitPage:
    """The family's page, with these records in place of those with the same id."""
    changed = {each.id for each in more}
    make(path, *(each for each in RECORDS if each.id not in changed), *more)
    caseload = Caseload.open(path)
    records = family_records(caseload, "heron", TODAY)
    [visit] = planned_visits(caseload.all(Cycle), TODAY) or [None]
    caseload.close()
    assert records
    return visit_page(records, visit)


def test_the_page_has_what_the_visit_needs(tmp_path: Path) -> None:
    page = page_of(tmp_path / "c.vig.json")
    assert (page.code, page.members) == ("F-017", "Dana, Jory (4)")
    assert page.day == "Thu 3 December"
    assert page.purpose == "filming, cycle 2, toast"
    assert page.ask == ()
    [question] = page.rate
    assert question.words == "What's Jory telling me?"
    assert question.raters == ("Dana last 5", "Kit Farrow not rated yet")
    assert page.working_point == "Wait one breath longer."
    assert page.next_step == "Film bath and bed."
    assert page.bring == ("what the film is made with", "the scale for the ratings, 0 to 10")
    assert page.film == ("Film is to be deleted by 12 Dec: 13 days left.",)


def test_a_child_who_was_not_heard_yet_is_to_be_asked(tmp_path: Path) -> None:
    unheard = [replace(each, child_view="") for each in GIVEN]
    assert page_of(tmp_path / "c.vig.json", *unheard).ask == ("Jory's own view is not written down yet.",)


def test_a_consent_for_other_filming_days_is_to_be_asked_for_again(tmp_path: Path) -> None:
    named = [replace(each, days=(DAY,)) for each in GIVEN if each.purpose is Purpose.FILM]
    page = page_of(tmp_path / "c.vig.json", *named)
    assert any("Dana's consent for filming and shared review is for film of" in each for each in page.ask)
    planned = PLANNED.planned
    assert planned
    named = [replace(each, days=(DAY, planned)) for each in named]
    assert page_of(tmp_path / "d.vig.json", *named).ask == ()


def test_consents_that_are_missing_or_end_soon_are_to_be_asked_for(tmp_path: Path) -> None:
    soon = TODAY + dt.timedelta(days=10)
    given = consents(FAMILY, DAY)
    ends = replace(given[1], until=soon)
    rosa = Member(id="rosa", label="Rosa")
    page = page_of(tmp_path / "c.vig.json", replace(FAMILY, members=(DANA, JORY, rosa)), ends)
    assert "Rosa has not been asked about filming and shared review." in page.ask
    assert "Rosa has not been asked about supervision." in page.ask
    name = "Dana" if ends.member == "dana" else "Jory"
    assert f"{name}: consent for {ends.purpose.label} ends on 9 December." in page.ask
    assert "the consent form" in page.bring


def test_a_family_without_a_question_is_asked_for_one(tmp_path: Path) -> None:
    page = page_of(
        tmp_path / "c.vig.json",
        HelpingQuestion(id="question", family="heron", owner="dana", words="Not agreed"),
    )
    assert page.rate == ()
    assert any("helping question" in each for each in page.ask)


def test_a_shared_review_names_its_clips(tmp_path: Path) -> None:
    filmed = replace(PLANNED, filmed=TODAY - dt.timedelta(days=3))
    made = (
        filmed,
        Recording(id="second", cycle="two", path="media/second.mp4"),
        Clip(id="shown", recording="second", in_ms=0, out_ms=1000, shown_in_review=True, order=1),
        Clip(id="other", recording="second", in_ms=2000, out_ms=3000, order=2),
    )
    page = page_of(tmp_path / "c.vig.json", *made)
    assert page.purpose == "shared review, cycle 2, toast"
    assert "clips C2-1 for the review" in page.bring
    page = page_of(tmp_path / "d.vig.json", *made, PlannedMoment(cycle="two", clip="other"))
    assert "clips C2-2 for the review" in page.bring


def test_visits_are_those_that_are_to_come(tmp_path: Path) -> None:
    days = {"past": -1, "today": 0, "last": 13, "late": 14}
    cycles = [
        Cycle(id=name, family=name, number=1, planned=TODAY + dt.timedelta(days=days[name])) for name in days
    ]
    done = Cycle(id="done", family="done", number=1, planned=TODAY, filmed=TODAY)
    assert [each.cycle.id for each in planned_visits([*cycles, done], TODAY)] == ["today", "last"]


def test_nobody_s_own_notes_are_on_paper(tmp_path: Path) -> None:
    page = page_of(tmp_path / "c.vig.json")
    for language in LANGUAGES:
        words = plain_text(markdown(visit_paper([page], TODAY), template("visit", language, None)))
        assert "For me alone" not in words
        assert "Film bath and bed." in words


def test_an_ended_family_is_asked_nothing(tmp_path: Path) -> None:
    page = page_of(
        tmp_path / "c.vig.json",
        replace(FAMILY, state=FamilyState.ENDED),
        replace(PLANNED, planned=None),
    )
    assert page.ended
    assert (page.day, page.ask, page.rate) == ("", (), ())
    words = plain_text(markdown(visit_paper([page], TODAY), template("visit", "en", None)))
    assert "has ended" in words
    assert Purpose.FILM.label not in words


def test_at_the_last_visit_the_end_is_asked_for_with_what_was_said_at_the_start(tmp_path: Path) -> None:
    said = Description(
        family="heron",
        speaker="dana",
        of=Described.CHILD,
        when=DescribedWhen.START,
        words="He *shuts* me out.",
        date=DAY,
    )
    last = replace(PLANNED, number=3, filmed=TODAY - dt.timedelta(days=3))
    page = page_of(tmp_path / "c.vig.json", said, last)
    assert page.ask == (
        "How do they describe the child and the relationship, at the end? In their own words.",
        "At the start Dana said of the child: “He *shuts* me out.”",
    )
    words = plain_text(markdown(visit_paper([page], TODAY), template("visit", "en", None)))
    assert "“He *shuts* me out.”" in words
