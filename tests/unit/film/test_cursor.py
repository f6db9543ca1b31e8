"""What would be lost: the place, for somebody whose reader or braille line follows the terminal's cursor."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.terminal.cursor import Cursor

HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"
FILM = "\x1b[3;4H\x1b[38;5;9mfilm"
QUESTION = "\x1b[2;5H\x1b[6n"


@st.composite
def drawings(draw: st.DrawFn) -> tuple[str, tuple[int, int], bool]:
    """What draws some of a screen, where the cursor belongs then, and whether it shall be seen."""
    row, column = draw(st.integers(1, 10)), draw(st.integers(1, 40))
    words = draw(st.sampled_from(["", "\x1b[5;1Ha line", "\x1b[1;1H" + "long " * 200]))
    return f"{words}\x1b[{row};{column}H", (row, column), draw(st.booleans())


@given(st.lists(st.one_of(drawings(), st.sampled_from([FILM, QUESTION])), max_size=8), st.booleans())
def test_the_cursor_is_where_the_last_drawing_put_it_whatever_is_written_after_it(
    written: list[tuple[str, tuple[int, int], bool] | str], at_once: bool
) -> None:
    screen, cursor = pyte.Screen(40, 10), Cursor()
    terminal = pyte.Stream(screen)
    terminal.feed(f"\x1b[?7l{HIDDEN}")
    place, seen = (1, 1), False
    for each in written:
        if isinstance(each, str):
            terminal.feed(cursor.around(each, at_once=False))
        else:
            data, place, seen = each
            cursor.wanted = seen
            if not cursor.is_there(data):
                terminal.feed(cursor.around(data, at_once=at_once))
        assert screen.cursor.hidden is not seen
        if seen:
            assert (screen.cursor.y + 1, screen.cursor.x + 1) == place


def test_a_letter_costs_nothing_more_and_film_hides_the_cursor_while_it_is_drawn() -> None:
    cursor = Cursor()
    cursor.wanted = True
    assert cursor.around("\x1b[4;5Ha\x1b[4;6H", at_once=False) == f"\x1b[4;5Ha\x1b[4;6H{SHOWN}"
    assert cursor.around("b\x1b[4;7H", at_once=False) == "b\x1b[4;7H"
    assert cursor.is_there("\x1b[4;7H")
    assert cursor.around(FILM, at_once=False) == f"{HIDDEN}{FILM}\x1b[4;7H{SHOWN}"


@pytest.mark.parametrize("at_once", [True, False])
def test_the_cursor_is_not_seen_passing_over_the_screen(at_once: bool) -> None:
    cursor = Cursor()
    cursor.wanted = True
    cursor.around("\x1b[1;1H", at_once=False)
    whole = "x" * 1000 + "\x1b[2;1H"
    assert cursor.around(whole, at_once=at_once) == (whole if at_once else f"{HIDDEN}{whole}{SHOWN}")
