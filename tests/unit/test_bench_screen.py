"""What would be lost: figures that can be believed, because the benchmarks' terminal draws as a real one."""

import numpy as np
import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.running.dots import pixels
from tests.bench.running.line import Line, Speed
from tests.bench.running.screen import Screen

_COLOURS = st.integers(0, 255)
_PARTS = st.one_of(
    st.builds("\x1b[{};{}H".format, st.integers(1, 8), st.integers(1, 12)),
    st.builds("\x1b[{}{}".format, st.integers(1, 6), st.sampled_from("ABCDGd")),
    # Never past the last column: terminals differ in where the cursor is then.
    st.builds("\x1b[{}G\x1b[{}{}".format, st.integers(1, 12), st.integers(0, 2), st.sampled_from("JKX")),
    st.builds("\x1b[38;2;{};{};{}m".format, _COLOURS, _COLOURS, _COLOURS),
    st.builds("\x1b[48;2;{};{};{}m".format, _COLOURS, _COLOURS, _COLOURS),
    # Always in pairs: terminals differ in where a second return without a mark leads.
    st.builds("\x1b7\x1b[{};{}H\x1b8".format, st.integers(1, 8), st.integers(1, 12)),
    st.sampled_from(["\r", "\n", "\b", "\x1b[?25l"]),
    st.builds("\x1b[{}G{}".format, st.integers(1, 5), st.text("ab▀▄ ", min_size=1, max_size=7)),
)


@given(st.lists(_PARTS, max_size=40), st.integers(1, 30))
def test_characters_land_where_another_terminal_puts_them(parts: list[str], cut: int) -> None:
    """However the bytes are cut on their way."""
    sent = "".join(parts).encode()
    ours, other = Screen(12, 8), pyte.Screen(12, 8)
    pyte.ByteStream(other).feed(sent)
    for start in range(0, len(sent), cut):
        ours.feed(sent[start : start + cut])
    assert ours.text.splitlines() == list(other.display)


def test_colours_are_those_that_were_sent() -> None:
    screen = Screen(4, 1)
    screen.feed("\x1b[38;2;1;2;3;48;5;196m▀\x1b[7mx\x1b[27;31m▄\x1b[0m ".encode())
    assert screen.grid.front.tolist() == [[0x010203, 0xFF0000, 0xCD0000, 0xE5E5E5]]
    assert screen.grid.back.tolist() == [[0xFF0000, 0x010203, 0xFF0000, 0x000000]]


def test_what_is_shown_at_once_is_not_seen_before_it_is_there() -> None:
    screen = Screen(3, 1)
    screen.feed(b"abc\x1b[?2026h\x1b[1;1Hx")
    assert (screen.text, screen.grid.glyphs.tolist()) == ("abc", [[97, 98, 99]])
    screen.feed(b"y\x1b[?2026l")
    assert screen.text == "xyc"


def test_questions_are_answered() -> None:
    answers: list[bytes] = []
    Screen(80, 24, answers.append).feed(b"\x1b[5;7H\x1b[6n\x1b[?2026$p\x1b[c")
    assert answers == [b"\x1b[5;7R", b"\x1b[?2026;2$y", b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"]


@pytest.mark.parametrize(
    ("glyph", "dots"),
    [
        ("▀", [[1, 1], [1, 1], [0, 0], [0, 0]]),
        ("▙", [[1, 0], [1, 0], [1, 1], [1, 1]]),
        ("▂", [[0, 0], [0, 0], [0, 0], [1, 1]]),
        ("\U0001cd00", [[0, 0], [1, 0], [0, 0], [0, 0]]),
        ("\U0001cde5", [[0, 1], [1, 1], [1, 1], [1, 1]]),
    ],
)
def test_a_glyph_covers_its_dots(glyph: str, dots: list[list[int]]) -> None:
    screen = Screen(1, 1)
    screen.feed(f"\x1b[38;2;255;255;255m{glyph}".encode())
    assert np.array_equal(pixels(screen.grid, 2, 4)[..., 0] / 255, dots)


def test_a_line_carries_so_many_bytes_a_second_so_late() -> None:
    line = Line(Speed("slow", 1000, 0.2, buffer=500), 0.0)
    line.send(bytes(500))
    assert line.room == 0
    arrived = {moment: len(line.arrived(moment / 100)) for moment in range(1, 101)}
    assert sum(arrived.values()) == 500
    assert not any(arrived[moment] for moment in range(1, 11))
    assert sum(arrived[moment] for moment in range(1, 36)) == pytest.approx(250, abs=15)
