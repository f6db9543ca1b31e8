"""The screen that searches everything that is written."""

from vigtui.ui.screens.search.screen import SearchScreen

__all__ = ["SearchScreen"]
