"""What would be lost: the picture, when a cell on the terminal is not what the program thinks it is."""

import numpy as np
import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyte.graphics import FG_AIXTERM, FG_ANSI

from vigtui.video.cells import Cells, half_blocks
from vigtui.video.depth import Depth
from vigtui.video.palette import codes, palette
from vigtui.video.wire import NOTICEABLE, Wire

ROWS, COLUMNS = 3, 12
NAMES = [*FG_ANSI.values()][:8] + [*FG_AIXTERM.values()][:8]


class Screen:
    """A terminal that shows what a wire sends."""

    def __init__(self, depth: Depth) -> None:
        self.wire = Wire(ROWS, COLUMNS, depth)
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.sent = 0

    def draw(self, row: int, parts: list[tuple[int, int]], *, whole: bool) -> None:
        self.wire.begin(row)
        for start, end in parts:
            text = self.wire.take(row, start, end, whole=whole)
            self.sent += len(text)
            self.stream.feed(f"\x1b[{row + 1};{start + 1}H{text}")
            assert self.screen.cursor.x == end or end == COLUMNS == self.screen.cursor.x + 1

    def show(self, cells: Cells) -> None:
        for row in self.wire.offer(cells):
            self.draw(row, [(0, COLUMNS)], whole=False)

    def spoil(self, row: int, start: int, end: int) -> None:
        self.stream.feed(f"\x1b[{row + 1};{start + 1}H\x1b[31;42m{'x' * (end - start)}\x1b[0m")

    def pixels(self) -> list[list[tuple[object, object]]]:
        """The colours above and below in each cell, as the terminal calls them."""
        return [
            [self._halves(self.screen.buffer[row][column]) for column in range(COLUMNS)]
            for row in range(ROWS)
        ]

    def _halves(self, cell: pyte.screens.Char) -> tuple[object, object]:
        fore, back = self._colour(cell.fg), self._colour(cell.bg)
        return {"▀": (fore, back), "▄": (back, fore), " ": (back, back), "█": (fore, fore)}.get(
            cell.data, (cell.data, cell.data)
        )

    def _colour(self, name: str) -> object:
        if self.wire.depth in (Depth.ANSI, Depth.MONO):
            return NAMES.index(name.replace("bfight", "bright")) if name != "default" else name
        return int(name, 16) if len(name) == 6 else name


def wanted(cells: Cells, depth: Depth) -> list[list[tuple[object, object]]]:
    fore, back = codes(cells.foreground, depth), codes(cells.background, depth)
    if depth in (Depth.PALETTE, Depth.GREY):
        fore, back = palette(depth)[fore], palette(depth)[back]
    return [list(zip(*row, strict=True)) for row in zip(fore.tolist(), back.tolist(), strict=True)]


def picture(seed: int, colours: int = 256) -> Cells:
    """A picture in which equal neighbours are common."""
    random = np.random.default_rng(seed)
    pixels = random.integers(0, colours, (ROWS * 2, COLUMNS, 3), dtype=np.uint8)
    pixels[:, 1::2] = np.where(
        random.random((ROWS * 2, COLUMNS // 2, 1)) < 0.5, pixels[:, ::2], pixels[:, 1::2]
    )
    return half_blocks(pixels)


@pytest.mark.parametrize("depth", Depth)
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_a_terminal_that_knew_nothing_shows_the_picture_exactly(depth: Depth, seed: int) -> None:
    screen, cells = Screen(depth), picture(seed)
    screen.show(cells)
    assert screen.pixels() == wanted(cells, depth)


@pytest.mark.parametrize("depth", Depth)
@given(st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=5), st.sampled_from([4, 30, 256]))
@settings(max_examples=20)
def test_after_any_pictures_no_cell_is_noticeably_wrong(depth: Depth, seeds: list[int], colours: int) -> None:
    screen = Screen(depth)
    for seed in seeds:
        cells = picture(seed, colours)
        screen.show(cells)
        if depth is not Depth.TRUECOLOR:
            continue
        for shown, right in zip(sum(screen.pixels(), []), sum(wanted(cells, depth), []), strict=True):  # noqa: RUF017
            for some, other in zip(shown, right, strict=True):
                differences = [abs((some >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16)]
                assert max(differences) < NOTICEABLE


@given(st.lists(st.tuples(st.integers(0, ROWS - 1), st.integers(0, 5), st.integers(6, COLUMNS)), max_size=6))
def test_what_covered_the_picture_is_gone_after_the_next_one(covers: list[tuple[int, int, int]]) -> None:
    """A menu over part of a row: the parts beside it are drawn, and once it has gone, the whole row is."""
    screen, cells = Screen(Depth.TRUECOLOR), picture(1)
    screen.show(cells)
    for row, start, end in covers:
        screen.draw(row, [part for part in ((0, start), (end, COLUMNS)) if part[0] < part[1]], whole=True)
        screen.spoil(row, start, end)
        screen.wire.offer(picture(2))
    screen.show(cells)
    assert screen.pixels() == wanted(cells, Depth.TRUECOLOR)


def test_a_picture_that_did_not_change_sends_nothing() -> None:
    screen = Screen(Depth.TRUECOLOR)
    screen.show(picture(1))
    screen.sent = 0
    assert screen.wire.offer(picture(1)) == []


def test_only_changed_cells_are_sent() -> None:
    screen = Screen(Depth.TRUECOLOR)
    pixels = np.full((ROWS * 2, COLUMNS, 3), 50, np.uint8)
    screen.show(half_blocks(pixels))
    screen.sent = 0
    pixels[2:4, 5] = 200
    cells = half_blocks(pixels)
    assert screen.wire.offer(cells) == [1]
    screen.draw(1, [(0, COLUMNS)], whole=False)
    assert screen.sent < 40
    assert screen.pixels() == wanted(cells, Depth.TRUECOLOR)


def test_noise_too_small_to_see_is_not_sent_until_it_adds_up() -> None:
    screen = Screen(Depth.TRUECOLOR)
    sent = []
    for brightness in range(100, 100 + NOTICEABLE + 1, 2):
        sent.append(screen.wire.offer(half_blocks(np.full((ROWS * 2, COLUMNS, 3), brightness, np.uint8))))
        for row in sent[-1]:
            screen.draw(row, [(0, COLUMNS)], whole=False)
    assert sent == [[0, 1, 2], [], [], [], [], [0, 1, 2]]


def test_forgotten_rows_are_sent_again_exactly() -> None:
    screen = Screen(Depth.TRUECOLOR)
    screen.show(picture(1))
    screen.spoil(1, 0, COLUMNS)
    screen.wire.forget(slice(1, 2))
    assert screen.wire.offer(picture(1)) == [1]
    screen.draw(1, [(0, COLUMNS)], whole=False)
    assert screen.pixels() == wanted(picture(1), Depth.TRUECOLOR)


def test_what_others_read_is_what_the_terminal_shows() -> None:
    screen, cells = Screen(Depth.PALETTE), picture(3)
    screen.show(cells)
    for row in range(ROWS):
        read = [
            (fore, back) if glyph == "▀" else (back, back)
            for text, fore, back in screen.wire.runs(row, 0, COLUMNS)
            for glyph in text
        ]
        assert read == screen.pixels()[row]
