"""What is read during the walk: the agenda, who asks what, what was agreed before."""

import datetime as dt

from vigtui.domain.consent.access import agreed_in_session
from vigtui.domain.consent.showing import find_clip
from vigtui.domain.records import Session, SessionItem
from vigtui.domain.sessions.seeing import Sides, sides
from vigtui.domain.sessions.working_points import may_read_points, threads
from vigtui.domain.supervision import trainee_of
from vigtui.domain.vocabulary import PointState
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.supervision.texts import Context
from vigtui.ui.widgets.agenda import Entry
from vigtui.values.days import show_day
from vigtui.values.keys import KeyFor
from vigtui.values.text import one_line
from vigtui.wording.supervision import (
    agreement_lines,
    first_name,
    first_words,
    seeing_heading,
    seeing_words,
    withheld,
)
from vigtui.workspace.workspace import Workspace

_EARLIER = 3


def agenda_entry(caseload: Caseload, item: SessionItem, today: dt.date) -> Entry:
    """The item as it is on the agenda, and whether everybody in its films agrees to them
    being seen in its session."""
    found, beside = find_clip(caseload.get, item.clip), find_clip(caseload.get, item.companion)
    return Entry(
        id=item.id,
        code=found[1].code(found[0]) if found else "no clip",
        title=one_line(found[0].title) if found else "",
        beside=beside[1].code(beside[0]) if beside else "",
        closed=not all(
            agreed_in_session(caseload, each[1].recording.id, item.session, today).allowed
            for each in (found, beside)
            if each
        ),
    )


def sides_of(workspace: Workspace, session: Session | None, item: SessionItem | None) -> Sides | None:
    """The item as whoever is at the keyboard finds it; None without one."""
    if session is None or item is None:
        return None
    caseload, person = workspace.caseload, workspace.person
    return sides(caseload.get, caseload.where, session, item, person.id if person else "")


def beside_texts(workspace: Workspace, session: Session, item: SessionItem | None, key: KeyFor) -> Context:
    """What is beside the texts of this item."""
    caseload, today = workspace.caseload, workspace.today()

    found = sides_of(workspace, session, item)
    trainee = found.trainee if found else trainee_of(session, "")
    reader = workspace.person
    going_on = [
        each
        for each in threads(caseload.get, caseload.where, trainee, before=session)
        if each.goes_on and (reader is None or may_read_points(reader, each.session, trainee))
    ]
    earlier = [
        f"{show_day(each.date, today)}: {one_line(each.words)}"
        + (f" ({each.state.label})" if each.state is not PointState.OPEN else "")
        for each in going_on[:_EARLIER]
    ]
    if len(going_on) > _EARLIER:
        earlier.append(f"and {len(going_on) - _EARLIER} more: {key('walk.thread')}")
    seeing = seeing_words(caseload.get, found, key) if found and found.trainee else ""
    has_heading = found is not None and (found.writes_own if found.is_own else seeing)
    return Context(
        asker=first_name(caseload.get, trainee),
        question=item.trainee_question if item else "",
        goal=item.goal if item else "",
        seeing_heading=seeing_heading(caseload.get, found, today) if found and has_heading else "",
        seeing="" if found and found.is_own else seeing,
        first=first_words(caseload.get, found) if found else "",
        withheld=withheld(key) if found and found.words_withheld else "",
        earlier=tuple(earlier),
        amendments=tuple(agreement_lines(caseload.get, caseload.where, session, today)),
    )
