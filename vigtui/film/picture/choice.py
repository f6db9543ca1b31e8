"""Which glyphs and colours the picture has, from what the terminal says of itself."""

import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.values.signs import Letters

AUTO = "auto"

# Terminals that draw the glyphs themselves and do not leave it to a font, and the first version that does;
# None where every version in use does. Others may well have a font with them: the settings can say so.
_DRAWN: dict[str, dict[GlyphSet, tuple[int, ...] | None]] = {
    "kitty": {GlyphSet.SEXTANT: None, GlyphSet.OCTANT: (0, 40)},
    "foot": {GlyphSet.SEXTANT: None, GlyphSet.OCTANT: (1, 20)},
    "ghostty": {GlyphSet.SEXTANT: None, GlyphSet.OCTANT: (1, 2)},
    "wezterm": {GlyphSet.SEXTANT: (20210814,), GlyphSet.OCTANT: (20250101,)},
    "contour": {GlyphSet.SEXTANT: None, GlyphSet.OCTANT: (0, 6)},
    "VTE": {GlyphSet.SEXTANT: (6200,)},
}
_MANY_COLOURS = {*_DRAWN, "alacritty", "Konsole", "Windows Terminal", "iTerm", "Visual Studio Code"}
_BY_TERM = {
    "xterm-kitty": "kitty",
    "foot": "foot",
    "xterm-ghostty": "ghostty",
    "wezterm": "wezterm",
    "contour": "contour",
    "alacritty": "alacritty",
}
_BY_PROGRAM = {
    "kitty": "kitty",
    "ghostty": "ghostty",
    "WezTerm": "wezterm",
    "contour": "contour",
    "iTerm.app": "iTerm",
    "vscode": "Visual Studio Code",
}
_BY_VARIABLE = {
    "KITTY_WINDOW_ID": "kitty",
    "GHOSTTY_RESOURCES_DIR": "ghostty",
    "WEZTERM_PANE": "wezterm",
    "KONSOLE_VERSION": "Konsole",
    "WT_SESSION": "Windows Terminal",
    "VTE_VERSION": "VTE",
}
_WITHOUT_COLOURS = {"", "dumb", "unknown", "vt52", "vt100", "vt102", "vt220"}


@dataclass(frozen=True)
class Look:
    """What the picture is made of.

    `glyph_sets` are those that this terminal can show, in the order in which a person goes through them;
    `glyph_set` is the one in use. `why` says in words where both come from.
    """

    glyph_set: GlyphSet
    depth: Depth
    glyph_sets: tuple[GlyphSet, ...]
    why: str

    @property
    def following(self) -> "Look":
        """The same with the next set of glyphs."""
        place = self.glyph_sets.index(self.glyph_set) + 1
        glyph_set = self.glyph_sets[place % len(self.glyph_sets)]
        return Look(glyph_set, self.depth, self.glyph_sets, self.why)


def encoding_here() -> str:
    """The encoding that letters are sent in to the terminal that this program runs in."""
    return getattr(sys.__stdout__, "encoding", None) or locale.getpreferredencoding(do_setlocale=False)


def letters_here(wanted: str = AUTO) -> Letters:
    """What that terminal can show, as far as the locale and its name tell (see `letters_of`), unless the name
    of some `Letters` is given."""
    if wanted != AUTO:
        return Letters(wanted)
    return letters_of(os.environ, encoding_here())


def letters_of(environment: Mapping[str, str], encoding: str) -> Letters:
    """What a terminal can show. `environment` are the variables of the process."""
    if encoding.upper().replace("-", "").replace("_", "") != "UTF8":
        return Letters.ASCII
    return Letters.CONSOLE if environment.get("TERM") == "linux" else Letters.ALL


def look_here(glyphs: str = AUTO, colours: str = AUTO, *, quiet: bool = False, encoding: str = "") -> Look:
    """Choose for the terminal that this program runs in; see `choose`. `encoding` is what it has been found
    to read, if that is not what the locale says."""
    return choose(os.environ, encoding or encoding_here(), glyphs, colours, quiet=quiet)


