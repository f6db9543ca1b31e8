"""The shared review in front of a parent: one calm picture, and nothing that is not for their eyes."""

import contextlib
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, Select

from tests.caseloads import at_the_keyboard, change, read, write
from tests.ui.conftest import Heron, withdrawn
from tests.ui.driving import Driver, opened, resize, told, until
from tests.ui.family_driving import answer, fill
from tests.ui.snapshot import same_screen, says, screen_text
from tests.unit.film.test_window import display  # noqa: F401  a fixture
from vigtui.domain.records import (
    Clip,
    Cycle,
    Description,
    Family,
    HelpingQuestion,
    Moment,
    PlannedMoment,
    Rating,
    Recording,
    Still,
    Viewing,
    Voice,
)
from vigtui.domain.vocabulary import Described, DescribedWhen, Purpose, RecordingKind
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.sharing import watcher
from vigtui.store.sharing.presence import Presence
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.review import PlanScreen
from vigtui.ui.screens.review.screen import ReviewScreen
from vigtui.values.days import today
from vigtui.wording.film.reviews import LAST, LEFT

pytestmark = pytest.mark.slow

QUESTION = "What's Jory telling me when he goes quiet?"
CAPTION = "Dana holds up jam and honey. Jory points."
NAMES = ("Ewelina", "Tomasz")
HIDDEN = ("C2-1", "Heron", "F-017", "Jam or honey", "Dana", "Jory", "Ellis", "Ros", "saved", "him pointing")
"""What is on the guider's screens, and no parent reads."""


@pytest.fixture
def planned(heron: Heron) -> Heron:
    """The family with a plan of two clips and a still, a question, and the guider at the keyboard."""
    clip, second = heron.clips["C2-1"], heron.clips["C2-2"]
    cycle = read(heron.path, Recording, heron.interaction).cycle
    change(heron.path, Clip, clip, caption=CAPTION)
    still = Still(id="still", clip=clip, at_ms=3_000, caption="Both laugh.")
    write(
        heron.path,
        HelpingQuestion(
            id="question", family=heron.family, owner=heron.dana, words=QUESTION, agreed=dt.date(2025, 2, 4)
        ),
        still,
        PlannedMoment(id="one", cycle=cycle, order=1, clip=clip, ask="And then?", wait_for="him pointing"),
        PlannedMoment(id="two", cycle=cycle, order=2, clip=clip, still="still"),
        PlannedMoment(id="three", cycle=cycle, order=3, clip=second),
    )
    at_the_keyboard(heron.path, heron.trainee)
    return heron


@contextlib.asynccontextmanager
async def plan(heron: Heron, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[VigtuiApp, Driver]]:
    """The plan, opened from the family by one key."""
    async with opened(heron.path, size) as (app, pilot):
        app.push_screen(FamilyScreen(heron.family))
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen) and app.screen.focused)
        yield app, pilot


async def begin(app: VigtuiApp, pilot: Driver, *names: str) -> ReviewScreen:
    """Begin with these names for Dana and Jory, and wait for the first picture."""
    await pilot.press("enter")
    await fill(app, pilot, **{f"name{number}": name for number, name in enumerate(names)})
    await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    await until(pilot, lambda: not screen.film.closed and screen.film.state.duration_ms)
    return screen


@contextlib.asynccontextmanager
async def review(
    heron: Heron, *names: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[VigtuiApp, Driver, ReviewScreen]]:
    """The first planned moment, in front of the family."""
    async with plan(heron, size) as (app, pilot):
        yield app, pilot, await begin(app, pilot, *(names or NAMES))


def plays(screen: ReviewScreen) -> bool:
    return screen.film.state.playing


def stopped(screen: ReviewScreen, after_ms: int) -> bool:
    return not screen.film.state.playing and screen.film.state.position_ms >= after_ms


