"""Words without the names of families: each name by the family's code, each person by who they are."""

import re
from collections.abc import Iterable

from vigtui.domain.people import is_child
from vigtui.domain.records import Family
from vigtui.values.text import clean


class Codes:
    """Takes the names of these families, and of their members, out of texts. Real names are in no caseload;
    on paper that leaves, the made-up ones are left out as well."""

    def __init__(self, families: Iterable[Family]) -> None:
        self._families = sorted(families, key=lambda each: (each.code, each.id))
        self._everywhere: dict[str, set[str]] = {}
        for family in self._families:
            for name, words in _names(family).items():
                self._everywhere.setdefault(name, set()).add(
                    family.code if name == family.pseudonym.casefold() else f"{words} of {family.code}"
                )

    def words(self, text: str, family: Family | None = None) -> str:
        """Return the text with "F-017" for "Heron", and "[adult]" or "[child]" for a member of the `family`
        that it is about; a member of another is "[adult of F-021]", and one of several "[somebody]"."""
        text, own = clean(text), _names(family) if family else {}
        names = sorted({*own, *self._everywhere}, key=len, reverse=True)
        if not names:
            return text
        pattern = "|".join(re.escape(name) for name in names)

        def code(match: re.Match[str]) -> str:
            name = match[0].casefold()
            if family and name == family.pseudonym.casefold():
                return family.code
            if name in own:
                return f"[{own[name]}]"
            found = self._everywhere[name]
            if len(found) > 1:
                return "[somebody]"
            (words,) = found
            return words if any(words == each.code for each in self._families) else f"[{words}]"

        return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", code, text, flags=re.IGNORECASE)


def _names(family: Family) -> dict[str, str]:
    """Return who each member is, by their name without case: "child 1" where there are several; and the
    family's own name."""
    kinds = ["child" if is_child(member) else "adult" for member in family.members]
    found = {family.pseudonym.casefold(): family.code} if family.pseudonym.strip() else {}
    for place, member in enumerate(family.members):
        kind = kinds[place]
        number = f" {kinds[: place + 1].count(kind)}" if kinds.count(kind) > 1 else ""
        if member.label.strip():
            found[member.label.strip().casefold()] = f"{kind}{number}"
    return found
