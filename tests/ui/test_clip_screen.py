"""The clip screen on real film: finding moments, saying who does what, never showing what may not be seen."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from tests.caseloads import at_the_keyboard, write
from tests.ui.conftest import Heron
from tests.ui.driving import Driver, opened, resize, told, until
from tests.ui.family_driving import answer, choose, confirm, stop_the_calendar
from tests.ui.snapshot import same_screen, says, screen_text
from tests.ui.walking import slow_disk
from vigtui.domain.consent.access import Permission, Use
from vigtui.domain.records import (
    Clip,
    Consent,
    Deletion,
    Note,
    Recording,
    SessionItem,
    Share,
    Still,
    Tag,
    Viewing,
)
from vigtui.domain.vocabulary import Decision, Purpose, RecordingState
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.time_axis import BEHIND_WORDS, TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.sound.kept_sound import FOLDER
from vigtui.film.sound.waveform import Loudness
from vigtui.store.caseload import Caseload
from vigtui.store.sharing import watcher
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.clip.editing import keep_still
from vigtui.ui.screens.parts.writing_desk import WritingDesk
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.ui.widgets.title_bar import TitleBar

Opened = tuple[VigtuiApp, Driver, ClipScreen]


@contextlib.asynccontextmanager
async def clip_screen(heron: Heron, screen: ClipScreen) -> AsyncIterator[Opened]:
    async with opened(heron.path) as (app, pilot):
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_mounted and screen.film.closed != "The film is being opened.")
        yield app, pilot, screen


def at(screen: ClipScreen, ms: int) -> bool:
    return abs(screen.film.pane.state.position_ms - ms) < 120


async def go(pilot: Driver, screen: ClipScreen, ms: int) -> None:
    screen.film.seek(ms)
    await until(pilot, lambda: at(screen, ms))


async def test_a_clip_opens_cued_and_looping(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-2"])) as (_, pilot, screen):
        await until(pilot, lambda: at(screen, 8000) and screen.film.pane.state.duration_ms)
        assert screen.film.pane.state.loop == (8000, 11000)
        assert not screen.film.pane.state.playing
        await pilot.press("space")
        await until(
            pilot, lambda: screen.film.pane.state.playing and screen.film.pane.state.position_ms > 8200
        )


async def test_who_watched_is_kept_once_the_film_plays_and_not_before(heron: Heron) -> None:
    at_the_keyboard(heron.path, heron.supervisor)
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-2"])) as (_, pilot, screen):
        await until(pilot, lambda: at(screen, 8000) and screen.film.pane.state.duration_ms)
        assert screen.caseload.all(Viewing) == []
        for _ in range(2):
            await pilot.press("space")
            await until(pilot, lambda: screen.film.pane.state.playing)
            await pilot.press("space")
            await until(pilot, lambda: not screen.film.pane.state.playing)
        await until(pilot, lambda: len(screen.caseload.all(Viewing)) == 1)
        [viewing] = screen.caseload.all(Viewing)
        assert (viewing.recording, viewing.date) == (heron.interaction, screen.workspace.today())
        assert viewing.who == heron.supervisor


async def test_a_key_that_comes_before_the_first_film_is_there_counts(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody presses space at once: the film plays as soon as it is open."""
    async with opened(heron.path) as (app, pilot):
        screen = ClipScreen(clip=heron.clips["C2-2"])
        with slow_disk(app, monkeypatch):
            app.push_screen(screen)
            await until(pilot, lambda: screen.film.closed == "The film is being opened.")
            await pilot.press("space")
        await until(
            pilot, lambda: screen.film.pane.state.playing and screen.film.pane.state.position_ms > 8200
        )