async def test_a_clip_plays_to_its_end_by_itself_and_again_and_a_still_stands(planned: Heron) -> None:
    """Nobody has to reach for a key at the end of a moment. R, enter, ctrl+s: three keys from the family."""
    async with review(planned) as (_, pilot, screen):
        assert not plays(screen)
        await pilot.press("space")
        await until(pilot, lambda: stopped(screen, 4_900))
        assert screen.film.state.position_ms < 5_000
        await pilot.press("space")
        await until(pilot, lambda: plays(screen) and screen.film.state.position_ms < 4_000)
        await pilot.press("right")
        await until(pilot, lambda: not screen.film.closed and stopped(screen, 3_000))
        assert screen.film.state.position_ms == 3_000
        await pilot.press("space")
        await until(pilot, lambda: stopped(screen, 4_900))
        await pilot.press("home")
        await until(pilot, lambda: screen.film.state.position_ms == 3_000)
        await pilot.press("right")
        await until(pilot, lambda: plays(screen) and 8_000 <= screen.film.state.position_ms < 11_000)
        await pilot.press("right")
        await until(pilot, lambda: says(screen.app, LAST))
        await pilot.press("left")
        await until(pilot, lambda: plays(screen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_is_there_but_the_picture_and_what_is_wanted(
    planned: Heron, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    async with review(planned, size=size) as (app, pilot, screen):
        screen.film.pane.say("(the picture)", to_come=True)
        name = f"{size[0]}x{size[1]}"
        await until(pilot, lambda: says(app, "(the picture)"))
        same_screen(app, f"review-begins-{name}", request)
        await pilot.press("c", "o")
        await until(pilot, lambda: says(app, "Ewelina holds up jam and honey. Tomasz points."))
        await until(pilot, lambda: says(app, "“What's Tomasz telling me when he goes quiet?”"))
        same_screen(app, f"review-words-{name}", request)
        assert [each for each in HIDDEN if each in screen_text(app)] == []
        await pilot.press("f1")
        await until(pilot, lambda: says(app, "space play home again"))
        await pilot.press("c", "o")
        await until(pilot, lambda: not says(app, "Tomasz") and not says(app, "space play"))


async def test_words_about_somebody_without_a_name_stay_away(planned: Heron) -> None:
    """A parent must not read "Jory" for their own child."""
    async with review(planned, "Ewelina", "") as (app, pilot, screen):
        await pilot.press("c", "o")
        await until(pilot, lambda: screen.sitting.caption and screen.sitting.question)
        assert [each for each in HIDDEN if each in screen_text(app)] == []
        await pilot.press("right")
        await until(pilot, lambda: says(app, "Both laugh."))


async def test_other_keys_and_sentences_show_nothing_of_the_caseload(planned: Heron) -> None:
    async with review(planned) as (app, pilot, screen):
        caseload = app.workspace.caseload
        before = caseload.to_undo
        await pilot.press("ctrl+f", "M", "f10", "f2", "u", "U", "H", "s", "n", "p", "t", "e", "x", "v", "1")
        assert app.screen is screen
        assert caseload.to_undo is before
        app.notify("Somebody else of family Wren came", markup=False)
        screen.tell("The film F-017.mp4 is damaged.", problem=True)
        await pilot.pause()
        assert not says(app, "Wren")
        assert not says(app, "damaged")
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen))
        await until(pilot, lambda: "The film F-017.mp4 is damaged." in told(app))


async def test_what_is_said_is_kept_in_their_words_with_the_time_while_the_film_waits(planned: Heron) -> None:
    async with review(planned) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("space")
        await until(pilot, lambda: screen.film.state.position_ms > 2_500)
        await pilot.press("w")
        await until(pilot, lambda: not plays(screen))
        waits_ms = screen.film.state.position_ms
        screen.film.seek(500)
        await pilot.press(*"Tomasz waits, m and 1 too")
        await until(pilot, lambda: says(app, "Tomasz waits, m and 1 too"))
        assert says(app, "Ewelina 00:0")
        await pilot.press("enter")
        await until(pilot, lambda: len(caseload.all(Voice)) == 1)
        [voice] = caseload.all(Voice)
        assert (voice.speaker, voice.words) == (planned.dana, "Jory waits, m and 1 too")
        assert (voice.clip, voice.date, voice.may_quote) == (planned.clips["C2-1"], today(), False)
        assert 2_500 < voice.at_ms <= waits_ms
        await pilot.press("w", "tab", *"I see", "escape")
        await until(pilot, lambda: len(caseload.all(Voice)) == 2)
        assert caseload.all(Voice)[1].speaker == planned.jory
        assert not screen.focused
        await pilot.press("w")
        await until(pilot, lambda: says(app, "Tomasz 00:0"))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen) and says(app, "Dana 00:0"))
        assert says(app, "“Jory waits, m and 1 too”")


