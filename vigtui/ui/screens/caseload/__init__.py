"""The caseload screen: every family in a line, and what each needs next."""

from vigtui.ui.screens.caseload.screen import CaseloadScreen

__all__ = ["CaseloadScreen"]
