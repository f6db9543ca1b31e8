"""A trainee's own thread in the real app: working points over time, the clips where they show."""

import dataclasses
import datetime as dt

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from tests.caseloads import at_the_keyboard, change, write
from tests.ui.conftest import Heron
from tests.ui.driving import opened, told, until
from tests.ui.family_driving import choose
from tests.ui.snapshot import same_screen, screen_text
from tests.ui.test_own_seeing import prepared_by
from vigtui.domain.records import Family, Person, PointStep, Session, SessionItem
from vigtui.domain.vocabulary import PointState, Role, SessionState
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.navigation import OpenSession
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.screens.thread import ThreadScreen
from vigtui.workspace.settings import Settings


@pytest.fixture
def agreed(heron: Heron) -> Heron:
    """The session has taken place, with a working point for Ellis."""
    change(heron.path, SessionItem, heron.items[0], working_point="One short turn.", next_step="Hand back.")
    change(heron.path, Session, heron.session, state=SessionState.HELD)
    return heron


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_own_thread_looks_as_it_should(
    agreed: Heron, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    day, shows = dt.date(2025, 4, 1), agreed.clips["SR2-2"]
    step = PointStep(item=agreed.items[0], state=PointState.PRACTISED, date=day, clip=shows, words="Sooner")
    write(agreed.path, step)
    at_the_keyboard(agreed.path, agreed.trainee)
    async with opened(agreed.path, size) as (app, pilot):
        await pilot.press("T")
        await until(pilot, lambda: "practised 1 Apr 2025" in screen_text(app))
        same_screen(app, f"thread-points-{size[0]}x{size[1]}", request)
        await pilot.press("2")
        await until(pilot, lambda: "shows here: One short turn." in screen_text(app))
        same_screen(app, f"thread-clips-{size[0]}x{size[1]}", request)


async def test_whoever_comes_to_the_keyboard_is_shown_no_working_point_of_others(agreed: Heron) -> None:
    """It stood below the list until the cursor was moved."""
    write(agreed.path, Person(id="hal", name="Hal", roles=(Role.SERVICE_LEAD,)))
    at_the_keyboard(agreed.path, agreed.supervisor)
    async with opened(agreed.path) as (app, pilot):
        await until(pilot, lambda: "Last working point: One short turn." in screen_text(app))
        await pilot.press("p")
        await choose(app, pilot, "Hal, service lead")
        await until(pilot, lambda: "Hal, service lead" in screen_text(app))
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        assert "Last working point" not in screen_text(app)


async def test_in_words_alone_the_part_that_is_shown_is_said(agreed: Heron) -> None:
    """The other parts are told by their weight, which neither a voice nor a braille line has."""
    at_the_keyboard(agreed.path, agreed.trainee)
    async with opened(agreed.path, settings=Settings(plain=True)) as (app, pilot):
        await pilot.press("T")
        await until(pilot, lambda: "1 Working points (here)  2 Clips" in screen_text(app))
        await pilot.press("2")
        await until(pilot, lambda: "1 Working points  2 Clips (here)" in screen_text(app))


async def test_a_working_point_is_practised_in_a_clip_then_settled(agreed: Heron) -> None:
    at_the_keyboard(agreed.path, agreed.trainee)
    async with opened(agreed.path) as (app, pilot):
        caseload = app.workspace.caseload
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, ThreadScreen))
        await until(pilot, lambda: "One short turn." in screen_text(app))
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press(*"Sooner", "tab", "end", "ctrl+u", *"2025-04-01", "ctrl+s")
        await until(pilot, lambda: "practised 1 Apr 2025" in screen_text(app))
        [step] = caseload.all(PointStep)
        assert (step.state, step.clip, step.words) == (PointState.PRACTISED, agreed.clips["SR2-2"], "Sooner")
        await pilot.press("2")
        await until(pilot, lambda: "shows here: One short turn." in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClipScreen))
        await pilot.press("escape", "1", "s")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "settled" in screen_text(app))
        await pilot.press("u")
        await until(pilot, lambda: len(caseload.all(PointStep)) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen))


async def test_what_is_not_settled_goes_into_the_next_session_and_the_page_before_a_visit(
    agreed: Heron,
) -> None:
    caseload = Caseload.open(agreed.path)
    before = caseload.need(Session, agreed.session)
    later = caseload.save(Session(supervisor=agreed.supervisor, trainees=(agreed.trainee,), date=before.date))
    later = caseload.save(replace(later, date=before.date.replace(month=9)))
    item = caseload.save(SessionItem(session=later.id, clip=agreed.clips["SR2-2"]))
    caseload.save(PointStep(item=agreed.items[0], state=PointState.PRACTISED, date=before.date))
    caseload.close()
    heron = dataclasses.replace(agreed, session=later.id, items=(item.id, item.id))
    async with prepared_by(heron, heron.supervisor) as (app, pilot, screen):
        earlier = screen.query_one("#earlier", Static)
        assert str(earlier.content) == "18 Mar 2025: One short turn. (practised)"
        await pilot.press("f11")
        await until(pilot, lambda: isinstance(app.screen, ThreadScreen))
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press("ctrl+s", "escape")
        await until(pilot, lambda: app.screen is screen and not screen.query_one("#earlier").display)


def _one_before(heron: Heron) -> None:
    """An earlier working point of Ellis's, of a supervision of theirs alone."""
    caseload = Caseload.open(heron.path)
    alone = Session(
        supervisor=heron.supervisor,
        trainees=(heron.trainee,),
        date=dt.date(2025, 1, 2),
        state=SessionState.HELD,
    )
    alone = caseload.save(alone)
    clip = heron.clips["SR2-2"]
    caseload.save(SessionItem(session=alone.id, clip=clip, working_point="Between us."))
    caseload.close()


async def test_nobody_but_the_trainee_and_a_supervisor_reads_it(agreed: Heron) -> None:
    caseload = Caseload.open(agreed.path)
    noor = caseload.save(Person(name="Noor Castell", roles=(Role.TRAINEE,)))
    caseload.save(Family(code="F-2", pseudonym="Wren", guider=noor.id))
    caseload.close()
    at_the_keyboard(agreed.path, noor.id)
    async with opened(agreed.path) as (app, pilot):
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, ThreadScreen))
        assert "Noor Castell" in screen_text(app)
        assert "One short turn" not in screen_text(app)
        await pilot.press("escape")
        app.post_message(OpenSession(agreed.session))  # As a place of before is opened again, or a link.
        await until(pilot, lambda: "A session is read by those who take part in it" in told(app))
        assert not isinstance(app.screen, SupervisionScreen)
    change(agreed.path, Session, agreed.session, trainees=(agreed.trainee, noor.id))
    _one_before(agreed)
    async with prepared_by(agreed, noor.id) as (app, pilot, screen):
        assert not screen.query_one("#earlier").display
        assert "Between us" not in screen_text(app)
        await pilot.press("f11")
        await until(pilot, lambda: "their supervisor" in told(app))
        assert app.screen is screen
        thread = ThreadScreen(agreed.trainee)  # As a place of before is opened again.
        app.push_screen(thread)
        await until(pilot, lambda: thread.is_mounted and app.screen is screen)