async def test_names_are_nowhere_once_the_sitting_is_over(planned: Heron, tmp_path: Path) -> None:
    """They are typed for one sitting. Every file is searched for them: the caseload, what is kept beside it,
    the settings and the places."""
    async with review(planned) as (app, pilot, screen):
        await pilot.press("c", "o", "w", *"Tomasz looks at Ewelina")
        app._saving.save_pending()
        await pilot.press("enter")
        await pilot.press("r")
        await fill(app, pilot, value0="7", words="Tomasz and I, Ewelina, laugh", activity="bath with Tomasz")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen))
        sitting = app.screen.sitting
        assert not any(name in told(app) for name in NAMES)
        assert not any(name in repr(sitting) for name in NAMES)
        await pilot.press("h")
        await until(pilot, lambda: not isinstance(app.screen, PlanScreen))
        assert not any(name in screen_text(app) for name in NAMES)
        await pilot.press("escape", "escape", "R")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen) and app.screen.sitting is not sitting)
        assert app.screen.sitting.names is None
    assert screen.sitting.names
    searched = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert planned.path in searched
    for path in searched:
        content = path.read_bytes()
        assert [name for name in NAMES if name.encode() in content] == [], path
    assert "bath with Jory" in planned.path.read_text(encoding="utf-8")


def withdraw(heron: Heron, caseload: Caseload, purpose: Purpose = Purpose.FILM) -> None:
    caseload.save(withdrawn(heron, purpose))


async def test_a_consent_that_is_withdrawn_closes_the_film_at_once_and_says_so_calmly(
    planned: Heron,
) -> None:
    async with review(planned) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("space")
        await until(pilot, lambda: plays(screen))
        withdraw(planned, caseload)
        await until(pilot, lambda: screen.film.closed)
        assert screen.film.state.source is None
        await until(pilot, lambda: says(app, LEFT))
        text = screen_text(app)
        assert [each for each in (*HIDDEN, *NAMES, "withdr", "consent") if each in text] == []
        for key in ("space", "home", "full_stop", "f", "right"):
            await pilot.press(key)
        await until(pilot, lambda: says(app, LEFT))
        assert screen.film.state.source is None
        await pilot.press("left", "space")
        await until(pilot, lambda: says(app, "→ next") and not says(app, "play"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen))
        await until(pilot, lambda: "was withdrawn on" in told(app))


@pytest.mark.usefixtures("display")
async def test_a_window_as_large_as_the_screen_gives_the_film_back_to_write_and_goes_with_a_consent(
    planned: Heron,
) -> None:
    """What stands on a second screen is the first that somebody would see."""
    async with review(planned) as (app, pilot, screen):
        await pilot.press("f")
        await until(pilot, lambda: screen.film.state.window)
        await pilot.press("w")
        await until(pilot, lambda: not screen.film.state.window and screen.focused)
        await pilot.press(*"He waits", "enter")
        await until(pilot, lambda: screen.film.state.window)
        assert [each.words for each in app.workspace.caseload.all(Voice)] == ["He waits"]
        withdraw(planned, app.workspace.caseload)
        await until(pilot, lambda: screen.film.closed)
        await until(pilot, lambda: not screen.film.state.window and screen.film.state.source is None)


async def test_without_consent_no_film_is_opened_in_front_of_the_family(planned: Heron) -> None:
    caseload = Caseload.open(planned.path)
    withdraw(planned, caseload)
    caseload.close()
    async with plan(planned) as (app, pilot):
        assert says(app, "stays closed")
        await pilot.press("enter")
        await fill(app, pilot, name0="Ewelina")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and says(app, LEFT))
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        await pilot.press("space", "right", "space")
        await until(pilot, lambda: says(app, LEFT))
        assert screen.film.state.source is None
        assert not app.workspace.caseload.all(Viewing)


