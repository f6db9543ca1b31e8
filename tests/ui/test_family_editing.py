"""Changing what belongs to a family: in the field's own way, and taken back by one key."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import change
from tests.ui.driving import told, until
from tests.ui.family_driving import (
    answer,
    back,
    choose,
    confirm,
    family_screen,
    fill,
    problem,
)
from tests.ui.heron import FAMILY, TODAY
from tests.ui.snapshot import same_screens, screen_text
from vigtui.domain.consent.decisions import latest
from vigtui.domain.records import (
    Consent,
    Cycle,
    Family,
    HelpingQuestion,
    Rating,
    Recording,
    Share,
    StatusSpan,
    TrajectEntry,
    Voice,
)
from vigtui.domain.vocabulary import Decision, FamilyState, Purpose, StatusKind, TrajectKind
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.family import FamilyScreen

pytestmark = pytest.mark.slow


async def test_each_part_reads_well(path: Path, request: pytest.FixtureRequest) -> None:
    async with family_screen(path) as (_, pilot, _):
        for key, name in (("2", "questions"), ("3", "traject"), ("4", "consents")):
            await pilot.press(key)
            await same_screens(pilot, f"family-{name}", request)


# Helping questions and ratings


@pytest.mark.parametrize(
    ("keys", "fields"),
    [
        (("2", "a"), {"rater": "dana", "value0": "5", "date": "2025-05-13"}),
        (("1", "right", "e"), {"filmed": "2025-05-13"}),
    ],
)
async def test_a_day_to_come_is_told_where_one_that_has_been_is_asked_for(
    path: Path, keys: tuple[str, ...], fields: dict[str, str]
) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press(*keys)
        await pilot.pause()
        if isinstance(app.screen, ChooseScreen):
            await choose(app, pilot, "A rating of")
        await fill(app, pilot, **fields)
        await until(pilot, lambda: "13 May is after today, 12 April" in screen_text(app))


async def test_a_question_is_kept_as_it_was_said(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("2", "a")
        await choose(app, pilot, "A helping question")
        await fill(app, pilot, words="Why [does] he   go\nso quiet??", owner="Dana", agreed="")
        await back(app, pilot)
        [question] = [
            each for each in app.workspace.caseload.where(HelpingQuestion) if "[does]" in each.words
        ]
        assert question.words == "Why [does] he   go\nso quiet??"
        assert question.owner == "dana"
        assert question.agreed is None
        assert "not agreed yet" in screen_text(app)
        await pilot.press("u")
        await until(pilot, lambda: "[does]" not in screen_text(app))


async def test_a_new_wording_is_a_new_question_and_the_old_one_stays_with_its_ratings(path: Path) -> None:
    """The words of the first agreement are the family's; nobody rewrites them."""
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("2", "enter")
        await fill(app, pilot, words="What does Jory tell me without words?")
        await back(app, pilot)
        caseload = app.workspace.caseload
        old = caseload.need(HelpingQuestion, "question-1")
        assert old.words == "What's Jory telling me when he goes quiet?"
        assert old.ended == TODAY
        new = caseload.need(HelpingQuestion, old.superseded_by)
        assert (new.words, new.owner, new.agreed) == ("What does Jory tell me without words?", "dana", TODAY)
        assert len(caseload.where(Rating, question=old.id)) == 8
        assert "then in new words, 2" in screen_text(app)
        await pilot.press("u")
        await until(pilot, lambda: caseload.need(HelpingQuestion, "question-1").superseded_by == "")


