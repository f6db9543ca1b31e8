"""Which words of which records are searched, what they are called, and which of them come first."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from vigtui.domain.records import (
    KIND_OF,
    ChosenClip,
    Clip,
    Consent,
    Cycle,
    Description,
    Family,
    HelpingQuestion,
    Moment,
    Note,
    PlannedMoment,
    PointStep,
    Rating,
    Record,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
    Still,
    TrajectEntry,
    TrajectHeading,
    Voice,
)

Key = tuple[str, str, str]
"""Words of a record: its table, its id, and the name of the part."""

NAME = "name"
"""The part of a family that says which it is."""


class Part(Struct, frozen=True):
    """Some words of a kind of record: `field` is where they stand, `label` what they are to a person."""

    field: str
    label: str
    words: Callable[[Any], str]


def _of(label: str, field: str) -> Part:
    return Part(field, label, lambda record: str(getattr(record, field)))


def _name(family: Family) -> str:
    members = (f"{each.label} {each.relation}" for each in family.members)
    return " ".join((family.code, family.pseudonym, *members))


def _titled(clip: Clip) -> str:
    """A caption often begins with its title."""
    parts = [clip.caption] if clip.caption.startswith(clip.title) else [clip.title, clip.caption]
    return "  ".join(filter(None, parts))


def _amended(session: Session) -> str:
    return "\n".join(each.words for each in session.amendments)


RANKED: tuple[tuple[tuple[type[Record], Part], ...], ...] = (
    ((Family, Part(NAME, "family", _name)),),
    ((HelpingQuestion, _of("question", "words")),),
    (
        (SessionItem, _of("working point", "working_point")),
        (SessionItem, _of("next step", "next_step")),
        (Cycle, _of("next step", "next_step")),
    ),
    ((Voice, _of("voice", "words")),),
    (
        (TrajectEntry, _of("traject plan", "words")),
        (TrajectHeading, _of("traject plan", "words")),
        (Description, _of("description", "words")),
    ),
    (
        (Clip, Part("caption", "caption", _titled)),
        (Still, _of("still", "caption")),
        (Moment, _of("moment", "words")),
        (PlannedMoment, Part("ask", "review plan", lambda each: f"{each.ask}  {each.wait_for}".strip())),
    ),
    ((Note, _of("note", "body")),),
    (
        (SessionItem, _of("own question", "trainee_question")),
        (SessionItem, _of("own goal", "goal")),
        (SessionItem, _of("seen together", "seen_together")),
        (Seeing, _of("own seeing", "words")),
        (PointStep, _of("working point", "words")),
        (Session, _of("supervision", "opening")),
        (Session, _of("strengths", "strengths")),
        (Session, Part("amendments", "supervision", _amended)),
        (Cycle, _of("cycle", "activity")),
        (Rating, _of("rating", "words")),
        (Consent, _of("child’s view", "child_view")),
        (Family, _of("referral", "reasons")),
        (Family, _of("referral", "whose_idea")),
        (Family, Part("timescales", "referral", lambda family: family.fit.timescales)),
        (Family, Part("formulation", "referral", lambda family: family.fit.formulation)),
        (Family, Part("chronology", "referral", lambda family: family.fit.chronology)),
        (
            Family,
            Part("closure", "ending", lambda each: f"{each.closure.reason}  {each.closure.words}".strip()),
        ),
        (Recording, _of("film held", "hold_reason")),
        (Reflection, _of("written piece", "body")),
        (ChosenClip, _of("chosen clip", "why")),
    ),
)
"""What is searched, in the order in which it is listed: what is sought most often comes first."""

PARTS: dict[tuple[str, str], Part] = {
    (kind.table, part.field): part for group in RANKED for kind, part in group
}
"""Every part, by the table of its kind and its field."""

_RANKS: dict[str, list[tuple[int, Part]]] = {}
for _rank, _group in enumerate(RANKED):
    for _kind, _part in _group:
        _RANKS.setdefault(_kind.table, []).append((_rank, _part))

SEARCHED: tuple[type[Record], ...] = tuple(KIND_OF[table] for table in _RANKS)
"""The kinds of record that have words to be searched."""


def parts_of(table: str) -> Iterator[tuple[int, Part]]:
    """Yield the parts of the records of a table, each with its place in `RANKED`."""
    yield from _RANKS.get(table, ())