async def test_the_purpose_is_the_shared_review_whoever_is_at_the_keyboard(planned: Heron) -> None:
    """A family that wants nothing to be seen in supervision may still look at its own film, with anybody."""
    caseload = Caseload.open(planned.path)
    withdraw(planned, caseload, Purpose.SUPERVISION)
    caseload.close()
    at_the_keyboard(planned.path, planned.supervisor)
    async with review(planned) as (app, pilot, _):
        await until(pilot, lambda: app.workspace.caseload.all(Viewing))
        [viewing] = app.workspace.caseload.all(Viewing)
        assert (viewing.who, viewing.purpose) == (planned.supervisor, Purpose.FILM)


async def test_who_showed_which_film_is_entered_for_the_review_a_still_too(planned: Heron) -> None:
    async with review(planned) as (app, pilot, screen):
        await until(pilot, lambda: app.workspace.caseload.all(Viewing))
        [viewing] = app.workspace.caseload.all(Viewing)
        assert (viewing.recording, viewing.who) == (planned.interaction, planned.trainee)
        assert (viewing.purpose, viewing.date) == (Purpose.FILM, today())
        assert not plays(screen)


async def test_a_moment_that_is_taken_out_meanwhile_gives_way_to_the_next(planned: Heron) -> None:
    async with review(planned) as (app, pilot, screen):
        caseload = app.workspace.caseload
        caseload.delete(caseload.need(PlannedMoment, "one"))
        await until(pilot, lambda: screen.shown and screen.shown.planned.id == "two")
        await until(pilot, lambda: screen.film.state.position_ms == 3_000)


async def test_moments_by_the_clock_are_marked_without_leaving_the_picture(planned: Heron) -> None:
    async with review(planned) as (app, pilot, screen):
        await pilot.press("d")
        await until(pilot, lambda: app.workspace.caseload.all(Moment))
        [moment] = app.workspace.caseload.all(Moment)
        assert moment.kind is RecordingKind.SHARED_REVIEW
        assert moment.at
        assert app.screen is screen


async def test_it_ends_with_ratings_words_and_the_next_film_as_one_step(planned: Heron) -> None:
    async with review(planned) as (app, pilot, _):
        caseload = app.workspace.caseload
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        assert app.screen.focused is app.screen.query_one("#field-value0")
        assert says(app, "1. “What's Tomasz telling me when he goes quiet?”")
        assert [each for each in HIDDEN if each in screen_text(app)] == []
        await pilot.press("7", "enter", *"He showed me.", "enter", *"bath", "enter", *"today", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen))
        [rating] = caseload.all(Rating)
        cycle = caseload.need(Cycle, rating.cycle)
        assert (rating.rater, rating.value, rating.question) == (planned.dana, 7, "question")
        assert (cycle.reviewed, cycle.number) == (today(), 2)
        [voice] = caseload.all(Voice)
        assert (voice.speaker, voice.words) == (planned.dana, "He showed me.")
        [coming] = [each for each in caseload.all(Cycle) if each.number == 3]
        assert (coming.activity, coming.planned) == ("bath", today())
        assert caseload.need(Clip, planned.clips["C2-1"]).shown_in_review
        assert not caseload.need(Clip, planned.clips["C2-2"]).shown_in_review
        await pilot.press("u")
        await until(pilot, lambda: not caseload.all(Rating))
        assert caseload.need(Cycle, cycle.id).reviewed is None
        assert len(caseload.all(Cycle)) == 1
        assert not caseload.all(Voice)


async def test_at_the_last_review_they_describe_one_another_again(planned: Heron) -> None:
    """What they said at the start stands there, in the names of this sitting."""
    start = Description(
        family=planned.family,
        speaker=planned.dana,
        of=Described.CHILD,
        when=DescribedWhen.START,
        words="Jory shuts me out.",
        date=dt.date(2025, 2, 4),
    )
    cycle = read(planned.path, Recording, planned.interaction).cycle
    write(planned.path, start)
    change(planned.path, Cycle, cycle, number=3)
    async with review(planned) as (app, pilot, _):
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        assert says(app, "At the start, of the child: “Tomasz shuts me out.”")
        await fill(app, pilot, of_child="Tomasz goes quiet to think.")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen))
        [end] = [each for each in app.workspace.caseload.all(Description) if each.id != start.id]
        assert (end.when, end.of, end.speaker) == (DescribedWhen.END, Described.CHILD, planned.dana)
        assert end.words == "Jory goes quiet to think."


