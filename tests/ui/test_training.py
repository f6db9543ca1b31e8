"""The trainee's way, the supervisor's page and the portfolio, as people use them."""

import datetime as dt
from pathlib import Path

import pytest

from tests.caseloads import at_the_keyboard, make, write
from tests.ui.driving import Driver, opened, resize, told, until
from tests.ui.family_driving import choose, confirm, fill, problem, stop_the_calendar
from tests.ui.snapshot import same_screen, says, screen_text
from vigtui.demo.loader import load_demo
from vigtui.domain.people import roles_on, time_on
from vigtui.domain.records import (
    ChosenClip,
    Enrolment,
    Gate,
    Person,
    Programme,
    Reflection,
    Session,
    Stage,
    TrainingDay,
)
from vigtui.domain.vocabulary import Hours, Role
from vigtui.exchange.programmes import examples
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.dialogs.papers.training_papers import StandingScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.screens.training import PieceScreen, PortfolioScreen, TraineesScreen, WayScreen
from vigtui.workspace.settings import Settings

pytestmark = pytest.mark.slow

TODAY = dt.date(2026, 11, 30)
DEMO = load_demo(TODAY).records
PEOPLE = {each.name.split()[0]: each.id for each in DEMO if isinstance(each, Person)}


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's caseload without its film, on the day it was made."""
    stop_the_calendar(monkeypatch, TODAY)
    return make(tmp_path / "demo.vig.json", *DEMO)


async def here(app: VigtuiApp, pilot: Driver, screen: type) -> None:
    await until(pilot, lambda: isinstance(app.screen, screen) and app.screen.focused)


async def kept(pilot: Driver, name: str, request: pytest.FixtureRequest) -> None:
    """Compare the screen at both sizes."""
    for width, height in ((80, 24), (120, 40)):
        await resize(pilot, width, height)
        same_screen(pilot.app, f"{name}-{width}x{height}", request)
    await resize(pilot, 80, 24)


async def test_the_way_is_one_key_from_the_list_and_looks_so(
    demo: Path, request: pytest.FixtureRequest
) -> None:
    """Story 5: cycles, clients, hours against the programme; and why something does not count yet."""
    at_the_keyboard(demo, PEOPLE["Ellis"])
    async with opened(demo) as (app, pilot):
        await pilot.press("w")
        await here(app, pilot, WayScreen)
        assert says(app, "clients 2 of 2, cycles 4 of 6, supervision 4 h 45 min of 7 h")
        assert says(app, "the review of cycle 2 is not marked as held yet")
        assert says(app, "Next: two more cycles and 2 h 15 min more of supervision.")
        await kept(pilot, "way", request)
        await pilot.press("f2", *"portfolio")
        await until(pilot, lambda: says(app, "What they have gathered"))


