"""What can go wrong with film. `str(error)` is one sentence for the screen."""


class FilmError(Exception):
    """Anything about a film that the user should know."""


class FilmMissing(FilmError):
    """There is no such file."""


class FilmComing(FilmMissing):
    """It is not here yet, or not whole: it may come at any moment."""


class FilmNotInPlace(FilmMissing):
    """Nothing is where the film was: it may have been moved, or have another name."""


class FilmRefused(FilmError):
    """The file or its path is not one that may be played."""


class FilmOutside(FilmRefused):
    """A good film, but outside the caseload's folder: it can be copied in."""


class FilmDamaged(FilmError):
    """The file cannot be decoded."""


class LibraryMissing(FilmError):
    """libmpv is not installed; the sentence says how to install it."""


class NoRoom(FilmError):
    """The disk is full."""
