"""What is read during the walk: the agenda, who asks what, what was agreed before."""

import datetime as dt

from vigtui.domain.consent.access import agreed
from vigtui.domain.consent.showing import find_clip
from vigtui.domain.records import Session, SessionItem
from vigtui.domain.supervision import earlier_working_points, trainee_of
from vigtui.domain.vocabulary import Purpose
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.supervision.texts import Context
from vigtui.ui.widgets.agenda import Entry
from vigtui.values.days import show_day
from vigtui.values.text import one_line
from vigtui.wording.supervision import agreement_lines, asker
from vigtui.workspace.workspace import Workspace

_EARLIER = 3


def agenda_entry(caseload: Caseload, item: SessionItem, today: dt.date) -> Entry:
    """The item as it is on the agenda, and whether everybody in its films agrees to supervision."""
    found, beside = find_clip(caseload.get, item.clip), find_clip(caseload.get, item.companion)
    return Entry(
        id=item.id,
        code=found[1].code(found[0]) if found else "no clip",
        title=one_line(found[0].title) if found else "",
        beside=beside[1].code(beside[0]) if beside else "",
        closed=not all(
            agreed(caseload, each[1].recording.id, Purpose.SUPERVISION, today).allowed
            for each in (found, beside)
            if each
        ),
    )


def beside_texts(workspace: Workspace, session: Session, item: SessionItem | None) -> Context:
    """What is beside the texts of this item."""
    caseload, today = workspace.caseload, workspace.today()

    def guider_of(each: SessionItem) -> str:
        found = find_clip(caseload.get, each.clip)
        return found[1].family.guider if found else ""

    guider = guider_of(item) if item else ""
    trainee = trainee_of(session, guider)
    points = earlier_working_points(
        session, trainee, caseload.all(Session), caseload.all(SessionItem), guider_of
    )
    earlier = (f"{show_day(each.date, today)}: {one_line(each.words)}" for each in points[:_EARLIER])
    return Context(
        asker=asker(caseload.get, session, guider),
        question=item.trainee_question if item else "",
        earlier=tuple(earlier),
        amendments=tuple(agreement_lines(caseload.get, caseload.where, session, today)),
    )
