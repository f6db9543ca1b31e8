"""Moments: marked by one key while a recording plays on, walked afterwards, and made into clips."""

import datetime as dt

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.caseloads import write
from tests.ui.conftest import Heron
from tests.ui.driving import told, until
from tests.ui.family_driving import confirm, family_screen
from tests.ui.snapshot import same_screen, says
from tests.ui.test_clip_screen import at, clip_screen, go
from vigtui.domain.records import Clip, Consent, Moment, Recording
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.clip import ClipScreen


def moment(heron: Heron, at_ms: int, words: str = "", *, clip: str = "") -> Moment:
    caseload = Caseload.open(heron.path)
    cycle = caseload.need(Recording, heron.interaction).cycle
    caseload.close()
    return Moment(cycle=cycle, recording=heron.interaction, at_ms=at_ms, words=words, clip=clip)


async def test_a_key_marks_a_moment_and_the_film_plays_on_while_a_word_is_written(heron: Heron) -> None:
    """Whoever watches does not lose the thread of the film for what they want to come back to."""
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("space")
        await until(pilot, lambda: screen.film.state.playing and screen.film.state.position_ms > 500)
        await pilot.press("d")
        [marked] = caseload.where(Moment, recording=heron.interaction)
        await pilot.press("e", *"q looks up")
        assert screen.film.state.playing
        await until(pilot, lambda: screen.film.state.position_ms > marked.at_ms + 1000)
        await pilot.press("enter")
        assert caseload.need(Moment, marked.id).words == "q looks up"
        assert screen.focused is screen.film.pane
        await until(pilot, lambda: says(app, "Moment 1 00:0") and says(app, "q looks up"))
        await pilot.press("d")
        assert len(caseload.all(Moment)) == 2
        await pilot.press("u")
        assert len(caseload.all(Moment)) == 1


async def test_a_key_that_is_held_down_marks_one_moment(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        await until(pilot, lambda: screen.film.state.duration_ms)
        await pilot.press("d", "d", "d", "e")
        await until(pilot, lambda: screen.query_one("#moment-line").display)
        assert len(app.workspace.caseload.all(Moment)) == 1


async def test_words_are_kept_however_the_line_is_left(heron: Heron) -> None:
    write(heron.path, moment(heron, 5_000))
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("right_parenthesis", "e", *"one", "escape")
        await until(pilot, lambda: caseload.all(Moment)[0].words == "one")
        await pilot.press("e", *", two")
        await until(pilot, lambda: screen.query_one("#moment-words", Input).value == "one, two")
        screen.save_pending()  # as when the terminal is closed
        assert caseload.all(Moment)[0].words == "one, two"


async def test_moments_are_walked_and_become_clips(heron: Heron) -> None:
    """Marked in one sitting, looked at in the next: each moment is a clip in two keys."""
    write(heron.path, moment(heron, 9_000, "he looks\nup"), moment(heron, 14_000), moment(heron, 3_000))
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await until(pilot, lambda: screen.film.state.duration_ms and says(app, "3 moments to look at"))
        await pilot.press("enter")  # No moment is at hand yet.
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: at(screen, 3000))
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: at(screen, 9000) and says(app, "Moment 2 00:09 he looks up"))
        await pilot.press("enter")
        await until(pilot, lambda: screen.film.state.playing and screen.film.state.loop == (3000, 13_000))
        made = screen.clip
        assert made is not None
        assert (made.title, made.order) == ("he looks up", 3)
        assert [each.clip for each in caseload.all(Moment)] == [made.id, "", ""]
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: at(screen, 14_000) and screen.clip is None)
        assert says(app, "Moment 3 00:14")
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: "no further moment" in told(app))
        await pilot.press("left_parenthesis")
        await until(pilot, lambda: at(screen, 3000))


async def test_a_moment_whose_clip_goes_is_a_moment_again(heron: Heron) -> None:
    """What somebody noticed is not lost with a clip that was not worth keeping."""
    write(heron.path, moment(heron, 9_000, "he looks up", clip=heron.clips["C2-2"]))
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-2"])) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await until(pilot, lambda: screen.film.state.duration_ms)
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: "There is no moment to look at" in told(app))
        await pilot.press("delete", "enter")
        await until(pilot, lambda: screen.clip is None)
        assert caseload.all(Moment)[0].clip == ""
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: says(app, "he looks up"))


async def test_making_a_clip_of_a_moment_is_one_step_to_undo(heron: Heron) -> None:
    write(heron.path, moment(heron, 9_000, "he looks up"))
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await until(pilot, lambda: screen.film.state.duration_ms)
        await pilot.press("right_parenthesis", "enter")
        await until(pilot, lambda: screen.clip is not None)
        await pilot.press("u")
        await until(pilot, lambda: screen.clip is None)
        assert len(caseload.where(Clip, recording=heron.interaction)) == 2
        assert caseload.all(Moment)[0].clip == ""


async def test_a_moment_is_removed_and_comes_back(heron: Heron) -> None:
    write(heron.path, moment(heron, 9_000))
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        await until(pilot, lambda: screen.film.state.duration_ms)
        await pilot.press("right_parenthesis", "delete")
        assert await confirm(app, pilot) == "Remove the moment at 00:09?"
        await until(pilot, lambda: not app.workspace.caseload.all(Moment))
        await pilot.press("u")
        await until(pilot, lambda: app.workspace.caseload.all(Moment))


async def test_without_consent_no_moment_is_marked_and_its_words_are_read(heron: Heron) -> None:
    """The film stays closed; what was written about it stays readable, as clip titles do."""
    refused = Consent(
        family=heron.family,
        member=heron.jory,
        purpose=Purpose.FILM,
        decision=Decision.WITHDRAWN,
        date=dt.date(2025, 3, 1),
    )
    write(heron.path, refused, replace(refused, id="supervision", purpose=Purpose.SUPERVISION))
    write(heron.path, moment(heron, 3_000, "he looks up"))
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        assert screen.film.closed
        await pilot.press("d")
        await until(pilot, lambda: says(app, "withdrawn on") and not says(app, "d Mark"))
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: says(app, "Moment 1 00:03 he looks up"))
        assert not says(app, "makes a clip")
        await pilot.press("enter")
        assert len(app.workspace.caseload.all(Moment)) == 1
        assert screen.clip is None


async def test_the_moments_stand_on_the_axis_by_their_numbers(
    heron: Heron, request: pytest.FixtureRequest
) -> None:
    write(heron.path, moment(heron, 6_000, "she waits"), moment(heron, 15_000))
    write(heron.path, moment(heron, 9_000, clip=heron.clips["C2-2"]))
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        await until(pilot, lambda: screen.film.axis.sound.complete and screen.film.axis.sound.decibels)
        await go(pilot, screen, 12_000)
        await pilot.press("left_parenthesis")
        await until(pilot, lambda: at(screen, 6000) and says(app, "she waits"))
        screen.film.close("(the picture)")
        screen.film.pane.expect()
        screen.refresh_records()
        await pilot.pause()
        same_screen(app, "recording-moments-80x24", request)


async def test_the_family_s_film_says_how_many_moments_are_to_be_looked_at(heron: Heron) -> None:
    write(heron.path, moment(heron, 9_000), moment(heron, 3_000))
    async with family_screen(heron.path, heron.family) as (app, pilot, _):
        await pilot.press("5")
        await until(pilot, lambda: says(app, "2 clips 2 moments"))
