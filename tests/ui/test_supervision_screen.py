"""The supervision walk on real film: what is written together is stamped, kept and, once agreed, locked."""

import datetime as dt

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from tests.caseloads import agreed, at_the_keyboard
from tests.ui.conftest import Heron
from tests.ui.driving import opened, resize, told, until
from tests.ui.family_driving import answer, choose
from tests.ui.snapshot import same_screen, screen_text
from tests.ui.walking import at, clip_is_open, editor, item_of, loops, paused_at, slow_disk, walk
from vigtui.domain.records import Consent, Note, Person, Session, SessionItem
from vigtui.domain.sessions.agreement import confirm, kept_words
from vigtui.domain.vocabulary import Decision, Purpose, SessionState, Visibility
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.screens.navigation import OpenClip
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.screens.supervision.place import read_place
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.workspace.agreeing import agree


async def test_items_play_and_loop_by_themselves(heron: Heron) -> None:
    """Nobody looks for files in the middle of a supervision."""
    async with walk(heron) as (_, pilot, screen):
        await until(pilot, loops(screen, (4000, 7000)))
        await pilot.press("ctrl+n")
        await until(pilot, loops(screen, (12_000, 15_000)))
        await pilot.press("ctrl+n")
        assert screen.item_id == heron.items[1]
        await pilot.press("ctrl+p")
        await until(
            pilot,
            lambda: not screen.films.at_hand.closed and screen.films.at_hand.pane.state.loop == (4000, 7000),
        )


async def test_after_the_next_item_one_writes_what_is_seen_in_it(heron: Heron) -> None:
    """Whoever wrote the next step of one item would else write on in the next step of another."""
    async with walk(heron) as (app, pilot, screen):
        editor(screen, "next_step").focus()
        await pilot.press("ctrl+n", *"Dana")
        screen.save_pending()
        assert screen.focused is editor(screen, "seen_together")
        assert item_of(app, heron, 1).seen_together.endswith("Dana")


async def test_a_sentence_is_stamped_kept_and_there_when_opened_again(heron: Heron) -> None:
    """The heart of it: the film waits, the moment is noted, the words survive."""
    async with walk(heron) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.at_hand.pane.state.duration_ms)
        screen.films.at_hand.set_loop((5000, 5800))
        await until(
            pilot,
            lambda: (
                screen.films.at_hand.pane.state.playing
                and screen.films.at_hand.pane.state.position_ms >= 5000
            ),
        )
        await pilot.press("E", "l")
        await until(pilot, lambda: not screen.films.at_hand.pane.state.playing)
        await until(pilot, lambda: item_of(app, heron).seen_together == "[00:05] El")
        await pilot.press("f5")
        await until(pilot, lambda: screen.films.at_hand.pane.state.playing)
        await pilot.press("ctrl+@")
        await until(pilot, lambda: not screen.films.at_hand.pane.state.playing)
        await pilot.press("l")
    reopened = Caseload.open(heron.path)
    assert reopened.need(SessionItem, heron.items[0]).seen_together == "[00:05] Ell"
    reopened.close()


