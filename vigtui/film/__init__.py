"""Film in any Textual app: what plays it, turns it into cells and sends it to a terminal.

What an app needs is here: a `FilmApp` with a `VideoPane`, and a `TimeAxis` under it, shows a `FileSource`
with a `Player`. See docs/film.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigtui.film.files import FileSource
    from vigtui.film.pane.app import FilmApp
    from vigtui.film.pane.time_axis import TimeAxis
    from vigtui.film.pane.video_pane import VideoPane
    from vigtui.film.playing.player import Player

__all__ = ["FileSource", "FilmApp", "Player", "TimeAxis", "VideoPane"]

_FOUND_IN = {
    "FileSource": "files",
    "FilmApp": "pane.app",
    "Player": "playing.player",
    "TimeAxis": "pane.time_axis",
    "VideoPane": "pane.video_pane",
}


def __getattr__(name: str) -> Any:
    """Import a name of the public face when it is first used: its parts are needed one by one, too."""
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FOUND_IN[name]}"), name)