@pytest.mark.usefixtures("quick")
async def test_a_withdrawal_in_another_program_closes_the_film(planned: Heron) -> None:
    async with review(planned) as (app, pilot, screen):
        await pilot.press("space")
        await until(pilot, lambda: plays(screen))
        await until(pilot, lambda: app.workspace.caseload.status.state == "saved")
        other = Caseload.open(planned.path, by="Noor")
        withdraw(planned, other)
        other.close()
        await until(pilot, lambda: says(app, LEFT))
        assert screen.film.state.source is None


async def test_a_rating_that_is_none_is_told_before_anything_is_kept(planned: Heron) -> None:
    async with review(planned) as (app, pilot, _):
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        app.screen.query_one("#field-value0", Input).value = "11"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: says(app, "“11” is not a rating."))
        labels = {str(words) for words, _ in app.screen.query_one("#field-speaker", Select)._options}
        assert {"Ewelina", "Tomasz"} <= labels
        assert not {"Dana", "Jory"} & labels
        assert app.workspace.caseload.need(Family, app.workspace.caseload.all(Family)[0].id)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs look at the file all the time."""
    monkeypatch.setattr(watcher, "SECONDS", 0.02)
    monkeypatch.setattr(watcher, "SIGNS_SECONDS", 0.02)


@pytest.mark.usefixtures("quick")
async def test_a_second_program_follows_what_the_family_sees_by_ids_alone(planned: Heron) -> None:
    """The guider has the plan, with what to ask and to wait for, on a screen of their own."""
    folder = backups.folder_of(planned.path)
    async with plan(planned) as (guider, at_guider), review(planned) as (app, pilot, _):
        follower = guider.screen
        assert isinstance(follower, PlanScreen)
        await until(at_guider, lambda: says(guider, "▸ C2-1 00:02"))
        await until(at_guider, lambda: says(guider, "The family sees this now. Dana holds up"))
        await pilot.press("right", "right")
        await until(at_guider, lambda: says(guider, "▸ C2-2"))
        assert follower.shown.key == "three"
        signs = [each.read_text() for each in folder.glob("open-*")]
        assert sorted('"three"' in sign for sign in signs) == [False, True]
        words = (*NAMES, *HIDDEN[:6], QUESTION, "And then?")
        assert not [each for each in words for sign in signs if each in sign]
        await pilot.press("escape")
        await until(at_guider, lambda: not says(guider, "▸"))
        assert isinstance(app.screen, PlanScreen)
    assert not list(folder.glob("open-*"))


@pytest.mark.usefixtures("quick")
async def test_what_others_show_to_another_family_is_not_followed(planned: Heron) -> None:
    other = Caseload.open(planned.path, by="Noor")
    async with plan(planned) as (app, pilot):
        sign = Presence(other)
        sign.show("somewhere else")
        await until(pilot, lambda: app.workspace.shown_elsewhere == ("somewhere else",))
        assert not says(app, "▸")
        sign.leave()
    other.close()


async def test_it_may_be_resized_at_any_time(planned: Heron) -> None:
    async with review(planned) as (app, pilot, screen):
        await pilot.press("c", "w", *"abc")
        for width, height in ((60, 20), (120, 40), (80, 24)):
            await resize(pilot, width, height)
        await until(pilot, lambda: says(app, "abc") and says(app, "Ewelina holds up"))
        assert app.screen is screen


async def test_film_past_its_day_is_asked_about_before_the_family_sees_anything(planned: Heron) -> None:
    change(planned.path, Recording, planned.interaction, delete_by=today() - dt.timedelta(days=3))
    async with plan(planned) as (app, pilot):
        await pilot.press("enter")
        assert "3 days ago" in await answer(app, pilot, yes=False)
        assert isinstance(app.screen, PlanScreen)
        await pilot.press("enter")
        await answer(app, pilot, yes=True)
        await fill(app, pilot, name0="Ewelina")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.film.is_open)


async def test_nothing_is_asked_in_front_of_the_family(planned: Heron) -> None:
    async with review(planned) as (app, pilot, screen):
        film = app.workspace.caseload.need(Recording, planned.interaction)
        past = replace(film, delete_by=today() - dt.timedelta(days=3))
        app.workspace.caseload.save(past)
        await pilot.press("right")
        await until(pilot, lambda: says(app, LEFT))
        assert app.screen is screen
        assert screen.film.state.source is None
