"""Two films side by side in the walk: each has its own place and consent, and one is at hand and heard."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.ui.conftest import Heron
from tests.ui.driving import Driver, resize, until
from tests.ui.snapshot import screen_text
from tests.ui.walking import at, clip_is_open, editor, slow_disk, walk
from vigtui.domain.records import Consent, Cycle, Family, Member, Recording, SessionItem
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.screens.navigation import OpenClip
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.workspace.settings import Settings

WIDE, LOW, SMALL = (120, 40), (100, 30), (80, 24)


async def both_play(pilot: Driver, screen: SupervisionScreen) -> None:
    await until(pilot, lambda: all(film.is_open and film.state.duration_ms for film in screen.films.all))
    if not all(film.state.playing for film in screen.films.all):
        await pilot.press("f9")
    await until(pilot, lambda: all(film.state.playing for film in screen.films.all))


async def both_paused_at(pilot: Driver, screen: SupervisionScreen, own: int, beside: int) -> None:
    await until(pilot, lambda: all(film.is_open and film.state.duration_ms for film in screen.films.all))
    screen.films.pause()
    screen.films.own.seek(own)
    screen.films.beside.seek(beside)
    await until(pilot, lambda: at(screen.films.own, own) and at(screen.films.beside, beside))
    await until(pilot, lambda: not any(film.state.playing for film in screen.films.all))


def muted(screen: SupervisionScreen) -> list[bool]:
    return [film.state.muted for film in screen.films.all]


async def test_each_film_plays_and_loops_its_own_clip(heron: Heron) -> None:
    """The review is looked at first; then both, each in its own time."""
    async with walk(heron, size=WIDE) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.own.state.playing and screen.films.beside.state.duration_ms)
        assert not screen.films.beside.state.playing
        assert [film.state.loop for film in screen.films.all] == [(4000, 7000), (8000, 11_000)]
        assert "▸SR2-1  shared review" in screen_text(app)
        assert "C2-2  client film" in screen_text(app)
        await both_play(pilot, screen)
        await until(pilot, lambda: screen.films.beside.state.position_ms > 8500)
        assert 4000 <= screen.films.own.state.position_ms <= 7000
        await pilot.press("f9")
        await until(pilot, lambda: not any(film.state.playing for film in screen.films.all))


async def test_typing_pauses_both_and_f5_plays_on_those_which_played(heron: Heron) -> None:
    """While one writes nothing moves; then it goes on as it was, and what stood still stays."""
    async with walk(heron, size=WIDE) as (_, pilot, screen):
        await both_play(pilot, screen)
        await pilot.press("E", "l")
        await until(pilot, lambda: not any(film.state.playing for film in screen.films.all))
        await pilot.press("f5")
        await until(pilot, lambda: all(film.state.playing for film in screen.films.all))
        await pilot.press("f9", "ctrl+b", "ctrl+@")
        await until(pilot, lambda: screen.films.beside.state.playing)
        await pilot.press("l")
        await until(pilot, lambda: not screen.films.beside.state.playing)
        await pilot.press("f5")
        await until(pilot, lambda: screen.films.beside.state.playing)
        assert not screen.films.own.state.playing


async def test_keys_move_the_film_at_hand_and_its_time_is_written(heron: Heron) -> None:
    """A time of the client film, read as one of the review, would show another moment."""
    async with walk(heron, size=WIDE) as (_, pilot, screen):
        await both_paused_at(pilot, screen, 5000, 9000)
        await pilot.press("ctrl+t", "ctrl+b", "ctrl+t", "ctrl+b")
        assert editor(screen, "seen_together").text == "[00:05] [C2-2 00:09] "
        assert screen.focused is editor(screen, "seen_together")
        seen = []
        for _ in range(3):
            await pilot.press("f6")
            seen.append((screen.focused, screen.films.at_hand))
        own, beside = screen.films.own, screen.films.beside
        assert seen == [(own.pane, own), (beside.pane, beside), (editor(screen, "seen_together"), beside)]
        await pilot.press("f6", "f6", "home")
        await until(pilot, lambda: at(screen.films.beside, 8000))
        assert at(screen.films.own, 5000)
        await pilot.press("ctrl+b")
        assert screen.films.own.pane.has_focus


async def test_one_film_is_heard_at_a_time(heron: Heron) -> None:
    """Two voices at once are none. And another screen's film sounds as it did before."""
    async with walk(heron, size=WIDE) as (app, pilot, screen):
        await both_play(pilot, screen)
        assert muted(screen) == [False, True]
        assert screen_text(app).count("♪ heard") == 1
        await pilot.press("f12")
        await until(pilot, lambda: muted(screen) == [True, False])
        screen.films.own.pane.focus()
        await pilot.press("m")
        await until(pilot, lambda: muted(screen) == [False, True])
        await pilot.press("m")
        await until(pilot, lambda: muted(screen) == [True, True])
        await pilot.press("f12")
        await until(pilot, lambda: muted(screen) == [False, True])
        await pilot.press("f12")
        app.post_message(OpenClip(heron.clips["C2-1"]))
        await until(pilot, lambda: clip_is_open(app))
        assert not app.workspace.film().state.muted


