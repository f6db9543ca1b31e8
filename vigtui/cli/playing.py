"""`vigtui play`: a film that somebody names is opened while the screen for it is imported."""

import gc
import os
import signal
from concurrent.futures import Future, wait
from pathlib import Path
from typing import TYPE_CHECKING

from vigtui.cli.on_screen import need_terminal, prepare_terminal
from vigtui.film.library import begin_to_load
from vigtui.foreign.in_time import begun

if TYPE_CHECKING:
    from vigtui.film.playing.player import Player
    from vigtui.workspace.settings import Settings

_SECONDS_TO_CLOSE = 1.0


def play_film(film: Path, *, full: bool = False) -> int:
    """Play a film, `full` with the picture alone, and return the exit status. Ends the program at once where
    a disk holds up whoever closes the film: the terminal is the shell's again, and nothing is to be lost."""
    need_terminal()
    # Until the screen is there nothing is garbage, and looking for some costs a part of the wait.
    gc.disable()
    begin_to_load()
    from vigtui.workspace.settings import load_settings

    settings = load_settings()
    prepare_terminal()
    opening = begun(lambda: _open(film, settings), "opening")
    try:
        from vigtui.ui.app.play import run_play

        gc.freeze()
        gc.enable()
        status = run_play(film, opening, settings, full=full)
    except KeyboardInterrupt:  # A disk does not answer, and there is no screen yet.
        status = 128 + signal.SIGINT
    if not _is_closed(opening):
        os._exit(status)
    return status


def _is_closed(opening: Future["Player"]) -> bool:
    """Close the film; return whether that was done in a moment."""
    if not opening.done() or opening.exception() is not None:
        return True
    closing = begun(opening.result().close, "closing")
    return closing in wait([closing], _SECONDS_TO_CLOSE).done


def _open(film: Path, settings: "Settings") -> "Player":
    """Return a player with this film, paused at its first picture or on the way there. Raises `FilmError`."""
    from vigtui.film.files import FileSource, check_kind, refuse_address
    from vigtui.film.playing.player import Player

    refuse_address(str(film))
    check_kind(film)
    player = Player(muted=settings.start_muted, hardware=settings.hardware_decoder)
    player.load(FileSource(film))
    return player
