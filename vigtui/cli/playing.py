"""`vigtui play`: a film that somebody names is opened while the screen for it is imported."""

import contextlib
import gc
import os
import sys
from concurrent.futures import Future, wait
from pathlib import Path

from vigtui.cli.on_screen import ctrl_c_ends, import_asyncio, need_terminal
from vigtui.film.errors import FilmError, FilmRefused
from vigtui.film.files import FileSource, check_kind, refuse_address
from vigtui.film.playing.player import Player
from vigtui.foreign.files import open_file
from vigtui.foreign.in_time import begun
from vigtui.ui.ahead.certain import colours_here
from vigtui.ui.ahead.film import draw_film
from vigtui.values.text import one_line
from vigtui.workspace.settings import Settings, load_settings

_SECONDS_TO_CLOSE = 1.0


def play_film(film: Path, *, full: bool = False) -> int:
    """Play a film, `full` with the picture alone, and return the exit status. Ends the program at once where
    a disk holds up whoever closes the film: the terminal is the shell's again, and nothing is to be lost."""
    need_terminal()
    # Until the screen is there nothing is garbage, and looking for some costs a part of the wait.
    gc.disable()
    settings = load_settings()
    ahead = colours_here(settings) is not None
    opening = begun(lambda: _open(film, settings, playing=ahead), "opening")
    try:
        with ctrl_c_ends():
            status = _played(film, opening, settings, full=full)
    except FilmError as error:
        sys.stderr.write(f"{error}\n")
        status = 1
    if not _is_closed(opening):
        os._exit(status)
    return status


def _played(film: Path, opening: Future[Player], settings: Settings, *, full: bool) -> int:
    """Play the film, drawn before its screen is imported where that can be done."""
    ahead = draw_film(opening, film, settings, full=full)
    try:
        import_asyncio()
        from vigtui.ui.app.play import run_play

        gc.freeze()
        gc.enable()
        return run_play(film, opening, settings, full=full, ahead=ahead)
    finally:
        if ahead is not None:
            ahead.terminal.give_back()


def _is_closed(opening: Future[Player]) -> bool:
    """Close the film; return whether that was done in a moment."""
    if not opening.done() or opening.exception() is not None:
        return True
    closing = begun(opening.result().close, "closing")
    return closing in wait([closing], _SECONDS_TO_CLOSE).done


def _open(film: Path, settings: Settings, *, playing: bool) -> Player:
    """Return a player with this film, at its first picture or on the way there. Raises `FilmError`."""
    refuse_address(str(film))
    if not check_kind(film):
        _refuse_encrypted(film)
    player = Player(muted=settings.start_muted, hardware=settings.hardware_decoder)
    player.load(FileSource(film), playing=playing)
    return player


def _refuse_encrypted(film: Path) -> None:
    """Raise `FilmError` for a caseload's encrypted film: the key to it is there, and who may see it."""
    from vigtui.vault.film.layout import MAGIC, is_encrypted_film

    head = b""
    with contextlib.suppress(OSError), open_file(film) as file:  # The player says what is wrong with it.
        head = file.read(len(MAGIC))
    if is_encrypted_film(head):
        raise FilmRefused(
            f"{one_line(film.name)} is encrypted film of a caseload. Open the caseload to see it there."
        )
