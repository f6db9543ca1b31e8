"""The screen of film that is missing, found again, or without a recording."""

from vigtui.ui.screens.lost_film.screen import LostFilmScreen

__all__ = ["LostFilmScreen"]
