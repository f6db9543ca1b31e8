"""The clip screen: one moment of film, who does what in it, and finding such moments."""

from vigtui.ui.screens.clip.screen import ClipScreen

__all__ = ["ClipScreen"]
