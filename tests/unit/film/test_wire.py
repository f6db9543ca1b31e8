"""What would be lost: the picture, when a cell on the terminal is not what the program thinks it is."""

from dataclasses import dataclass

import numpy as np
import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyte.graphics import FG_AIXTERM, FG_ANSI

from vigtui.film.picture.cells import Cells, half_blocks
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.glyphs import glyphs_of
from vigtui.film.picture.palette import codes, palette
from vigtui.film.terminal.pricing import Pricing
from vigtui.film.terminal.wire import Wire

pytestmark = pytest.mark.usefixtures("either_way")
ROWS, COLUMNS = 3, 12
NAMES = [*FG_ANSI.values()][:8] + [*FG_AIXTERM.values()][:8]
QUADRANTS = [chr(glyph) for glyph in glyphs_of(GlyphSet.QUADRANT).tolist()]
COLOURED = [depth for depth in Depth if depth is not Depth.MONO]
NOTHING_MORE = 10**9
Quarters = tuple[object, ...]


class Terminal:
    """A terminal that shows what a wire sends, with the picture a little away from its corner."""

    place = 5, 2

    def __init__(self, depth: Depth = Depth.TRUECOLOR) -> None:
        self.wire = Wire(ROWS, COLUMNS, depth)
        self.screen = pyte.Screen(COLUMNS + 9, ROWS + 3)
        self.stream = pyte.Stream(self.screen)
        self.sent = 0

    def compose(self, covered: tuple[int, int] = (0, 0), *, whole: bool, price: float = 0) -> None:
        """Let a compositor draw all rows, except the columns that something covers."""
        for row in range(ROWS):
            self.wire.begin(row, 0, COLUMNS)
            for start, end in ((0, covered[0]), (covered[1], COLUMNS)):
                if start < end:
                    text = self.wire.take(row, start, end, price, whole=whole)
                    self.write(row, start, text)
                    assert self.screen.cursor.x == self.place[0] + end
            if covered[0] < covered[1]:
                self.write(row, covered[0], f"\x1b[31;42m{'x' * (covered[1] - covered[0])}\x1b[0m")

    def draw(self, price: float, most: int = NOTHING_MORE, again: int = 0, older: int = 0) -> int:
        """Draw what is worth it; return the bytes."""
        text, *_ = self.wire.picture(self.place, price, most, again, older)
        self.stream.feed(text.decode())
        return len(text)

    def sharpen(self, price: float = 0, most: int = NOTHING_MORE, since: int = 0) -> tuple[int, float]:
        """Draw more of a picture that stays; return the bytes and the price."""
        text, price = self.wire.sharpen(self.place, price, most, since)
        self.stream.feed(text)
        return len(text.encode()), price

    def write(self, row: int, column: int, text: str) -> None:
        self.stream.feed(f"\x1b[{self.place[1] + row + 1};{self.place[0] + column + 1}H{text}")

    def spoil(self, row: int, start: int, end: int) -> None:
        self.write(row, start, f"\x1b[31;42m{'x' * (end - start)}\x1b[0m")

    def seen(self) -> list[list[Quarters]]:
        """The colours of the quarters of each cell, as the terminal calls them."""
        left, top = self.place
        return [
            [self._quarters(self.screen.buffer[top + row][left + column]) for column in range(COLUMNS)]
            for row in range(ROWS)
        ]

    def _quarters(self, cell: pyte.screens.Char) -> Quarters:
        if cell.data not in QUADRANTS:
            return (cell.data,) * 4
        pattern = QUADRANTS.index(cell.data)
        fore, back = self._colour(cell.fg), self._colour(cell.bg)
        return tuple(fore if pattern >> dot & 1 else back for dot in range(4))

    def _colour(self, name: str) -> object:
        if self.wire.depth is Depth.ANSI:
            return NAMES.index(name.replace("bfight", "bright")) if name != "default" else name
        return int(name, 16) if len(name) == 6 else name


def quarters(cells: Cells, depth: Depth) -> list[list[Quarters]]:
    """What a terminal shows that shows these cells exactly."""
    fore, back = codes(cells.foreground, depth), codes(cells.background, depth)
    if depth in (Depth.PALETTE, Depth.GREY):
        fore, back = palette(depth)[fore], palette(depth)[back]
    return [
        [
            tuple(f if QUADRANTS.index(chr(g)) >> dot & 1 else b for dot in range(4))
            for g, f, b in zip(*row, strict=True)
        ]
        for row in zip(cells.glyphs.tolist(), fore.tolist(), back.tolist(), strict=True)
    ]


