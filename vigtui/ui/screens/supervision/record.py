"""What happens to a session as a whole: its agenda, its state, its amendments.

Called from workers of the screen.
"""

import datetime as dt

from vigtui.domain.records import Confirmation, Session, SessionItem
from vigtui.domain.removal import plan_removal
from vigtui.domain.sessions.agreement import confirm, confirmed, signers
from vigtui.domain.supervision import amend, require_open, revise
from vigtui.domain.vocabulary import SessionState
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.records.agenda import add_item, edit_item, move_item
from vigtui.ui.dialogs.records.person import choose_person
from vigtui.ui.dialogs.records.session import edit_session
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.dialogs.sessions.skills import skill_scale
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.days import show_long_day
from vigtui.values.text import one_line
from vigtui.wording.supervision import names, session_name
from vigtui.workspace.agreeing import agree


async def change_agenda(screen: CaseScreen, session: Session, item: SessionItem | None) -> SessionItem | None:
    """Ask what to do with the agenda. Answers the item to go to, if it is another one."""
    try:
        require_open(session)
    except ValueError as error:
        screen.tell(str(error), problem=True)
        return None
    options = [("add", "Add a clip")]
    if item is not None:
        options += [
            ("edit", "This item: the question, the clip beside it"),
            ("earlier", "This item: earlier"),
            ("later", "This item: later"),
            ("remove", "This item: remove it"),
        ]
    chosen = await screen.ask(ChooseScreen("The agenda", options)) if item else "add"
    if chosen == "add":
        return await add_item(screen, session)
    if item is None or chosen is None:
        return None
    if chosen == "edit":
        await edit_item(screen, session, item)
    elif chosen == "remove":
        await _remove_item(screen, item)
    else:
        move_item(screen.caseload, item, -1 if chosen == "earlier" else 1)
    return None


async def _remove_item(screen: CaseScreen, item: SessionItem) -> None:
    caseload = screen.caseload
    written = any((item.seen_together, item.working_point, item.next_step))
    if written or plan_removal(caseload.get, caseload.where, item).along:
        await remove_record(screen, item, "this item of the agenda and what was written in it")
        return
    with caseload.transaction("Remove an item of the agenda"):
        caseload.delete(item)


async def change_session(screen: CaseScreen, session: Session, trainee: str) -> None:
    """Ask what to do with the session: its details, held, agreed, amended. `trainee` is whose item is at
    hand, "" for nobody in particular."""
    options = {
        SessionState.PLANNED: [
            ("details", "Change who, when and how"),
            ("held", "The session has taken place"),
            ("remove", "Remove this session"),
        ],
        SessionState.HELD: [
            ("agree", "Agree this record"),
            ("details", "Change who, when and how"),
            ("planned", "The session is still to come"),
        ],
        SessionState.AGREED: [("amend", "Add an amendment")],
    }[session.state]
    options.append(("skills", "Skill scale: fill it in, and side by side"))
    options.append(("history", "Who changed what in it, and when"))
    name = session_name(screen.caseload.where, session)
    chosen = await screen.ask(ChooseScreen(f"{name}, {session.state.label}", options))
    if chosen in ("held", "agree") and not await _has_been(screen, session):
        return
    if chosen == "details":
        await edit_session(screen, session)
    elif chosen == "agree":
        await _agree(screen, session)
    elif chosen == "amend":
        await _amend(screen, session)
    elif chosen == "remove":
        await remove_record(screen, session, name)
    elif chosen == "skills":
        await skill_scale(screen, session, trainee)
    elif chosen == "history":
        screen.show_history([session])
    elif chosen is not None:
        state = SessionState(chosen)
        with screen.caseload.transaction(f"Mark {name} {state.label}"):
            screen.caseload.save(revise(session, state=state))


async def _has_been(screen: CaseScreen, session: Session) -> bool:
    """Whether the session has taken place; asks where its day is still to come."""
    today = screen.workspace.today()
    if session.date <= today:
        return True
    day = show_long_day(session.date, today)
    question = f"This session is planned for {day}, which is still to come. Has it taken place already?"
    return await screen.ask(ConfirmScreen(question, "It has", "Not yet")) is True


async def _agree(screen: CaseScreen, session: Session) -> None:
    """Ask who agrees the record now: all who were there together, or whoever is at the keyboard."""
    caseload, person, people = screen.caseload, screen.workspace.person, signers(session)
    if not people:
        screen.tell("Nobody is named in this session yet. Say first who takes part.", problem=True)
        return
    items = caseload.where(SessionItem, session=session.id)
    found = confirmed(session, items, caseload.where(Confirmation, session=session.id))
    waiting = [each for each in people if each not in found]
    who, now = names(caseload.get, waiting), waiting
    if person is not None and person.id in waiting and len(waiting) > 1:
        others = names(caseload.get, [each for each in waiting if each != person.id])
        chosen = await screen.ask(
            ChooseScreen(
                "Who agrees the record now?",
                [
                    ("all", f"{who}, together"),
                    ("own", f"{one_line(person.name)} alone; {others} later, here or in another file"),
                ],
            )
        )
        if chosen is None:
            return
        now = waiting if chosen == "all" else [person.id]
    if now == waiting:
        question = f"Do {who} agree this record? It is locked then; later additions are dated and signed."
    else:
        question = (
            f"Do you agree the words of this record as they are now? It is locked once {others} has agreed,"
            " too. Words that are changed before that are agreed anew."
        )
    if not await screen.ask(ConfirmScreen(question, "Agree", "Not yet")):
        return
    at = dt.datetime.now(dt.UTC)
    agree(caseload, [confirm(session, items, each, at) for each in now])


async def _amend(screen: CaseScreen, session: Session) -> None:
    person = screen.workspace.person or await choose_person(screen)
    if person is None:
        return
    intro = f"The record stays as it was agreed. What you add is signed {person.name}, with today's date."
    values = await screen.ask(
        FormScreen("Add an amendment", [Field("words", "Words", "words", required=True)], intro=intro)
    )
    if values is None:
        return
    latest = screen.caseload.need(Session, session.id)
    with screen.caseload.transaction("Add an amendment"):
        screen.caseload.save(amend(latest, person.id, dt.datetime.now(dt.UTC), values["words"]))
