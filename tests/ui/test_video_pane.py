"""What would be lost: the film's picture among everything else on a screen, and the keys that move it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import on
from textual.app import ComposeResult
from textual.messages import TerminalSupportsSynchronizedOutput
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Label

from tests.ui.driving import told, until
from tests.ui.snapshot import screen_text
from tests.unit.film import films
from vigtui.film.files import FileSource
from vigtui.film.pane.app import FilmApp
from vigtui.film.pane.strip import FilmStrip
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.playing.player import Player, PlayerState

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shades(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds in which each frame has its own grey, with a tone."""
    return films.make(tmp_path_factory.mktemp("pane") / "shades.mp4", films.shades(30), sound=films.tone(3))


@pytest.fixture(scope="module")
def corners(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return films.make(tmp_path_factory.mktemp("pane") / "corners.mp4", films.corners(10))


@pytest.fixture
def player() -> Iterator[Player]:
    player = Player(muted=True)
    yield player
    player.close()


class Viewer(FilmApp[None]):
    """A pane with something beside it."""

    CSS = "#pane { width: 40; height: 12; }"

    def __init__(self) -> None:
        super().__init__()
        self.told: list[PlayerState] = []
        self.threads: set[int] = set()

    def compose(self) -> ComposeResult:
        yield Label("title")
        yield VideoPane(id="pane")

    @property
    def pane(self) -> VideoPane:
        return self.query_one("#pane", VideoPane)

    @on(VideoPane.StateChanged, "#pane")
    def _note(self, event: VideoPane.StateChanged) -> None:
        assert event.pane.id == "pane"
        self.threads.add(threading.get_ident())
        self.told.append(event.state)


def lines(pane: VideoPane) -> list[Strip]:
    return pane.render_lines(pane.size.region)


def text(pane: VideoPane) -> str:
    return "\n".join(line.text for line in lines(pane))


def grey(pane: VideoPane) -> int:
    """How bright the middle of the picture is; -1 without one."""
    if not all(isinstance(line, FilmStrip) for line in lines(pane)):
        return -1
    segment = next(iter(lines(pane)[pane.size.height // 2].crop(pane.size.width // 2)))
    assert segment.style is not None
    assert segment.style.bgcolor is not None
    assert segment.style.bgcolor.triplet is not None
    return segment.style.bgcolor.triplet.green


def shows(pane: VideoPane, number: int) -> Callable[[], bool]:
    return lambda: abs(grey(pane) - films.shade(number)) < films.GREY_STEP // 2


async def test_a_film_is_shown_in_the_middle_as_large_as_it_fits(player: Player, corners: Path) -> None:
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        app.pane.show(player, FileSource(corners))
        await until(pilot, lambda: grey(app.pane) >= 0)
        # 160 x 96 pixels in 40 x 12 cells of 1 : 2 is 40 x 12 cells.
        corners_seen = [
            list(line)[0 if left else -1].style for line in lines(app.pane) for left in (True, False)
        ]
        above, below = corners_seen[:2], corners_seen[-2:]
        names = [style.bgcolor.triplet for style in (*above, *below) if style and style.bgcolor]
        for triplet, right in zip(
            names, [(220, 20, 20), (20, 200, 20), (20, 20, 220), (240, 240, 240)], strict=True
        ):
            assert triplet == pytest.approx(right, abs=40)
        assert "title" in app.export_screenshot()


async def test_the_keys_move_the_film(player: Player, shades: Path) -> None:
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        pane = app.pane
        pane.focus()
        pane.show(player, FileSource(shades), start_ms=500, loop=(500, 2500))
        await until(pilot, shows(pane, 5))
        await pilot.press("full_stop")
        await until(pilot, shows(pane, 6))
        await pilot.press("comma")
        await until(pilot, shows(pane, 5))
        await pilot.press("right")
        await until(pilot, shows(pane, 15))
        await pilot.press("left")
        await until(pilot, shows(pane, 5))
        await pilot.press("right", "home")
        await until(pilot, shows(pane, 5))
        await pilot.press("l")
        assert pane.state.loop is None
        await pilot.press("l")
        assert pane.state.loop == (500, 2500)
        await pilot.press("plus", "plus")
        assert pane.state.speed == 2
        await pilot.press("minus")
        assert pane.state.speed == 1.5
        await pilot.press("backspace")
        assert pane.state.speed == 1
        await pilot.press("m")
        assert not pane.state.muted
        await pilot.press("space")
        await until(pilot, lambda: pane.state.playing and pane.state.position_ms > 700)
        await pilot.press("space")
        await until(pilot, lambda: not pane.state.playing)


async def test_the_key_for_sound_tracks_is_shown_where_there_are_several_and_says_what_there_is(
    player: Player, shades: Path, corners: Path, tmp_path: Path
) -> None:
    """A key that does nothing is never shown, and one that can do nothing says why."""
    both = films.with_tracks_of(shades, shades, tmp_path / "both.mp4", b"soun", "deu")
    app, silent = Viewer(), "There is no sound in this film."
    second, one = "Sound track 2 of 2: deu. Sound is off.", "There is only one sound track in this film."
    async with app.run_test(size=(60, 20)) as pilot:
        app.pane.focus()
        for film, shown, words in ((both, True, second), (shades, False, one), (corners, False, silent)):
            app.pane.show(player, FileSource(film))
            await until(pilot, lambda film=film: app.pane.state.duration_ms and app.pane.state.path == film)
            await until(pilot, lambda shown=shown: app.screen.active_bindings["k"].binding.show == shown)
            await pilot.press("k")
            await until(pilot, lambda words=words: told(app) == words)


async def test_what_the_film_does_is_told_on_the_screen_s_own_thread(player: Player, shades: Path) -> None:
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        app.pane.show(player, FileSource(shades), playing=True)
        await until(pilot, lambda: app.told and app.told[-1].position_ms > 600)
        assert app.threads == {threading.get_ident()}
        assert any(state.playing and state.duration_ms for state in app.told)
        positions = [state.position_ms for state in app.told]
        assert positions == sorted(positions)


async def test_the_picture_follows_the_size_of_its_pane_also_while_paused(
    player: Player, shades: Path
) -> None:
    async with (app := Viewer()).run_test(size=(100, 40)) as pilot:
        pane = app.pane
        pane.show(player, FileSource(shades), start_ms=1000)
        await until(pilot, shows(pane, 10))
        for width, height in ((80, 30), (20, 5), (7, 30), (1, 1), (60, 20)):
            pane.styles.width, pane.styles.height = width, height
            await until(pilot, lambda size=(width, height): tuple(pane.size) == size)
            await until(pilot, shows(pane, 10))
            assert {line.cell_length for line in lines(pane)} == {width}


async def test_words_stand_in_place_of_the_picture_and_the_film_is_away(player: Player, shades: Path) -> None:
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        pane = app.pane
        pane.show(player, FileSource(shades), playing=True)
        await until(pilot, lambda: grey(pane) >= 0)
        pane.say("Dana has not been asked [/about] [@click=app.quit]this[/].")
        await pilot.pause()
        assert "[@click=app.quit]this[/]." in text(pane)
        assert player.state.path is None
        assert not pane.state.playing
        pane.show(player, FileSource(shades), start_ms=1000)
        await until(pilot, shows(pane, 10))
        pane.clear()
        await pilot.pause()
        assert text(pane).strip() == ""


async def test_a_film_that_takes_long_to_open_is_not_taken_for_a_missing_one(
    player: Player, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, app = threading.Event(), Viewer()
    monkeypatch.setattr(FileSource, "check", lambda _: disk.wait(60))
    async with app.run_test(size=(60, 20)) as pilot:
        app.pane.show(player, FileSource(shades))
        await until(pilot, lambda: "The film is being opened." in screen_text(app))
        disk.set()
        await until(pilot, lambda: app.pane.held)
        assert "The film is being opened." not in screen_text(app)


async def test_a_damaged_film_is_named_in_place_of_the_picture(
    player: Player, shades: Path, tmp_path: Path
) -> None:
    torn = tmp_path / "[@click=app.bell]torn[b].mp4"
    torn.write_bytes(shades.read_bytes()[:3000])
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        app.pane.show(player, FileSource(torn), playing=True)
        await until(pilot, lambda: "[@click=app.bell]torn[b].mp4" in text(app.pane))
        app.pane.show(player, FileSource(shades), start_ms=1000)
        await until(pilot, shows(app.pane, 10))


async def test_keys_without_a_film_do_nothing(player: Player) -> None:
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        app.pane.focus()
        await pilot.press(
            "space", "left", "comma", "full_stop", "home", "l", "plus", "minus", "backspace", "m"
        )
        assert app.pane.state == PlayerState()


async def test_a_pane_that_goes_takes_the_film_off_but_not_another_pane_s(
    player: Player, shades: Path
) -> None:
    async with (app := Viewer()).run_test(size=(60, 30)) as pilot:
        first = app.pane
        first.show(player, FileSource(shades), playing=True)
        second = VideoPane(id="second")
        await app.mount(second)
        second.show(player, FileSource(shades), start_ms=2000)
        await first.remove()
        await until(pilot, lambda: second.state.frame_size != (0, 0))
        assert player.state.path == shades
        await second.remove()
        assert player.state.path is None
        assert player.on_state is None


async def test_without_colours_the_picture_is_grey(
    player: Player, corners: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        app.pane.show(player, FileSource(corners))
        await until(pilot, lambda: "▀" in text(app.pane) or app.pane.held)
        for line in lines(app.pane):
            for segment in line:
                assert segment.style is not None
                for colour in (segment.style.color, segment.style.bgcolor):
                    assert colour is not None
                    assert len(set(colour.get_truecolor())) == 1


async def test_the_same_film_shown_again_has_its_picture_again(player: Player, shades: Path) -> None:
    """The next clip is often of the same recording."""
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        for ms in (1000, 2000, 1500):
            app.pane.show(player, FileSource(shades), start_ms=ms)
            opened = threading.Event()
            while not (player.state.frame_size != (0, 0) and player.state.duration_ms):
                opened.wait(0.005)  # everything happens before the pane hears of anything
            await until(pilot, shows(app.pane, ms // 100))


async def test_what_was_sought_behind_a_dialog_is_there_when_it_goes(player: Player, shades: Path) -> None:
    async with (app := Viewer()).run_test(size=(60, 16)) as pilot:
        app.pane.show(player, FileSource(shades), start_ms=1000)
        await until(pilot, shows(app.pane, 10))
        await until(pilot, lambda: app.pane.at_rest)
        await app.push_screen(ModalScreen())
        player.seek(2000)
        await until(pilot, lambda: app.pane.state.position_ms == 2000)
        await app.pop_screen()
        await until(pilot, shows(app.pane, 20))


async def test_it_is_known_when_the_terminal_shows_a_picture_all_at_once() -> None:
    app = Viewer()
    async with app.run_test() as pilot:
        assert not app.line.shows_frames
        app.post_message(TerminalSupportsSynchronizedOutput())
        await until(pilot, lambda: app.line.shows_frames)
