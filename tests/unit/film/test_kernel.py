"""What would be lost: a picture that is the same whether it is made by the kernel or by numpy."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.unit.film import films
from tests.unit.film.walking import walked
from vigtui.film.kernel import loading
from vigtui.film.kernel.calls import OF_256, choose_cells, fit_blocks, name_colours
from vigtui.film.kernel.calls import half_blocks as compiled_halves
from vigtui.film.picture.cells import Cells, half_blocks, placed
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.fitting import fit_compiled, fit_in_numpy
from vigtui.film.picture.glyphs import UPPER_HALF, complements, cover, foreground_share, glyphs_of
from vigtui.film.picture.painter import Painter
from vigtui.film.picture.palette import codes, palette
from vigtui.film.terminal.grid import Grid
from vigtui.film.terminal.pen import Wanted, draw_compiled, draw_in_numpy, worth_a_look
from vigtui.film.terminal.setters import setters
from vigtui.film.terminal.wire import Wire

BLOCKS = [glyph_set for glyph_set in GlyphSet if glyph_set.is_blocks]
GLYPHS = np.unique(np.concatenate([*map(glyphs_of, BLOCKS), np.flatnonzero(cover()[:127]).astype(np.uint32)]))
LOOKS = [
    (glyphs, depth)
    for glyphs in GlyphSet
    for depth in Depth
    if depth is not Depth.MONO or glyphs is GlyphSet.ASCII
]
Pixels = NDArray[np.uint8]


def of_chance(shape: tuple[int, ...], seed: int, levels: int) -> Pixels:
    """A picture of so many levels a channel, that is the smoother the more there are."""
    values = np.random.default_rng(seed).integers(0, levels, shape)
    return (values * 255 // max(1, levels - 1)).astype(np.uint8)


def frames(count: int, dots: tuple[int, int]) -> list[Pixels]:
    """The film with the ball in cells of 2 x 12 of its pixels."""
    across, down = dots
    shape = films.HEIGHT, films.WIDTH, 3
    return [
        np.frombuffer(frame, np.uint8).reshape(shape)[:: 12 // down, :: 2 // across]
        for frame in films.moving(count)
    ]


def errors_of(picture: Pixels, cells: Cells, glyph_set: GlyphSet) -> NDArray[np.float64]:
    """The squared error of each cell."""
    across, down = glyph_set.dots
    rows, columns = cells.shape
    blocks = picture.reshape(rows, down, columns, across, 3).transpose(0, 2, 1, 3, 4)
    dots = blocks.reshape(rows, columns, across * down, 3).astype(float)
    glyphs = glyphs_of(glyph_set)
    pattern = np.searchsorted(np.sort(glyphs), cells.glyphs)
    covered = np.argsort(glyphs)[pattern][..., None] >> np.arange(across * down) & 1
    fore, back = (
        each[..., None] >> np.array([16, 8, 0]) & 255 for each in (cells.foreground, cells.background)
    )
    shown = np.where(covered[..., None], fore[:, :, None], back[:, :, None])
    return np.asarray(((dots - shown) ** 2).sum(axis=(2, 3)))


@pytest.mark.parametrize("glyph_set", BLOCKS)
@given(
    seed=st.integers(0, 2**32), levels=st.sampled_from([1, 2, 3, 7, 256]), slack=st.sampled_from([0.0, 15.0])
)
def test_a_cell_is_fitted_alike(
    kernel: loading.Kernel, glyph_set: GlyphSet, seed: int, levels: int, slack: float
) -> None:
    assert kernel.library
    across, down = glyph_set.dots
    before = None
    for number in range(2):
        picture = of_chance((5 * down, 9 * across, 3), seed + number, levels)
        cells, patterns = fit_in_numpy(picture, glyph_set, before, slack)
        others, their_patterns = fit_compiled(kernel.library, picture, glyph_set, before, slack)
        same = patterns.reshape(cells.shape) == their_patterns.reshape(cells.shape)
        assert np.array_equal(cells.glyphs[same], others.glyphs[same])
        for ours, theirs in ((cells.foreground, others.foreground), (cells.background, others.background)):
            channels = (ours[..., None] >> np.array([16, 8, 0]) & 255).astype(int)
            apart = np.abs(channels - (theirs[..., None] >> np.array([16, 8, 0]) & 255))
            # A mean that lies between two whole numbers is rounded as the sums happen to be.
            assert apart[same].max(initial=0) <= 1
        # Of two splits that are equally good, or as good as the slack says, either may be taken.
        if not slack:
            errors, theirs = (errors_of(picture, each, glyph_set) for each in (cells, others))
            assert np.abs(errors - theirs)[~same].max(initial=0) <= picture[:down, :across].size
        before = patterns


def wanted_of_chance(seed: int, depth: Depth, spread: int, most: int) -> Wanted:
    """At most so many cells of a grid of 40 columns, whose colours are the nearer the smaller the spread."""
    chance = np.random.default_rng(seed)
    cells = int(chance.integers(1, most))
    numbers = np.sort(chance.choice(400, cells, replace=False)).astype(np.int32)
    middle = chance.integers(0, 256, 3)
    colours = np.clip(middle + chance.integers(-spread, spread + 1, (2, cells, 3)), 0, 255)
    packed = (colours << np.array([16, 8, 0])).sum(axis=2).astype(np.uint32)
    offered = palette(depth)[codes(packed, depth)] if depth is not Depth.TRUECOLOR else packed
    fore, back = ((each[:, None] >> np.array([16, 8, 0]) & 255).astype(np.float32) for each in offered)
    glyphs = chance.choice(GLYPHS if spread > 3 else glyphs_of(GlyphSet.QUADRANT), cells)
    worth = chance.uniform(0, 3000, cells).astype(np.float32)
    share, due = foreground_share()[glyphs], chance.random(cells) < 0.2
    lasting = chance.uniform(0.5, 2, cells).astype(np.float32)
    return Wanted(numbers // 40, numbers % 40, glyphs, fore, back, share, lasting, worth, due)


@given(
    seed=st.integers(0, 2**32),
    price=st.sampled_from([0.0, 0.5, 6.0, 46.0, 400.0]),
    spread=st.sampled_from([3, 40, 255]),
    setting=st.sampled_from([-1, 8, 2, 0]),
)
@settings(max_examples=max(10, settings.default.max_examples // 10))
def test_the_pen_goes_the_cheapest_way_it_sees(
    kernel: loading.Kernel, seed: int, price: float, spread: int, setting: int
) -> None:
    """As the same written plainly does, cell by cell."""
    assert kernel.library
    wanted = wanted_of_chance(seed, Depth.TRUECOLOR, spread, 40)
    table = np.zeros(len(cover()), np.uint32)
    for glyph, complement in complements().items():
        table[ord(glyph)] = ord(complement)
    chosen = choose_cells(
        *(kernel.library, *(each.astype(np.int32) for each in (wanted.row, wanted.column)), wanted.glyph),
        *((wanted.fore, wanted.back), wanted.share, wanted.lasting, wanted.worth, wanted.due),
        *(table, price, setting),
    )
    steps = walked(wanted, price, setting, dict(enumerate(table.tolist())))
    assert [step.cell for step in steps] == chosen.kept.tolist()
    assert [step.glyph for step in steps] == chosen.glyph.tolist()
    assert [step.turned for step in steps] == chosen.turned.tolist()
    for ours, theirs in (
        ([step.front for step in steps], chosen.front),
        ([step.behind for step in steps], chosen.behind),
    ):
        # They are numbered in another way.
        names = dict(zip(theirs.tolist(), ours, strict=True))
        assert [names[run] for run in theirs.tolist()] == ours
        assert len(set(names.values())) == len(names)


@given(
    seed=st.integers(0, 2**32),
    price=st.sampled_from([0.0, 0.5, 6.0, 46.0, 400.0]),
    spread=st.sampled_from([3, 40, 255]),
)
def test_a_colour_is_called_the_same(kernel: loading.Kernel, seed: int, price: float, spread: int) -> None:
    assert kernel.library
    wanted = wanted_of_chance(seed, Depth.TRUECOLOR, spread, 200)
    theirs = wanted.fore.copy()
    names = name_colours(kernel.library, theirs, wanted.share, price)
    ours, setters_of = setters(wanted.fore, 0, wanted.share, Depth.TRUECOLOR, price)
    assert np.array_equal(theirs, ours)
    assert [setter.startswith("38;5;") for setter in setters_of] == (names >= OF_256).tolist()


@given(
    seed=st.integers(0, 2**32),
    price=st.sampled_from([0.5, 6.0, 46.0]),
    spread=st.sampled_from([3, 40, 255]),
)
def test_the_kernel_s_pen_is_never_much_the_dearer(
    kernel: loading.Kernel, seed: int, price: float, spread: int
) -> None:
    """In the error that is left and the price of the bytes together."""
    assert kernel.library
    depth = Depth.TRUECOLOR
    wanted = wanted_of_chance(seed, depth, spread, 200)
    costs = []
    for drawn in (
        draw_in_numpy(wanted, depth, price, (3, 120)),
        draw_compiled(kernel.library, wanted, depth, price, (3, 120)),
    ):
        left = np.delete(wanted.worth, drawn.numbers).sum()
        share, kept = wanted.share[drawn.numbers], drawn.numbers
        for size, own, shown in (
            (share, wanted.fore[kept], drawn.fore),
            (1 - share, wanted.back[kept], drawn.back),
        ):
            left += (size * wanted.lasting[kept] * ((own - shown) ** 2).sum(axis=1)).sum()
        costs.append(left + price * len(drawn.text.encode()))
    assert costs[1] <= 1.05 * costs[0] + 40 * price


@given(seed=st.integers(0, 2**32))
def test_cells_are_known_to_be_as_far_from_what_they_shall_be(kernel: loading.Kernel, seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "kernel", lambda: loading.Kernel(None, ""))
        plain = Grid(5, 12)
        patch.setattr(loading, "kernel", lambda: kernel)
        compiled = Grid(5, 12)
    for number in range(3):
        chance = np.random.default_rng(seed + number)
        colours = chance.integers(0, 2**24, (2, 5, 12), np.uint32)
        shown = chance.integers(0, 256, (2, 20, 3)).astype(np.float32)
        sent = chance.choice(60, 20, replace=False)
        for grid in (plain, compiled):
            grid.offer(Cells(np.random.default_rng(seed + number).choice(GLYPHS, (5, 12)), *colours))
            grid.show(sent, *shown)
        assert np.allclose(compiled.error, plain.error, rtol=1e-5)
        assert np.allclose(compiled.activity, plain.activity, rtol=1e-5)


@given(
    seed=st.integers(0, 2**32),
    price=st.sampled_from([0.5, 6.0, 46.0]),
    again=st.sampled_from([0, 5, 100]),
    spread=st.sampled_from([3, 40, 255]),
)
@settings(max_examples=max(10, settings.default.max_examples // 4))
def test_a_picture_that_plays_is_drawn_at_once_as_it_is_in_parts(
    kernel: loading.Kernel, seed: int, price: float, again: int, spread: int
) -> None:
    library, cells, (now, older) = kernel.library, 60, (60, 20)
    assert library
    chance = np.random.default_rng(seed)
    visible, known = chance.random((2, cells)) < 0.9
    sent = chance.integers(0, now, cells).astype(np.int32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "kernel", lambda: kernel)
        grid, other = Grid(5, 12), Grid(5, 12)
    playing = grid.playing(visible.reshape(5, 12), known, sent)
    assert playing
    for _ in range(2):
        colours = chance.integers(0, spread, (2, cells, 3)) << np.array([16, 8, 0])
        glyphs, packed = chance.choice(GLYPHS, cells), colours.sum(axis=2).astype(np.uint32)
        # Of both the power is beyond what counts: that of numpy may be rounded in another way.
        still = chance.random(cells) < 0.5
        for each in (grid, other):
            each.offer(Cells(*(part.reshape(5, 12) for part in (glyphs, *packed))))
            each.activity[:] = np.where(still, 0, 1e9)
        old = sorted((sent[cell], cell) for cell in range(cells) if visible[cell] and sent[cell] < older)
        due = visible & ~known
        due[[cell for _, cell in old[:again]]] = True
        lasting = np.where(still, 2, 0.5).astype(np.float32)
        ages = (now - sent).astype(np.float32) / (now - older)
        healing = np.float32(12 if again else 0)
        worth = grid.error * lasting + np.maximum(ages - 1 / 3, 0) * healing * price
        of = np.flatnonzero(visible & (worth > worth_a_look(price) * price) | due)
        wanted = Wanted(
            *(each[of] for each in (grid.row, grid.column, glyphs, grid.fore, grid.back, grid.share)),
            *(each[of] for each in (lasting, worth, due)),
        )
        parts = draw_compiled(library, wanted, Depth.TRUECOLOR, price, (3, 120))
        other.show(of[parts.numbers], parts.fore, parts.back)
        text, paid, error = playing.draw(None, now, older, again, price, worth_a_look(price), 10**6, (120, 3))
        assert text.decode() == parts.text
        assert paid == price
        assert np.flatnonzero(sent == now).tolist() == of[parts.numbers].tolist()
        assert playing.drawn == len(parts.numbers)
        assert np.array_equal(grid.error, other.error)
        assert error == pytest.approx(grid.error[visible & known].mean() if (visible & known).any() else 0)
        sent[sent == now] = chance.integers(0, now)


@pytest.mark.parametrize("glyph_set", BLOCKS)
def test_a_film_goes_on_at_once_as_it_does_in_parts(
    kernel: loading.Kernel, glyph_set: GlyphSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From pixels with a byte more each, as libmpv draws them, to a picture in the middle of a pane."""
    monkeypatch.setattr(loading, "kernel", lambda: kernel)
    painters = [Painter(glyph_set, Depth.TRUECOLOR) for _ in range(2)]
    pictures, wires = frames(6, glyph_set.dots), []
    rows, columns = (
        size // dots for size, dots in zip(pictures[0].shape, glyph_set.dots[::-1], strict=False)
    )
    for _ in painters:
        wires.append(Wire(rows + 3, columns + 4, Depth.TRUECOLOR))
        wires[-1].visible[:] = True
    for number, picture in enumerate(pictures):
        whole = painters[0].paint(picture)
        wires[0].offer(placed(whole, *wires[0].shape, 0x102030))
        fitting = None
        if number % 4 == 0:  # now and then one is painted by itself
            wires[1].offer(placed(painters[1].paint(picture), *wires[1].shape, 0x102030))
        else:
            wider = np.dstack([picture, np.zeros(picture.shape[:2], np.uint8)])
            fitting = painters[1].fitting(wider[..., :3])
            assert fitting
        sent = [
            wire.picture((2, 3), 4.0, 60_000, 10, number, each)
            for wire, each in zip(wires, (None, fitting), strict=True)
        ]
        assert sent[0] == sent[1]
        assert wires[0].number == wires[1].number == number + 1
        if fitting:
            assert np.array_equal(fitting.cells[0], whole.glyphs)