async def test_a_thought_typed_before_the_film_is_there_is_stamped_and_holds_the_film(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody goes to the next item and writes at once: the moment is noted all the same."""
    async with walk(heron) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.at_hand.pane.state.playing)
        with slow_disk(app, monkeypatch):
            screen.action_item(1)
            await pilot.press("E")
        await until(pilot, lambda: item_of(app, heron, 1).seen_together == "[00:12] E")
        await until(pilot, lambda: screen.films.at_hand.pane.state.loop == (12_000, 15_000))
        await until(pilot, lambda: screen.films.at_hand.pane.state.duration_ms > 0)
        assert not screen.films.at_hand.pane.state.playing


@pytest.mark.parametrize(("keys", "plays"), [(["ctrl+@"], True), (["ctrl+@"] * 2, False), (["f5"], True)])
async def test_what_is_pressed_behind_words_while_a_film_opens_counts(
    heron: Heron, monkeypatch: pytest.MonkeyPatch, keys: list[str], *, plays: bool
) -> None:
    """The words hold the film that is to come; the key lets it play, and is answered with no sentence."""
    async with walk(heron) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.at_hand.pane.state.playing)
        with slow_disk(app, monkeypatch):
            screen.action_item(1)
            await pilot.press("E")
            await until(pilot, lambda: screen.films.at_hand.opening and not screen.films.at_hand.playing)
            await pilot.press(*keys)
            assert screen.films.at_hand.playing is plays
        await until(pilot, lambda: screen.films.at_hand.pane.state.duration_ms > 0)
        await until(pilot, lambda: screen.films.at_hand.pane.state.playing is plays)


async def test_while_an_item_s_film_is_opened_the_walk_says_so(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never that there is none, nor the item before's picture beside this one's words."""
    async with walk(heron) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.at_hand.pane.state.playing)
        with slow_disk(app, monkeypatch):
            screen.action_item(1)
            await until(pilot, lambda: "The film is being opened." in screen_text(app))
            assert "No film here" not in screen_text(app)
        await until(pilot, lambda: screen.films.at_hand.pane.state.duration_ms)
        await until(pilot, lambda: "The film is being opened." not in screen_text(app))


async def test_the_film_beside_is_offered_where_there_is_one(heron: Heron) -> None:
    async with walk(heron) as (app, pilot, screen):
        await until(pilot, lambda: "Beside" in screen_text(app))
        screen.action_item(1)
        await until(pilot, lambda: not screen.films.companion and "Beside" not in screen_text(app))


async def test_a_time_is_gone_to_by_typing_it_and_while_writing_g_is_a_letter(heron: Heron) -> None:
    """What a trainee says of 7:50 is looked at without arrow keys; a note never loses its g."""
    async with walk(heron) as (_, pilot, screen):
        await paused_at(pilot, screen, 4000)
        editor(screen, "seen_together").focus()
        await pilot.press("g")
        assert screen.texts.editor.text.endswith("g")
        await pilot.press("f6", "g", *"0:05.5", "enter")
        await until(pilot, lambda: at(screen.films.own, 5500))
        assert screen.films.own.state.loop == (4000, 7000)
        await pilot.press("g", *"12", "enter")
        await until(pilot, lambda: at(screen.films.own, 12_000))
        assert screen.films.own.state.loop is None


async def test_a_stamp_by_hand_and_a_link_that_plays(heron: Heron) -> None:
    async with walk(heron) as (_, pilot, screen):
        await paused_at(pilot, screen, 5000)
        await pilot.press("f6")
        assert screen.films.at_hand.pane.has_focus
        await pilot.press("f6", "ctrl+t")
        assert editor(screen, "seen_together").text == "[00:05] "
        screen.films.at_hand.seek(6500)
        await until(pilot, lambda: at(screen.films.at_hand, 6500))
        await pilot.press("ctrl+g")
        await until(
            pilot,
            lambda: (
                screen.films.at_hand.pane.state.playing and screen.films.at_hand.pane.state.position_ms < 6000
            ),
        )


async def test_the_companion_clip_comes_and_goes_and_is_named_in_stamps(heron: Heron) -> None:
    """A time of the client clip, played in the review's film, would show another moment."""
    async with walk(heron) as (_, pilot, screen):
        await pilot.press("ctrl+b")
        await until(
            pilot,
            lambda: (
                not screen.films.at_hand.closed and screen.films.at_hand.pane.state.loop == (8000, 11_000)
            ),
        )
        await paused_at(pilot, screen, 9000)
        await pilot.press("D")
        assert editor(screen, "seen_together").text == "[C2-2 00:09] D"
        await pilot.press("ctrl+b")
        await until(
            pilot,
            lambda: not screen.films.at_hand.closed and screen.films.at_hand.pane.state.loop == (4000, 7000),
        )
        await pilot.press("ctrl+g")
        await until(
            pilot,
            lambda: screen.films.at_hand.clip == heron.clips["C2-2"] and not screen.films.at_hand.closed,
        )
        editor(screen, "seen_together").replace("[SR2-2 00:13]", (0, 0), (0, 99))
        await pilot.press("ctrl+g")
        await until(
            pilot,
            lambda: (
                screen.films.at_hand.clip == heron.clips["SR2-2"] and screen.films.at_hand.pane.state.playing
            ),
        )


