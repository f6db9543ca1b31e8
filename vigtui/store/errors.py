"""What can go wrong with a caseload, each said in one plain sentence."""

from pathlib import Path

from vigtui.values.text import one_line


class CaseloadError(Exception):
    """Something a person must know about. `sentence` says what, where and what to do; `backup` is the
    newest good backup when there is one to offer."""

    def __init__(self, sentence: str, *, backup: Path | None = None) -> None:
        # A file's name is anybody's text too.
        self.sentence = one_line(sentence)
        super().__init__(self.sentence)
        self.backup = backup


class CaseloadMissingError(CaseloadError):
    """There is no file of this name."""


class CaseloadExistsError(CaseloadError):
    """A new caseload would take the place of a file that is already there."""


class CaseloadUnreadableError(CaseloadError):
    """The file cannot be read: no permission, a folder, a device."""


class CaseloadDamagedError(CaseloadError):
    """The file is empty, torn or not laid out as a caseload is."""


class CaseloadLockedError(CaseloadError):
    """The file is encrypted; `wrong` says that a passphrase was tried and did not open it."""

    def __init__(self, sentence: str, *, wrong: bool = False) -> None:
        super().__init__(sentence)
        self.wrong = wrong


class NotACaseloadError(CaseloadError):
    """The file is something else."""


class CannotSaveError(CaseloadError):
    """A place asked for by name cannot be written."""


class ReadOnlyError(CaseloadError):
    """A change to a caseload that was opened for reading only."""


class RecordMissingError(CaseloadError):
    """No record has this id."""


class RecordInvalidError(CaseloadError):
    """A record that could not be read back if it were saved."""


class OtherCaseloadError(CaseloadError):
    """A file that cannot be merged into this caseload."""
