"""What in a text might tell an outsider which family it is about: for somebody to decide on, one by one.

Names of the caseload are taken out before. What is found here is what no program can decide: a word that may
be a name or a place, a number, and what somebody said in their own words.
"""

import re
from collections.abc import Container, Iterable, Iterator
from enum import Enum

from msgspec import Struct

from vigtui.values.text import folded


class Why(Enum):
    """Why words might tell which family it is."""

    QUOTED = "in somebody's own words"
    VERBATIM = "words that a family said"
    REACHED = "an address or a number"
    AGE = "an age or a day"
    NAME = "may be a name or a place"
    PART = "has a name of this caseload in it"


class Finding(Struct, frozen=True):
    """Words of a text, why they might identify, and the words around them."""

    words: str
    why: Why
    around: str


class Known(Struct, frozen=True):
    """What is no name (`words`, folded), the names of the caseload (`names`, folded), and what families
    said, as runs of folded words (`phrases`)."""

    words: Container[str]
    names: frozenset[str]
    phrases: frozenset[tuple[str, ...]]


_RUN = 4
"""So many words in a row that a family said are theirs."""

_AROUND = 30
_QUOTED = "|".join(
    rf"{begin}(?:[^{end}\n]|\n(?!\n)){{1,400}}{end}" for begin, end in ("“”", '""', "‘’", "«»")
)
_REACHED = (
    r"[\w.+-]+@[\w.-]*\w|\bhttps?:\S+|\bwww\.\S+|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\+?\b\d[\d -]{6,}\d\b"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*"
_DAY = rf"\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: \d{{4}})?"
_AGE = r"\b(?:19|20)\d\d\b|\baged? \d{1,2}\b|\b\w+[ -](?:years?|months?|weeks?)[ -]old\b|\(\d{1,2}\)"
_PATTERNS = (
    (Why.QUOTED, re.compile(_QUOTED)),
    (Why.REACHED, re.compile(_REACHED)),
    (Why.AGE, re.compile(f"{_DAY}|{_AGE}", re.IGNORECASE)),
)
_OURS = re.compile(
    r"\[(?:adult|child|somebody)[^\]\n]*\]|\[?\b(?:SR|C)\d+-\d+(?: \d+:\d\d(?::\d\d)?\])?|\bFamily \d+\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def phrases(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return what these texts say as runs of words; a shorter text is one run."""
    found = set()
    for text in texts:
        words = _words(text)
        runs = range(max(len(words) - _RUN, 0) + 1) if len(words) > 1 else ()
        found |= {tuple(words[at : at + _RUN]) for at in runs}
    return frozenset(found)


def identifying(text: str, known: Known) -> list[Finding]:
    """Return what might identify somebody in a text, in its order; no two share a word."""
    taken = [found.span() for found in _OURS.finditer(text)]
    found: list[tuple[int, Finding]] = []
    for why, start, end in _spans(text, known):
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
            around = text[max(start - _AROUND, 0) : end + _AROUND]
            found.append((start, Finding(text[start:end], why, " ".join(around.split()))))
    return [each for _, each in sorted(found, key=lambda each: each[0])]


def _spans(text: str, known: Known) -> Iterator[tuple[Why, int, int]]:
    for why, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield why, *match.span()
    words = list(_WORD.finditer(text))
    yield from _verbatim(words, known)
    for word in words:
        spelt = folded(word[0])
        if any(name in spelt for name in known.names):
            yield Why.PART, *word.span()
        elif word[0][0].isupper() and not _is_known(spelt, known):
            yield Why.NAME, *word.span()


def _verbatim(words: list[re.Match[str]], known: Known) -> Iterator[tuple[Why, int, int]]:
    """The longest runs of words that a family said."""
    spelt = [folded(each[0]) for each in words]
    lengths = sorted({len(each) for each in known.phrases}, reverse=True)
    theirs = {
        place
        for at in range(len(spelt))
        for length in lengths
        if tuple(spelt[at : at + length]) in known.phrases
        for place in range(at, at + length)
    }
    at = 0
    while at < len(words):
        end = at
        while end in theirs:
            end += 1
        if end > at:
            yield Why.VERBATIM, words[at].start(), words[end - 1].end()
        at = max(end, at + 1)


def _is_known(spelt: str, known: Known) -> bool:
    """Whether a word, or the word without its ending, is no name."""
    return spelt in known.words or re.split("[’'-]", spelt)[0] in known.words


def _words(text: str) -> list[str]:
    return [folded(each[0]) for each in _WORD.finditer(text)]
