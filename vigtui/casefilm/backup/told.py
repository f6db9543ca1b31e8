"""What is told of a backup: once it was made, before it is put back, and after that."""

from pathlib import Path

from vigtui.casefilm.backup.description import Description
from vigtui.casefilm.backup.making import Made
from vigtui.casefilm.backup.restoring import Restored
from vigtui.store import recovery
from vigtui.values.text import counted, one_line, shown_path, shown_size

_NAMED_MOST = 5
_WORDS_STAY = "The caseload that is here stays as it is; film that is missing comes back."
_WORDS_COME = (
    "There is no caseload here that can be read: its words come back as they were then, with its film. Erase"
    " and delete again what went since, where no earlier version here knows of it."
)


def told(made: Made) -> list[str]:
    """Return what was done, the most important first."""
    found = [
        f"{files_words(made.came)} of film copied ({shown_size(made.bytes)}) and read back"
        + (f"; {made.stayed} there already." if made.stayed else ".")
        if made.came
        else f"No film was new: {files_words(made.stayed)} there already."
    ]
    if made.rekeyed:
        found.append(
            f"The key is another by now: {files_words(made.rekeyed)} of film in it opened with that from here"
            " on, and with the earlier one no more."
        )
    if made.clear_left:
        found.append(f"{files_words(made.clear_left)} that had been in clear left it for encrypted film.")
    if made.left:
        found.append(f"What was deleted or erased here has left it: {films_words(made.left)}.")
    return found


def problems(made: Made) -> list[str]:
    """Return what a person should look at."""
    found = []
    if made.clear:
        found.append(
            f"{files_words(made.clear)} of film in it in clear, as here, though the caseload is encrypted:"
            " `vigtui encrypt` encrypts them."
        )
    if made.not_here:
        found.append(
            f"{films_words(len(made.not_here))} could not be read here, and the backup keeps what it had of"
            f" that: {_named(made.not_here)}"
        )
    if made.too_large:
        found.append(why_too_large(made.too_large))
    return found


def why_too_large(names: tuple[str, ...]) -> str:
    """Return why film does not come into the backup, and what to do about it."""
    return (
        f"{films_words(len(names))} too large for this disk (FAT holds 4 GB a file; exFAT and others hold"
        f" more): {_named(names)}"
    )


def held_words(folder: Path, held: Description, *, here: bool) -> list[str]:
    """Return what is said before a backup is put back: how old it is, and what of it comes. `here`: there is
    a caseload that can be read."""
    found = [
        f"{shown_path(str(folder))} holds the caseload as it was on {recovery.when_words(held.words.at)}."
    ]
    if not held.complete:
        found.append("It was not completed then: some of the film may not be in it.")
    return [*found, _WORDS_STAY if here else _WORDS_COME]


def restored_words(file: Path, done: Restored) -> list[str]:
    """Return what was put back."""
    aside = [one_line(f"What was in {file.name} is kept in {done.aside}.")] if done.aside is not None else []
    missed = done.came or done.failed
    return [*aside, f"{files_words(done.came)} of film came back." if missed else "No film was missing."]


def files_words(number: int) -> str:
    """Return "1 file", "2 files"."""
    return counted(number, "file")


def films_words(number: int) -> str:
    """Return "1 film", "2 films"."""
    return counted(number, "film")


def _named(paths: tuple[str, ...]) -> str:
    more = " and more." if len(paths) > _NAMED_MOST else "."
    return one_line(", ".join(map(shown_path, paths[:_NAMED_MOST])) + more)