async def test_a_step_that_comes_before_the_first_film_is_there_counts(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(heron.path) as (app, pilot):
        screen = ClipScreen(clip=heron.clips["C2-2"])
        with slow_disk(app, monkeypatch):
            app.push_screen(screen)
            await until(pilot, lambda: screen.film.closed == "The film is being opened.")
            await pilot.press("full_stop", "full_stop")
        await until(pilot, lambda: screen.film.pane.state.duration_ms)
        await until(pilot, lambda: screen.film.ms == 8200)


async def test_while_a_film_is_opened_the_screen_says_so(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film from a slow disk looked as if there were none, or as if the clip before were this one."""
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-2"])) as (app, pilot, screen):
        await until(pilot, lambda: at(screen, 8000) and screen.film.pane.state.duration_ms)
        with slow_disk(app, monkeypatch):
            await pilot.press("pageup")
            await until(pilot, lambda: "The film is being opened." in screen_text(app))
        await until(pilot, lambda: screen.film.pane.state.duration_ms)
        await until(pilot, lambda: "The film is being opened." not in screen_text(app))


async def test_a_film_that_comes_while_its_screen_is_left_ends_nothing(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever leaves at once, from a slow disk, is not told of an error."""
    async with opened(heron.path) as (app, pilot):
        screen = ClipScreen(recording=heron.interaction)
        with slow_disk(app, monkeypatch):
            app.push_screen(screen)
            await until(pilot, lambda: screen.is_mounted and screen.film.opening)
            await screen.film.pane.remove()  # What is on a screen goes before the screen does.
        await until(pilot, lambda: not any(worker.group == "film" for worker in app.workers))


async def test_in_and_out_make_a_clip_that_loops_at_once(heron: Heron) -> None:
    """A trainee finds a moment and sees it again and again, without a form in between."""
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        await until(pilot, lambda: screen.film.pane.state.duration_ms)
        await pilot.press("right_square_bracket")
        assert not screen.clip
        await go(pilot, screen, 13_000)
        await pilot.press("left_square_bracket")
        await go(pilot, screen, 15_000)
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: screen.film.pane.state.playing and screen.film.pane.state.loop is not None)
        made = screen.clip
        assert made is not None
        assert abs(made.in_ms - 13_000) < 120
        assert abs(made.out_ms - 15_000) < 120
        assert made.order == 3
        await pilot.press("u")
        await until(pilot, lambda: screen.clip is None)
        assert len(app.workspace.caseload.where(Clip, recording=heron.interaction)) == 2


async def test_a_clip_can_have_the_film_s_last_frame(heron: Heron) -> None:
    """Where a clip ends lies outside it: at the film's end that is the end, not the last frame."""
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (_, pilot, screen):
        await until(pilot, lambda: screen.film.pane.state.last_ms)
        await go(pilot, screen, 13_000)
        await pilot.press("left_square_bracket")
        screen.film.seek(10_000_000)
        await until(pilot, lambda: screen.film.pane.state.at_end)
        end = screen.film.pane.state
        assert end.position_ms == end.last_ms < end.duration_ms
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: screen.clip)
        assert screen.clip
        assert (screen.clip.out_ms, screen.clip.out_ms > end.last_ms) == (end.duration_ms, True)


