"""Why a backup is not made, brought up to date or put back."""

from vigtui.store.errors import CaseloadError


class BackupError(CaseloadError):
    """What was there before is as it was."""
