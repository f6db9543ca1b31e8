"""What would be lost: a file on a stick whose name says whose film it is."""

import datetime as dt

import pytest

from tests.permissions import Records
from vigtui.domain.consent.sharing import shown_under, told_by_name
from vigtui.domain.records import Clip, Consent, Cycle, Family, Member, Record, Recording, Share
from vigtui.domain.vocabulary import Decision, Purpose

HERON = Family(code="F-017", pseudonym="Heron", members=(Member(label="Dana"), Member(label="Jo")))


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("clip-2026-11-30.mp4", ""),
        ("join.mp4", ""),
        ("f017 clip.mp4", "F-017"),
        ("F_017.mp4", "F-017"),
        ("the HERON.mp4", "Heron"),
        ("jo-and-mum.mp4", "Jo"),
    ],
)
def test_a_name_tells_of_a_family_by_its_code_its_pseudonym_or_a_member(file: str, told: str) -> None:
    assert told_by_name(file, HERON) == told


DAY = dt.date(2026, 11, 1)
DANA, JO = Member(id="dana", label="Dana"), Member(id="jo", label="Jo")
WREN = Family(id="wren", code="F-021", members=(DANA, JO))


def a_share(film: str, purpose: Purpose) -> Share:
    return Share(id=f"{film}-{purpose}", clip=f"clip-{film}", audience="Kit", purpose=purpose, date=DAY)


SHOWN: list[Record] = [
    WREN,
    Cycle(id="cycle", family="wren", number=1),
    Recording(id="both", cycle="cycle", people=("dana", "jo")),
    Recording(id="mum", cycle="cycle", people=("dana",)),
    *(Clip(id=f"clip-{film}", recording=film, in_ms=0, out_ms=9) for film in ("both", "mum")),
    *(a_share(film, each) for film in ("both", "mum") for each in (Purpose.COURT, Purpose.SOCIAL_WORKER)),
]


@pytest.mark.parametrize(
    ("member", "purpose", "shown"),
    [
        ("jo", Purpose.COURT, {"both-court"}),
        ("dana", Purpose.COURT, {"both-court", "mum-court"}),
        ("jo", Purpose.FILM, {"both-court", "both-social_worker"}),
        ("jo", Purpose.CONFERENCE, set()),
    ],
)
def test_what_was_shown_under_a_consent_is_of_film_they_are_in_and_for_that_purpose(
    member: str, purpose: Purpose, shown: set[str]
) -> None:
    no = Consent(family="wren", member=member, purpose=purpose, decision=Decision.WITHDRAWN, date=DAY)
    assert {each.id for each in shown_under(Records(*SHOWN).where, WREN, no)} == shown
