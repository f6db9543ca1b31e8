"""The traject plan of any day: what would be lost is what a family had hoped for, as they said it then."""

import datetime as dt

from vigtui.domain.records import Renamed, TrajectEntry, TrajectHeading
from vigtui.domain.vocabulary import TrajectKind
from vigtui.queries.traject import Plan, changes, days_of_change, headings_of, plan_on

FEB, MAR, APR, MAY = (dt.date(2025, month, 4) for month in (2, 3, 4, 5))
USUAL = ("Basic Communication", "Daily Life")


def line(
    words: str,
    day: dt.date,
    heading: str = "Daily Life",
    *,
    ended: dt.date | None = None,
    instead_of: str = "",
    kind: TrajectKind = TrajectKind.NOW,
) -> TrajectEntry:
    return TrajectEntry(
        id=words,
        family="f",
        heading=heading,
        kind=kind,
        words=words,
        date=day,
        ended=ended,
        instead_of=instead_of,
    )


def told(plan: Plan) -> dict[str, list[str]]:
    return {heading.words: [each.words for each in heading.lines] for heading in plan.headings}


def test_without_headings_of_its_own_a_family_has_those_of_its_service() -> None:
    """And everybody who keeps them first keeps the same ones: two programs do not make ten of five."""
    lines = [line("Story first", FEB, "Bedtimes")]
    found = headings_of("f", (), USUAL, lines)
    assert [each.words for each in found] == ["Basic Communication", "Daily Life", "Bedtimes"]
    assert "Bedtimes" not in told(plan_on(FEB - dt.timedelta(days=1), found, lines))
    assert [each.id for each in found] == [each.id for each in headings_of("f", (), USUAL, lines)]
    assert found[0].id != headings_of("other", (), USUAL, ())[0].id
    kept = [TrajectHeading(family="f", words="Home", order=0)]
    assert [each.words for each in headings_of("f", kept, USUAL, ())] == ["Home"]


def test_a_line_is_in_the_plan_from_its_day_until_it_ended() -> None:
    headings = headings_of("f", (), USUAL, ())
    lines = [line("Old", FEB, ended=APR), line("New", APR, instead_of="Old")]
    days = {day: told(plan_on(day, headings, lines))["Daily Life"] for day in (FEB, MAR, APR, MAY)}
    assert days == {FEB: ["Old"], MAR: ["Old"], APR: ["New"], MAY: ["New"]}
    assert told(plan_on(FEB - dt.timedelta(days=1), headings, lines))["Daily Life"] == []


def test_a_past_plan_has_the_headings_of_its_day() -> None:
    headings = [
        TrajectHeading(
            family="f", words="At home", order=1, renamed=(Renamed(words="Daily Life", until=APR),)
        ),
        TrajectHeading(family="f", words="Library", order=0, since=MAR),
        TrajectHeading(family="f", words="School", order=2, ended=MAR),
    ]
    lines = [line("Story", FEB, "At home"), line("Maths", FEB, "School", ended=MAR)]
    assert told(plan_on(FEB, headings, lines)) == {"Daily Life": ["Story"], "School": ["Maths"]}
    assert told(plan_on(MAY, headings, lines)) == {"Library": [], "At home": ["Story"]}
    assert days_of_change(headings, lines, APR) == [FEB, MAR, APR]


def test_a_line_whose_heading_somebody_else_dropped_meanwhile_is_not_lost() -> None:
    headings = [TrajectHeading(family="f", words="School", ended=MAR)]
    assert told(plan_on(MAY, headings, [line("Reads at night", APR, "School")])) == {
        "School": ["Reads at night"]
    }


def test_what_changed_between_two_days_is_told_heading_by_heading() -> None:
    headings = [
        TrajectHeading(
            id="home", family="f", words="At home", renamed=(Renamed(words="Daily Life", until=APR),)
        ),
        TrajectHeading(id="library", family="f", words="Library", order=1, since=MAR),
        TrajectHeading(id="school", family="f", words="School", order=2, ended=MAR),
        TrajectHeading(id="same", family="f", words="Same", order=3),
    ]
    lines = [
        line("A calm evening", FEB, "At home", ended=MAR, kind=TrajectKind.HOPE),
        line("Calm on most evenings", MAR, "At home", instead_of="A calm evening", ended=APR),
        line("Calm", APR, "At home", instead_of="Calm on most evenings", kind=TrajectKind.CHANGE),
        line("No more bath", FEB, "At home", ended=APR),
        line("Rhymes", APR, "Library"),
        line("Stays", FEB, "Same"),
    ]
    before, after = plan_on(FEB, headings, lines), plan_on(MAY, headings, lines)
    home, library, school = changes(before, after, lines)
    assert (home.words, home.was) == ("At home", "Daily Life")
    assert [(old.words, new.words) for old, new in home.reworded] == [("A calm evening", "Calm")]
    assert [each.words for each in home.gone] == ["No more bath"]
    assert home.new == ()
    assert library.is_new
    assert [each.words for each in library.new] == ["Rhymes"]
    assert school.is_gone
    assert changes(after, after, lines) == []


def test_a_line_that_moved_under_another_heading_in_other_words_is_told_once() -> None:
    headings = headings_of("f", (), USUAL, ())
    lines = [line("Old", FEB, ended=APR), line("New", APR, "Basic Communication", instead_of="Old")]
    found = changes(plan_on(FEB, headings, lines), plan_on(MAY, headings, lines), lines)
    assert [each.words for each in found] == ["Basic Communication"]