@dataclass(frozen=True)
class Scene:
    """A picture in which equal and nearly equal neighbours are common, of half blocks or quadrants."""

    seed: int
    colours: int = 256

    @property
    def cells(self) -> Cells:
        random = np.random.default_rng(self.seed)
        pixels = random.integers(0, self.colours, (ROWS * 2, COLUMNS, 3), dtype=np.uint8)
        near = random.random((ROWS * 2, COLUMNS // 2, 1)) < 0.5
        pixels[:, 1::2] = np.where(near, pixels[:, ::2] // 2 * 2, pixels[:, 1::2])
        cells = half_blocks(pixels)
        if self.seed % 2:
            glyphs = random.choice(glyphs_of(GlyphSet.QUADRANT), (ROWS, COLUMNS))
            return Cells(glyphs, cells.foreground, cells.background)
        return cells


scenes = st.builds(Scene, st.integers(0, 2**32 - 1), st.sampled_from([4, 30, 256]))
prices = st.sampled_from([0.1, 1.0, 20.0, 500.0])


@pytest.mark.parametrize("depth", COLOURED)
@given(scenes)
@settings(max_examples=20)
def test_a_terminal_that_knew_nothing_shows_the_picture_exactly(depth: Depth, scene: Scene) -> None:
    for whole in (False, True):
        terminal = Terminal(depth)
        terminal.wire.offer(scene.cells)
        terminal.compose(whole=whole)
        assert terminal.seen() == quarters(scene.cells, depth)


@pytest.mark.parametrize("depth", COLOURED)
@given(st.lists(st.tuples(scenes, prices), min_size=1, max_size=4), scenes)
@settings(max_examples=25)
def test_a_picture_that_stays_becomes_exact_whatever_was_there(
    depth: Depth, before: list[tuple[Scene, float]], last: Scene
) -> None:
    terminal = Terminal(depth)
    terminal.compose(whole=True)
    for scene, price in before:
        terminal.wire.offer(scene.cells)
        terminal.draw(price, most=300)
    terminal.wire.offer(last.cells)
    while terminal.wire.unsettled(0):
        assert terminal.sharpen()[0]
    assert terminal.seen() == quarters(last.cells, depth)


@given(st.lists(st.tuples(scenes, prices), min_size=1, max_size=5))
@settings(max_examples=50)
def test_the_error_it_reckons_with_is_the_one_on_the_terminal(shown: list[tuple[Scene, float]]) -> None:
    terminal = Terminal()
    terminal.compose(whole=True)
    for scene, price in shown:
        terminal.wire.offer(scene.cells)
        terminal.draw(price)
        right = np.array(quarters(scene.cells, Depth.TRUECOLOR), np.int64)
        there = np.array(terminal.seen(), np.int64)
        squares = sum((((right >> shift & 255) - (there >> shift & 255)) ** 2) for shift in (0, 8, 16))
        assert terminal.wire.mean_error == pytest.approx(squares.mean(), rel=1e-4, abs=1e-3)


covers = st.tuples(st.integers(0, 5), st.integers(6, COLUMNS))
events = st.one_of(
    scenes, st.tuples(st.just("cover"), covers), st.tuples(st.just("spoil"), st.integers(0, ROWS - 1))
)


@given(st.lists(events, min_size=1, max_size=8), scenes)
@settings(max_examples=50)
def test_whatever_comes_over_the_picture_is_gone_after_it(happened: list[object], last: Scene) -> None:
    """A menu over part of it: nothing is drawn on the menu while it plays, and all below it once it went."""
    terminal = Terminal()
    terminal.compose(whole=True)
    covered = (0, 0)
    for event in happened:
        match event:
            case Scene():
                terminal.wire.offer(event.cells)
                terminal.draw(5)
                assert all(set(row[slice(*covered)]) <= {("x",) * 4} for row in terminal.seen())
            case ("cover", (int(start), int(end))):
                covered = start, end
                terminal.compose(covered, whole=False, price=5)
            case ("spoil", int(row)):
                terminal.spoil(row, 0, COLUMNS)
                terminal.wire.forget(slice(row, row + 1))
                terminal.compose(covered, whole=False, price=5)
    terminal.wire.offer(last.cells)
    terminal.compose(whole=False)
    terminal.sharpen()
    assert terminal.seen() == quarters(last.cells, Depth.TRUECOLOR)


@given(scenes)
@settings(max_examples=20)
def test_damage_that_nobody_noticed_heals(scene: Scene) -> None:
    terminal = Terminal()
    terminal.wire.offer(scene.cells)
    terminal.compose(whole=True)
    terminal.spoil(1, 2, 9)
    for _ in range(12):
        terminal.wire.offer(scene.cells)
        terminal.draw(1, again=ROWS * COLUMNS // 9, older=terminal.wire.number)
    assert not any(("x",) * 4 in row for row in terminal.seen())


@given(scenes)
@settings(max_examples=20)
def test_damage_to_a_picture_that_stays_heals(scene: Scene) -> None:
    terminal = Terminal()
    terminal.wire.offer(scene.cells)
    terminal.compose(whole=True)
    terminal.spoil(1, 2, 9)
    terminal.wire.offer(scene.cells)
    while terminal.wire.unsettled(terminal.wire.number):
        assert 0 < terminal.sharpen(most=200, since=terminal.wire.number)[0] <= 200 * 2
    assert terminal.seen() == quarters(scene.cells, Depth.TRUECOLOR)


@given(scenes, st.integers(40, 600))
@settings(max_examples=30)
def test_a_budget_is_kept_and_the_worst_is_drawn_first(scene: Scene, most: int) -> None:
    terminal = Terminal()
    terminal.compose(whole=True)
    terminal.wire.offer(scene.cells)
    before = terminal.wire.mean_error
    size, _ = terminal.sharpen(most=most)
    assert size <= most * 1.25
    assert size == 0 or terminal.wire.mean_error < before


@pytest.mark.slow
@given(st.lists(scenes, min_size=1, max_size=3), st.integers(60, 900), st.integers(0, 3))
@settings(max_examples=40)
def test_a_still_picture_becomes_exact_however_little_fits_at_once(
    played: list[Scene], most: int, brighter: int
) -> None:
    """Where the same little is wrong in many cells, one price of a byte is too low for all of them and the
    next too high for any: the picture would stay as it is for ever."""
    terminal, pricing = Terminal(), Pricing()
    terminal.compose(whole=True)
    for scene in played:
        terminal.wire.offer(scene.cells)
        terminal.draw(pricing.playing(), most)
    pixels = np.random.default_rng(played[-1].seed).integers(0, 250, (ROWS * 2, COLUMNS, 3)).astype(np.uint8)
    for still in (pixels, pixels + brighter):
        terminal.wire.offer(half_blocks(still.astype(np.uint8)))
        pricing.stays()
        since = terminal.wire.number
        for _ in range(3 * ROWS * COLUMNS):
            size, paid = terminal.sharpen(pricing.still(), most, since)
            pricing.paid_still(paid)
            assert size <= most * 2
        assert terminal.wire.unsettled(since) == 0
        assert terminal.seen() == quarters(half_blocks(still), Depth.TRUECOLOR)


def test_a_picture_of_which_nothing_is_known_is_no_smear_however_little_is_known_to_fit() -> None:
    rows, columns = np.mgrid[0:24, 0:40]
    picture = np.stack([rows * 10, columns * 6, (rows + columns) * 4], axis=2).astype(np.uint8)
    small, large = Wire(12, 40, Depth.TRUECOLOR), Wire(12, 40, Depth.TRUECOLOR)
    for wire in (small, large):
        wire.visible[:] = True
        wire.offer(half_blocks(picture))
    large.picture((0, 0), 300, NOTHING_MORE, 0, 0)
    small.picture((0, 0), 6, 100, 0, 0)
    assert small.mean_error <= large.mean_error


def test_a_picture_that_did_not_change_sends_nothing() -> None:
    terminal = Terminal()
    terminal.wire.offer(Scene(1).cells)
    terminal.compose(whole=True)
    terminal.wire.offer(Scene(1).cells)
    assert terminal.sharpen()[0] == 0
    assert terminal.wire.unsettled(0) == 0


def test_only_what_changed_is_sent() -> None:
    terminal = Terminal()
    pixels = np.full((ROWS * 2, COLUMNS, 3), 50, np.uint8)
    terminal.wire.offer(half_blocks(pixels))
    terminal.compose(whole=True)
    pixels[2:4, 5] = 200
    terminal.wire.offer(half_blocks(pixels))
    assert 0 < terminal.sharpen()[0] < 35
    assert terminal.seen() == quarters(half_blocks(pixels), Depth.TRUECOLOR)


def test_noise_too_small_to_see_is_not_sent_until_it_adds_up() -> None:
    terminal = Terminal()
    sent = []
    for brightness in range(100, 124, 2):
        terminal.wire.offer(half_blocks(np.full((ROWS * 2, COLUMNS, 3), brightness, np.uint8)))
        if not sent:
            terminal.compose(whole=True)
        sent.append(terminal.draw(price=6))
    assert not any(sent[:3])
    assert 1 <= sum(size > 0 for size in sent) <= 3


def test_a_glyph_without_a_complement_is_drawn_as_it_is() -> None:
    wire = Wire(1, 3, Depth.TRUECOLOR)
    colours = np.array([[0xFF0000, 0x0000FF, 0x00FF00]], np.uint32)
    letters = np.array([[ord("a"), ord("b"), ord(" ")]], np.uint32)
    wire.offer(Cells(letters, colours, np.roll(colours, 1)))
    wire.begin(0, 0, 3)
    text = wire.take(0, 0, 3, 0, whole=True)
    assert "█" not in text
    assert [letter for letter in text if letter in "ab"] == ["a", "b"]


def test_what_others_read_is_what_the_terminal_shows() -> None:
    terminal = Terminal(Depth.PALETTE)
    terminal.wire.offer(Scene(3).cells)
    terminal.compose(whole=True)
    for row in range(ROWS):
        read = [
            tuple(fore if QUADRANTS.index(glyph) >> dot & 1 else back for dot in range(4))
            for text, fore, back in terminal.wire.runs(row, 0, COLUMNS)
            for glyph in text
        ]
        assert read == terminal.seen()[row]