async def test_consent_for_supervision_rules_mid_play(heron: Heron) -> None:
    """It rules in a session even for the guider, who may see the film in their own work."""
    async with walk(heron) as (app, pilot, screen):
        app.workspace.enter(app.workspace.caseload.need(Person, heron.trainee))
        await until(pilot, lambda: screen.films.at_hand.pane.state.playing)
        app.workspace.caseload.save(
            Consent(
                family=heron.family,
                member=heron.jory,
                purpose=Purpose.SUPERVISION,
                decision=Decision.REFUSED,
                date=dt.date.today(),
            )
        )
        await until(pilot, lambda: screen.films.at_hand.pane.state.path is None)
        assert "Jory said no to supervision" in screen.films.at_hand.closed
        assert "It may be seen with the family, in the shared review" in screen.films.at_hand.closed
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "consent: missing" in screen_text(app))
        assert "2 SR2-2 (closed)" in screen_text(app)
        await pilot.press("ctrl+p")
        await pilot.press("x")
        assert editor(screen, "seen_together").text == "x"


async def test_an_agreed_record_is_locked_and_only_added_to(heron: Heron) -> None:
    """What two people agreed must not change afterwards, and a later thought must not be lost either."""
    async with walk(heron) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("f4", *"place", "enter")
        await until(pilot, lambda: screen.session and screen.session.state is SessionState.HELD)
        await pilot.press("f4", "enter")
        await until(pilot, lambda: "Who agrees the record now?" in screen_text(app))
        assert "it is locked" in screen_text(app)
        await pilot.press("escape", "f4", "enter")
        await until(pilot, lambda: "Who agrees the record now?" in screen_text(app))
        assert screen.session
        assert screen.session.agreed is None
        await pilot.press("enter")
        await until(pilot, lambda: screen.session and screen.session.state is SessionState.AGREED)
        await until(pilot, lambda: editor(screen, "seen_together").read_only)
        assert screen.session
        assert screen.session.agreed
        assert set(screen.session.agreed.by) == {heron.supervisor, heron.trainee}
        assert "Agreed by Ros Tiverton and Ellis Marr" in told(app)
        assert "It is locked." in told(app)
        editor(screen, "seen_together").focus()
        await pilot.press("x")
        assert item_of(app, heron).seen_together == ""
        await pilot.press("f4", "enter")
        await pilot.press(*"Later", "ctrl+s")
        await until(pilot, lambda: screen.session and screen.session.amendments)
        [amendment] = caseload.need(Session, heron.session).amendments
        assert (amendment.by, amendment.words) == (heron.supervisor, "Later")
        await until(pilot, lambda: "Later" in str(screen.query_one("#amendments", Static).content))
        assert "Agreed by Ros Tiverton and Ellis Marr on" in str(
            screen.query_one("#amendments", Static).content
        )
        editor(screen, "private").focus()
        await pilot.press("y")
        screen.save_pending()
        assert caseload.all(Note)[0].body.endswith("y")