async def test_what_is_listed_opens_and_a_stage_shows_what_counts_in_it(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Sol"])
    async with opened(demo, (120, 40)) as (app, pilot):
        app.push_screen(WayScreen(PEOPLE["Sol"]))
        await here(app, pilot, WayScreen)
        assert says(app, "Counts in Stage 2")
        await pilot.press("home", "enter")
        await until(pilot, lambda: says(app, "First transition meeting passed on 4 May"))
        await pilot.press(*["down"] * 4, "enter")
        await here(app, pilot, FamilyScreen)
        await pilot.press("escape")
        await here(app, pilot, WayScreen)
        await pilot.press("end", "enter")
        await here(app, pilot, SupervisionScreen)
        assert app.workspace.caseload.need(Session, app.screen.address.split()[1]).stage == "Stage 1"


async def test_a_supervisor_sees_everybody_in_training_on_one_page(
    demo: Path, request: pytest.FixtureRequest
) -> None:
    """Story 8: last session, next, clips waiting; one's own trainees first, nothing to compare them by."""
    at_the_keyboard(demo, PEOPLE["Ros"])
    async with opened(demo) as (app, pilot):
        await pilot.press("t")
        await here(app, pilot, TraineesScreen)
        assert says(app, "Supervised 11 Nov, next Wed 2 with 3 clips waiting.")
        assert screen_text(app).index("Noor Castell") < screen_text(app).index("With Ines Oakley")
        assert says(app, "on leave until")
        await kept(pilot, "trainees", request)
        await pilot.press("s")
        await here(app, pilot, SupervisionScreen)
        await pilot.press("escape")
        await here(app, pilot, TraineesScreen)
        await pilot.press("end", "enter")
        await until(pilot, lambda: says(app, "To be renewed by 15 January 2027"))


async def test_an_assessor_who_is_the_own_supervisor_is_refused_in_a_sentence(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Sol"])
    async with opened(demo) as (app, pilot):
        app.push_screen(WayScreen(PEOPLE["Sol"]))
        await here(app, pilot, WayScreen)
        await pilot.press("g")
        await fill(app, pilot, assessor=PEOPLE["Ines"])
        await until(pilot, lambda: "is Sol Achter's own supervisor" in problem(app))
        await fill(app, pilot, assessor=PEOPLE["Ros"], elsewhere="Jo Orr")
        await until(pilot, lambda: "Say who assessed it" in problem(app))
        app.screen.query_one("#field-assessor").clear()
        await fill(app, pilot, elsewhere="ines oakley")
        await until(pilot, lambda: "is Sol Achter's own supervisor" in problem(app))
        await fill(app, pilot, elsewhere="Jo Orr")
        await until(pilot, lambda: says(app, "assessed by Jo Orr"))
        assert says(app, "Stage 3")
        (sol,) = app.workspace.caseload.where(Enrolment, person=PEOPLE["Sol"])
        assert (sol.stage, sol.gates[-1].name) == ("Stage 3", "Second transition meeting")
        assert sol.gates[-1].supervisor == PEOPLE["Ines"]
        await pilot.press("u")
        await until(pilot, lambda: not says(app, "assessed by Jo Orr"))


async def test_a_gate_that_was_entered_by_mistake_is_corrected_or_taken_back(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Ros"])
    async with opened(demo) as (app, pilot):
        app.push_screen(WayScreen(PEOPLE["Sol"]))
        await here(app, pilot, WayScreen)
        await pilot.press("home", "e")
        await fill(app, pilot, date="2026-05-11")
        await until(pilot, lambda: says(app, "passed on 11 May, assessed by Ros Tiverton"))
        await pilot.press("delete")
        assert "First transition meeting" in await confirm(app, pilot)
        await until(pilot, lambda: says(app, "Stage 1 here now"))
        await pilot.press("u")
        await until(pilot, lambda: says(app, "passed on 11 May"))


async def test_of_two_programmes_the_gate_under_the_cursor_is_taken_back(demo: Path) -> None:
    other = next(each for each in DEMO if isinstance(each, Programme) and each.name == "Six clients")
    write(
        demo, Enrolment(id="o", person=PEOPLE["Sol"], programme=other.id, started=TODAY, stage="First half")
    )
    at_the_keyboard(demo, PEOPLE["Ros"])
    async with opened(demo) as (app, pilot):
        app.push_screen(WayScreen(PEOPLE["Sol"]))
        await here(app, pilot, WayScreen)
        await pilot.press("home", "down", "down", "delete")  # Two stages of the newer programme are first.
        assert "First transition meeting" in await confirm(app, pilot)
        caseload = app.workspace.caseload
        await until(
            pilot,
            lambda: [each.gates for each in caseload.where(Enrolment, person=PEOPLE["Sol"])] == [(), ()],
        )
        assert caseload.need(Enrolment, "o").stage == "First half"


async def test_what_was_reached_is_renewed(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Ros"])
    async with opened(demo) as (app, pilot):
        app.push_screen(WayScreen(PEOPLE["Ros"]))
        await here(app, pilot, WayScreen)
        assert says(app, "To be renewed by 15 January 2027: 46 days left.")
        await pilot.press("g")
        await fill(app, pilot, date="2027-01-01")
        await until(pilot, lambda: "is after today" in problem(app))
        await fill(app, pilot, date="2026-11-30")
        await until(pilot, lambda: says(app, "renewed on 30 November. To be renewed by 30 November 2029"))
        assert says(app, "Renewal done on 30 Nov")
        await pilot.press("end", "e")
        await fill(app, pilot, date="2024-03-01")
        await until(pilot, lambda: says(app, "Renewal done on 1 Mar 2024"))
        await pilot.press("end", "delete")
        assert "1 March 2024" in await confirm(app, pilot)
        await until(pilot, lambda: says(app, "To be renewed by 15 January 2027: 46 days left."))


async def test_a_trainee_sees_their_own_way_and_nobody_elses(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Noor"])
    async with opened(demo) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, WayScreen) and says(app, "Noor Castell"))
        await pilot.press("escape", "t")
        await here(app, pilot, TraineesScreen)
        assert says(app, "Noor Castell")
        assert not says(app, "Sol Achter")
        for screen in (WayScreen(PEOPLE["Sol"]), PortfolioScreen(PEOPLE["Sol"])):
            app.push_screen(screen)
            await until(pilot, lambda: "A way is a trainee's own" in told(app))
            await here(app, pilot, TraineesScreen)
            app.clear_notifications()


async def test_a_programme_is_begun_from_an_example_and_left_again(tmp_path: Path) -> None:
    path = make(tmp_path / "new.vig.json", Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,)))
    at_the_keyboard(path, "ellis")
    async with opened(path) as (app, pilot):
        await pilot.press("w")
        await here(app, pilot, WayScreen)
        assert says(app, "in no programme yet")
        assert not says(app, "g Gate")
        await pilot.press("g", "a")
        await choose(app, pilot, "Small groups (an example)")
        await fill(app, pilot, started="2026-01-05")
        await until(pilot, lambda: says(app, "sessions 0 of 16"))
        await pilot.press("e")
        await fill(app, pilot, stage="After the evaluation")
        await until(pilot, lambda: says(app, "sessions 0 of 2"))
        await pilot.press("delete")
        assert "Small groups" in await confirm(app, pilot)
        await until(pilot, lambda: says(app, "in no programme yet"))


async def test_a_services_own_programme_is_written_changed_and_taken_in_again(
    demo: Path, tmp_path: Path
) -> None:
    at_the_keyboard(demo, PEOPLE["Ros"])
    file = tmp_path / "ours.toml"
    async with opened(demo) as (app, pilot):
        await pilot.press("t")
        await here(app, pilot, TraineesScreen)
        await pilot.press("P")
        await choose(app, pilot, "Three stages")
        await choose(app, pilot, "Write it to a file")
        await type_path(app, pilot, file)
        await until(pilot, file.exists)
        assert "cycles = 6" in file.read_text("utf-8")
        file.write_text(file.read_text("utf-8").replace("cycles = 6", "cycles = 4"), "utf-8")
        await take_in(app, pilot, file)
        await until(pilot, lambda: says(app, "Next: 2 h 15 min more of supervision."))
        file.write_text("stages = 1", "utf-8")
        await take_in(app, pilot, file)
        await until(pilot, lambda: "1 to 12 stages" in told(app))
        assert len(app.workspace.caseload.all(Programme)) == len(examples())


async def type_path(app: VigtuiApp, pilot: Driver, path: Path) -> None:
    await until(pilot, lambda: app.screen.query("#narrow") and app.screen.query("#dialog-problem"))
    app.screen.query_one("#narrow").value = str(path)
    await pilot.press("enter")


async def take_in(app: VigtuiApp, pilot: Driver, path: Path) -> None:
    await here(app, pilot, TraineesScreen)
    await pilot.press("P")
    await choose(app, pilot, "A file that says")
    await type_path(app, pilot, path)
    await here(app, pilot, TraineesScreen)


async def test_a_portfolio_is_gathered_written_and_printed(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Story 14, in which no name of a family leaves."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    at_the_keyboard(demo, PEOPLE["Ellis"])
    async with opened(demo) as (app, pilot):
        await pilot.press("w", "o")
        await here(app, pilot, PortfolioScreen)
        await kept(pilot, "portfolio", request)
        await pilot.press("down", "enter")
        await fill(app, pilot)
        await here(app, pilot, PieceScreen)
        await pilot.press(*"Dana waits. ", "escape")
        await here(app, pilot, PortfolioScreen)
        caseload = app.workspace.caseload
        piece = next(each for each in caseload.where(Reflection, person=PEOPLE["Ellis"]) if each.stage)
        assert (piece.stage, piece.body, piece.finished) == ("Stage 3", "Dana waits. ", None)
        await pilot.press("a")
        await choose(app, pilot, "chosen clip")
        await choose(app, pilot, "F-021 SR1-1")
        await fill(app, pilot, why="Mira sees it first.")
        await until(pilot, lambda: len(caseload.where(ChosenClip, person=PEOPLE["Ellis"])) == 3)
        await pilot.press("a")
        await choose(app, pilot, "A seminar")
        await fill(app, pilot, kind="shadowing", what="")
        await until(pilot, lambda: "Say which meeting" in problem(app))
        await fill(app, pilot, kind="seminar", what="Film day", days="0.5")
        await until(
            pilot,
            lambda: [each.days for each in caseload.all(TrainingDay) if each.what == "Film day"] == [0.5],
        )
        await pilot.press("p")
        await here(app, pilot, PaperScreen)
        await pilot.press("p")
        await until(pilot, lambda: app.screen.query("#narrow"))
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "portfolio-2026-11-30.html").exists())
        page = (tmp_path / "portfolio-2026-11-30.html").read_text("utf-8")
        assert "Mira" not in page
        assert "[adult] sees it first." in page
        assert "Dana" not in page


