"""A clip that goes to somebody outside the work: for which purposes, under which name of a file, and what
went under somebody's consent."""

import re
from collections.abc import Iterator

from vigtui.domain.consent.filmed import people_in, recordings_of
from vigtui.domain.lookup import Where
from vigtui.domain.records import Clip, Consent, Family, Share
from vigtui.domain.vocabulary import Purpose
from vigtui.values.text import folded

OUTSIDE = tuple(each for each in Purpose if each not in (Purpose.FILM, Purpose.SUPERVISION))
"""The purposes for which somebody outside the work sees a clip."""

_SHORTEST = 2


def told_by_name(file: str, family: Family) -> str:
    """Return what a file's name tells of a family: its code, its pseudonym or what a member is called; "" for
    a name that says nothing of it."""
    words = set(_words(file))
    joined = "".join(_words(file))
    if (code := "".join(_words(family.code))) and code in joined:
        return family.code
    names = [family.pseudonym, *(member.label for member in family.members)]
    return next((name for name in names if not words.isdisjoint(_telling(name))), "")


def shown_under(where: Where, family: Family, no: Consent) -> list[Share]:
    """Return what was shown to others under the consent that somebody takes back: for that purpose, or for
    any where it is filming, and of film in which they are; the oldest first."""
    shares = [
        share
        for recording in recordings_of(where, family)
        if no.member in people_in(recording, family)
        for clip in where(Clip, recording=recording.id)
        for share in where(Share, clip=clip.id)
        if no.purpose in (share.purpose, Purpose.FILM)
    ]
    return sorted(shares, key=lambda each: (each.date, each.id))


def _telling(name: str) -> Iterator[str]:
    return (word for word in _words(name) if len(word) >= _SHORTEST)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text))
