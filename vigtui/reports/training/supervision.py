"""The record of a supervision session: each clip with its question, what was seen together, what was agreed.

It has the words as they were agreed. What a trainee sees by themselves is theirs, and is not on it; nor are
notes that somebody keeps for themselves alone.
"""

import datetime as dt

from msgspec import Struct

from vigtui.domain.consent.showing import describe_clip, find_clip
from vigtui.domain.lookup import Where
from vigtui.domain.records import Note, Session, SessionItem
from vigtui.domain.sessions.seeing import whose
from vigtui.domain.supervision import in_order
from vigtui.domain.vocabulary import SessionState
from vigtui.reports.paper import Paper, PaperRefusedError, plain
from vigtui.values.days import show_hours, show_whole_day
from vigtui.values.text import one_line
from vigtui.wording.names import Names
from vigtui.wording.supervision import agreement_lines, file_name, names, session_name, signature


class ItemPart(Struct, frozen=True):
    """An item of the agenda. `who` is whose it is, where several trainees were there."""

    clip: str
    beside: str
    who: str
    goal: str
    question: str
    seen: str
    working_point: str
    next_step: str


class SharedNote(Struct, frozen=True):
    """A note for everybody who was there."""

    by: str
    words: str


def session_paper(called: Names, where: Where, session: Session) -> Paper:
    """Return the record of a session. Raises PaperRefusedError for one that is still to come: nothing of it
    is agreed, and what was written to prepare it is each writer's own."""
    called = called.on_paper()
    find = called.find
    if session.state is SessionState.PLANNED:
        day = show_whole_day(session.date)
        raise PaperRefusedError(f"The {session.kind.label} of {day} is still to come. Its record follows it.")
    items = in_order(where(SessionItem, session=session.id), session.id)
    several = len(session.trainees) > 1
    about = (session.id, *(each.id for each in items))
    notes = [each for one in about for each in where(Note, about=one) if not called.is_hidden(each)]
    values = {
        "name": session_name(where, session),
        "day": show_whole_day(session.date),
        "trainees": names(find, session.trainees),
        "supervisor": names(find, [session.supervisor]),
        "mode": session.mode.label,
        "hours": f"{round(session.minutes / 60, 2):g}" if session.minutes else "",
        "length": show_hours(session.minutes) if session.minutes else "",
        "stage": one_line(session.stage),
        "opening": session.opening.strip(),
        "strengths": session.strengths.strip(),
        "items": plain([_item(called, session, each, several=several) for each in items]),
        "notes": plain([SharedNote(signature(find, each.author), each.body.strip()) for each in notes]),
        "agreement": agreement_lines(find, where, session, dt.date.min),
        "agreed": session.agreed is not None,
        "signers": [signature(find, each) for each in (*session.trainees, session.supervisor) if each],
    }
    clips = (find_clip(find, clip) for each in items for clip in (each.clip, each.companion))
    families = tuple(sorted({found[1].family.id for found in clips if found}))
    return Paper("supervision", file_name(session), values, families)


def _item(called: Names, session: Session, item: SessionItem, *, several: bool) -> ItemPart:
    return ItemPart(
        clip=_clip(called, item.clip),
        beside=_clip(called, item.companion),
        who=names(called.find, [whose(called.find, session, item)]) if several else "",
        goal=item.goal.strip(),
        question=item.trainee_question.strip(),
        seen=item.seen_together.strip(),
        working_point=item.working_point.strip(),
        next_step=item.next_step.strip(),
    )


def _clip(called: Names, clip: str) -> str:
    """What a clip is called, by its family's code."""
    found = find_clip(called.find, clip)
    return one_line(f"{found[1].family.code} {describe_clip(*found)}") if found else ""
