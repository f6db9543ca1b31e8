"""What would be lost: a screen as it should be, when only what changed is sent."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from vigtui.film.pane.driver.changed_cells import Shown

WIDTH, ROWS = 24, 3
STYLES = st.builds(
    Style,
    color=st.sampled_from([None, "#e6e4de", "#84b9b5"]),
    bgcolor=st.sampled_from(["#14171a", "#24292e", None]),
    bold=st.booleans(),
    reverse=st.booleans(),
    underline=st.booleans(),
    italic=st.booleans(),
    strike=st.booleans(),
)
TEXTS = st.one_of(
    st.text("ab é─", min_size=1, max_size=12),
    st.integers(1, WIDTH).map(lambda count: " " * count),
    st.sampled_from(["長い", "e\u0301a", "a長"]),
)


@st.composite
def rows(draw: st.DrawFn) -> Strip:
    segments = draw(st.lists(st.tuples(TEXTS, STYLES).map(lambda pair: Segment(*pair)), max_size=5))
    ground = draw(STYLES)
    return Strip(segments).adjust_cell_length(WIDTH, ground)


SCREENS = st.lists(rows(), min_size=ROWS, max_size=ROWS)


def update(strips: list[Strip]) -> LayoutUpdate:
    return LayoutUpdate([[strip] for strip in strips], Region(0, 0, WIDTH, len(strips)))


def console() -> Console:
    return Console(force_terminal=True, color_system="256", legacy_windows=False)


def seen(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """All that can be seen of each cell: a blank does not show what a letter in it would be drawn with."""
    lines = []
    for row in range(ROWS):
        cells = [screen.buffer[row][column] for column in range(WIDTH)]
        lines.append(
            [
                (cell.data, cell.bg, cell.reverse, cell.underscore)
                if cell.data == " " and not (cell.reverse or cell.underscore)
                else tuple(cell)
                for cell in cells
            ]
        )
    return lines


@given(st.lists(SCREENS, min_size=2, max_size=4), st.booleans())
def test_what_changed_makes_the_same_screen_as_everything(screens: list[list[Strip]], erases: bool) -> None:
    shown, thrifty, full = Shown(erases=erases), pyte.Screen(WIDTH, ROWS), pyte.Screen(WIDTH, ROWS)
    to_thrifty, to_full = pyte.Stream(thrifty), pyte.Stream(full)
    for stream in (to_thrifty, to_full):
        stream.feed("\x1b[?7l")  # as Textual does: nothing goes on in the next row
    for strips in screens:
        to_thrifty.feed(shown.changes(update(strips), console()))
        to_full.feed(update(strips).render_segments(console()))
        assert seen(thrifty) == seen(full)


@pytest.mark.parametrize("partly", [False, True])
def test_nothing_that_was_laid_out_for_another_size_is_taken_to_be_there(partly: bool) -> None:
    """A narrower terminal has put the letters beyond its edge into its last column."""
    line, screen = Strip([Segment("all that is known of the")]), pyte.Screen(WIDTH // 2, 1)
    shown, terminal = Shown(erases=True), pyte.Stream(screen)
    terminal.feed("\x1b[?7l")
    part = ChopsUpdate([{0: line}], [(0, 0, WIDTH)], [[WIDTH]])
    for drawn in (
        part if partly else update([line]),
        LayoutUpdate([[line.crop(0, 12)]], Region(0, 0, 12, 1)),
    ):
        terminal.feed(shown.changes(drawn, console()))
    assert screen.display == ["all that is "]


def test_what_is_there_already_is_not_sent() -> None:
    shown = Shown(erases=True)
    strips = [Strip([Segment("a family", Style(bold=True))]).adjust_cell_length(WIDTH)]
    assert shown.changes(update(strips), console())
    assert shown.changes(update(strips), console()) == ""
    shown.forget()
    assert shown.changes(update(strips), console())


@pytest.mark.parametrize(
    ("erases", "ground", "erased"), [(True, "#24292e", True), (False, "#24292e", False), (False, None, True)]
)
def test_blanks_up_to_the_edge_are_erased_where_that_leaves_their_ground(
    erases: bool, ground: str | None, erased: bool
) -> None:
    strips = [
        Strip([Segment("short", Style(bgcolor=ground))]).adjust_cell_length(WIDTH, Style(bgcolor=ground))
    ]
    text = Shown(erases=erases).changes(update(strips), console())
    assert ("\x1b[K" in text) == erased


def test_a_letter_costs_little_more_than_itself() -> None:
    shown = Shown(erases=True)
    line = Style(color="#e6e4de", bgcolor="#14171a")
    for words in ("a note", "a note!"):
        strip = Strip([Segment(words, line)]).adjust_cell_length(WIDTH, line)
        text = shown.changes(update([strip]), console())
    assert text == "\x1b[1;7H\x1b[38;5;253;48;5;233m!\x1b[m"


def test_bold_words_in_a_line_cost_little_more_than_themselves() -> None:
    """The legend and the cursor of a list change at every step down it: on a slow line that is waited for."""
    shown = Shown(erases=True)
    line, bold = Style(color="#e6e4de", bgcolor="#14171a"), Style(bold=True)
    strip = Strip([Segment("CP ", line + bold), Segment("child", line), Segment(" x", line + bold)])
    text = shown.changes(update([strip.adjust_cell_length(WIDTH, line)]), console())
    assert text == "\x1b[1;1H\x1b[1;38;5;253;48;5;233mCP \x1b[22mchild \x1b[1mx\x1b[K\x1b[m"


def test_black_of_16_colours_is_never_bold_which_terminals_draw_as_grey() -> None:
    few = Console(force_terminal=True, color_system="standard", legacy_windows=False)
    for colour, code in (("#14171a", "\x1b[30;47m"), ("#c00000", "\x1b[1;31;47m")):
        strip = Strip([Segment("chosen", Style(color=colour, bgcolor="#c0c0c0", bold=True))])
        text = Shown(erases=True).changes(update([strip]), few)
        assert f"{code}chosen" in text


@pytest.mark.parametrize(
    ("front", "ground", "code"),
    [
        ("#66635c", "#ffffff", "30;107"),
        ("#66635c", "#c0c0c0", "30;47"),
        ("#ffffff", "#66635c", "30;100"),
        ("#66635c", "#14171a", "90;40"),
        ("#ffffff", "#14171a", "97;40"),
    ],
)
def test_grey_and_white_are_not_put_together_in_16_colours(front: str, ground: str, code: str) -> None:
    """The only grey there has a contrast of 4.0 with white, 3.2 with light grey."""
    few = Console(force_terminal=True, color_system="standard", legacy_windows=False)
    strip = Strip([Segment("less important", Style(color=front, bgcolor=ground))])
    text = Shown(erases=True).changes(update([strip]), few)
    assert f"\x1b[{code}mless important" in text
