"""Preparing a session in the real app: the trainee sees first, and nobody's words come too early."""

import contextlib
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace
from textual.widgets import Select, Static

from tests.caseloads import at_the_keyboard, change, note_no_viewings
from tests.ui.conftest import Heron, own_seeing
from tests.ui.driving import opened, told, until
from tests.ui.snapshot import same_screen, screen_text
from tests.ui.walking import Opened, editor, item_of, paused_at
from vigtui.domain.records import Person, Seeing, Session, SessionItem
from vigtui.domain.vocabulary import Role, SessionMode
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.navigation import OpenSession
from vigtui.ui.screens.parts.case_film import OPENING
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.widgets.text_editor import TextEditor

QUESTION = "Write first all the same?"


@pytest.fixture
def planned(heron: Heron) -> Heron:
    """The session is still to come, and nobody has written."""
    for item in heron.items:
        change(heron.path, Seeing, own_seeing(item, heron.trainee).id, done=False)
    return heron


@contextlib.asynccontextmanager
async def prepared_by(heron: Heron, person: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Opened]:
    """The session open at its first item, with this person at the keyboard."""
    at_the_keyboard(heron.path, person)
    async with opened(heron.path, size) as (app, pilot):
        app.post_message(OpenSession(heron.session, heron.items[0]))
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen) and app.screen.is_mounted)
        screen = app.screen
        assert isinstance(screen, SupervisionScreen)
        await until(pilot, lambda: all(film.closed != OPENING for film in screen.films.all))
        yield app, pilot, screen


def words(screen: SupervisionScreen, name: str) -> str:
    part = screen.query_one(f"#{name}", Static)
    return str(part.content) if part.display else ""


async def test_the_trainee_writes_first_says_it_is_done_and_then_reads_on(planned: Heron) -> None:
    async with prepared_by(planned, planned.trainee) as (app, pilot, screen):
        await paused_at(pilot, screen, 5000)
        assert screen.focused is editor(screen, "own_seeing")
        assert not editor(screen, "seen_together").display
        await pilot.press(*"I wait.")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: editor(screen, "seen_together").display)
        seeing = app.workspace.caseload.all(Seeing)[0]
        assert (seeing.words, seeing.done, seeing.begun) == ("[00:05] I wait.", True, True)
        editor(screen, "own_seeing").focus()
        await pilot.press("x")
        await until(pilot, lambda: "Your own seeing is done" in told(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not editor(screen, "seen_together").display)
        assert "Not done yet: you can go on writing" in told(app)
        await pilot.press("x")
        await until(pilot, lambda: editor(screen, "own_seeing").text.endswith("I wait.x"))
        screen.save_pending()
        assert app.workspace.caseload.all(Seeing)[0].words.endswith("I wait.x")


async def test_what_the_supervisor_wrote_first_keeps_an_own_seeing_from_being_taken_back(
    planned: Heron,
) -> None:
    async with prepared_by(planned, planned.supervisor) as (_, pilot, screen):
        await pilot.press("A")
        await until(pilot, lambda: QUESTION in screen_text(pilot.app))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: not editor(screen, "seen_together").read_only)
        await pilot.press(*"long")
        screen.save_pending()
    async with prepared_by(planned, planned.trainee) as (app, pilot, screen):
        assert "long" not in screen_text(app)
        await pilot.press(*"I", "ctrl+r")
        await until(pilot, lambda: "long" in editor(screen, "seen_together").text)
        assert words(screen, "first") == "Ros wrote first; Ellis wrote without having read it."
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "stays as it is" in told(app))
        await pilot.press("u")
        seeing = own_seeing(planned.items[0], planned.trainee)
        assert app.workspace.caseload.need(Seeing, seeing.id).done


async def test_strengths_written_before_the_session_are_not_read_by_its_trainee_without_an_item(
    planned: Heron,
) -> None:
    caseload = Caseload.open(planned.path)
    for item in planned.items:
        caseload.delete(caseload.need(SessionItem, item))
    caseload.close()
    change(planned.path, Session, planned.session, strengths="You waited.")
    for person, reads in ((planned.trainee, False), (planned.supervisor, True)):
        at_the_keyboard(planned.path, person)
        async with opened(planned.path) as (app, pilot):
            app.post_message(OpenSession(planned.session))
            await until(pilot, lambda: isinstance(app.screen, SupervisionScreen) and app.screen.is_mounted)
            assert isinstance(app.screen, SupervisionScreen)
            assert editor(app.screen, "strengths").display is reads
            assert ("You waited." in editor(app.screen, "strengths").text) is reads


