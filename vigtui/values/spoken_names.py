"""The names by which people are called at home, for the labels that stand for them in the file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from vigtui.values.text import folded_name, one_line


@dataclass(frozen=True)
class SpokenNames:
    """A name for each label, "" for one that nobody has typed. They are held in memory and nowhere else, and
    shown by no `repr`: what is kept or sent says the labels."""

    names: Mapping[str, str] = field(default_factory=dict, repr=False)

    def spoken(self, words: str) -> str | None:
        """Return words of the file as they are said to the family; None where they name somebody whose name
        nobody has typed."""
        if any(not self.names[label] for label in _found(self.names, words)):
            return None
        return _replaced(words, self.names)

    def kept(self, words: str) -> str:
        """Return what somebody said or typed as it is kept: with the labels in place of the names, however
        their letters were typed. A name that is a usual word as well ("Hope", "Will") goes everywhere: words
        can be mended afterwards, a name that was written to the file cannot be taken back."""
        return _replaced(words, {name: label for label, name in self.names.items() if name}, exact=False)


def with_names(labels: Mapping[str, str]) -> SpokenNames:
    """Return the names as they were typed, for each label; the labels are those of a family's members."""
    return SpokenNames({one_line(label): one_line(name) for label, name in labels.items() if one_line(label)})


def _found(names: Mapping[str, str], words: str) -> set[str]:
    return set(_whole(names).findall(words)) if names else set()


def _replaced(words: str, instead: Mapping[str, str], *, exact: bool = True) -> str:
    """Return words with each of the names that is a whole word in them replaced; if not `exact`, also where
    its case or the composition of its accents is another."""
    if not instead:
        return words
    if exact:
        return _whole(instead).sub(lambda found: instead[found[0]], words)
    known = {folded_name(name): label for name, label in instead.items()}
    told = {normalize("NFC", name): label for name, label in instead.items()}

    def label(found: re.Match[str]) -> str:
        return told.get(found[0]) or known.get(folded_name(found[0]), found[0])

    composed = normalize("NFC", words)
    kept = _whole(told, re.IGNORECASE).sub(label, composed)
    return words if kept == composed else kept


def _whole(names: Mapping[str, str], flags: int = 0) -> re.Pattern[str]:
    """Finds each of the names where it is a whole word, the longest first: "Ann" is not in "Ann Li"; it is in
    "_Ann_"."""
    each = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{each})(?![^\W_])", flags)
