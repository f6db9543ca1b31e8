"""What is said of a family that is handed over, and of one that is taken over."""

from collections.abc import Sequence

from vigtui.domain.records import KIND_OF
from vigtui.values.text import counted, one_line

DISCLOSED = "It is entered in the register of film and copies on both sides: to whom, and why."
KEPT = "The family stays here until the words of the receipt are typed."
ALOUD = "Say the passphrase aloud, by telephone: never send it with the folder."


def records_of(table: str, number: int) -> str:
    """Return how many records of a kind: `2 notes`."""
    kind = KIND_OF[table]
    return counted(number, kind.singular, kind.plural)


def given(out: str, name: str, records: int, films: int) -> str:
    """Return what is said once a hand-over is made."""
    what = f"{counted(records, 'record')} and {counted(films, 'film') if films else 'no film'}"
    return f"{one_line(out)} holds {one_line(name)} whole: {what}. {ALOUD} {KEPT}"


def taken(name: str, records: int, films: int, receipt: str) -> Sequence[str]:
    """Return what is said once a family is here, whole: last the words of the receipt."""
    what = f"{counted(records, 'record')} and {counted(films, 'film') if films else 'no film'}"
    return (
        f"{one_line(name)} is here, whole: {what}, read back from the disk.",
        "Read these words to whoever handed it over. They erase the family there, and nothing else does:",
        receipt,
    )


def stays_behind(stays: Sequence[str]) -> list[str]:
    """Return what has not gone along, a line each; nothing where all has."""
    return [f"Does not go along: {one_line(each)}." for each in stays]


def goes_with_it(stays: Sequence[str]) -> list[str]:
    """Return what is erased with the family, since it has not gone along."""
    return [f"Has not gone along, and is erased too: {one_line(each)}." for each in stays]