async def test_a_record_that_one_agreed_here_locks_when_the_other_agrees_elsewhere(heron: Heron) -> None:
    """Each gives their own word: the supervisor here, the trainee in a program of their own."""
    async with walk(heron) as (app, pilot, screen):
        await pilot.press("f4", *"place", "enter")
        await until(pilot, lambda: screen.session and screen.session.state is SessionState.HELD)
        await pilot.press("f4", "enter")
        await until(pilot, lambda: "Who agrees the record now?" in screen_text(app))
        await pilot.press(*"alone", "enter")
        said = "The record is agreed once Ellis Marr has agreed, too."
        await until(pilot, lambda: said in str(screen.query_one("#amendments", Static).content))
        assert screen.session
        assert screen.session.agreed is None
        app.workspace.caseload.flush()
        other = Caseload.open(heron.path, by="Ellis Marr")
        session, items = other.need(Session, heron.session), other.where(SessionItem, session=heron.session)
        agree(other, [confirm(session, items, heron.trainee, dt.datetime.now(dt.UTC))])
        other.close()
        await until(pilot, lambda: screen.session and screen.session.state is SessionState.AGREED)
        await until(pilot, lambda: editor(screen, "seen_together").read_only)


async def test_a_session_whose_day_is_to_come_is_held_only_after_asking_which_day_it_was(
    heron: Heron,
) -> None:
    """One key too many would say that a supervision took place that did not; and its hours would be of a day
    that is still to come."""
    async with walk(heron) as (app, pilot, screen):
        caseload = app.workspace.caseload
        session = caseload.need(Session, heron.session)
        today, tomorrow = dt.date.today(), dt.date.today() + dt.timedelta(days=1)
        caseload.save(replace(session, date=tomorrow))
        for answer, left in (
            (("enter", "escape"), (SessionState.PLANNED, tomorrow)),
            (("ctrl+s",), (SessionState.HELD, today)),
        ):
            await pilot.press("f4", *"place", "enter")
            await until(pilot, lambda: "It was planned for" in screen_text(app))
            await pilot.press(*answer)
            await until(pilot, lambda: app.screen is screen)
            session = caseload.need(Session, heron.session)
            assert (session.state, session.date) == left


async def test_an_agreed_session_is_found_from_the_list_and_takes_no_new_clip(heron: Heron) -> None:
    caseload = Caseload.open(heron.path)
    session = caseload.need(Session, heron.session)
    locked = caseload.save(agreed(session, heron.supervisor, heron.trainee))
    caseload.save(kept_words(locked))
    caseload.close()
    at_the_keyboard(heron.path, heron.supervisor)
    async with opened(heron.path) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: "supervision 1, 18 March 2025, remote, agreed" in screen_text(app))
        await pilot.press(*"agreed", "enter")
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen))
        app.post_message(OpenClip(heron.clips["C2-1"]))
        await until(pilot, lambda: clip_is_open(app))
        await pilot.press("a")
        await until(pilot, lambda: "Plan a new session" in screen_text(app))
        assert "agreed" not in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "Plan a supervision session" in screen_text(app))


async def test_a_private_note_shows_only_to_its_author_who_can_erase_it(heron: Heron) -> None:
    caseload = Caseload.open(heron.path)
    for author, words in ((heron.supervisor, "mine"), (heron.trainee, "theirs")):
        caseload.save(Note(about=heron.session, author=author, visibility=Visibility.AUTHOR, body=words))
    caseload.close()
    async with walk(heron) as (app, pilot, screen):
        await pilot.pause()
        assert editor(screen, "private").text == "mine"
        assert all("theirs" not in each.text for each in screen.query(NotesEditor))
        editor(screen, "private").focus()
        await pilot.press(*"ly")
        await pilot.press("f4", *"cover", "enter")  # Somebody else sees this screen as well.
        await until(pilot, lambda: not editor(screen, "private").display)
        assert not screen.query_one(".private").display
        await pilot.press("ctrl+n", "ctrl+p")
        assert not editor(screen, "private").display
        await pilot.press("f4", *"show the note", "enter")
        await until(pilot, lambda: editor(screen, "private").display)
        assert editor(screen, "private").text.endswith("ly")
        await pilot.press("f4")
        await choose(app, pilot, "Erase the note")
        await answer(app, pilot, yes=True)
        await until(pilot, lambda: not editor(screen, "private").text)
        assert [each.body for each in app.workspace.caseload.all(Note)] == ["theirs"]