async def test_where_sound_is_off_at_first_both_are_silent(heron: Heron) -> None:
    """Over SSH they would sound in another room."""
    async with walk(heron, size=WIDE, settings=Settings(mute=True)) as (_, pilot, screen):
        await both_play(pilot, screen)
        assert muted(screen) == [True, True]
        await pilot.press("f12")
        await until(pilot, lambda: muted(screen) == [False, True])


async def test_a_change_of_consent_closes_the_film_concerned_alone(heron: Heron) -> None:
    """Each film has its own people: who says no there does not close the other."""
    with_another_family(heron)
    async with walk(heron, size=WIDE) as (app, pilot, screen):
        await both_play(pilot, screen)
        withdraw(app, "family-wren", "wren-mo")
        await until(pilot, lambda: screen.films.beside.state.path is None)
        assert "Mo's consent for supervision was withdrawn" in screen.films.beside.closed
        assert "Mo's consent for supervision was" in screen_text(app)
        assert "consent: missing for item 1" in screen_text(app)
        assert screen.films.own.state.playing
        withdraw(app, heron.family, heron.jory)
        await until(pilot, lambda: screen.films.own.state.path is None)
        assert "Jory" in screen.films.at_hand.closed


def with_another_family(heron: Heron) -> None:
    """The companion clip's film is of another family, with consents of its own."""
    caseload = Caseload.open(heron.path)
    caseload.save(Family(id="family-wren", code="F-021", members=(Member(id="wren-mo", label="Mo"),)))
    cycle = caseload.save(Cycle(family="family-wren", number=1))
    caseload.save(replace(caseload.need(Recording, heron.interaction), cycle=cycle.id))
    for purpose in (Purpose.FILM, Purpose.SUPERVISION):
        decide(caseload, "family-wren", "wren-mo", purpose, Decision.GIVEN, dt.date(2025, 2, 4))
    caseload.close()


def withdraw(app: VigtuiApp, family: str, member: str) -> None:
    decide(app.workspace.caseload, family, member, Purpose.SUPERVISION, Decision.WITHDRAWN, dt.date.today())


def decide(
    caseload: Caseload, family: str, member: str, purpose: Purpose, decision: Decision, day: dt.date
) -> None:
    caseload.save(Consent(family=family, member=member, purpose=purpose, decision=decision, date=day))


async def test_resizing_across_100_columns_keeps_both_moments(heron: Heron) -> None:
    """Somebody makes the window smaller in the middle of it, and larger again."""
    async with walk(heron, size=WIDE) as (app, pilot, screen):
        await both_paused_at(pilot, screen, 5000, 9000)
        await resize(pilot, *SMALL)
        await until(pilot, lambda: not screen.films.both_shown)
        assert "C2-2  client film" not in screen_text(app)
        await resize(pilot, *LOW)
        await until(pilot, lambda: screen.films.both_shown)
        assert at(screen.films.own, 5000)
        assert at(screen.films.beside, 9000)
        await pilot.press("f9")
        await until(pilot, lambda: all(film.state.playing for film in screen.films.all))
        await resize(pilot, *SMALL)
        await until(pilot, lambda: screen.films.own.state.playing and not screen.films.beside.state.playing)
        left = screen.films.beside.state.position_ms
        await resize(pilot, *WIDE)
        await until(pilot, lambda: screen.films.beside.state.playing)
        assert 8000 <= left <= 11_000


