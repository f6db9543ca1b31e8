"""A small invented caseload for tests of screens: three families, two guiders, a supervisor."""

import datetime as dt
from pathlib import Path

from tests.caseloads import consents, make
from vigtui.domain.records import Cycle, Family, HelpingQuestion, Member, Person, Rating, StatusSpan
from vigtui.domain.vocabulary import FamilyState, Role, StatusKind

HOSTILE = (
    "[/foo]",
    "[@click=app.quit]x[/]",
    "\x1b]0;stolen\x07title",
    "\x1b[31mred\x1b[2J",
    "x" * 10_000,
    "שלום עולם",
    "👩‍👧 ❤️ 日本",
    "\u202egnp.exe",
    "a\nb\tc",
)
"""Texts that have broken programs like this one."""


def make_sample(folder: Path) -> Path:
    """Make the caseload and return its path."""
    today = dt.date.today()

    def ago(days: int) -> dt.date:
        return today - dt.timedelta(days=days)

    ros = Person(name="Ros Tiverton", roles=(Role.SUPERVISOR,))
    ellis = Person(name="Ellis Marr", roles=(Role.TRAINEE,), supervisor=ros.id)
    noor = Person(name="Noor Castell", roles=(Role.TRAINEE,), supervisor=ros.id)
    members = (Member(label="Dana", relation="parent"), Member(label="Jory", relation="4"))
    heron = Family(
        code="F-017", pseudonym="Heron", guider=ellis.id, state=FamilyState.ACTIVE, members=members
    )
    plover = Family(code="F-019", pseudonym="Plover", guider=noor.id, state=FamilyState.PAUSED)
    wren = Family(code="F-021", pseudonym="Wren", guider=ellis.id, referred=today)
    words = "What's Jory telling me when he goes quiet?"
    question = HelpingQuestion(family=heron.id, owner="Dana", words=words, agreed=ago(60))
    return make(
        folder / "sample.vig.json",
        *(ros, ellis, noor, heron, plover, wren),
        StatusSpan(family=heron.id, kind=StatusKind.CIN, start=ago(60)),
        *consents(heron, ago(60)),
        question,
        *(
            Rating(question=question.id, rater="Dana", date=ago(days), value=value)
            for days, value in ((50, 3), (40, 5), (3, 8))
        ),
        Cycle(family=heron.id, number=1, filmed=ago(40), reviewed=ago(33)),
    )
