"""What would be lost: film that is closed in every way in which it could be seen, heard, kept or given away.

Each way is tried twice: with everybody's consent something comes of it, so that the other half can fail;
without one of them nothing does.
"""

import ast
import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable

import pytest
from textual.widgets import Input

from tests.caseloads import consents, write
from tests.sources import modules_with
from tests.ui.conftest import Heron, withdrawn
from tests.ui.driving import Driver, opened, until
from tests.ui.family_driving import fill
from tests.ui.snapshot import says
from vigtui.domain.records import (
    Family,
    Person,
    PlannedMoment,
    Recording,
    Still,
)
from vigtui.domain.vocabulary import Purpose
from vigtui.exchange.packs.gathering import for_family
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.sound.kept_sound import FOLDER
from vigtui.store.caseload import Caseload
from vigtui.store.sharing import watcher
from vigtui.store.snapshot import read_snapshot
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.parts.case_film import OPENING, CaseFilm
from vigtui.ui.screens.review import PlanScreen
from vigtui.ui.screens.review.screen import ReviewScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.values.days import today

pytestmark = pytest.mark.slow

WORDS = "1\n00:00:00,000 --> 00:00:19,000\nZaunkönig\n"
ALL = tuple(Purpose)
OUT = "out.mp4"


async def on_clip(app: VigtuiApp, pilot: Driver, heron: Heron) -> ClipScreen:
    screen = ClipScreen(clip=heron.clips["C2-1"])
    app.push_screen(screen)
    await until(pilot, lambda: screen.is_mounted and screen.film.closed != OPENING)
    return screen


def film_comes(film: CaseFilm) -> bool:
    return film.is_open or film.state.source is not None


async def watched(app: VigtuiApp, pilot: Driver, heron: Heron) -> bool:
    return film_comes((await on_clip(app, pilot, heron)).film)


async def moved_by_keys(app: VigtuiApp, pilot: Driver, heron: Heron) -> bool:
    """Keys that play, step, and open a window of the film's own."""
    screen = await on_clip(app, pilot, heron)
    await pilot.press("space", "full_stop", "w", "home", "space")
    return film_comes(screen.film)


async def heard(app: VigtuiApp, pilot: Driver, heron: Heron) -> bool:
    """The line of who speaks when, and what is kept of it on the disk."""
    axis = (await on_clip(app, pilot, heron)).query_one(TimeAxis)
    kept = heron.path.parent / FOLDER
    await settle(pilot, lambda: axis.sound.known_ms and list(kept.glob("*.sound")))
    return bool(axis.source or axis.sound.known_ms or list(kept.glob("*.sound")))


async def read(app: VigtuiApp, pilot: Driver, heron: Heron) -> bool:
    """What is said, as subtitles under the picture."""
    screen = await on_clip(app, pilot, heron)
    await settle(pilot, lambda: screen.query_one(Subtitles).words)
    return says(app, "Zaunkönig")


async def kept_as_still(app: VigtuiApp, pilot: Driver, heron: Heron) -> bool:
    await on_clip(app, pilot, heron)
    await pilot.press("i")
    return bool(app.workspace.caseload.all(Still))


async def given_away(app: VigtuiApp, pilot: Driver, heron: Heron) -> bool:
    """Cut to a file for somebody outside the work."""
    await on_clip(app, pilot, heron)
    await pilot.press("x")
    await fill(app, pilot, purpose="court", audience="the court")
    out = heron.path.parent / OUT
    if not isinstance(app.screen, FormScreen):
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(out)
        await pilot.press("enter")
        await until(pilot, out.exists)
    return out.exists()


async def packed(_app: VigtuiApp, _pilot: Driver, heron: Heron) -> bool:
    """Cut into a pack, with what is said in it."""
    source = await asyncio.to_thread(read_snapshot, heron.path)
    return bool(for_family(heron.family)(source, today()).cuts)


async def walked(app: VigtuiApp, pilot: Driver, heron: Heron) -> bool:
    """In a supervision: the trainee's own clip, and the client clip beside it."""
    app.workspace.enter(app.workspace.caseload.need(Person, heron.supervisor))
    screen = SupervisionScreen(heron.session, "")
    app.push_screen(screen)
    await until(pilot, lambda: screen.is_mounted and all(film.closed != OPENING for film in screen.films.all))
    return any(film_comes(film) for film in screen.films.all)


