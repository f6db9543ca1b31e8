"""The names by which people are called at home, for the labels that stand for them in the file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from vigtui.values.text import one_line


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
        """Return what somebody said or typed as it is kept: with the labels in place of the names."""
        return _replaced(words, {name: label for label, name in self.names.items() if name})


def with_names(labels: Mapping[str, str]) -> SpokenNames:
    """Return the names as they were typed, for each label; the labels are those of a family's members."""
    return SpokenNames({one_line(label): one_line(name) for label, name in labels.items() if one_line(label)})


def _found(names: Mapping[str, str], words: str) -> set[str]:
    return set(_whole(names).findall(words)) if names else set()


def _replaced(words: str, instead: Mapping[str, str]) -> str:
    return _whole(instead).sub(lambda found: instead[found[0]], words) if instead else words


def _whole(names: Mapping[str, str]) -> re.Pattern[str]:
    """Finds each of the names where it is a whole word, the longest first: "Ann" is not in "Ann Li"."""
    each = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)")
