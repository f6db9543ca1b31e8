"""What would be lost: film that is gone on the day that was promised, and a paper that shows it."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from tests.caseloads import MP4, at_the_keyboard, change, write
from tests.ui.driving import told, until
from tests.ui.family_driving import confirm, fill, problem, stop_the_calendar
from tests.ui.heron import FAMILY, TODAY, make_heron
from tests.ui.snapshot import says
from tests.ui.test_register import go_to, registered
from vigtui.domain.records import Copy, Cycle, Deletion, Family, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.papers.paper import PaperScreen

pytestmark = pytest.mark.slow

LATE = TODAY - dt.timedelta(days=3)
NAMES = ("film-1", "film-2", "review-1")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two families: film that is late, held, not here, or has time yet."""
    stop_the_calendar(monkeypatch)
    path = make_heron(tmp_path / "heron.vig.json")
    (tmp_path / "media").mkdir()
    for name in NAMES:
        (tmp_path / "media" / f"F-017-{name}.mp4").write_bytes(MP4 + name.encode())
        change(path, Recording, name, delete_by=LATE)
    change(path, Recording, "film-2", hold_reason="the court asked")
    (tmp_path / "media" / "wren.mp4").write_bytes(MP4 + b"wren")
    wren = Recording(id="wren-film", cycle="wren-1", path="media/wren.mp4", delete_by=LATE, size=5)
    write(
        path,
        Family(id="wren", code="F-021", pseudonym="Wren"),
        Cycle(id="wren-1", family="wren", number=1),
        wren,
        replace(wren, id="lost", path="media/lost.mp4"),
        Copy(family=FAMILY, about="the film on a stick", holder="Kit Farrow", date=LATE),
        by="Ellis Marr",
    )
    at_the_keyboard(path, "person-ellis")
    return path


def deleted(app: VigtuiApp) -> set[str]:
    """The recordings whose film is said to be deleted, each with its reason written down."""
    caseload = app.workspace.caseload
    gone = {each.id for each in caseload.where(Recording, state=RecordingState.DELETED)}
    assert {each.recording for each in caseload.all(Deletion)} == gone
    return gone


def films(path: Path) -> set[str]:
    return {each.name for each in (path.parent / "media").iterdir()}


async def test_all_that_is_late_goes_for_one_reason_and_a_paper_tells_what_went(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await pilot.press("asterisk")
        await until(pilot, lambda: says(app, "✓ chosen"))
        await pilot.press("d")
        await fill(app, pilot)
        question = await confirm(app, pilot)
        assert question.startswith("Delete 3 films of F-017 and F-021 (")
        assert "1 film is not here" in question
        await until(pilot, lambda: isinstance(app.screen, PaperScreen))
        await until(pilot, lambda: "cannot reach" in str(app.screen.query_one("#words", Static).content))
        paper = " ".join(str(app.screen.query_one("#words", Static).content).split())
        assert "On 12 April 2025, by Ellis Marr. Reason: The day for deletion has come." in paper
        gone, stays = paper.split("Not deleted", 1)
        assert gone.count("F-017 Heron: recording of") == 2
        assert gone.count("F-021 Wren: recording of") == 1
        assert "F-021 Wren: recording of cycle 1" in stays
        assert "the film on a stick; Kit Farrow" in stays
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and not says(app, "chosen"))
        assert deleted(app) == {"film-1", "review-1", "wren-film"}
    assert films(path) == {"F-017-film-2.mp4"}


async def test_what_is_chosen_line_by_line_goes_and_nothing_else(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await go_to(pilot, screen, "recordings:film-2")
        await pilot.press("space")
        await until(pilot, lambda: "This film is held." in told(app))
        await go_to(pilot, screen, "recordings:film-1")
        await pilot.press("space")
        await until(pilot, lambda: says(app, "✓ chosen"))
        await pilot.press("d")
        await fill(app, pilot, why="")
        assert "is still empty" in problem(app)
        await fill(app, pilot, why="The family asked for it")
        assert (await confirm(app, pilot)).startswith("Delete 2 films of F-017 (")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen))
        assert deleted(app) == {"film-1", "review-1"}
    assert films(path) == {"F-017-film-2.mp4", "wren.mp4"}


async def test_film_that_is_held_meanwhile_stays(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await go_to(pilot, screen, "recordings:film-1")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        caseload = app.workspace.caseload
        caseload.save(replace(caseload.need(Recording, "film-1"), hold_reason="the court asks"))
        await fill(app, pilot)
        await confirm(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, PaperScreen))
        await until(pilot, lambda: "held" in str(app.screen.query_one("#words", Static).content))
        assert deleted(app) == {"review-1"}
    assert "F-017-film-1.mp4" in films(path)


async def test_leaving_any_question_deletes_nothing(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await pilot.press("asterisk", "d")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("d")
        await fill(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert says(app, "✓ chosen")
        await pilot.press("asterisk")
        await until(pilot, lambda: not says(app, "✓ chosen"))
        assert deleted(app) == set()
    assert len(films(path)) == 4


async def test_a_copy_is_no_film_to_delete(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        [copy] = app.workspace.caseload.all(Copy)
        await go_to(pilot, screen, f"copies:{copy.id}")
        await until(pilot, lambda: says(app, "b Back") and not says(app, "d Delete"))
        await pilot.press("space", "d")
        assert app.screen is screen
        assert not says(app, "chosen")
