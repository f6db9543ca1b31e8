"""What came in from others, and what waits to be decided."""

from vigtui.ui.screens.merge.screen import MergeScreen

__all__ = ["MergeScreen"]
