"""What happens to a session as a whole: its agenda, its state, its amendments.

Called from workers of the screen.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from vigtui.domain.notes import own_note
from vigtui.domain.records import Confirmation, Note, Seeing, Session, SessionItem
from vigtui.domain.removal import plan_removal
from vigtui.domain.sessions.agreement import confirm, confirmed, signers
from vigtui.domain.supervision import amend, require_open, revise
from vigtui.domain.vocabulary import SessionKind, SessionState, Visibility
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.papers.training_papers import show_session
from vigtui.ui.dialogs.records.agenda import add_clip, add_item, clips_to_add, edit_item, move_item
from vigtui.ui.dialogs.records.person import choose_person
from vigtui.ui.dialogs.records.session import edit_session
from vigtui.ui.dialogs.removing.erasure import erase_for_good
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.dialogs.sessions.minute_after import show_minute_after
from vigtui.ui.dialogs.sessions.skills import skill_scale
from vigtui.ui.screens.supervision.clock import LONGEST, SessionClock
from vigtui.ui.screens.supervision.texts import WalkTexts
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.days import show_long_day
from vigtui.values.text import counted
from vigtui.wording.supervision import agreement_lines, names, session_name
from vigtui.wording.values import moment_words
from vigtui.workspace.agreeing import agree

_OF_ITEM = [
    ("edit", "This item: the question, the clip beside it"),
    ("earlier", "This item: earlier"),
    ("later", "This item: later"),
    ("remove", "This item: remove it"),
]


async def change_agenda(screen: CaseScreen, session: Session, item: SessionItem | None) -> SessionItem | None:
    """Ask what to do with the agenda: add a clip, where the cursor begins, or change the item at hand.
    Answers the item that was added."""
    try:
        require_open(session)
    except ValueError as error:
        screen.tell(str(error), problem=True)
        return None
    if item is None:
        return await add_item(screen, session)
    # In VERP it is asked first who chooses; where no clip is left, it is said why.
    clips = [] if session.kind is SessionKind.VERP else clips_to_add(screen.caseload, session)
    adding = [(clip, f"Add {words}") for clip, words in clips] or [("add", "Add a clip")]
    chosen = await screen.ask(ChooseScreen("The agenda", [*_OF_ITEM, *adding], at=adding[0][0]))
    if chosen is None:
        return None
    if chosen == "add":
        return await add_item(screen, session)
    if chosen == "edit":
        await edit_item(screen, session, item)
    elif chosen == "remove":
        await _remove_item(screen, item)
    elif chosen in ("earlier", "later"):
        move_item(screen.caseload, item, -1 if chosen == "earlier" else 1)
    else:
        return await add_clip(screen, session, chosen)
    return None


async def _remove_item(screen: CaseScreen, item: SessionItem) -> None:
    caseload = screen.caseload
    along = plan_removal(caseload.get, caseload.where, item).along
    written = any((item.seen_together, item.working_point, item.next_step))
    if written or any(not isinstance(each, Seeing) or each.words for each in along):
        await remove_record(screen, item, "this item of the agenda and what was written in it")
        return
    with caseload.transaction("Remove an item of the agenda"):
        caseload.delete(item)


_STEPS = {
    SessionState.PLANNED: [
        ("details", "Change who, when and how"),
        ("held", "The session has taken place"),
        ("remove", "Remove this session"),
    ],
    SessionState.HELD: [
        ("agree", "Agree this record"),
        ("message", "The minute after: a message for the trainee"),
        ("paper", "The record as a paper"),
        ("details", "Change who, when and how"),
        ("planned", "The session is still to come"),
    ],
    SessionState.AGREED: [
        ("amend", "Add an amendment"),
        ("message", "The minute after: a message for the trainee"),
        ("paper", "The record as a paper"),
    ],
}


_LOCKS = (
    "Once all have agreed it is locked: what is added later is dated and signed. Words that are changed "
    "before that are agreed anew."
)


async def change_session(screen: CaseScreen, session: Session, trainee: str) -> None:
    """Ask what to do with the session: its details, held, agreed, amended. `trainee` is whose item is at
    hand, "" for nobody in particular."""
    clock, texts = SessionClock(screen.workspace.places, session.id), screen.query_one(WalkTexts)
    running = clock.since is not None
    options = [*_STEPS[session.state], ("skills", "Skill scale: fill it in, and side by side")]
    if session.state is SessionState.PLANNED:
        first = ("held", "The session has taken place") if running else ("begin", "Begin: its clock runs")
        options = [first, *(each for each in options if each != first)]
    options.append(("history", "Who changed what in it, and when"))
    does = "Show" if texts.covered else "Cover"
    options.append(("cover", f"{does} the note that only you read"))
    own = _own_note(screen, session)
    if own is not None:
        options.append(("note", "Erase the note that only you read, for good"))
    name = session_name(screen.caseload.where, session)
    chosen = await screen.ask(ChooseScreen(f"{name}, {session.state.label}", options))
    if chosen is None or (chosen == "agree" and not await _has_been(screen, session)):
        return
    acts: dict[str, Callable[[], Awaitable[object]]] = {
        "begin": lambda: _begin(screen, clock),
        "held": lambda: _held(screen, session, clock),
        "planned": lambda: _planned(screen, session),
        "details": lambda: edit_session(screen, session),
        "agree": lambda: _agree(screen, session),
        "amend": lambda: _amend(screen, session),
        "remove": lambda: remove_record(screen, session, name),
        "skills": lambda: skill_scale(screen, session, trainee),
        "message": lambda: show_minute_after(screen, session, asked=True),
        "paper": lambda: show_session(screen, session.id),
        "history": lambda: _tell_history(screen, session),
        "cover": lambda: _cover(screen, texts),
        "note": lambda: _erase_note(screen, own),
    }
    await acts[chosen]()


def _own_note(screen: CaseScreen, session: Session) -> Note | None:
    """The note on a session that the person keeps for themselves, if there is one."""
    person = screen.workspace.person
    if person is None:
        return None
    note = own_note(screen.caseload.where, session.id, person.id, Visibility.AUTHOR)
    return note if note.rev else None


async def _erase_note(screen: CaseScreen, note: Note | None) -> None:
    if note is not None:
        await erase_for_good(screen, note, "your note that only you read")


async def _begin(screen: CaseScreen, clock: SessionClock) -> None:
    clock.begin()
    await asyncio.to_thread(screen.workspace.places.save)


async def _planned(screen: CaseScreen, session: Session) -> None:
    name = session_name(screen.caseload.where, session)
    with screen.caseload.transaction(f"Mark {name} {SessionState.PLANNED.label}"):
        screen.caseload.save(revise(session, state=SessionState.PLANNED))


async def _cover(screen: CaseScreen, texts: WalkTexts) -> None:
    """Show the private note no more while this session is open, or show it again."""
    texts.covered = not texts.covered
    screen.refresh_records()


async def _tell_history(screen: CaseScreen, session: Session) -> None:
    screen.show_history([session])


async def _held(screen: CaseScreen, session: Session, clock: SessionClock) -> None:
    """Say that it has taken place: on which day, where it was planned for a later one, and how long, where
    its clock ran; the minute after follows."""
    fields, intro = _asked_of_held(session, clock, screen.workspace.today())
    if fields:
        values = await screen.ask(FormScreen("The session has taken place", fields, intro=intro))
        if values is None:
            return
        session = replace(session, **{**values, "minutes": values["minutes"] or 0})
    name = session_name(screen.caseload.where, session)
    with screen.caseload.transaction(f"Mark {name} {SessionState.HELD.label}"):
        held = screen.caseload.save(revise(session, state=SessionState.HELD))
    clock.end()
    await asyncio.to_thread(screen.workspace.places.save)  # Whatever ends the program now, it runs no more.
    await show_minute_after(screen, held, asked=False)


def _asked_of_held(session: Session, clock: SessionClock, today: dt.date) -> tuple[list[Field], str]:
    """What is asked of a session that has taken place, and the sentence above it; nothing where all is
    known: its day has come, and no clock ran."""
    early, minutes, since = session.date > today, clock.minutes, clock.since
    if not early and (minutes is None or since is None):
        return [], ""
    intro, fields, proposed = [], [], session.minutes
    if early:
        intro.append(f"It was planned for {show_long_day(session.date, today)}.")
        day = min(since.astimezone().date(), today) if since else today
        fields.append(Field("date", "Day", "date", day, required=True, past=True, hint="when it was"))
    if minutes is not None and since is not None:
        long = counted(minutes, "minute")
        intro.append(f"The clock has run since {moment_words(since, today)}: {long}.")
        proposed = minutes if minutes <= LONGEST else session.minutes
    hint = "they count as hours of supervision"
    fields.append(Field("minutes", "Minutes", "number", proposed, hint=hint))
    return fields, " ".join(intro)


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
    who = names(caseload.get, waiting)
    options = [("all", f"{who}, together" if len(waiting) > 1 else who)]
    own = person.id if person is not None and person.id in waiting and len(waiting) > 1 else ""
    if own:
        others = names(caseload.get, [each for each in waiting if each != own])
        options.append(
            ("own", f"{names(caseload.get, [own])} alone; {others} later, here or in another file")
        )
    chosen = await screen.ask(ChooseScreen("Who agrees the record now?", options, intro=_LOCKS))
    if chosen is None:
        return
    now = waiting if chosen == "all" else [own]
    at = dt.datetime.now(dt.UTC)
    agree(caseload, [confirm(session, items, each, at) for each in now])
    agreed = caseload.need(Session, session.id)
    screen.tell(
        " ".join(agreement_lines(caseload.get, caseload.where, agreed, screen.workspace.today()))
        + (" It is locked." if agreed.agreed else "")
    )


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
