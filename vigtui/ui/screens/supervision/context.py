"""What is read during the walk: the agenda, who asks what, what was agreed before."""

from vigtui.domain.consent import and_list
from vigtui.domain.records import Person, Session, SessionItem
from vigtui.domain.showing import find_clip
from vigtui.domain.supervision import earlier_working_points, in_order
from vigtui.store.caseload import Caseload
from vigtui.ui.screens.supervision.texts import Context
from vigtui.ui.widgets.agenda import Entry
from vigtui.values.days import show_day
from vigtui.values.text import one_line
from vigtui.workspace.workspace import Workspace

_EARLIER = 3


def agenda_entry(caseload: Caseload, item: SessionItem) -> Entry:
    """The item as it stands on the agenda."""
    found, beside = find_clip(caseload.get, item.clip), find_clip(caseload.get, item.companion)
    return Entry(
        id=item.id,
        code=found[1].code(found[0]) if found else "no clip",
        title=one_line(found[0].title) if found else "",
        beside=beside[1].code(beside[0]) if beside else "",
    )


def beside_texts(workspace: Workspace, session: Session, item: SessionItem | None) -> Context:
    """What stands beside the texts of this item."""
    caseload, today = workspace.caseload, workspace.today()
    points = earlier_working_points(session, caseload.all(Session), caseload.all(SessionItem))
    earlier = (f"({show_day(each.date, today)}: {one_line(each.words)})" for each in points[:_EARLIER])
    return Context(
        asker=_asker(caseload, session, item),
        question=item.trainee_question if item else "",
        earlier=tuple(earlier),
        amendments=tuple(_agreement(workspace, session)),
    )


def state_words(session: Session) -> str:
    """The state of the record: "agreed, 2 amendments"."""
    number = len(session.amendments)
    more = f", {number} amendment{'s' if number > 1 else ''}" if number else ""
    return f"{session.state.label}{more}"


def _agreement(workspace: Workspace, session: Session) -> list[str]:
    """Who agreed the record and when, and what was added since."""
    if session.agreed is None:
        return []
    caseload, today = workspace.caseload, workspace.today()
    who = and_list([_signature(caseload, person) for person in session.agreed.by])
    agreed = f"Agreed by {who} on {show_day(session.agreed.at.date(), today)}."
    added = [
        f"Added {show_day(each.at.date(), today)} by {_signature(caseload, each.by)}: {each.words}"
        for each in session.amendments
    ]
    items = in_order(caseload.where(SessionItem, session=session.id), session.id)
    unknown = [str(place) for place, item in enumerate(items, 1) if item.agreed is None]
    if not unknown or len(unknown) == len(items):
        return [agreed, *added]
    late = f"On the agenda without being agreed: {and_list(unknown)}. Whoever added that did not know."
    return [agreed, late, *added]


def _signature(caseload: Caseload, person: str) -> str:
    found = caseload.get(Person, person)
    return one_line(found.name if found else person)


def _asker(caseload: Caseload, session: Session, item: SessionItem | None) -> str:
    """The first name of the trainee whose clip it is; "" when that is nobody in particular."""
    found = find_clip(caseload.get, item.clip) if item else None
    guider = found[1].family.guider if found else ""
    trainees = (guider,) if guider in session.trainees else session.trainees
    return next(iter(_signature(caseload, trainees[0]).split()), "") if len(trainees) == 1 else ""