def test_what_does_not_fit_a_film_is_refused(kernel: loading.Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "kernel", lambda: kernel)
    picture, wire = np.zeros((8, 8, 3), np.uint8), Wire(2, 8, Depth.TRUECOLOR)
    fitting = Painter(GlyphSet.HALF, Depth.TRUECOLOR).fitting(picture)
    assert fitting
    for wrong in (picture[:6], picture.astype(np.uint32), picture[..., ::-1], picture[:, ::2]):
        with pytest.raises(ValueError, match="a picture"):
            fitting.take(wrong)
    with pytest.raises(ValueError, match=r"\(4, 8\) cells for \(2, 8\)"):
        wire.picture((0, 0), 1.0, 1000, 0, 0, fitting)


@given(seed=st.integers(0, 2**32), rows=st.integers(1, 4), columns=st.integers(1, 9))
def test_half_blocks_are_the_same(kernel: loading.Kernel, seed: int, rows: int, columns: int) -> None:
    assert kernel.library
    picture = of_chance((2 * rows, columns, 3), seed, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "kernel", lambda: loading.Kernel(None, ""))
        cells = half_blocks(picture)
    others = compiled_halves(kernel.library, picture, UPPER_HALF)
    for ours, theirs in zip((cells.glyphs, cells.foreground, cells.background), others, strict=True):
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize(("glyph_set", "depth"), LOOKS)
def test_a_picture_is_no_dearer_with_the_kernel(
    kernel: loading.Kernel, glyph_set: GlyphSet, depth: Depth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the error that is left and the price of the bytes together."""
    costs, price = [], 2.0
    for used in (loading.Kernel(None, ""), kernel):
        monkeypatch.setattr(loading, "kernel", lambda used=used: used)
        cells = Painter(glyph_set, depth).paint(frames(1, glyph_set.dots)[0])
        wire = Wire(*cells.shape, depth)
        wire.visible[:] = True
        wire.offer(cells)
        text, *_ = wire.picture((0, 0), price, 60_000, 10, 0)
        costs.append(price * len(text) + wire.mean_error * cells.glyphs.size)
    assert 0 < costs[1] <= 1.01 * costs[0]


def test_what_does_not_fit_is_refused_before_it_is_written(kernel: loading.Kernel) -> None:
    library = kernel.library
    assert library
    picture, glyphs = np.zeros((8, 8, 3), np.uint8), glyphs_of(GlyphSet.QUADRANT)
    for wrong in (picture[:, ::2], picture.astype(np.uint32)):
        with pytest.raises(ValueError, match="an array of"):
            fit_blocks(library, wrong, (2, 2), glyphs, None, 1, 1)
    with pytest.raises(ValueError, match="an array of"):
        fit_blocks(library, picture, (2, 4), glyphs, None, 1, 1)
    with pytest.raises(ValueError, match="3 by 4 dots"):
        fit_blocks(library, picture, (3, 4), glyphs, None, 1, 1)
    with pytest.raises(ValueError, match="an array of"):
        name_colours(library, np.zeros((1, 3), np.float32), np.zeros(2, np.float32), 1)


def test_a_library_of_another_version_is_left_alone(
    kernel: loading.Kernel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kernel.library
    shutil.copy(loading.SOURCE, tmp_path / "kernel.c")
    with (tmp_path / "kernel.c").open("a") as source:
        source.write("\n")
    monkeypatch.setattr(loading, "SOURCE", tmp_path / "kernel.c")
    found = loading.load(Path(kernel.library._name))
    assert found.library is None
    assert "another version" in found.why


def test_a_library_that_is_none_is_told_and_left_alone(tmp_path: Path) -> None:
    broken = tmp_path / "kernel.so"
    assert "no C compiler" in loading.load(broken).why
    broken.write_bytes(b"no library")
    found = loading.load(broken)
    assert found.library is None
    assert "cannot be loaded" in found.why


def test_the_compiler_has_nothing_to_say(kernel: loading.Kernel, tmp_path: Path) -> None:
    flags = [
        "-std=c99",
        "-O2",
        "-Wall",
        "-Wextra",
        "-Wconversion",
        "-Wno-sign-conversion",
        "-Wshadow",
        "-Werror",
    ]
    command = [
        *os.environ.get("CC", "cc").split(),
        *flags,
        "-c",
        "-o",
        str(tmp_path / "kernel.o"),
        str(loading.SOURCE),
    ]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""
