"""All caseloads that somebody works with, as one list."""

from vigtui.ui.screens.shelf.screen import ShelfScreen

__all__ = ["ShelfScreen"]
