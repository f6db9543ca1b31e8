"""The grid that timelines are drawn on: whatever is written, the columns stay where they are."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vigtui.ui.widgets.canvas import Canvas


def row(canvas: Canvas, number: int = 0) -> str:
    return "".join(text for text, _ in canvas.runs(number))


@given(st.lists(st.tuples(st.integers(-5, 25), st.text(max_size=8)), max_size=6))
def test_every_row_keeps_its_width(written: list[tuple[int, str]]) -> None:
    """A name in any script must not push what stands after it into another month."""
    canvas = Canvas(20, 1)
    for column, text in written:
        canvas.put(0, column, text)
    assert cell_len(row(canvas)) == 20


def test_later_drawing_covers_earlier_and_half_a_wide_character_becomes_a_space() -> None:
    canvas = Canvas(6, 1)
    canvas.put(0, 0, "家家")
    canvas.put(0, 1, "x")
    assert row(canvas) == " x家  "


def test_an_accent_stays_with_its_letter() -> None:
    canvas = Canvas(4, 1)
    canvas.put(0, 0, "e\u0301a")
    assert row(canvas) == "e\u0301a  "


def test_control_characters_never_reach_the_terminal() -> None:
    canvas = Canvas(20, 1)
    canvas.put(0, 0, "a\x1b]0;title\x07b\nc")
    assert "\x1b" not in row(canvas)
    assert "\n" not in row(canvas)


def test_what_lies_outside_is_cut_off() -> None:
    canvas = Canvas(4, 1)
    canvas.put(0, -1, "ab")
    canvas.put(0, 3, "xy")
    canvas.put(5, 0, "z")
    canvas.fill(0, 2, 99, "-", "line")
    assert row(canvas) == "b --"
    assert canvas.runs(0)[-1] == ("--", "line")


def test_drawing_under_leaves_what_is_there() -> None:
    canvas = Canvas(3, 1)
    canvas.put(0, 0, "●")
    canvas.put(0, 0, "┊", under=True)
    canvas.put(0, 1, "┊", under=True)
    assert row(canvas) == "●┊ "
