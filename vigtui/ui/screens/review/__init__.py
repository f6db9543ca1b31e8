"""The shared review: its plan, and what the family sees of it."""

from vigtui.ui.screens.review.plan import PlanScreen

__all__ = ["PlanScreen"]
