"""The screen of one helping question's ratings: a line for each rater on one time axis."""

from vigtui.ui.screens.chart.screen import ChartScreen

__all__ = ["ChartScreen"]