def choose(
    environment: Mapping[str, str],
    encoding: str,
    glyphs: str = AUTO,
    colours: str = AUTO,
    *,
    quiet: bool = False,
) -> Look:
    """Choose the picture's glyphs and colours.

    `environment` are the variables of the process, `encoding` is that of its output. `glyphs` and `colours`
    are names of a `GlyphSet` and a `Depth`, or "auto". On a `quiet` line the cheapest that is good is chosen.
    Nothing is taken for granted that a terminal might not show: a missing glyph is worse than a coarse one.
    """
    name, version = _terminal(environment)
    depth, why_depth = _depth(environment, name)
    if colours != AUTO:
        depth, why_depth = Depth(colours), "the settings say so"
    sets, best, why_glyphs = _glyph_sets(environment, encoding, name, version)
    if quiet and best in (GlyphSet.SEXTANT, GlyphSet.OCTANT):
        best, why_glyphs = GlyphSet.QUADRANT, "on a slow line finer ones cost more than they show"
    if depth is Depth.MONO:
        sets, best, why_glyphs = (GlyphSet.ASCII,), GlyphSet.ASCII, why_depth
    if glyphs != AUTO:
        best, why_glyphs = GlyphSet(glyphs), "the settings say so"
        sets = tuple(each for each in GlyphSet if each is best or each in sets)
        depth = Depth.ANSI if depth is Depth.MONO and best is not GlyphSet.ASCII else depth
    return Look(best, depth, sets, f"{best.words} ({why_glyphs}), {depth.words} ({why_depth})")


def _terminal(environment: Mapping[str, str]) -> tuple[str, tuple[int, ...]]:
    """The terminal's name and version as far as they are known; "" for one of which nothing is."""
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if _multiplexed(environment):
        # What is set there was set by the terminal in which it began, which may have long gone.
        return "", ()
    for prefix, name in _BY_TERM.items():
        if term == prefix or term.startswith(f"{prefix}-"):
            return name, _version(environment, name)
    if program in _BY_PROGRAM:
        return _BY_PROGRAM[program], _version(environment, _BY_PROGRAM[program])
    for variable, name in _BY_VARIABLE.items():
        if environment.get(variable):
            return name, _version(environment, name)
    return "", ()


def _version(environment: Mapping[str, str], name: str) -> tuple[int, ...]:
    told = environment.get("VTE_VERSION" if name == "VTE" else "TERM_PROGRAM_VERSION", "")
    parts = told.split("-", maxsplit=1)[0].split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _multiplexed(environment: Mapping[str, str]) -> str:
    """The program between this one and the terminal, if there is one."""
    if environment.get("TMUX"):
        return "tmux"
    if environment.get("STY"):
        return "screen"
    return next((name for name in ("tmux", "screen") if environment.get("TERM", "").startswith(name)), "")


def _depth(environment: Mapping[str, str], name: str) -> tuple[Depth, str]:
    term = environment.get("TERM", "")
    if term in _WITHOUT_COLOURS or term.endswith(("-m", "-mono")):
        return Depth.MONO, f"TERM={term} has no colours"
    if environment.get("NO_COLOR"):
        return Depth.GREY, "NO_COLOR is set"
    # GNU screen passes on what the terminal around it says, and not the colours themselves.
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit") and not environment.get("STY"):
        return Depth.TRUECOLOR, "COLORTERM says so"
    if term.endswith("-direct"):
        return Depth.TRUECOLOR, f"TERM={term}"
    if name in _MANY_COLOURS:
        return Depth.TRUECOLOR, f"{name} has them"
    if "256color" in term:
        return Depth.PALETTE, f"TERM={term}; where the terminal shows more, COLORTERM=truecolor tells"
    return Depth.ANSI, f"TERM={term} promises no more"


def _glyph_sets(
    environment: Mapping[str, str], encoding: str, name: str, version: tuple[int, ...]
) -> tuple[tuple[GlyphSet, ...], GlyphSet, str]:
    """The sets that can be shown, the one to take, and why."""
    letters = letters_of(environment, encoding)
    if letters is Letters.ASCII:
        return (GlyphSet.ASCII,), GlyphSet.ASCII, f"the encoding is {encoding}, not UTF-8"
    if letters is Letters.CONSOLE:
        return (GlyphSet.CONSOLE, GlyphSet.ASCII), GlyphSet.CONSOLE, "the console's font has no blocks"
    drawn = _DRAWN.get(name, {})
    sure = [each for each, first in drawn.items() if first is None or version >= first]
    sets = (GlyphSet.HALF, GlyphSet.QUADRANT, *sure, GlyphSet.ASCII)
    if sure:
        return sets, sure[-1], f"{name} draws them itself"
    between = _multiplexed(environment)
    if between:
        return sets, GlyphSet.QUADRANT, f"what the terminal outside {between} draws is not known"
    return sets, GlyphSet.QUADRANT, "nearly every font has them"
