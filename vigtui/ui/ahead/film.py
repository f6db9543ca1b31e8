"""Shows the film of `vigtui play` at once, in the cells that its screen takes over.

Only where it is certain how Textual would draw around it, as with the list of families.
"""

import os
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from vigtui.film.errors import FilmError
from vigtui.film.pane.driver.cells import Cells
from vigtui.ui.ahead.certain import Colours, colours_here
from vigtui.ui.ahead.palettes import CALM
from vigtui.values.signs import LOOP, PAUSED, PLAYING, in_words
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode
from vigtui.workspace.settings import Settings

if TYPE_CHECKING:
    from vigtui.film.pane.ahead import FilmAhead
    from vigtui.film.playing.player import Player, PlayerState

ROWS_BELOW = 2
"""The line about the film, and the keys."""
_SIZES = {"COLUMNS", "LINES"}
"""Variables that may say another size than the terminal has: then all waits for the screen."""
SECONDS_TO_PICTURE = 1.0
"""For how long the first picture is waited for; behind it the line about the film is drawn, too."""
_GROUND = "#000000"


def film_words(path: Path, state: "PlayerState", *, plain: bool) -> str:
    """Return the line about a film that plays."""
    sign = PLAYING if state.playing else PAUSED
    words = [
        in_words(sign) if plain else sign,
        f"{format_timecode(state.position_ms)} / {format_timecode(state.duration_ms)}",
        f"{state.speed:g}x" if state.speed != 1 else "",
        ("loop" if plain else f"{LOOP} loop") if state.loop else "",
        "muted" if state.has_sound and state.muted else "",
        one_line(path.name),
        f"sound {state.sound} of {len(state.sounds)}" if len(state.sounds) > 1 else "",
        state.behind_words or state.remark,
    ]
    return "   ".join(word for word in words if word)


def draw_film(opening: "Future[Player]", path: Path, settings: Settings, *, full: bool) -> "FilmAhead | None":
    """Begin to play a film that is being opened, if it can be drawn at once. The terminal is taken then, and
    is to be handed over, or given back. Raises `FilmError` for a film that cannot be opened."""
    colours, (width, height) = colours_here(settings), os.get_terminal_size(1)
    rows = height - (0 if full else ROWS_BELOW)
    if colours is None or rows < 1 or width < 1 or not _SIZES.isdisjoint(os.environ):
        return None
    # While the film is opened: numpy comes with it.
    from vigtui.film.pane.ahead import FilmAhead
    from vigtui.film.pane.driver.taken import take
    from vigtui.film.pane.shared_link import FilmLine
    from vigtui.film.picture.choice import look_here

    options = settings.film
    look = look_here(options.glyphs, options.colours, quiet=options.quiet)
    player, terminal = opening.result(), take((width, height))
    if terminal is None:
        return None
    try:
        ahead = FilmAhead(terminal, player, rows, look, FilmLine(thrifty=options.thrifty))
        ahead.begin()
        ahead.first.wait(SECONDS_TO_PICTURE)
        if trouble := player.state.trouble:
            raise FilmError(trouble)
        if not full and ahead.is_seen:
            _draw_around(ahead, path, player.state, colours)
    except BaseException:
        terminal.give_back()
        raise
    return ahead


def _draw_around(ahead: "FilmAhead", path: Path, state: "PlayerState", colours: Colours) -> None:
    """Draw what is below the film: the line about it, and the ground of the keys."""
    terminal, (width, height) = ahead.terminal, ahead.terminal.size
    rows = {
        height - 2: _row(film_words(path, state, plain=False), width, _GROUND, colours),
        height - 1: _row("", width, CALM.colours["panel"], colours),
    }
    with ahead.line.drawing:
        if terminal.is_ours:
            terminal.draw({row: cells for row, cells in rows.items() if cells is not None})


def _row(words: str, width: int, ground: str, colours: Colours) -> Cells | None:
    """The cells of a row with these words, one from the left; None where there is no room for them."""
    from rich.cells import cell_len
    from rich.color import ColorSystem
    from rich.segment import Segment
    from rich.style import Style

    from vigtui.film.pane.driver.pens import cells_of

    style = Style.parse(f"{CALM.colours['foreground']} on {ground}")
    system = ColorSystem.TRUECOLOR if colours == "truecolor" else ColorSystem.EIGHT_BIT
    left = width - 2 - cell_len(words)
    return cells_of([Segment(f" {words}{' ' * left} ", style)], width, system) if left >= 0 else None
