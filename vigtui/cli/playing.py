"""`vigtui play`: a film that somebody names is opened while the screen for it is imported."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vigtui.cli.on_screen import need_terminal, prepare_terminal
from vigtui.film.files import FileSource, check_kind, refuse_address
from vigtui.film.playing.player import Player
from vigtui.workspace.settings import Settings, load_settings


def play_film(film: Path, *, full: bool = False) -> int:
    """Play a film, `full` with the picture alone, and return the exit status."""
    need_terminal()
    settings = load_settings()
    prepare_terminal()
    # Until the screen is there nothing is garbage, and looking for some costs a part of the wait.
    gc.disable()
    with ThreadPoolExecutor(1, "opening") as pool:
        opening = pool.submit(_open, film, settings)
        from vigtui.ui.app.play import run_play

        gc.freeze()
        gc.enable()
        return run_play(film, opening, settings, full=full)


def _open(film: Path, settings: Settings) -> Player:
    """Return a player with this film, paused at its first picture or on the way there. Raises `FilmError`."""
    refuse_address(str(film))
    check_kind(film)
    player = Player(muted=settings.start_muted, hardware=settings.hardware_decoder)
    player.load(FileSource(film))
    return player