async def test_on_a_small_screen_the_films_take_turns_and_keep_their_moments(heron: Heron) -> None:
    async with walk(heron, size=SMALL) as (app, pilot, screen):
        await until(
            pilot, lambda: screen.films.own.state.playing and screen.films.own.state.position_ms > 4500
        )
        assert screen.films.beside.pane.player is None
        await pilot.press("f8")
        await until(pilot, lambda: screen.films.beside.state.playing and not screen.films.own.state.playing)
        assert "▸C2-2  client film" in screen_text(app)
        await until(pilot, lambda: muted(screen) == [True, False])
        own, player = screen.films.own.state.position_ms, screen.films.own.pane.player
        assert player is not None
        player.set_loop(None)  # It would begin again while a busy machine looks elsewhere.
        await pilot.press("f8")
        await until(pilot, lambda: screen.films.own.state.playing and not screen.films.beside.state.playing)
        assert screen.films.own.state.position_ms >= own
        await until(pilot, lambda: muted(screen) == [False, True])


async def test_who_looks_back_before_the_other_film_is_there_hears_the_first_again(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F8 twice by mistake, and the film would go on without a sound."""
    async with walk(heron, size=SMALL) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.own.state.playing and muted(screen)[0] is False)
        with slow_disk(app, monkeypatch):
            await pilot.press("f8")
            await until(pilot, lambda: screen.films.own.state.muted)
            await pilot.press("f8")
        await until(pilot, lambda: muted(screen) == [False, True] and screen.films.own.state.playing)


async def test_a_link_plays_in_the_film_that_it_names(heron: Heron) -> None:
    async with walk(heron, size=WIDE) as (app, pilot, screen):
        await both_paused_at(pilot, screen, 4500, 8500)
        text = editor(screen, "seen_together")
        text.insert("[C2-2 00:09]")
        await pilot.press("ctrl+g")
        await until(
            pilot, lambda: screen.films.beside.state.playing and screen.films.beside.state.position_ms >= 9000
        )
        assert screen.films.at_hand is screen.films.beside
        assert at(screen.films.own, 4500)
        text.replace("[00:06]", (0, 0), text.document.end)
        await pilot.press("ctrl+g")
        await until(
            pilot, lambda: screen.films.own.state.playing and screen.films.own.state.position_ms >= 6000
        )
        assert not screen.films.beside.state.playing
        text.replace("[SR2-2 00:13]", (0, 0), text.document.end)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: screen.films.own.state.loop == (12_000, 15_000))
        assert "▸SR2-2  shared review" in screen_text(app)


async def test_the_companion_may_be_chosen_and_left_out_while_it_is_shown(heron: Heron) -> None:
    async with walk(heron, size=WIDE) as (app, pilot, screen):
        await both_play(pilot, screen)
        screen.films.beside.pane.focus()
        await pilot.press("ctrl+n")
        await until(pilot, lambda: screen.films.own.state.loop == (12_000, 15_000))
        assert not screen.films.both_shown
        assert screen.films.own.pane.has_focus
        assert screen.films.beside.state.path is None
        caseload = app.workspace.caseload
        caseload.save(replace(caseload.need(SessionItem, heron.items[1]), companion=heron.clips["C2-1"]))
        await until(pilot, lambda: screen.films.beside.state.loop == (2000, 5000))
        assert screen.films.both_shown


async def test_both_places_are_found_again(heron: Heron) -> None:
    async with walk(heron, size=WIDE) as (app, pilot, screen):
        await both_paused_at(pilot, screen, 5000, 9000)
        await pilot.press("ctrl+b", "escape")
        await until(pilot, lambda: not screen.is_attached)
        again = SupervisionScreen(heron.session)
        app.push_screen(again)
        await until(pilot, lambda: again.is_mounted and all(film.is_open for film in again.films.all))
        await until(pilot, lambda: at(again.films.own, 5000) and at(again.films.beside, 9000))
        assert again.films.at_hand is again.films.beside
        assert not any(film.state.playing for film in again.films.all)
