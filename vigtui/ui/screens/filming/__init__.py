"""The screen beside the camera: moments are marked by the clock, before there is a film."""

from vigtui.ui.screens.filming.screen import FilmingScreen

__all__ = ["FilmingScreen"]
