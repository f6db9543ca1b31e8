"""The people of a caseload: a new one has one person, and work needs more."""

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.caseloads import at_the_keyboard, make, write
from tests.ui.driving import opened, told, until
from tests.ui.family_driving import choose, fill, problem
from tests.ui.snapshot import says, screen_text
from vigtui.domain.records import Enrolment, Family, Gate, Person, Programme, Session, Stage
from vigtui.domain.vocabulary import Hours, Role
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.widgets.keys.help import HelpScreen
from vigtui.values.days import today
from vigtui.workspace.workspace import make_caseload

pytestmark = pytest.mark.slow


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A caseload as the first screen makes it: with the person who made it."""
    path = tmp_path / "new.vig.json"
    make_caseload(path, "Fenland VIG", "Ros Tiverton", Role.SUPERVISOR).close()
    return path


def people(path: Path) -> list[Person]:
    caseload = Caseload.open(path)
    caseload.close()
    return caseload.all(Person)


def _named(caseload: Caseload, name: str) -> Person:
    return next(person for person in caseload.all(Person) if person.name == name)


async def test_a_first_session_asks_for_the_trainee_who_is_not_there_yet(alone: Path) -> None:
    async with opened(alone) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        await pilot.press("s")
        await until(pilot, lambda: "Plan a new session" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "needs a trainee and a supervisor" in screen_text(app))
        await pilot.press(*"Ellis", "tab", "space", "ctrl+s")
        await until(pilot, lambda: "Plan a supervision session" in screen_text(app))
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: app.workspace.caseload.all(Session))
        caseload = app.workspace.caseload
        ellis, session = _named(caseload, "Ellis"), caseload.all(Session)[0]
        assert (ellis.roles, session.trainees) == ((Role.TRAINEE,), (ellis.id,))
        assert session.supervisor == ellis.supervisor == _named(caseload, "Ros Tiverton").id


async def test_in_a_new_caseload_no_key_is_offered_for_what_is_not_there_yet(alone: Path) -> None:
    """They were silent, or spoke of a copy, or of whose a thread is."""
    async with opened(alone) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        await pilot.press("T")
        await until(pilot, lambda: "no family under the cursor" in told(app))
        assert footer(app) == "s Supervise  n New  g Group  / Find  y Space  F1 Help"
        for screen, why, offered in (
            ("t", "Nobody is in training yet", "P Programmes  F1 Help"),
            ("C", "No film is kept here", "a Add  p Print  / Find  F1 Help"),
            ("W", "Nobody's words yet", "a Add  / Find  F1 Help"),
        ):
            await pilot.press(screen)
            await until(pilot, lambda why=why: says(app, why))
            await until(pilot, lambda offered=offered: footer(app) == offered)
            await pilot.press("escape")


def footer(app: VigtuiApp) -> str:
    """The keys at the foot of the screen."""
    return screen_text(app).splitlines()[-1].strip()


async def test_whoever_typed_their_name_when_they_joined_a_space_types_it_once(alone: Path) -> None:
    """The list begins with them, not with a colleague in whose name they would write."""
    async with opened(alone) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        app.workspace.enter(None)
        app.workspace.caseload.by = "Ivo Sand"
        await pilot.press("p")
        await until(pilot, lambda: "Ivo Sand, new in this caseload" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Who are you?" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.workspace.person)
        assert app.workspace.person == _named(app.workspace.caseload, "Ivo Sand")


async def test_a_colleague_is_added_and_changed_without_taking_the_keyboard(alone: Path) -> None:
    async with opened(alone) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press(*"colleague", "enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press(*"Mae", "tab", "end", "space", "ctrl+s")
        caseload = app.workspace.caseload
        await until(pilot, lambda: len(caseload.all(Person)) == 2)
        assert _named(caseload, "Mae").roles == (Role.SOCIAL_WORKER,)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press(*"change a", "enter")
        await until(pilot, lambda: "Change whom?" in screen_text(app))
        await pilot.press(*"mae", "enter")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("tab", "tab", "tab", "tab", "enter", "down", "enter", "ctrl+s")
        await until(pilot, lambda: _named(caseload, "Mae").hours is Hours.PART_TIME)
        assert "Ros Tiverton, supervisor" in screen_text(app)


async def test_days_that_cannot_be_read_are_said_below_where_they_are_typed(alone: Path) -> None:
    async with opened(alone, (80, 40)) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        await pilot.press("p")
        await choose(app, pilot, "Add a colleague")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press(*"Mae", "tab", "space")
        app.screen.query_one("#field-availability", TextArea).text = "sometimes"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "“sometimes” is none of these" in screen_text(app))
        shown = screen_text(app)
        assert shown.index("sometimes") < shown.index("“sometimes” is none") < shown.index("Roles, by days")
        assert app.focused is app.screen.query_one("#field-availability")


async def test_a_family_form_without_social_workers_says_how_to_add_one(alone: Path) -> None:
    async with opened(alone) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        await pilot.press("n")
        await until(pilot, lambda: "p on the caseload adds colleagues" in screen_text(app))


async def test_a_dialog_has_its_own_help(alone: Path) -> None:
    async with opened(alone) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("f1")
        await until(
            pilot, lambda: isinstance(app.screen, HelpScreen) and "Save this form" in screen_text(app)
        )
        await pilot.press("escape", "escape", "p")
        await until(pilot, lambda: "F1 Help" in screen_text(app) and isinstance(app.screen, ChooseScreen))


async def test_nobody_gets_the_assessor_of_their_own_gate_as_supervisor(alone: Path) -> None:
    ros = next(iter(people(alone)))
    write(
        alone,
        Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,)),
        Programme(id="p", name="VIG", stages=(Stage(name="One", gate="Mid-point"),)),
        Enrolment(
            person="ellis",
            programme="p",
            started=dt.date(2025, 1, 7),
            gates=(Gate(name="Mid-point", date=dt.date(2025, 3, 18), assessor=ros.id),),
        ),
    )
    async with opened(alone) as (app, pilot):
        await pilot.press("p")
        await choose(app, pilot, "Change a person")
        await choose(app, pilot, "Ellis")
        await fill(app, pilot, supervisor=ros.id)
        await until(pilot, lambda: "is Ellis's own supervisor" in problem(app))
        assert app.workspace.caseload.need(Person, "ellis").supervisor == ""


async def test_a_new_family_cannot_have_two_members_of_one_name(alone: Path) -> None:
    """Nobody could tell whose consent is whose."""
    async with opened(alone) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        await pilot.press("n")
        await fill(app, pilot, members="Dana, parent\nDana, 4")
        await until(pilot, lambda: "Two members of the family are called the same" in problem(app))
        assert not app.workspace.caseload.all(Family)


async def test_the_service_says_whether_colleagues_are_asked_and_how_long_film_is_kept(alone: Path) -> None:
    async with opened(alone) as (app, pilot):
        await pilot.press("p")
        await choose(app, pilot, "The service's settings")
        await fill(app, pilot, film_kept_days="40000", ask_workers=True)
        await until(pilot, lambda: "0 to 36500" in problem(app))
        await fill(app, pilot, film_kept_days="30", usual_cycles="99")
        await until(pilot, lambda: "0 to 12" in problem(app))
        await fill(app, pilot, usual_cycles="4", lowest_rating="1")
        await until(pilot, lambda: app.workspace.caseload.meta.ask_workers)
        assert app.workspace.caseload.meta.film_kept_days == 30
        assert app.workspace.caseload.meta.usual_cycles == 4
        assert app.workspace.caseload.meta.lowest_rating == 1
        assert app.workspace.caseload.meta.service


async def test_a_trainee_finds_their_own_session_first_whosever_family_is_under_the_cursor(
    tmp_path: Path,
) -> None:
    """Planned for the guider of that family, it would have been somebody else's."""
    ros = Person(id="ros", name="Ros", roles=(Role.SUPERVISOR,))
    trainees = [
        Person(id=name.lower(), name=name, roles=(Role.TRAINEE,), supervisor="ros")
        for name in ("Ellis", "Noor")
    ]
    family = Family(code="F-021", pseudonym="Wren", guider="noor")
    planned = [Session(supervisor="ros", trainees=(each.id,), date=today()) for each in trainees]
    path = make(tmp_path / "two.vig.json", ros, *trainees, family, *planned)
    at_the_keyboard(path, "ellis")
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: says(app, "F-021 Wren"))
        await pilot.press("s")
        await until(pilot, lambda: says(app, "Which session?"))
        lines = screen_text(app)
        assert lines.index("Ellis, supervision 1") < lines.index("Plan a new session")
        await choose(app, pilot, "Plan a new session")
        await until(pilot, lambda: says(app, "[x] Ellis") and not says(app, "[x] Noor"))
