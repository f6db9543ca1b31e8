"""A small invented caseload for tests of screens: three families, two guiders, a supervisor."""

import datetime as dt
from pathlib import Path

from vigtui.domain.records import Consent, Cycle, Family, HelpingQuestion, Member, Person, Rating, StatusSpan
from vigtui.domain.vocabulary import Decision, FamilyState, Purpose, Role, StatusKind
from vigtui.store.caseload import Caseload

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
    path = folder / "sample.vig.json"
    caseload = Caseload.create(path, service="Fenland VIG")
    today = dt.date.today()
    long_ago = today - dt.timedelta(days=60)
    with caseload.transaction("Make the sample"):
        ros = caseload.save(Person(name="Ros Tiverton", roles=(Role.SUPERVISOR,)))
        ellis = caseload.save(Person(name="Ellis Marr", roles=(Role.TRAINEE,), supervisor=ros.id))
        noor = caseload.save(Person(name="Noor Castell", roles=(Role.TRAINEE,), supervisor=ros.id))
        dana, jory = Member(label="Dana", relation="parent"), Member(label="Jory", relation="4")
        heron = caseload.save(
            Family(
                code="F-017",
                pseudonym="Heron",
                guider=ellis.id,
                state=FamilyState.ACTIVE,
                members=(dana, jory),
            )
        )
        caseload.save(Family(code="F-019", pseudonym="Plover", guider=noor.id, state=FamilyState.PAUSED))
        caseload.save(Family(code="F-021", pseudonym="Wren", guider=ellis.id, referred=today))
        caseload.save(StatusSpan(family=heron.id, kind=StatusKind.CIN, start=long_ago))
        for member in (dana, jory):
            for purpose in (Purpose.FILM, Purpose.SUPERVISION):
                caseload.save(
                    Consent(
                        family=heron.id,
                        member=member.id,
                        purpose=purpose,
                        decision=Decision.GIVEN,
                        date=long_ago,
                    )
                )
        words = "What's Jory telling me when he goes quiet?"
        question = caseload.save(HelpingQuestion(family=heron.id, owner="Dana", words=words, agreed=long_ago))
        for days, value in ((50, 3), (40, 5), (3, 8)):
            day = today - dt.timedelta(days=days)
            caseload.save(Rating(question=question.id, rater="Dana", date=day, value=value))
        day = today - dt.timedelta(days=40)
        caseload.save(Cycle(family=heron.id, number=1, filmed=day, reviewed=day + dt.timedelta(days=7)))
    caseload.close()
    return path