async def test_the_supervisor_reads_it_by_asking_and_is_asked_before_writing(planned: Heron) -> None:
    async with prepared_by(planned, planned.supervisor) as (app, pilot, screen):
        assert words(screen, "seeing") == "Ellis has not written yet."
        await pilot.press("A")
        await until(pilot, lambda: QUESTION in screen_text(app))
        await pilot.press("enter", "ctrl+r")
        await until(pilot, lambda: "has not said yet" in told(app))
        assert item_of(app, planned).seen_together == ""
    async with prepared_by(planned, planned.trainee) as (_, pilot, screen):
        await pilot.press(*"I wait.", "ctrl+r")
    async with prepared_by(planned, planned.supervisor, (120, 40)) as (app, pilot, screen):
        assert "I wait" not in screen_text(app)
        await until(pilot, lambda: "g Go to" in screen_text(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "I wait." in words(screen, "seeing"))
        await until(pilot, lambda: "g Go to" not in screen_text(app))  # A letter is written from now on.
        await pilot.press(*"Yes")
        screen.save_pending()
        assert item_of(app, planned).seen_together.endswith("Yes")
        await until(pilot, lambda: words(screen, "first") == "Ellis wrote first; Ros had read it.")


async def test_what_is_written_stays_in_view_when_a_line_comes_above_it(planned: Heron) -> None:
    async with prepared_by(planned, planned.trainee) as (_, pilot, screen):
        await pilot.press(*"I wait for her, and she laughs before I do.", "ctrl+r")
    async with prepared_by(planned, planned.supervisor) as (app, pilot, screen):
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "I wait" in words(screen, "seeing"))
        await until(pilot, lambda: "g Go to" not in screen_text(app))
        await pilot.press("tab", *"Waiting", "enter", *"twice")
        await until(pilot, lambda: "wrote first" in words(screen, "first"))
        await until(pilot, lambda: "twice" in screen_text(app))


@pytest.mark.parametrize(("size", "name"), [((80, 24), "80x24"), ((120, 40), "120x40")])
async def test_preparing_looks_as_it_should(
    planned: Heron, size: tuple[int, int], name: str, request: pytest.FixtureRequest
) -> None:
    note_no_viewings(planned.path)
    heard = 4 if size[0] > 100 else 1  # Rows of each film that say who speaks when, once that was heard.
    seeing = own_seeing(planned.items[0], planned.trainee)
    change(planned.path, Seeing, seeing.id, words="[00:05] I wait, and she looks up.", begun=True)
    async with prepared_by(planned, planned.trainee, size) as (app, pilot, screen):
        await paused_at(pilot, screen, 5000)
        await until(pilot, lambda: screen_text(app).count("█" * 20) == heard)
        same_screen(app, f"preparing-{name}", request)
    change(planned.path, Seeing, seeing.id, done=True)
    async with prepared_by(planned, planned.supervisor, size) as (app, pilot, screen):
        await paused_at(pilot, screen, 5000)
        await until(pilot, lambda: screen_text(app).count("█" * 20) == heard)
        same_screen(app, f"prepared-{name}", request)


async def test_in_a_group_an_item_is_somebody_s_with_an_own_goal(heron: Heron) -> None:
    """Each brings an own clip and an own goal; what they saw by themselves is asked of them alone."""
    caseload = Caseload.open(heron.path)
    noor = caseload.save(Person(name="Noor Castell", roles=(Role.TRAINEE,)))
    session = caseload.need(Session, heron.session)
    caseload.save(replace(session, trainees=(heron.trainee, noor.id), mode=SessionMode.GROUP))
    caseload.close()
    async with prepared_by(heron, heron.supervisor) as (app, pilot, screen):
        await pilot.press("f3", *"question", "enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        app.screen.query_one("#field-trainee", Select).value = noor.id
        app.screen.query_one("#field-goal", TextEditor).text = "Stay with the quiet."
        await pilot.press("ctrl+s")
        await until(pilot, lambda: words(screen, "asks").endswith("Own goal: Stay with the quiet."))
        assert "Noor asks" in screen_text(app)
        assert words(screen, "seeing") == "Noor has not written yet."
    async with prepared_by(heron, noor.id) as (app, pilot, screen):
        await pilot.press(*"I", "ctrl+r")
        await until(pilot, lambda: editor(screen, "seen_together").display)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: screen.item_id == heron.items[1])
        assert not editor(screen, "own_seeing").display
