"""What is said of the ways into an encrypted caseload."""

from collections.abc import Sequence

from vigtui.values.days import show_long_day, today
from vigtui.values.text import one_line
from vigtui.vault.ways import WayIn

FIRST_LAYOUT = "It is encrypted in the first layout, with one passphrase."
CHANGES_LAYOUT = (
    "From then on it is in the second layout, which takes several passphrases and a recovery key. Everybody"
    " who opens it needs this version of vigtui, or a later one."
)
KEEP_THE_WORDS = (
    "These words open the caseload when nobody knows a passphrase. Write them down, or print them, and keep"
    " them in the service's safe: they are shown this once. `vigtui recover` takes them."
)
NOT_ENCRYPTED = "This caseload is not encrypted: `vigtui encrypt FILE` does that."
TAKEN_AWAY = (
    "Then it opens neither the file nor its earlier versions: they are encrypted anew, and the others go on"
    " working. What somebody copied before stays open to them."
)
NO_RECOVERY_KEY = "There is no recovery key: without a passphrase nobody can open it."
ONLY_ONE = "This is its only passphrase: add another one first."
TOO_MANY = "It has as many ways in as it may have: take one away first."


def way_words(way: WayIn, opened_by: WayIn | None) -> str:
    """`passphrase “Ros”, since 30 Nov 2026 (it opened it here)`."""
    kind = "recovery key" if way.kind == "recovery" else "passphrase"
    name = f" “{one_line(way.name)}”" if way.name.strip() else ""
    yours = " (it opened it here)" if opened_by is not None and opened_by.lock == way.lock else ""
    return f"{kind}{name}, since {show_long_day(way.since, today())}{yours}"


def why_it_stays(ways: Sequence[WayIn], way: WayIn) -> str:
    """Return why a way in cannot be taken away, "" where it can."""
    passphrases = [each for each in ways if each.kind == "passphrase"]
    return ONLY_ONE if way.kind == "passphrase" and len(passphrases) == 1 else ""


def word_rows(words: Sequence[str]) -> list[str]:
    """Return the words of a recovery key, numbered, four in a row."""
    cells = [f"{number:2} {word:<9}" for number, word in enumerate(words, start=1)]
    return ["  ".join(cells[start : start + 4]).rstrip() for start in range(0, len(cells), 4)]
