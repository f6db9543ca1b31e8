"""What would be lost: memory that stays as it is, however many dialogs are opened over film in a day, however
often the window is pulled at, and however many sentences are told. And what is written, on a busy machine."""

import asyncio
import gc
import itertools
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cached_cell_len, cell_len
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.color import Color
from textual.css import stylesheet
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tests.ui.driving import until
from tests.unit.film.watched import Watched
from vigtui.film.files import FileSource
from vigtui.film.pane.app import FilmApp
from vigtui.film.pane.textual_faults import let_go_of_gone_widgets
from vigtui.film.pane.video_pane import VideoPane


def test_what_a_widget_drew_goes_with_it_and_its_colours_are_mixed_as_before() -> None:
    ground, half = Color(10, 20, 30), Color(200, 100, 0, 0.5)
    before = StylesCache().get_inner_outer(ground, half)
    let_go_of_gone_widgets()
    let_go_of_gone_widgets()
    lines = StylesCache()
    assert lines.get_inner_outer(ground, half) == before
    gone = weakref.ref(lines)
    del lines
    gc.collect()
    assert gone() is None


async def test_a_sentence_that_gives_way_to_another_leaves_nothing_behind() -> None:
    app: FilmApp[None] = FilmApp()
    async with app.run_test(notifications=True) as pilot:
        for number in range(8):
            app.clear_notifications()
            app.notify(f"Clip {number}")
            await pilot.pause()
        assert [sentence.visible for sentence in app.screen.query("Toast")] == [True]
        assert len(app.screen.query("ToastHolder")) < 3


class Moments(ModalScreen[None]):
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012  Textual's own form
    CSS = """
    Moments { align: center middle }
    Moments.-low Static { height: 2 }
    Moments.-tall Static { height: 5 }
    """

    def compose(self) -> ComposeResult:
        for number in range(5):
            yield Static(f"Clip {number}")
        yield Button("Play", compact=True)


async def test_what_is_on_a_new_screen_is_styled_once_for_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else whoever opens a family on a small machine waits half as long again."""
    styled: Counter[DOMNode] = Counter()
    apply = Stylesheet.apply

    def counted(self: Stylesheet, node: DOMNode, **how: Any) -> None:
        styled[node] += 1
        apply(self, node, **how)

    monkeypatch.setattr(Stylesheet, "apply", counted)
    app: FilmApp[None] = FilmApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen := Moments())
        clips = list(screen.query(Static))
        await until(pilot, lambda: screen.size and all(clip.size.height == 2 for clip in clips))
        assert [styled[clip] for clip in clips] == [1] * 5
        assert styled[screen.query_one(Button)] == 2  # when it is put there, and when it has the focus
        assert screen.styles.align == ("center", "middle")
        await pilot.resize_terminal(80, 40)
        await until(pilot, lambda: all(clip.size.height == 5 for clip in clips))


async def test_css_is_read_once_until_the_colours_are_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each kind of screen, when it is first opened, waits for that of all that were opened before."""
    read: Counter[object] = Counter()

    def counted(scope: str, css: str, read_from: object, **how: Any) -> Iterable[RuleSet]:
        read[scope, css, read_from, how["tie_breaker"]] += 1
        return parse(scope, css, read_from, **how)

    parse: Any = stylesheet.parse
    monkeypatch.setattr(stylesheet, "parse", counted)
    app: FilmApp[None] = FilmApp()
    async with app.run_test() as pilot:
        app.push_screen(screen := Moments())
        await until(pilot, lambda: screen.is_mounted and screen.styles.align == ("center", "middle"))
        assert set(read.values()) == {1}
        ground = app.screen_stack[0].styles.background
        app.theme = "textual-light"
        await until(pilot, lambda: app.screen_stack[0].styles.background != ground)
        assert max(read.values()) == 2


async def test_places_on_a_screen_of_another_size_are_forgotten() -> None:
    app: FilmApp[None] = FilmApp()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(500):
            Region(0, 0, 80, 24).grow((number, 0, 0, 0))
        assert Region.grow.cache_info().currsize > 400
        await pilot.resize_terminal(90, 30)
        await pilot.pause()
        assert Region.grow.cache_info().currsize < 400


async def test_what_was_found_and_measured_goes_with_a_dialog_and_with_a_size() -> None:
    app: FilmApp[None] = FilmApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.mount(Static("Clip 1", id="clip"))
        answers = app.screen._query_one_cache.keys()

        def look() -> None:
            app.screen.query_one("#clip")
            for number in range(500):
                cell_len(f"Clip {number}")

        def forgotten() -> bool:
            return not any("#clip" in each for each in answers) and _measured() < 400

        look()
        assert not forgotten()
        await app.push_screen(ModalScreen())
        app.pop_screen()
        await until(pilot, forgotten)
        look()
        await pilot.resize_terminal(90, 30)
        await until(pilot, forgotten)


async def test_with_some_dialogs_closed_over_a_film_that_plays_they_are_let_go_of_meanwhile(
    shades: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch, only_when_told: None
) -> None:
    monkeypatch.setattr("vigtui.film.pane.app._SECONDS_OF_FILM", 3600.0)
    app: FilmApp[None] = FilmApp()
    async with app.run_test() as pilot:
        await app.mount(pane := VideoPane())
        pane.show(watched.player, FileSource(shades), loop=(0, 2500), playing=True)
        await until(pilot, lambda: pane.state.playing)
        closed = []
        for _ in range(3):
            await app.push_screen(dialog := ModalScreen[None]())
            closed.append(weakref.ref(dialog))
            del dialog
            await app.pop_screen()
        await until(pilot, lambda: not any(screen() for screen in closed[:2]))
        assert pane.state.playing


@pytest.fixture
def only_when_told() -> Iterator[None]:
    """Nobody looks for garbage by chance."""
    chance = gc.get_threshold()
    gc.set_threshold(0)
    yield
    gc.set_threshold(*chance)


def _measured() -> int:
    return cached_cell_len.cache_info().currsize


@pytest.mark.parametrize("seconds", [0.3, 0.0])
async def test_a_timer_whose_time_has_passed_before_it_is_looked_at_rings(
    seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One keeps what is written, one hands on keys that wait, and one covers the screen."""
    app: FilmApp[None] = FilmApp()
    async with app.run_test() as pilot:
        monkeypatch.setattr("textual._time.get_time", itertools.count(1.0).__next__)
        rung = asyncio.Event()
        app.set_timer(seconds, rung.set)
        await until(pilot, rung.is_set)
