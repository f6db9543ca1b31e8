"""What would be lost: the picture, when other glyphs are taken for it while it is on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.strip import Strip

from tests.ui.driving import until
from tests.unit.film import films
from vigtui.film.files import FileSource
from vigtui.film.options import FilmOptions
from vigtui.film.pane.app import FilmApp
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.glyphs import glyphs_of
from vigtui.film.picture.painter import Painter
from vigtui.film.playing.player import Player


@pytest.fixture
def player() -> Iterator[Player]:
    player = Player(muted=True)
    yield player
    player.close()


@pytest.fixture(scope="module")
def ball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return films.make(tmp_path_factory.mktemp("glyphs") / "ball.mp4", films.moving(10))


class Viewer(FilmApp[None]):
    CSS = "#pane { width: 40; height: 12; }"

    def compose(self) -> ComposeResult:
        yield VideoPane(id="pane")

    @property
    def pane(self) -> VideoPane:
        return self.query_one("#pane", VideoPane)


def lines(pane: VideoPane) -> list[Strip]:
    return pane.render_lines(pane.size.region)


def shown_with(pane: VideoPane, glyph_set: GlyphSet) -> bool:
    """Whether the pane shows its picture, of the size for these glyphs, as they show it best."""
    picture, (across, down) = pane._painting.picture, glyph_set.dots
    if picture is None or picture.shape[:2] != (12 * down, 40 * across):
        return False
    cells = Painter(glyph_set, Depth.TRUECOLOR).paint(picture, exact=True)
    return [line.text for line in lines(pane)] == ["".join(map(chr, row)) for row in cells.glyphs.tolist()]


async def test_a_key_takes_the_next_glyphs_for_the_same_picture_and_says_which(
    player: Player, ball: Path
) -> None:
    async with (app := Viewer()).run_test(size=(60, 16), notifications=True) as pilot:
        pane = app.pane
        pane.focus()
        pane.show(player, FileSource(ball), start_ms=400)
        await until(pilot, lambda: shown_with(pane, GlyphSet.QUADRANT))
        for glyph_set, words in (
            (GlyphSet.ASCII, "plain characters"),
            (GlyphSet.HALF, "half blocks"),
            (GlyphSet.QUADRANT, "quadrants"),
        ):
            await pilot.press("v")
            await until(pilot, lambda glyph_set=glyph_set: shown_with(pane, glyph_set))
            await until(pilot, lambda words=words: words in app.export_screenshot().replace("&#160;", " "))


@pytest.mark.parametrize("glyphs", ["octant", "ascii"])
async def test_film_is_drawn_as_the_settings_say(player: Player, ball: Path, glyphs: str) -> None:
    app = Viewer()
    app.film_options = FilmOptions(glyphs=glyphs)
    async with app.run_test(size=(60, 16)) as pilot:
        app.pane.show(player, FileSource(ball), start_ms=400)
        await until(pilot, lambda: shown_with(app.pane, GlyphSet(glyphs)))
        text = "".join(line.text for line in lines(app.pane))
        if glyphs == "octant":
            assert set(map(ord, text)) <= set(glyphs_of(GlyphSet.OCTANT).tolist())
            assert any(ord(glyph) > 0x1CD00 for glyph in text)
        else:
            assert text.isascii()