async def test_a_slip_in_typing_is_mended_while_nobody_has_rated(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        caseload = app.workspace.caseload
        caseload.save(HelpingQuestion(id="new", family=FAMILY, owner="dana", words="Wyh?", agreed=TODAY))
        await until(pilot, lambda: "and 2 more: 2 shows them all" in screen_text(app))
        await pilot.press("2", "end")
        await until(pilot, lambda: screen.section.place == "voice:voice-1")
        await pilot.press("up")
        assert screen.section.place == "question:new"
        await pilot.press("e")
        await fill(app, pilot, words="Why?")
        await choose(app, pilot, "slip")
        await back(app, pilot)
        assert caseload.need(HelpingQuestion, "new").words == "Why?"
        assert len(caseload.where(HelpingQuestion, family=FAMILY)) == 4


async def test_a_round_of_ratings_keeps_asked_not_rated_apart_from_not_asked_and_from_zero(
    path: Path,
) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("a")
        await choose(app, pilot, "Ratings")
        await fill(app, pilot, rater="jory", date="2025-04-10", value0="-", value1="0", value2="")
        await back(app, pilot)
        found = {each.question: each.value for each in app.workspace.caseload.where(Rating, rater="jory")}
        assert found == {"question-1": None, "question-2": 0}
        await pilot.press("u")
        await until(pilot, lambda: not app.workspace.caseload.where(Rating, rater="jory"))


async def test_a_rating_that_is_none_is_refused_with_a_sentence(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("2", "a")
        await choose(app, pilot, "A rating of")
        await fill(app, pilot, rater="dana", value0="11")
        assert isinstance(app.screen, FormScreen)
        assert "“11” is not a rating" in screen_text(app)
        await fill(app, pilot, value0="9", words="He came to me first.")
        await back(app, pilot)
        assert "9" in screen_text(app)
        assert "He came to me first." in screen_text(app)


async def test_typing_the_number_alone_rates_for_whoever_rated_last(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        before = {each.id for each in caseload.where(Rating)}
        newest = max(caseload.where(Rating), key=lambda each: (each.date, str(each.created)))
        await pilot.press("2", "a")
        await choose(app, pilot, "A rating of")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        await pilot.press("t", "ctrl+s")
        await back(app, pilot)
        [made] = [each for each in caseload.where(Rating) if each.id not in before]
        assert (made.rater, made.value, made.date) == (newest.rater, 10, TODAY)


async def test_r_and_the_number_alone_rate_the_question_under_the_cursor(path: Path) -> None:
    """At the end of a review each rating is three keys, not a form; and no digit is lost to another part."""
    async with family_screen(path) as (app, pilot, screen):
        caseload = app.workspace.caseload
        before = {each.id for each in caseload.where(Rating)}
        newest = max(caseload.where(Rating), key=lambda each: (each.date, str(each.created)))

        def made() -> list[Rating]:
            return [each for each in caseload.where(Rating) if each.id not in before]

        for number, key in ((1, "4"), (2, "t")):
            await pilot.press("2", "r", key, "enter")
            await until(pilot, lambda number=number: len(made()) == number)
        assert {(each.rater, each.date, each.question) for each in made()} == {
            (newest.rater, TODAY, "question-1")
        }
        assert sorted(each.value or 0 for each in made()) == [4, 10]
        await pilot.press("down", "r", "-", "enter")
        await until(pilot, lambda: len(made()) == 3)
        assert [each.rater for each in made() if each.value is None] == ["dana"]
        assert screen.section.id == "questions"


async def test_a_number_is_no_rater_and_a_name_that_is_new_is_one(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("2", "a")
        await choose(app, pilot, "A rating of")
        await fill(app, pilot, other="7", value0="7")
        assert "“7” is not a name." in problem(app)
        await fill(app, pilot, other="Grandma June")
        await back(app, pilot)
        [made] = app.workspace.caseload.where(Rating, rater="Grandma June")
        assert made.value == 7


async def test_where_every_question_has_ended_a_round_of_ratings_says_so(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        for question in caseload.where(HelpingQuestion, family=FAMILY):
            caseload.save(replace(question, ended=TODAY))
        await pilot.press("2", "a")
        await choose(app, pilot, "Ratings of all")
        await until(pilot, lambda: "Every helping question has ended" in told(app))


async def test_one_rating_is_changed_from_the_timeline(path: Path) -> None:
    async with family_screen(path, record="rating-1-dana-3") as (app, pilot, _):
        await pilot.press("enter")
        await fill(app, pilot, value="-")
        await back(app, pilot)
        assert app.workspace.caseload.need(Rating, "rating-1-dana-3").value is None
        assert "was asked and did not rate, 11 March" in screen_text(app)


async def test_removing_a_question_says_how_many_ratings_go(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("2", "delete")
        assert "This takes 8 ratings with it." in await confirm(app, pilot)
        await back(app, pilot)
        assert app.workspace.caseload.get(HelpingQuestion, "question-1") is None
        await pilot.press("u")
        await until(pilot, lambda: len(app.workspace.caseload.where(Rating, question="question-1")) == 8)


async def test_what_somebody_said_is_kept_and_shown_at_the_review_it_followed(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("a")
        await choose(app, pilot, "Something somebody said")
        await fill(
            app, pilot, words="He waits for me now.", speaker="Dana", date="2025-04-05", may_quote=True
        )
        await back(app, pilot)
        assert "Dana: “He waits for me now.”" in screen_text(app)
        [voice] = [each for each in app.workspace.caseload.where(Voice) if each.may_quote]
        assert voice.speaker == "dana"


# Cycles, statuses and the traject plan


async def test_a_cycle_is_planned_then_filmed_and_the_days_keep_their_order(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("a")
        await choose(app, pilot, "A cycle")
        await fill(app, pilot, activity="building blocks", planned="2025-04-22")
        await back(app, pilot)
        [cycle] = app.workspace.caseload.where(Cycle, number=4)
        assert cycle.planned == dt.date(2025, 4, 22)
        assert "○4" in screen_text(app)
        await pilot.press("up", "end", "e")
        await fill(app, pilot, filmed="2025-04-10", reviewed="2025-04-08")
        assert "is before" in screen_text(app)
        await fill(app, pilot, reviewed="2025-04-11")
        await back(app, pilot)
        assert app.workspace.caseload.need(Cycle, cycle.id).reviewed == dt.date(2025, 4, 11)


async def test_statuses_overlap_and_are_never_swapped(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("a")
        await choose(app, pilot, "status")
        await fill(app, pilot, kind="proceedings", start="2025-03-01", end="")
        await back(app, pilot)
        assert {each.kind for each in app.workspace.caseload.where(StatusSpan)} == {
            StatusKind.CP,
            StatusKind.CIN,
            StatusKind.PROCEEDINGS,
        }
        assert "CIN plan, proceedings" in screen_text(app)


async def test_the_traject_plan_takes_the_familys_own_headings(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("3", "down", "a")
        await fill(app, pilot, own="Bedtimes", kind="hope", words="A calm end of the day")
        await back(app, pilot)
        caseload = app.workspace.caseload
        [entry] = [each for each in caseload.where(TrajectEntry) if each.heading == "Bedtimes"]
        assert (entry.kind, entry.date) == (TrajectKind.HOPE, TODAY)
        await pilot.press("home", "e")
        await fill(app, pilot, heading="How we talk")
        await back(app, pilot)
        assert len([each for each in caseload.where(TrajectEntry) if each.heading == "How we talk"]) == 2
        await pilot.press("u")
        await until(pilot, lambda: "How we talk" not in screen_text(app))


# Consents


async def test_a_withdrawal_is_a_new_decision_that_acts_at_once(path: Path) -> None:
    """An earlier decision is never overwritten: what held on which day can always be told."""
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("4", "right", "enter")
        await fill(app, pilot, decision="withdrawn", given_by="Dana")
        await answer(app, pilot, yes=False)
        await back(app, pilot)
        consents = app.workspace.caseload.where(Consent, member="jory", purpose=Purpose.FILM)
        assert [each.decision for each in consents] == [Decision.GIVEN, Decision.WITHDRAWN]
        found = latest(consents, "jory", Purpose.FILM, TODAY)
        assert found is not None
        assert found.decision is Decision.WITHDRAWN
        text = screen_text(app)
        assert "[× withdrawn 12 Apr]" in text
        assert "given by Dana on 4 February" in text
        assert "Jory's consent for filming and shared review was withdrawn on 12 April" in text
        assert screen.section.place == "jory film"


async def test_undoing_a_withdrawal_asks_and_leaves_whose_it_was_when_and_for_what(path: Path) -> None:
    """A slip of the finger must not open film that somebody closed, and nobody can make a no unsaid."""
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload

        def said() -> list[tuple[Decision, bool]]:
            consents = caseload.where(Consent, member="jory", purpose=Purpose.FILM)
            return [(each.decision, bool(each.mistaken)) for each in consents]

        await pilot.press("4", "right", "enter")
        await fill(app, pilot, decision="withdrawn", given_by="Dana")
        await answer(app, pilot, yes=False)
        await back(app, pilot)
        before = said()
        await pilot.press("u")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        assert said() == before
        await pilot.press("u")
        assert "Jory: filming and shared review withdrawn on 12 April" in await confirm(app, pilot)
        await until(pilot, lambda: said() == [(Decision.GIVEN, False), (Decision.WITHDRAWN, True)])
        await until(pilot, lambda: "[✓ given 4 Feb]" in screen_text(app))
        assert "withdrawn by Dana on 12 April; does not count: taken back by undo" in screen_text(app)
        await pilot.press("U")
        await until(pilot, lambda: said() == before)


async def test_a_refusal_recorded_by_mistake_stays_with_the_reason(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", "enter")
        await fill(app, pilot, decision="refused", date="2025-04-11")
        await answer(app, pilot, yes=False)
        await back(app, pilot)
        await pilot.press("delete")
        await choose(app, pilot, "refused")
        await fill(app, pilot, mistaken="It was Mo who said so")
        await back(app, pilot)
        await until(pilot, lambda: "[✓ given 4 Feb]" in screen_text(app))
        assert "refused by Dana on 11 April; does not count: It was Mo who said so" in screen_text(app)


async def test_a_decision_recorded_by_mistake_is_removed_by_choosing_it(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", "enter")
        await fill(app, pilot, decision="given", date="2025-04-13")
        assert "13 April is after today, 12 April by this machine's clock" in " ".join(
            screen_text(app).split()
        )
        await fill(app, pilot, date="2025-04-11")
        await back(app, pilot)
        await pilot.press("delete")
        await choose(app, pilot, "11 April")
        assert "Dana's decision about filming and shared review, given by Dana" in await confirm(app, pilot)
        await back(app, pilot)
        assert len(app.workspace.caseload.where(Consent, member="dana", purpose=Purpose.FILM)) == 1


async def test_a_clip_is_not_recorded_as_shown_without_everybodys_consent(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("5", "a")
        await choose(app, pilot, "shown to somebody")
        await choose(app, pilot, "C1-1")
        await fill(app, pilot, purpose="court", audience="the family court", cut=False)
        assert "Dana and Jory have not been asked about court" in " ".join(screen_text(app).split())
        await fill(app, pilot, purpose="social_worker", audience="the social worker")
        await back(app, pilot)
        shares = app.workspace.caseload.where(Share, clip="clip-film-1-1")
        assert [each.purpose for each in shares] == [Purpose.SOCIAL_WORKER]
        assert shares[0].consent == "consent-dana-social_worker"


# The family itself


async def test_a_member_is_renamed_without_losing_their_consents(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("d")
        await choose(app, pilot, "Change Jory")
        await fill(app, pilot, label="Dana")
        assert "There is a Dana in this family already" in screen_text(app)
        await fill(app, pilot, label="Robin")
        await back(app, pilot)
        assert "Dana, Robin (4)" in screen_text(app)
        await pilot.press("4", "right")
        assert "given by Dana on 4 February" in screen_text(app)


async def test_members_come_and_go_with_what_is_theirs(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("d")
        await choose(app, pilot, "Add a member")
        await fill(app, pilot, label="Mo", relation="2", filmed=False)
        await back(app, pilot)
        assert "Dana, Jory (4), Mo (2)" in screen_text(app)
        await pilot.press("d")
        await choose(app, pilot, "Remove Jory")
        assert "What Jory decided and said stays" in await confirm(app, pilot)
        assert "Are they in none of these 6 films" in await answer(app, pilot, yes=False)
        await back(app, pilot)
        caseload = app.workspace.caseload
        assert len(caseload.where(Consent, member="Jory")) == 4
        assert {film.people for film in caseload.all(Recording)} == {("dana", "Jory")}
        await pilot.press("u")
        await until(pilot, lambda: len(caseload.where(Consent, member="jory")) == 4)
        assert {film.people for film in caseload.all(Recording)} == {None}
        await pilot.press("d")
        await choose(app, pilot, "Remove Dana")
        await confirm(app, pilot)
        await answer(app, pilot, yes=False)
        await until(pilot, lambda: app.workspace.caseload.where(Rating, rater="Dana"))
        await back(app, pilot)
        assert "Dana 3 → 8" in screen_text(app)


async def test_when_the_work_ends_its_film_gets_a_day_of_deletion(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        caseload.save(Recording(id="late", cycle="cycle-3", path="media/late.mp4"))
        await pilot.press("d")
        await choose(app, pilot, "details")
        await fill(app, pilot, state="active")
        await back(app, pilot)
        assert caseload.need(Family, FAMILY).state is FamilyState.ACTIVE
        await pilot.press("d")
        await choose(app, pilot, "details")
        await fill(app, pilot, state="ended", own_reason="Goals reached")
        assert "delete by 11 June" in (await confirm(app, pilot)).replace("Jun?", "June")
        await back(app, pilot)
        assert caseload.need(Recording, "late").delete_by == dt.date(2025, 6, 11)
        assert caseload.need(Family, FAMILY).closure.reason == "Goals reached"


async def test_a_caseload_that_may_only_be_read_says_so(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        app.workspace.caseload.read_only = "This caseload may only be read."
        for key in ("a", "e", "delete", "d"):
            await pilot.press(key)
            assert app.screen is screen
        await pilot.press("4", "enter")
        assert app.screen is screen
        assert "may only be read" in told(app)


async def test_the_day_on_which_the_work_ended_is_kept_when_that_is_said(path: Path) -> None:
    """From that day the words are kept for so many years: without it nobody would be told."""
    change(path, Family, FAMILY, state=FamilyState.ACTIVE)
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("d")
        await choose(app, pilot, "details")
        await fill(app, pilot, state="ended")
        await until(pilot, lambda: app.workspace.caseload.need(Family, FAMILY).ended == TODAY)
