"""The screen of film and copies."""

from vigtui.ui.screens.register.screen import RegisterScreen

__all__ = ["RegisterScreen"]
