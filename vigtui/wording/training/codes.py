"""Words without the names of families: each name by the family's code, each person by who they are."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from vigtui.domain.people import is_child
from vigtui.domain.records import Family
from vigtui.values.text import clean, whole_words

_SOMEBODY = "[somebody]"
_BETWEEN = ("", " ", "-", ".", "/", "_")


Called = Callable[[Family], str]


def by_code(family: Family) -> str:
    """What a family is called on a paper that stays with the service: "F-017"."""
    return family.code


class Codes:
    """Takes the names of these families, and of their members, out of texts. Real names are in no caseload;
    on paper that leaves, the made-up ones are left out as well. A family is `called` by its code, or by
    something else in place of that, too."""

    def __init__(self, families: Iterable[Family], called: Called = by_code) -> None:
        self._called = called
        self._elsewhere: dict[str, set[str]] = {}
        self._written: set[str] = set()
        for family in families:
            names = _names(family, called(family), f" of {called(family)}")
            self._written |= names.keys()
            for name, words in _without_case(names).items():
                self._elsewhere.setdefault(name, set()).add(words)

    def words(self, text: str, family: Family | None = None) -> str:
        """Return the text with "F-017" for "Heron", and "[adult]" or "[child]" for a member of the `family`
        that it is about; a member of another is "[adult of F-021]", and one of several "[somebody]"."""
        text, named = _composed(clean(text)), _names(family, self._called(family)) if family else {}
        own = _without_case(named)
        names = {*named, *own, *self._written, *self._elsewhere}
        if not names:
            return text

        def code(match: re.Match[str]) -> str:
            name = " ".join(match[0].split()).casefold()
            if name in own:
                return own[name]
            found = self._elsewhere.get(name, ())
            return next(iter(found)) if len(found) == 1 else _SOMEBODY

        return whole_words(names).sub(code, text)


def _names(family: Family, called: str, of: str = "") -> dict[str, str]:
    """Return what stands for the family's name, its code and for each member's: "[child 1]" where there are
    several; `of` says whose."""
    kinds = ["child" if is_child(member) else "adult" for member in family.members]
    found = dict.fromkeys((family.pseudonym, family.code, *_spellings(family.code)), called)
    for place, member in enumerate(family.members):
        kind = kinds[place]
        number = f" {kinds[: place + 1].count(kind)}" if kinds.count(kind) > 1 else ""
        found[member.label] = f"[{kind}{number}{of}]"
    return {_composed(" ".join(name.split())): words for name, words in found.items() if name.strip()}


def _spellings(code: str) -> Iterable[str]:
    """Return how "F-017" is typed by people in a hurry: "F017", "F 017"."""
    parts = re.findall(r"[^\W\d_]+|\d+", code)
    return [between.join(parts) for between in _BETWEEN]


def _without_case(names: dict[str, str]) -> dict[str, str]:
    return {name.casefold(): words for name, words in names.items()}


def _composed(text: str) -> str:
    """Return a text in which an accent is part of its letter, however it was typed."""
    return unicodedata.normalize("NFC", text)
