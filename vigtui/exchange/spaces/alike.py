"""Machines of one person that are called the same: told apart by a word each, the same on every machine."""

from collections import defaultdict
from collections.abc import Mapping

from vigtui.values.text import folded, one_line

_COLOURS_AND_PLANTS = (
    "amber apple ash birch blue brook cedar clover copper coral elder fern green harbour hazel holly "
    "indigo ivory lemon lilac maple meadow oak olive orange pine plum rowan silver violet willow yellow"
)


def words_apart(called: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return a word for each writer whose person and machine are called as another's."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for writer, (person, machine) in called.items():
        alike[folded(one_line(person)), folded(one_line(machine))].append(writer)
    known, found = _COLOURS_AND_PLANTS.split(), dict[str, str]()
    for writers in alike.values():
        left = list(known)
        for writer in sorted(writers) if len(writers) > 1 else ():
            first = int(writer, 16) % len(known)
            word = next((each for each in (*known[first:], *known[:first]) if each in left), writer[:4])
            left = [each for each in left if each != word]
            found[writer] = word
    return found
