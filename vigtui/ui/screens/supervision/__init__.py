"""The supervision walk: clip by clip through a session's agenda, watching and writing together."""

from vigtui.ui.screens.supervision.screen import SupervisionScreen

__all__ = ["SupervisionScreen"]
