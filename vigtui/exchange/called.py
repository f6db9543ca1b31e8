"""What people are called in files for other tools, and who is meant by that in what comes from them.

Members of the family go by their labels, which are never real names. Whoever works here goes by what they do,
and visitors, whose names anybody may have written down, by numbers.
"""

import re
import unicodedata
from collections.abc import Iterable

from vigtui.domain.consent.filmed import VISITOR, recordings_of
from vigtui.domain.consent.showing import Showing
from vigtui.domain.cycles import guider_then
from vigtui.domain.lookup import EveryVersion, Find, Where
from vigtui.domain.records import Clip, Consent, Family, Person, Recording, Tag
from vigtui.exchange.formats.coded import GUIDER, code_of
from vigtui.values.identity import is_id
from vigtui.values.text import clean, first_free, folded, whole_words

COLLEAGUE = "colleague"
_SOMEBODY = "somebody"
_SHORTEST_PART = 4
_NOTHING = re.compile(r"(?!)")


class Called:
    """What everybody is called whom the film of a recording may show."""

    def __init__(self, find: Find, where: Where, showing: Showing) -> None:
        self._find = find
        self._guider = guider_then(showing.cycle, showing.family)
        self._codes: dict[str, str] = {}
        self._who = {GUIDER: self._guider, COLLEAGUE: ""}
        for number, name in enumerate(visitors_of(find, where, showing.family), start=1):
            self._add(folded(name), f"{VISITOR} {number}", name)
        for member in showing.family.members:
            self._add(member.id, code_of(member.label), member.id)

    def _add(self, key: str, code: str, who: str) -> None:
        """Give somebody this code; a member may be labelled as another is, or as visitors are called."""
        free = first_free(code, lambda each: folded(each) not in self._who)
        self._codes[key] = free
        self._who[folded(free)] = who

    def code(self, who: str) -> str:
        """Return what somebody is called, by their id, or, of a visitor, the name; "" for nobody known."""
        if self._find(Person, who) is not None:
            return GUIDER if who == self._guider else COLLEAGUE
        return self._codes.get(who) or self._codes.get(folded(who), "")

    def who(self, name: str) -> str:
        """Return the id of whoever is called so, or the name of a visitor; "" for nobody."""
        guider = self._find(Person, self._guider)
        if guider and folded(name) == folded(guider.name):
            return guider.id
        return self._who.get(folded(name), "")


def visitors_of(find: Find, where: Where, family: Family) -> list[str]:
    """Return by which names visitors are written down in a family: in film, in tags, in consents."""
    recordings = recordings_of(where, family)
    clips = (clip for each in recordings for clip in where(Clip, recording=each.id))
    named = [
        *(name for each in recordings for name in each.people or ()),
        *(tag.who for clip in clips for tag in where(Tag, clip=clip.id)),
        *(consent.member for consent in where(Consent, family=family.id)),
    ]
    return _visitors(find, family, named)


def _visitors(find: Find, family: Family, named: Iterable[str]) -> list[str]:
    """Return those of these who are visitors, in whatever letters each once."""
    known = {member.id for member in family.members}
    labels = _labels(family)
    found = {
        folded(name): name
        for name in sorted(set(named))
        if folded(name).strip() and folded(name) not in labels and name not in known
        if not is_id(name) and find(Person, name) is None
    }
    return [found[each] for each in sorted(found)]


def _labels(family: Family) -> set[str]:
    return {folded(member.label) for member in family.members}


class Unnamed:
    """Takes the names of visitors and of colleagues out of words: of visitors those in any version, too."""

    def __init__(self, records: EveryVersion, find: Find, showing: Showing, called: Called) -> None:
        family, where = showing.family, records.where
        versions = (
            version
            for each in recordings_of(where, family)
            for version in records.versions(Recording, each.id)
        )
        elsewhere = _visitors(find, family, [name for each in versions for name in each.people or ()])
        codes = {each.name: called.code(each.id) for each in where(Person)}
        codes |= {each: called.code(each) or VISITOR for each in elsewhere}
        codes |= {each: called.code(each) for each in visitors_of(find, where, family)}
        labels = _labels(family)
        self._codes = {
            " ".join(_composed(name).split()).casefold(): code
            for name, code in codes.items()
            if name.strip() and folded(name) not in labels
        }
        self._names = whole_words(self._codes) if self._codes else _NOTHING
        self.replaced: set[str] = set()
        """What stands for the names that were taken out so far: "visitor 1"."""

    def are_told_by_name(self, file: str) -> bool:
        """Whether a file's name says one of the names, or a word of one that is not short."""
        words = _parts(file)
        names = {part for name in self._codes for part in _parts(name) if len(part) >= _SHORTEST_PART}
        return not names.isdisjoint(words) or self._names.search(" ".join(words)) is not None

    def words(self, text: str) -> str:
        """Return the text with "[visitor 1]" in the place of a name; as it is where it has none."""
        shown = _composed(text)
        return self._names.sub(self._code, shown) if self._names.search(shown) else text

    def _code(self, found: re.Match[str]) -> str:
        code = self._codes.get(" ".join(found[0].split()).casefold(), _SOMEBODY)
        self.replaced.add(code)
        return f"[{code}]"


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", _composed(name).casefold())


def _composed(text: str) -> str:
    """Return a text as it is shown, in which an accent is part of its letter, however it was typed."""
    return unicodedata.normalize("NFC", clean(text))
