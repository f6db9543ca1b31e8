"""The screen of the space that a caseload is in."""

from vigtui.ui.screens.space.screen import SpaceScreen

__all__ = ["SpaceScreen"]