async def test_earlier_working_points_are_in_view(heron: Heron) -> None:
    caseload = Caseload.open(heron.path)
    earlier = caseload.save(
        Session(
            supervisor=heron.supervisor,
            trainees=(heron.trainee,),
            date=dt.date(2025, 3, 1),
            state=SessionState.HELD,
        )
    )
    caseload.save(SessionItem(session=earlier.id, working_point="receive [/foo] words first"))
    caseload.close()
    async with walk(heron) as (_, pilot, screen):
        await until(
            pilot, lambda: "receive [/foo] words" in str(screen.query_one("#earlier", Static).content)
        )
        await pilot.pause()


async def test_the_place_is_found_again(heron: Heron) -> None:
    """After a break, or a dropped line, the walk goes on where it was."""
    async with walk(heron, item=heron.items[1]) as (app, pilot, screen):
        await paused_at(pilot, screen, 13_000)
        editor(screen, "next_step").focus()
        editor(screen, "next_step").insert("Dana turns.")
        await pilot.press("left", "left", "escape")
        await until(pilot, lambda: not screen.is_attached)
        again = SupervisionScreen(heron.session)
        app.push_screen(again)
        await until(
            pilot,
            lambda: again.is_mounted and not again.films.at_hand.closed and at(again.films.at_hand, 13_000),
        )
        assert again.item_id == heron.items[1]
        assert again.focused is editor(again, "next_step")
        assert again.texts.editor.place == len("Dana turns.") - 2
        assert not again.films.at_hand.pane.state.playing