async def test_the_ends_of_a_clip_move_and_move_back(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (_, pilot, screen):
        await go(pilot, screen, 3000)
        await pilot.press("left_square_bracket")
        assert screen.clip
        assert abs(screen.clip.in_ms - 3000) < 120
        assert screen.film.pane.state.loop == (screen.clip.in_ms, 5000)
        await go(pilot, screen, 1000)
        await pilot.press("right_square_bracket")
        assert screen.clip.out_ms == 5000
        await pilot.press("u")
        await until(pilot, lambda: screen.film.pane.state.loop == (2000, 5000))


async def test_a_tag_says_who_did_what(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-2"])) as (app, pilot, screen):
        await pilot.press("t", *"jo", "enter", *"bod", "enter")
        await until(pilot, lambda: app.workspace.caseload.where(Tag, clip=heron.clips["C2-2"]))
        [tag] = app.workspace.caseload.where(Tag, clip=heron.clips["C2-2"])
        assert (tag.who, tag.principle, tag.item) == (heron.jory, "receiving", "body")
        await until(
            pilot, lambda: "Jory  receiving: with body" in str(screen.query_one("#tags", Static).content)
        )


async def test_caption_still_note_and_agenda(heron: Heron) -> None:
    clip = heron.clips["C2-1"]
    async with clip_screen(heron, ClipScreen(clip=clip)) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("i")
        await until(pilot, lambda: caseload.where(Still, clip=clip))
        await pilot.press("e", "tab", *"[/x] jam", "ctrl+s")
        await until(pilot, lambda: "[/x] jam" in caseload.need(Clip, clip).caption)
        await until(pilot, lambda: "[/x]" in str(screen.query_one("#caption", Static).content))
        await pilot.press("n", *"She")
        screen.save_pending()
        assert caseload.where(Note, about=clip)[0].body == "[00:02] She"
        await pilot.press("escape", "a", "enter", "ctrl+s")
        await until(pilot, lambda: caseload.where(SessionItem, session=heron.session, clip=clip))


async def test_a_time_is_gone_to_by_typing_it(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (_, pilot, screen):
        await until(pilot, lambda: screen.film.pane.state.duration_ms)
        await pilot.press("g", *"0:07.5", "enter")
        await until(pilot, lambda: at(screen, 7500))
        await pilot.press("g", *"9:00", "enter")
        await until(pilot, lambda: at(screen, 19_900))
        await pilot.press("ctrl+left")
        await until(pilot, lambda: at(screen, 0))


async def test_the_next_turn_to_speak_is_gone_to_and_back_and_keys_in_a_row_all_count(heron: Heron) -> None:
    """Twenty minutes of film are gone through turn by turn, by keys that come faster than film can jump."""
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        await until(pilot, lambda: screen.film.axis.sound.complete and screen.film.axis.sound.decibels)
        screen.film.axis.sound = Loudness(b"".join(bytes(100) + bytes([200]) * 50 for _ in range(6)))
        for _ in range(3):
            app.simulate_key("greater_than_sign")
        await until(pilot, lambda: at(screen, 10_800))
        assert screen.film.state.loop is None
        await pilot.press("less_than_sign")
        await until(pilot, lambda: at(screen, 7800))
        assert not told(app)
        await go(pilot, screen, 19_000)
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: "Nobody speaks after this moment" in told(app))


async def test_the_note_s_column_closes_when_the_note_is_left(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (_, pilot, screen):
        await pilot.press("n", *"She waits", "escape")
        assert not screen.query_one("#notes").display
        tags = screen.query_one("#tags", Static)
        await until(pilot, lambda: "a note, n opens it" in str(tags.content))
        await pilot.press("escape")
        await until(pilot, lambda: not screen.is_attached)


async def test_a_note_about_a_whole_recording_is_kept_apart_from_those_about_its_clips(heron: Heron) -> None:
    """What somebody saw in the film as a whole must not end up at a clip, nor be lost between two."""
    clip = heron.clips["C2-1"]
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        heading = screen.query_one("#note-heading", Static)
        await pilot.press("n", *"Calm", "escape")
        tags = screen.query_one("#tags", Static)
        await until(pilot, lambda: "a note, n opens it" in str(tags.content))
        await pilot.press("pagedown", "n", *"Jam")
        assert str(heading.content) == "Your note on the clip"
        await pilot.press("escape", "r", "n")
        assert str(heading.content) == "Your note on the whole recording"
        assert screen.query_one(NotesEditor).text == "[00:00] Calm"
        bodies = [
            app.workspace.caseload.where(Note, about=each)[0].body for each in (heron.interaction, clip)
        ]
        assert bodies == ["[00:00] Calm", "[00:02] Jam"]


async def test_a_share_is_refused_without_consent(heron: Heron) -> None:
    """A family's clip must not be recorded as shown to people they never agreed to."""
    clip = heron.clips["C2-1"]
    async with clip_screen(heron, ClipScreen(clip=clip)) as (app, pilot, _):
        caseload = app.workspace.caseload
        await pilot.press("x", "enter", "down", "enter", "tab", *"team", "ctrl+s")
        problem = app.screen.query_one("#dialog-problem", Static)
        await until(pilot, lambda: "have not been asked about" in str(problem.content))
        assert not caseload.all(Share)


def offered(app: VigtuiApp, *words: str) -> list[str]:
    """Which of these the foot of the screen has."""
    foot = screen_text(app).splitlines()[-1]
    return [each for each in words if each in foot]


async def test_a_withdrawn_consent_stops_the_film_at_once(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        await pilot.press("space")
        await until(pilot, lambda: screen.film.pane.state.playing)
        withdrawn = Consent(
            family=heron.family,
            member=heron.dana,
            purpose=Purpose.SUPERVISION,
            decision=Decision.WITHDRAWN,
            date=dt.date.today(),
        )
        app.workspace.caseload.save(withdrawn)
        await until(pilot, lambda: screen.film.closed and screen.film.pane.state.path is None)
        assert "Dana's consent for supervision was withdrawn" in screen.film.closed
        assert "4 in the family has what everybody decided." in screen.film.closed
        await until(pilot, lambda: not offered(app, "Play", "Step", "Loop", "In/Out"))
        await pilot.press("r")  # the whole recording
        await until(pilot, lambda: screen.clip is None and "withdrawn" in screen.film.closed)
        await until(pilot, lambda: says(app, "2 clips so far; page down opens the first."))
        assert not offered(app, "Mark", "Play")
        assert not says(app, "Press [")
        await pilot.press("u")
        await confirm(app, pilot)
        await until(pilot, lambda: not screen.film.closed and screen.film.pane.state.duration_ms)
        assert not screen.film.pane.state.playing
        await until(pilot, lambda: len(offered(app, "Play", "Step", "Loop", "In/Out", "Mark")) == 5)
        assert says(app, "Press [")


async def test_deleted_and_missing_film_say_so(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        caseload = app.workspace.caseload
        recording = caseload.need(Recording, heron.interaction)
        with caseload.transaction("Delete film"):
            caseload.save(replace(recording, state=RecordingState.DELETED))
            caseload.save(Deletion(recording=recording.id, date=dt.date(2025, 6, 8), why="the work ended"))
        await until(pilot, lambda: "was deleted on 8 June 2025: the work ended" in screen.film.closed)
        await pilot.press("u")
        await until(pilot, lambda: not screen.film.closed)
        caseload.save(replace(recording, path="media/gone.mp4"))
        screen.show_clip(screen.clip)
        await until(pilot, lambda: "gone.mp4" in screen.film.closed)
        assert screen.film.closed.endswith("f in the family looks for it.")


async def test_a_film_that_falls_behind_is_told_while_it_does(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-2"])) as (app, pilot, screen):
        await until(pilot, lambda: screen.film.pane.state.duration_ms)
        state = replace(screen.film.pane.state, is_behind=True)
        screen.film.follow(state)
        await until(pilot, lambda: BEHIND_WORDS in screen_text(app))
        assert "This machine is too slow for this film: it plays more slowly" in told(app)
        screen.film.follow(replace(state, is_behind=False))
        await until(pilot, lambda: BEHIND_WORDS not in screen_text(app))


async def test_page_keys_walk_the_clips_and_w_the_whole(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (_, pilot, screen):
        await pilot.press("pagedown")
        assert screen.clip_id == heron.clips["C2-2"]
        await until(pilot, lambda: at(screen, 8000))
        await pilot.press("pagedown")
        assert screen.clip_id == heron.clips["C2-2"]
        await pilot.press("r")
        assert screen.clip is None
        await until(pilot, lambda: not screen.film.closed and at(screen, 8000))


async def test_removing_asks_what_goes(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("i", "delete", "down", "enter")
        await until(pilot, lambda: not caseload.all(Still))
        await pilot.press("delete", "enter")
        await until(pilot, lambda: caseload.get(Clip, heron.clips["C2-1"]) is None)
        await until(pilot, lambda: screen.clip is None and not screen.film.closed)


async def test_a_note_and_a_clip_are_erased_for_good_and_another_note_can_be_written(heron: Heron) -> None:
    write(heron.path, Note(about=heron.interaction, author=heron.trainee, body="By a colleague"))
    at_the_keyboard(heron.path, heron.supervisor)
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        caseload, editor = app.workspace.caseload, screen.query_one(NotesEditor)
        await pilot.press("n", *"Zaun", "escape", "delete")
        await choose(app, pilot, "your note for good")
        assert "This cannot be undone." in await answer(app, pilot, yes=False)
        assert "Zaun" in editor.text
        await pilot.press("delete")
        await choose(app, pilot, "your note for good")
        assert "Your note on the clip C2-1 goes." in await answer(app, pilot, yes=True)
        await until(pilot, lambda: not editor.text and app.screen is screen)
        await pilot.press("n", *"Wren", "escape")
        await until(pilot, lambda: any("Wren" in each.body for each in caseload.all(Note)))
        await pilot.press("delete")
        await choose(app, pilot, "the clip C2-1 for good")
        assert "The film of its recording stays." in await answer(app, pilot, yes=True)
        await until(pilot, lambda: screen.clip is None and not screen.film.closed and app.screen is screen)
        await pilot.press("u")
        await until(pilot, lambda: "nothing to undo" in told(app))
        await pilot.press("delete")
        await until(pilot, lambda: "No clip is open here." in told(app))
        assert [each.body for each in caseload.all(Note)] == ["By a colleague"]
    files = [each for each in heron.path.parent.rglob("*.json") if each.is_file()]
    assert not [each.name for each in files if "Zaun" in each.read_text() or "Wren" in each.read_text()]


async def test_subtitles_beside_the_film_stand_under_it_until_j_takes_them_away(heron: Heron) -> None:
    """Where sound is off, this is all there is of what was said; without any, the picture has the room."""
    said = "1\n00:00:02,000 --> 00:00:03,000\n<i>Jam</i> [@click=app.quit]or[/] \x1b]0;honey\x07?\n"
    (heron.path.parent / "media" / "F-017-C2.srt").write_text(said)
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        subtitles = screen.query_one(Subtitles)
        await until(pilot, lambda: subtitles.display)
        await go(pilot, screen, 2500)
        await until(pilot, lambda: subtitles.words == "Jam [@click=app.quit]or[/] ]0;honey?")
        assert "Jam [@click=app.quit]or[/] ]0;honey?" in screen_text(app)
        height = screen.film.pane.size.height
        await pilot.press("j")
        await until(pilot, lambda: screen.film.pane.size.height == height + 2)
        await pilot.press("j")
        await go(pilot, screen, 3500)
        await until(pilot, lambda: subtitles.display and not subtitles.words)
        screen.film.close("Dana has not been asked.")
        await until(pilot, lambda: not subtitles.display)


async def test_without_a_display_w_says_so_and_the_film_stays(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        await until(pilot, lambda: screen.film.pane.state.duration_ms)
        await pilot.press("w")
        await until(pilot, lambda: "There is no display here" in told(app))
        assert not screen.film.pane.state.window


@pytest.mark.parametrize("what", ["clip", "note", "recording"])
async def test_the_clip_screen_looks_as_it_should(
    heron: Heron, what: str, request: pytest.FixtureRequest
) -> None:
    caseload = Caseload.open(heron.path)
    clip = caseload.need(Clip, heron.clips["C2-2"])
    caseload.save(replace(clip, caption="The knife drops. Jory goes quiet. Dana crouches: “That was loud.”"))
    caseload.save(Tag(clip=clip.id, at_ms=9000, who=heron.jory, principle="receiving", item="body"))
    caseload.save(Note(about=clip.id, author=heron.trainee, body="[00:09] Bring this one."))
    caseload.close()
    wanted = ClipScreen(recording=heron.interaction) if what == "recording" else ClipScreen(clip=clip.id)
    async with clip_screen(heron, wanted) as (app, pilot, screen):
        await until(pilot, lambda: screen.film.pane.state.duration_ms)
        await go(pilot, screen, 9500)
        if what == "note":
            await pilot.press("n")
        await until(pilot, lambda: screen.film.axis.sound.decibels and screen.film.axis.sound.complete)
        screen.film.pane.say("(the picture)", to_come=True)
        for width, height in ((60, 20), (80, 24), (120, 40)):
            await resize(pilot, width, height)
            same_screen(app, f"{what}-{width}x{height}", request)


async def test_a_consent_that_ends_closes_the_film_at_midnight(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its last day is over while the film plays, and nobody touches the keyboard."""
    today = dt.date.today()
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        caseload = app.workspace.caseload
        for consent in caseload.where(Consent, member=heron.jory, purpose=Purpose.SUPERVISION):
            caseload.save(replace(consent, until=today))
        await until(pilot, lambda: not screen.film.closed)
        await pilot.press("space")
        await until(pilot, lambda: screen.film.pane.state.playing)
        stop_the_calendar(monkeypatch, today + dt.timedelta(days=1))
        await until(pilot, lambda: "Jory's consent for supervision ended" in screen.film.closed)
        assert screen.film.pane.state.path is None


async def test_who_speaks_when_goes_with_the_consent_to_filming(heron: Heron) -> None:
    """It says who was there and who was loud: from the screen and from the disk, once somebody says no."""
    kept = heron.path.parent / FOLDER
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, pilot, screen):
        axis = screen.query_one(TimeAxis)
        await until(pilot, lambda: axis.sound.known_ms and list(kept.glob("*.sound")))

        def withdraw(purpose: Purpose) -> None:
            app.workspace.caseload.save(
                Consent(
                    family=heron.family,
                    member=heron.dana,
                    purpose=purpose,
                    decision=Decision.WITHDRAWN,
                    date=dt.date.today(),
                )
            )

        withdraw(Purpose.SUPERVISION)
        await until(pilot, lambda: screen.film.closed)
        assert axis.sound.known_ms  # they still agree to filming
        assert list(kept.glob("*.sound"))
        withdraw(Purpose.FILM)
        await until(pilot, lambda: not axis.sound.known_ms and not list(kept.glob("*.sound")))


async def test_a_sentence_in_the_corner_leaves_the_time_line_in_sight(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        await until(pilot, lambda: says(app, "00:20"))
        screen.tell("A sentence in the corner.")
        await until(pilot, lambda: says(app, "A sentence in the corner."))
        above, _, below = screen_text(app).partition("A sentence in the corner.")
        assert "00:20" in below
        assert "00:20" not in above


async def test_a_still_is_kept_only_where_that_may_be(heron: Heron) -> None:
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (app, _, screen):
        clip, showing = screen.clip, screen.found
        assert clip
        assert showing
        wrong = screen.film.permit(Use.WATCH)
        assert isinstance(wrong, Permission)
        with pytest.raises(ValueError, match="does not allow to keep a still"):
            keep_still(screen, wrong, clip, showing, 2500)
        assert not app.workspace.caseload.all(Still)


async def test_a_withdrawal_written_by_another_program_stops_the_film(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guider takes it down while the supervisor watches, at another machine."""
    monkeypatch.setattr(watcher, "SECONDS", 0.02)
    async with clip_screen(heron, ClipScreen(clip=heron.clips["C2-1"])) as (_, pilot, screen):
        await pilot.press("space")
        await until(pilot, lambda: screen.film.pane.state.playing)
        withdrawn = Consent(
            family=heron.family,
            member=heron.jory,
            purpose=Purpose.FILM,
            decision=Decision.WITHDRAWN,
            date=dt.date.today(),
        )
        await asyncio.to_thread(write, heron.path, withdrawn)
        await until(pilot, lambda: "Jory's consent for filming" in screen.film.closed)
        assert screen.film.pane.state.path is None


async def test_film_that_moves_while_its_screen_is_left_ends_nothing(heron: Heron) -> None:
    """Film tells where it is while its screen loses its parts one by one: a late word ended the program,
    and what was typed just before with it."""
    async with clip_screen(heron, ClipScreen(recording=heron.interaction)) as (app, pilot, screen):
        desk, pane = screen.query_one(WritingDesk), screen.film.pane

        async def wait_for_the_title_to_go() -> None:
            while screen.query(TitleBar):  # noqa: ASYNC110  Textual has no event for it
                await asyncio.sleep(0)

        desk.call_later(wait_for_the_title_to_go)
        desk.post_message(VideoPane.StateChanged(pane, pane.state))
        app.pop_screen()
        await until(pilot, lambda: not desk.is_running)
