"""The screen of one family, a module for each of its parts."""

from vigtui.ui.screens.family.screen import FamilyScreen

__all__ = ["FamilyScreen"]
