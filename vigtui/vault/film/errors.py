"""What is wrong with an encrypted film. To whoever reads a film, both are also what a broken disk is: an
OSError."""

from vigtui.vault.envelope import DamagedError
from vigtui.vault.key import WrongKeyError


class FilmDamagedError(DamagedError, OSError):
    """This is not, or not whole, what was encrypted. The message completes a sentence that begins with the
    file's name, and says where."""


class FilmLockedError(WrongKeyError, OSError):
    """The key does not open this film, or was wiped since it did."""

    def __init__(self) -> None:
        super().__init__("is encrypted with a key that is not at hand")
