"""Why a backup is not made, brought up to date or put back."""

from vigtui.store.errors import CaseloadError

NO_ANSWER = "the stick, or the share, does not answer any more; perhaps it was pulled out"


class BackupError(CaseloadError):
    """What was there before is as it was."""
