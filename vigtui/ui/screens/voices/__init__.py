"""The screen of what people said of the work."""

from vigtui.ui.screens.voices.screen import VoicesScreen

__all__ = ["VoicesScreen"]