async def test_the_place_is_kept_while_the_film_is_still_being_opened(
    heron: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that drops just then led back to the item before."""
    async with walk(heron) as (app, pilot, screen):
        with slow_disk(app, monkeypatch):
            await pilot.press("ctrl+n")
            await until(pilot, lambda: screen.item_id == heron.items[1])
            screen.save_pending()
        kept = read_place(app.workspace.places.get(f"walk:{heron.session}"))
        assert kept
        assert kept.item == heron.items[1]


async def test_the_film_comes_back_after_another_screen_had_the_player(heron: Heron) -> None:
    async with walk(heron) as (app, pilot, screen):
        await paused_at(pilot, screen, 5500)
        app.post_message(OpenClip(heron.clips["C2-1"]))
        await until(pilot, lambda: clip_is_open(app))
        await pilot.press("escape")
        await until(
            pilot,
            lambda: (
                app.screen is screen and not screen.films.at_hand.closed and at(screen.films.at_hand, 5500)
            ),
        )
        assert screen.films.at_hand.pane.state.loop == (4000, 7000)
        assert not screen.films.at_hand.pane.state.playing


async def test_the_agenda_grows_and_changes_and_comes_back(heron: Heron) -> None:
    async with walk(heron) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter", "?", "ctrl+s")
        await until(pilot, lambda: len(screen.items()) == 3)
        added = screen.items()[2]
        assert (added.trainee_question, added.clip) == ("?", heron.clips["C2-1"])
        await until(pilot, lambda: screen.item_id == added.id)  # What is seen there is written next.
        assert screen.focused is editor(screen, "seen_together")
        await pilot.press("ctrl+p", "ctrl+p")
        await until(pilot, lambda: screen.item_id == heron.items[0])
        await pilot.press("f3", *"lat", "enter")
        await until(pilot, lambda: [item.id for item in screen.items()][1] == heron.items[0])
        await pilot.press("f3", *"rem", "enter")
        await until(pilot, lambda: screen.item_id == heron.items[1])
        screen.films.at_hand.pane.focus()
        await pilot.press("u", "u", "u")
        await until(pilot, lambda: [item.id for item in screen.items()] == list(heron.items))
        caseload.delete(item_of(app, heron, 0))
        caseload.delete(item_of(app, heron, 1))
        await until(pilot, lambda: screen.films.at_hand.closed == "No agenda yet. F3 adds a clip.")
        assert not editor(screen, "seen_together").display


async def test_a_session_is_planned_and_walked_with_a_clip_on_it(heron: Heron) -> None:
    """From a clip to its supervision without leaving the film's screen."""
    caseload = Caseload.open(heron.path)
    caseload.delete(caseload.need(Session, heron.session))
    caseload.close()
    async with opened(heron.path) as (app, pilot):
        caseload = app.workspace.caseload
        app.post_message(OpenClip(heron.clips["SR2-1"]))
        await until(pilot, lambda: clip_is_open(app))
        await pilot.press("a")
        await until(pilot, lambda: "Plan a new session" in screen_text(app))
        await pilot.press("enter", "ctrl+s")
        await until(pilot, lambda: caseload.all(Session))
        [session] = caseload.all(Session)
        assert (session.trainees, session.supervisor) == ((heron.trainee,), heron.supervisor)
        await pilot.press("?", "ctrl+s")
        await until(pilot, lambda: caseload.where(SessionItem, session=session.id))
        [item] = caseload.where(SessionItem, session=session.id)
        await until(pilot, lambda: "SR2-1 is on the agenda of Supervision 1" in told(app))
        assert (item.trainee_question, item.companion) == ("?", heron.clips["C2-2"])


async def test_the_walk_looks_as_it_should(heron: Heron, request: pytest.FixtureRequest) -> None:
    caseload = Caseload.open(heron.path)
    caseload.save_meta(replace(caseload.meta, note_viewings=False))  # The title would tell when it was saved.
    caseload.close()
    async with walk(heron) as (app, pilot, screen):
        await paused_at(pilot, screen, 5000)
        await until(
            pilot,
            lambda: screen.films.at_hand.axis.sound.decibels and screen.films.at_hand.axis.sound.complete,
        )
        screen.films.at_hand.pane.say("(the picture)", to_come=True)
        for width, height in ((60, 20), (80, 24)):
            await resize(pilot, width, height)
            same_screen(app, f"supervision-{width}x{height}", request)
        await resize(pilot, 120, 40)
        await until(
            pilot,
            lambda: (
                screen.films.beside.is_open
                and screen.films.beside.axis.sound.decibels
                and screen.films.beside.axis.sound.complete
            ),
        )
        screen.films.beside.closed = (
            "(the picture)"  # Nothing the player says changes the screen from here on.
        )
        screen.films.beside.pane.say("(the picture)", to_come=True)
        for width, height in ((120, 40), (100, 30)):
            await resize(pilot, width, height)
            same_screen(app, f"supervision-{width}x{height}", request)


async def test_hostile_words_are_shown_as_words(heron: Heron) -> None:
    """Whatever somebody pasted once, the next supervision must still open."""
    hostile = "[/foo] [@click=app.quit]x[/] שלום 👩‍👧 " + "long " * 2000
    caseload = Caseload.open(heron.path)
    item = caseload.need(SessionItem, heron.items[0])
    caseload.save(
        replace(
            item, trainee_question=hostile, seen_together=hostile, working_point=hostile, next_step=hostile
        )
    )
    person = caseload.need(Person, heron.trainee)
    caseload.save(replace(person, name="[/bar] Ellis"))
    caseload.close()
    async with walk(heron) as (_, pilot, screen):
        await pilot.press("x")
        screen.save_pending()
        assert screen.item
        assert screen.item.seen_together == hostile + "x"
        for width, height in ((60, 24), (120, 40)):
            await resize(pilot, width, height)
            await pilot.press("tab")
        await pilot.press("ctrl+n")
