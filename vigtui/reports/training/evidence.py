"""Evidence for an accreditation: a portfolio for readers who must not learn which families it is about.

Families are numbered; their names, codes, pseudonyms and members' labels are nowhere. What else might tell
who they are is left out, unless somebody has looked at it and lets it stand.
"""

from collections.abc import Collection, Iterable, Iterator

from vigtui.domain.lookup import EveryVersion, Where
from vigtui.domain.principles import Principles
from vigtui.domain.records import (
    Description,
    Family,
    HelpingQuestion,
    Person,
    Programme,
    Rating,
    Voice,
)
from vigtui.domain.vocabulary import Role
from vigtui.queries.training.identifying import Finding, Known, identifying, phrases
from vigtui.queries.training.portfolio import Portfolio
from vigtui.reports.paper import Paper
from vigtui.reports.training.portfolio import families_of, portfolio_paper
from vigtui.values.days import MONTHS, WEEKDAYS
from vigtui.values.text import folded
from vigtui.wording.names import Names
from vigtui.wording.training.codes import Codes

LEFT_OUT = "[…]"
"""Stands for words that might identify a family."""

_SHORTEST_NAME = 3
_USUAL = """
    a about after again all also an and another are as at be because before begin both but by can
    clip clips come course cycle do each enough every family film first for four from go had has
    have he her here him his how i i'd i'll i'm i've if in initial into is it it's its just last let
    like long look make many may me meeting more most much my never next no nobody not nothing now
    of often on once one only open or other our out over review same says scheme see seminar session
    she should since so some somebody sometimes stage still stop supervision supervisor take ten
    than that that's the their them then there there's these they thing things this those three
    through time to today together too toward training transition two under until up us verp very
    vig was watching we were what when where which while who whole whose why will with without words
    work would written yes yet you your
"""


class Evidence:
    """Takes names, and what might identify a family, out of texts, and knows what that was: `findings`."""

    def __init__(self, codes: Codes, known: Known, standing: Collection[str]) -> None:
        self._codes, self._known, self._standing = codes, known, standing
        self.findings: dict[str, Finding] = {}

    def words(self, text: str, family: Family | None = None) -> str:
        """Return the text without what might identify; what may stand is left in it."""
        text = self._codes.words(text, family)
        for each in identifying(text, self._known):
            self.findings.setdefault(each.words, each)
        gone = [each for each in self.findings if each not in self._standing]
        for words in sorted(gone, key=len, reverse=True):
            text = text.replace(words, LEFT_OUT)
        return text


def evidence_paper(
    names: Names, records: EveryVersion, person: Person, found: Portfolio, standing: Collection[str] = ()
) -> tuple[Paper, list[Finding]]:
    """Return the evidence of a person, and what in it might identify a family: all of that is left out but
    the words that somebody lets stand (`standing`)."""
    numbers = {each: number for number, each in enumerate(families_of(names, found), start=1)}

    def called(family: Family) -> str:
        number = numbers.get(family.id)
        return f"Family {number}" if number else "another family"

    words = Evidence(Codes(records.where(Family), called), _known(names, records.where, person), standing)
    paper = portfolio_paper(names, records, person, found, words, called, only_agreed=True)
    values = {**paper.values, "checked": sum(each in standing for each in words.findings)}
    kept = Paper(
        "evidence", paper.name.replace("portfolio", "evidence"), values, paper.families, table=paper.table
    )
    return kept, list(words.findings.values())


def _known(names: Names, where: Where, person: Person) -> Known:
    """What is no name on this paper, which names the caseload has, and what families said in it."""
    families = where(Family)
    members = [member.label for each in families for member in each.members]
    labels = {*members, *(each.pseudonym for each in families), *(each.code for each in families)}
    return Known(
        words=frozenset(_plain_words(names.principles, where, person)),
        names=frozenset(folded(each) for each in labels if len(each.strip()) >= _SHORTEST_NAME),
        phrases=phrases(_said(where)),
    )


def _plain_words(principles: Principles, where: Where, person: Person) -> Iterator[str]:
    """The words that may begin with a capital and are no name: usual ones, those of the field, and the names
    of colleagues in the training, who are named on the paper anyway."""
    in_training = (each for each in where(Person) if each == person or set(each.roles) - {Role.SOCIAL_WORKER})
    programmes = where(Programme)
    stages = [stage for each in programmes for stage in each.stages]
    texts: Iterable[str] = (
        _USUAL,
        *MONTHS,
        *WEEKDAYS,
        *(month[:3] for month in MONTHS),
        *(each.name for each in in_training),
        *(each.name for each in programmes),
        *(words for each in stages for words in (each.name, each.gate, *each.written)),
        *(each.name for each in principles.principles),
        *(item.name for each in principles.principles for item in each.items),
    )
    for text in texts:
        yield from folded(text).split()


def _said(where: Where) -> Iterator[str]:
    """What families said in their own words."""
    yield from (each.words for each in where(HelpingQuestion))
    yield from (each.words for each in where(Description))
    yield from (each.words for each in where(Voice))
    yield from (each.words for each in where(Rating))
    yield from (each.closure.words for each in where(Family))
