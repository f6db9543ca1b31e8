"""Walking a family's timeline: by keys and mouse, closer and wider, and on to what lies behind an event."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import ContentSwitcher

from tests.ui.driving import opened, resize, told, until
from tests.ui.family_driving import choose, confirm, family_screen
from tests.ui.heron import FAMILY
from tests.ui.snapshot import same_screen, says, screen_text
from vigtui.domain.records import (
    Clip,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Rating,
    SessionItem,
    TrajectEntry,
)
from vigtui.domain.vocabulary import TrajectKind
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.widgets.timeline.timeline import TimelineView

pytestmark = pytest.mark.slow


def cursor(screen: FamilyScreen) -> tuple[str, str]:
    event = screen.query_one(TimelineView).cursor
    assert event is not None
    return event.lane, event.record


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_whole_work_with_a_family_on_one_screen(
    path: Path, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    async with family_screen(path, record="cycle-2", size=size) as (app, pilot, _):
        await pilot.press("down")
        same_screen(app, f"family-timeline-{size[0]}x{size[1]}", request)


async def test_keys_walk_from_event_to_event_and_lane_to_lane(path: Path) -> None:
    async with family_screen(path) as (_, pilot, screen):
        assert cursor(screen) == ("review", "cycle-3")
        await pilot.press("left")
        assert cursor(screen) == ("review", "cycle-2")
        await pilot.press("down")
        assert cursor(screen) == ("supervision", "session-2")
        await pilot.press("down")
        assert cursor(screen) == ("rating:question-1:dana", "rating-1-dana-3")
        await pilot.press("home")
        assert cursor(screen)[1] == "rating-1-dana-1"
        await pilot.press("end", "right", "right")
        assert cursor(screen)[1] == "rating-1-dana-4"
        await pilot.press(*["up"] * 9)
        assert cursor(screen) == ("status", "span-cin")


async def test_a_click_on_a_tab_opens_it(path: Path) -> None:
    async with family_screen(path) as (_, pilot, screen):
        for words, name in (("3 Traject", "traject"), ("5 Film", "film"), ("1 Timeline", "timeline")):
            column = screen_text(pilot.app).splitlines()[1].index(words)
            await pilot.click("#sections", offset=(column, 0))
            await until(pilot, lambda name=name: screen.query_one(ContentSwitcher).current == name)


async def test_zooming_keeps_the_event_in_its_place(path: Path) -> None:
    async with family_screen(path, record="cycle-2") as (app, pilot, _):

        def place() -> int:
            return next(line for line in screen_text(app).splitlines() if "[●2]" in line).index("[●2]")

        before, wide = place(), screen_text(app)
        await pilot.press("plus", "plus")
        assert abs(place() - before) <= 1
        assert screen_text(app) != wide
        await pilot.press("right", "left")
        assert "[●2]" in screen_text(app)
        await pilot.press("minus", "minus", "minus")
        assert screen_text(app) == wide


async def test_what_leaves_the_view_when_zoomed_comes_back_with_the_cursor(path: Path) -> None:
    async with family_screen(path, record="cycle-3") as (app, pilot, screen):
        await pilot.press(*["plus"] * 6)
        assert "●1" not in screen_text(app)
        await pilot.press("home")
        assert "[●1]" in screen_text(app)
        assert cursor(screen) == ("film", "cycle-1")


async def test_a_click_selects_an_event(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        row = next(number for number, line in enumerate(screen_text(app).splitlines()) if "▣1" in line)
        column = screen_text(app).splitlines()[row].index("▣1")
        await pilot.click(offset=(column, row))
        assert cursor(screen) == ("supervision", "session-1")
        await pilot.click(offset=(5, row))
        assert cursor(screen) == ("supervision", "session-1")
        await pilot.click(offset=(column, row), times=2)
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen))


async def test_a_review_opens_the_clip_that_is_chosen(path: Path) -> None:
    async with family_screen(path, record="cycle-2") as (app, pilot, _):
        await pilot.press("down", "enter")
        await choose(app, pilot, "knife")
        await until(pilot, lambda: isinstance(app.screen, ClipScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))


async def test_a_film_opens_at_once_and_a_supervision_too(path: Path) -> None:
    async with family_screen(path, record="cycle-2") as (app, pilot, screen):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClipScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert cursor(screen) == ("film", "cycle-2")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen))


async def test_a_cycle_without_film_offers_to_add_it(path: Path) -> None:
    caseload = Caseload.open(path)
    cycle = caseload.save(Cycle(family=FAMILY, number=4, filmed=caseload.need(Cycle, "cycle-3").reviewed))
    caseload.close()
    async with family_screen(path, record=cycle.id) as (app, pilot, _):
        await pilot.press("enter")
        assert "no interaction recording of cycle 4" in await confirm(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, FileScreen))


async def test_a_planned_cycle_tells_what_is_to_be_practised_and_no_words_of_a_planned_session(
    path: Path,
) -> None:
    """A working point that is open is seen before filming; what is written beforehand is not agreed."""
    caseload = Caseload.open(path)
    planned = dt.date(2025, 4, 22)
    cycle = caseload.save(Cycle(family=FAMILY, number=4, planned=planned, next_step="Film bedtime."))
    caseload.save(replace(caseload.need(SessionItem, "item-2"), working_point="Not agreed."))
    caseload.close()
    async with family_screen(path, record=cycle.id) as (app, _, _):
        assert says(app, "Next step: Film bedtime.")
        assert says(app, "open since 25 Feb: Receive Dana's words before offering mine.")
    async with family_screen(path, record="session-2") as (app, _, screen):
        assert cursor(screen) == ("supervision", "session-2")
        assert not says(app, "Not agreed.")


async def test_a_new_family_is_told_the_next_step(path: Path, request: pytest.FixtureRequest) -> None:
    caseload = Caseload.open(path)
    caseload.save(Family(id="wren", code="F-021", pseudonym="Wren"))
    caseload.close()
    async with family_screen(path, "wren") as (app, pilot, _):
        assert "No cycle yet. a adds the first." in screen_text(app)
        same_screen(app, "family-empty-80x24", request)
        await pilot.press("left", "up", "plus", "enter", "e", "escape", "delete", "pagedown")
        for number in "2345":
            await pilot.press(number)
        assert "No cycle yet. a adds the first." in screen_text(app)


async def test_the_place_comes_back(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("left", "2", "down", "down", "4", "right", "down")
        app.workspace.places.save()
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, FamilyScreen))
    async with family_screen(path) as (_, pilot, screen):
        assert screen.query_one(ContentSwitcher).current == "consents"
        assert screen.section.place == "jory supervision"
        await pilot.press("2")
        assert screen.section.place == "series:1:question-1"
        await pilot.press("1")
        assert cursor(screen) == ("review", "cycle-2")


async def test_the_cursor_stays_when_others_change_something(path: Path) -> None:
    async with family_screen(path, record="cycle-2") as (app, pilot, screen):
        await pilot.press("down")
        caseload = app.workspace.caseload
        caseload.save(replace(caseload.need(Clip, "clip-film-2-1"), caption="Jam, not honey."))
        await until(pilot, lambda: "Jam, not honey." in screen_text(app))
        assert cursor(screen) == ("review", "cycle-2")


async def test_a_family_that_goes_away_closes_its_screen(path: Path) -> None:
    async with family_screen(path, keeps_rules=False) as (app, pilot, _):
        app.workspace.caseload.delete(app.workspace.caseload.need(Family, FAMILY))
        await until(pilot, lambda: not isinstance(app.screen, FamilyScreen))
        assert "no longer in the caseload" in told(app)


HOSTILE = ("[/foo]", "[@click=app.quit]x[/]", "\x1b]0;stolen\x07", "א" * 40, "👩‍👧‍👦 " * 20, "x" * 10_000)


def save_hostile(caseload: Caseload) -> None:
    """Every field that this screen shows, in words that would steer a careless one."""
    day = caseload.need(Cycle, "cycle-1").filmed
    assert day is not None
    family = caseload.need(Family, FAMILY)
    members = tuple(Member(label=words, relation=words) for words in HOSTILE)
    caseload.save(replace(family, code=HOSTILE[0], pseudonym=HOSTILE[1], members=family.members + members))
    for number, words in enumerate(HOSTILE):
        question = caseload.save(HelpingQuestion(family=FAMILY, owner=words, words=words, agreed=day))
        caseload.save(Rating(question=question.id, rater=words, date=day, value=3, words=words))
        caseload.save(TrajectEntry(family=FAMILY, heading=words, kind=TrajectKind.NOW, words=words, date=day))
        caseload.save(
            Clip(recording="film-1", in_ms=0, out_ms=number + 1, title=words, caption=words, order=9)
        )
        caseload.save(Cycle(family=FAMILY, number=number + 4, planned=day, activity=words, next_step=words))


async def test_whatever_was_typed_is_shown_as_text(path: Path) -> None:
    caseload = Caseload.open(path)
    save_hostile(caseload)
    caseload.close()
    async with family_screen(path, record="cycle-1", size=(100, 60)) as (app, pilot, screen):
        shown = [screen_text(app)]
        for number in "2345":
            await pilot.press(number)
            shown.append(screen_text(app))
        for words in HOSTILE[:2]:
            assert all(words in text for text in shown)
        await resize(pilot, 80, 24)
        await pilot.press("1", *["down"] * 16)
        assert cursor(screen)[0] == "traject"
        assert "[▪]" in screen_text(app)
        assert "▲ more" in screen_text(app)
        assert app.screen is screen
        assert "\x1b" not in "".join(shown)


async def test_a_family_that_was_never_there_leads_back_to_the_caseload(path: Path) -> None:
    async with opened(path) as (app, pilot):
        app.push_screen(FamilyScreen("nobody", "nothing"))
        await until(pilot, lambda: "no longer in the caseload" in told(app))
        await until(pilot, lambda: not isinstance(app.screen, FamilyScreen))