async def test_a_draft_is_its_writers_alone_until_it_is_finished(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Ros"])
    async with opened(demo) as (app, pilot):
        app.push_screen(PortfolioScreen(PEOPLE["Ellis"]))
        await here(app, pilot, PortfolioScreen)
        assert says(app, "What a silence is for")
        assert not says(app, "I used to fill every silence")
        for key in ("enter", "e", "delete"):
            await pilot.press(key)
            await until(pilot, lambda: "A draft is its writer's alone" in told(app))
            app.clear_notifications()
        await pilot.press("h")
        await until(pilot, lambda: not isinstance(app.screen, PortfolioScreen))
        assert not says(app, "I used to fill every silence")
        await pilot.press("escape")
        await here(app, pilot, PortfolioScreen)
        draft = next(each for each in DEMO if isinstance(each, Reflection) and each.person == PEOPLE["Ellis"])
        app.push_screen(PieceScreen(draft.id))
        await here(app, pilot, PortfolioScreen)
        await pilot.press("escape")
        app.push_screen(PortfolioScreen(PEOPLE["Sol"]))
        await until(pilot, lambda: says(app, "Bram points long before anybody speaks."))
        for key in ("e", "delete"):
            await pilot.press(key)
            await until(pilot, lambda: "Its writer alone changes it" in told(app))
            app.clear_notifications()
        await pilot.press("enter")
        await here(app, pilot, PieceScreen)
        await pilot.press("x")
        await until(pilot, lambda: "Its writer alone writes here" in told(app))


async def test_a_link_in_a_piece_shows_the_moment_that_it_names(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Ellis"])
    draft = next(each for each in DEMO if isinstance(each, Reflection) and each.person == PEOPLE["Ellis"])
    async with opened(demo) as (app, pilot):
        app.push_screen(PieceScreen(draft.id))
        await here(app, pilot, PieceScreen)
        await pilot.press("up", "up", "end", "ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ClipScreen) and says(app, "SR1-1"))
        await pilot.press("escape")
        await here(app, pilot, PieceScreen)
        await pilot.press("enter", *"[C9-9 00:01]", "ctrl+g")
        await until(pilot, lambda: "about no clip of that code" in told(app))


async def test_a_piece_is_finished_in_its_details_and_counts_from_then(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Tamsin"])
    async with opened(demo) as (app, pilot):
        app.push_screen(PortfolioScreen(PEOPLE["Tamsin"]))
        await here(app, pilot, PortfolioScreen)
        await pilot.press("enter")
        await here(app, pilot, PieceScreen)
        await pilot.press("f4")
        await fill(app, pilot, finished="today")
        await until(pilot, lambda: says(app, "finished 30 Nov"))
        await pilot.press("escape", "escape")
        app.push_screen(WayScreen(PEOPLE["Tamsin"]))
        await here(app, pilot, WayScreen)
        assert says(app, "written 1 of 1")


async def test_a_colleagues_time_and_roles_are_kept_by_days(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Ros"])
    async with opened(demo) as (app, pilot):
        await pilot.press("t")
        await here(app, pilot, TraineesScreen)
        await pilot.press("e")
        await fill(app, pilot, hours="part_time", availability="on leave, 7 Dec to whenever")
        await until(pilot, lambda: "is not a day" in problem(app))
        await fill(app, pilot, availability="on leave, 1 Dec 2026 to 3 Jan 2027")
        await here(app, pilot, TraineesScreen)
        await until(pilot, lambda: says(app, "with 3 clips waiting. They are on leave that day."))
        ellis = app.workspace.caseload.need(Person, PEOPLE["Ellis"])
        assert time_on(ellis, dt.date(2026, 11, 29)).hours is Hours.FULL_TIME
        assert time_on(ellis, dt.date(2026, 12, 24)).hours is Hours.ON_LEAVE
        assert time_on(ellis, dt.date(2027, 1, 4)).hours is Hours.PART_TIME
        assert roles_on(ellis, TODAY) == (Role.TRAINEE,)


async def test_nobody_in_training_says_what_to_do(tmp_path: Path) -> None:
    path = make(tmp_path / "new.vig.json", Person(id="ros", name="Ros", roles=(Role.SUPERVISOR,)))
    at_the_keyboard(path, "ros")
    async with opened(path) as (app, pilot):
        await pilot.press("t")
        await here(app, pilot, TraineesScreen)
        assert says(app, "Nobody is in training yet: p on the caseload adds a colleague")
        await pilot.press("enter", "o", "e", "s", "escape", "w")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        assert says(app, "Nobody is in training yet")


async def test_whoever_typed_markup_reads_it_as_it_was_typed(tmp_path: Path) -> None:
    words = "[red]C\x1b[2J[/] “x”"
    programme = Programme(
        id="p", name=words, stages=(Stage(name=words, gate=words, written=(words,), clients=1),)
    )
    enrolment = Enrolment(
        person="ellis",
        programme="p",
        started=dt.date(2026, 1, 5),
        gates=(Gate(name="Other", date=dt.date(2026, 3, 1), assessor=words),),
    )
    person = Person(id="ellis", name=words, roles=(Role.TRAINEE,))
    piece = Reflection(person="ellis", piece=words, body=words)
    day = TrainingDay(person="ellis", what=words, date=dt.date(2026, 2, 1))
    path = make(tmp_path / "odd.vig.json", person, programme, enrolment, piece, day)
    at_the_keyboard(path, "ellis")
    async with opened(path, keeps_rules=False) as (app, pilot):
        for screen in (TraineesScreen(), WayScreen("ellis"), PortfolioScreen("ellis"), PieceScreen(piece.id)):
            app.push_screen(screen)
            await until(pilot, lambda screen=screen: app.screen is screen and screen.focused)
            assert "[red]C[2J[/]" in screen_text(app)
            assert "\x1b" not in screen_text(app)


async def test_whoever_hears_the_screens_hears_words(demo: Path) -> None:
    at_the_keyboard(demo, PEOPLE["Sol"])
    async with opened(demo, settings=Settings(plain=True)) as (app, pilot):
        for screen in (WayScreen(PEOPLE["Sol"]), TraineesScreen(), PortfolioScreen(PEOPLE["Sol"])):
            app.push_screen(screen)
            await until(pilot, lambda screen=screen: app.screen is screen and screen.focused)
            await pilot.pause()
            assert {each for each in screen_text(app) if not each.isascii()} <= set("“”’…é⏎↑↓")


def test_the_examples_have_names_of_their_own_in_the_list() -> None:
    """Taken in, an example is listed once."""
    assert len({each.name for each in examples()}) == len(examples())
    assert {each.name for each in DEMO if isinstance(each, Programme)} == {each.name for each in examples()}


def test_an_older_caseload_opens_as_it_was(tmp_path: Path) -> None:
    """New fields have defaults: a file from before has the same records."""
    path = make(tmp_path / "old.vig.json", *DEMO)
    text = path.read_text("utf-8")
    for name in ("renew_years", "counts_verp", "availability", "roles_held", "renewals"):
        text = text.replace(f'"{name}"', f'"{name}_of_tomorrow"')
    path.write_text(text, "utf-8")
    caseload = Caseload.open(path)
    caseload.close()
    assert not caseload.findings
    assert all(not each.availability for each in caseload.all(Person))


async def test_evidence_lists_what_might_identify_and_leaves_it_out(demo: Path) -> None:
    """Story 14, by w, x, ctrl+s and p: no family is named, and what is not ticked is left out."""
    piece = Reflection(person=PEOPLE["Ellis"], piece="Heron", body="We met in Marlpit.", finished=TODAY)
    caseload = Caseload.open(demo)
    caseload.save(piece)
    caseload.close()
    at_the_keyboard(demo, PEOPLE["Ellis"])
    async with opened(demo, (120, 40)) as (app, pilot):
        await pilot.press("w")
        await here(app, pilot, WayScreen)
        await pilot.press("x")
        await here(app, pilot, StandingScreen)
        assert says(app, "Marlpit (may be a name or a place)")
        await pilot.press("ctrl+s")
        await here(app, pilot, PaperScreen)
        await until(pilot, lambda: says(app, "Evidence of Ellis Marr"))
        assert says(app, "Family 1, cycle 1, jigsaw")
        assert not says(app, "Heron")
        assert not says(app, "F-017")
        assert not says(app, "Marlpit")
        await pilot.press("p")
        await here(app, pilot, FileScreen)
