"""A trainee's own thread: their working points over time, and their clips."""

from vigtui.ui.screens.thread.screen import ThreadScreen

__all__ = ["ThreadScreen"]