async def shown_to_the_family(app: VigtuiApp, pilot: Driver, heron: Heron) -> bool:
    app.workspace.enter(app.workspace.caseload.need(Person, heron.trainee))
    app.push_screen(PlanScreen(app.workspace.caseload.need(Recording, heron.interaction).cycle))
    await until(pilot, lambda: isinstance(app.screen, PlanScreen) and app.screen.focused)
    await pilot.press("enter")
    await fill(app, pilot, name0="Ewelina")
    await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    await until(pilot, lambda: screen.film.closed != OPENING)
    return film_comes(screen.film)


Way = Callable[[VigtuiApp, Driver, Heron], Awaitable[bool]]
WAYS: tuple[tuple[Way, Purpose], ...] = (
    (watched, Purpose.SUPERVISION),
    (moved_by_keys, Purpose.SUPERVISION),
    (heard, Purpose.FILM),
    (read, Purpose.SUPERVISION),
    (kept_as_still, Purpose.SUPERVISION),
    (given_away, Purpose.COURT),
    (packed, Purpose.SUPERVISION),
    (walked, Purpose.SUPERVISION),
    (shown_to_the_family, Purpose.FILM),
)
"""How film may reach somebody, and the purpose that it then serves."""


async def settle(pilot: Driver, holds: Callable[[], object]) -> None:
    """Let the app work for as long as it takes with consent, and for a hundred rounds without."""
    for _ in range(100):
        if holds():
            return
        await pilot.pause(0.01)


@pytest.fixture
def agreed(heron: Heron) -> Heron:
    """Everybody agreed to everything; the film has subtitles, and one clip is planned for the family."""
    caseload = Caseload.open(heron.path)
    family = caseload.need(Family, heron.family)
    cycle = caseload.need(Recording, heron.interaction).cycle
    caseload.close()
    write(
        heron.path,
        *consents(family, dt.date(2025, 2, 5), ALL),
        PlannedMoment(id="one", cycle=cycle, order=1, clip=heron.clips["C2-1"]),
    )
    (heron.path.parent / "media" / "F-017-C2.srt").write_text(WORDS, encoding="utf-8")
    return heron


@pytest.mark.parametrize("refused", ["nothing", "the purpose", "filming"])
@pytest.mark.parametrize(("way", "purpose"), WAYS)
async def test_nothing_of_a_film_comes_without_everybodys_consent(
    agreed: Heron, way: Way, purpose: Purpose, refused: str
) -> None:
    """The purpose that it serves, or filming itself, which closes film for all purposes."""
    if refused != "nothing":
        write(agreed.path, withdrawn(agreed, Purpose.FILM if refused == "filming" else purpose))
    async with opened(agreed.path, keeps_rules=False) as (app, pilot):
        assert await way(app, pilot, agreed) is (refused == "nothing")


async def test_a_withdrawal_in_a_second_program_takes_picture_sound_line_and_words_away(
    agreed: Heron,
) -> None:
    """The first looks at the file once a second; from then on nothing is left on the screen or the disk."""
    assert watcher.SECONDS <= 1.0
    async with opened(agreed.path) as (app, pilot):
        screen = await on_clip(app, pilot, agreed)
        axis, kept = screen.query_one(TimeAxis), agreed.path.parent / FOLDER
        await pilot.press("space")
        await until(pilot, lambda: screen.film.state.playing and says(app, "Zaunkönig"))
        await until(pilot, lambda: axis.sound.known_ms and list(kept.glob("*.sound")))
        await asyncio.to_thread(write, agreed.path, withdrawn(agreed, Purpose.FILM))
        await until(pilot, lambda: screen.film.refused)
        assert screen.film.state.source is None
        assert axis.source is None
        assert not axis.sound.known_ms
        assert not says(app, "Zaunkönig")
        await until(pilot, lambda: not list(kept.glob("*.sound")))


def test_every_use_of_film_is_in_the_table() -> None:
    """Where film is opened, cut or copied in the program: a new place needs a row here."""
    uses = {"open_film", "cut_clip", "copy_out", "cut_into", "keep_still"}
    found = {
        module
        for module, tree in modules_with(uses)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id in uses)
        or (isinstance(node, ast.Attribute) and node.attr in uses)
    }
    assert found == {
        "casefilm/cutting.py",
        "casefilm/taking_out.py",
        "exchange/agenda_films/sending.py",  # tested in unit/exchange/agenda_films and ui/test_agenda_film.py
        "exchange/packs/gathering.py",
        "exchange/packs/packing.py",
        "ui/dialogs/papers/sharing.py",
        "ui/screens/clip/screen.py",
        "ui/screens/parts/case_film.py",
        "ui/screens/parts/film_of_space.py",
        "workspace/copying.py",  # tested in unit/workspace/test_copying.py: nobody is shown anything
    }
