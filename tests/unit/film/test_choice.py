"""What would be lost: a picture at all, where a terminal is sent what it cannot show."""

import pytest

from vigtui.film.picture.choice import choose
from vigtui.film.picture.depth import Depth, GlyphSet

HALF, QUADRANT, SEXTANT, OCTANT, CONSOLE, ASCII = GlyphSet
KITTY = {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1", "COLORTERM": "truecolor"}
WEZTERM = {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-504"}
MANY = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
GHOSTTY = {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.2.3"}


@pytest.mark.parametrize(
    ("environment", "encoding", "glyph_set", "depth", "why"),
    [
        (MANY, "utf-8", QUADRANT, Depth.TRUECOLOR, "font"),
        ({"TERM": "xterm-256color"}, "UTF-8", QUADRANT, Depth.PALETTE, "COLORTERM=truecolor tells"),
        ({"TERM": "xterm"}, "utf-8", QUADRANT, Depth.ANSI, "promises no more"),
        ({"TERM": "linux"}, "utf-8", CONSOLE, Depth.ANSI, "console's font"),
        (KITTY, "utf-8", SEXTANT, Depth.TRUECOLOR, "kitty draws"),
        (KITTY | {"TERM_PROGRAM_VERSION": "0.40.1"}, "utf-8", OCTANT, Depth.TRUECOLOR, "kitty draws"),
        (KITTY | {"TERM_PROGRAM_VERSION": "0.39.0"}, "utf-8", SEXTANT, Depth.TRUECOLOR, "kitty draws"),
        (GHOSTTY, "utf-8", OCTANT, Depth.TRUECOLOR, "ghostty draws"),
        ({"TERM": "foot"}, "utf-8", SEXTANT, Depth.TRUECOLOR, "foot"),
        (WEZTERM, "utf-8", SEXTANT, Depth.TRUECOLOR, "wezterm draws"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, "utf-8", SEXTANT, Depth.TRUECOLOR, "VTE draws"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "5202"}, "utf-8", QUADRANT, Depth.TRUECOLOR, "VTE has"),
        ({"TERM": "alacritty"}, "utf-8", QUADRANT, Depth.TRUECOLOR, "font"),
        # What the outer terminal set is inherited, and may be of one that has long gone.
        (KITTY | {"TERM": "tmux-256color", "TMUX": "1"}, "utf-8", QUADRANT, Depth.TRUECOLOR, "tmux"),
        # Reached by SSH from inside tmux, where a person has set COLORTERM.
        (MANY | {"TERM": "screen-256color"}, "utf-8", QUADRANT, Depth.TRUECOLOR, "COLORTERM"),
        ({"TERM": "screen", "STY": "1", "COLORTERM": "truecolor"}, "utf-8", QUADRANT, Depth.ANSI, "screen"),
        (MANY, "ISO-8859-1", ASCII, Depth.TRUECOLOR, "ISO-8859-1"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "ANSI_X3.4-1968", ASCII, Depth.TRUECOLOR, "UTF-8"),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, "utf-8", ASCII, Depth.MONO, "no colours"),
        ({"TERM": "vt220"}, "utf-8", ASCII, Depth.MONO, "no colours"),
        ({}, "utf-8", ASCII, Depth.MONO, "no colours"),
        (MANY | {"NO_COLOR": "1"}, "utf-8", QUADRANT, Depth.GREY, "NO_COLOR"),
    ],
)  # fmt: skip
def test_each_terminal_gets_what_it_can_show_and_is_told_why(
    environment: dict[str, str], encoding: str, glyph_set: GlyphSet, depth: Depth, why: str
) -> None:
    look = choose(environment, encoding)
    assert (look.glyph_set, look.depth) == (glyph_set, depth), look.why
    assert why in look.why


def test_what_a_person_wants_is_taken_even_where_it_is_not_known_to_be_shown() -> None:
    look = choose({"TERM": "xterm"}, "utf-8", "octant", "grey")
    assert (look.glyph_set, look.depth) == (OCTANT, Depth.GREY)
    assert look.why.count("the settings say so") == 2
    assert choose({"TERM": "dumb"}, "utf-8", "half").depth is not Depth.MONO


def test_a_slow_line_gets_no_finer_glyphs_unasked_but_may_have_them() -> None:
    look = choose(GHOSTTY, "utf-8", quiet=True)
    assert look.glyph_set is QUADRANT
    assert OCTANT in look.glyph_sets
    assert choose(GHOSTTY, "utf-8", "octant", quiet=True).glyph_set is OCTANT


def test_one_goes_through_all_sets_that_can_be_shown_and_comes_back() -> None:
    look = first = choose(GHOSTTY, "utf-8")
    seen = []
    for _ in first.glyph_sets:
        seen.append(look.glyph_set)
        look = look.following
    assert look == first
    assert set(seen) == set(GlyphSet) - {CONSOLE}
    assert OCTANT not in choose(KITTY, "utf-8").glyph_sets  # an old one shows boxes in their place
    assert choose({"TERM": "dumb"}, "utf-8").following.glyph_set is ASCII
    assert choose({"TERM": "linux"}, "utf-8").glyph_sets == (CONSOLE, ASCII)
