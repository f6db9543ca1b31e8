"""What came in from others, and what conflicts."""

from vigtui.ui.screens.merge.screen import MergeScreen

__all__ = ["MergeScreen"]
