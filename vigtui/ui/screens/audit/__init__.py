"""The screen of the service's audit."""

from vigtui.ui.screens.audit.screen import AuditScreen

__all__ = ["AuditScreen"]
