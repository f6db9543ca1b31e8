"""Planning a session of supervision, intervision or VERP, and choosing one."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from vigtui.domain.consent.showing import find_clip
from vigtui.domain.cycles import guider_then
from vigtui.domain.people import guides, likely_supervisor, supervises
from vigtui.domain.records import Family, Person, Session
from vigtui.domain.sessions.bringing import may_take_part
from vigtui.domain.sessions.reading import may_read_session
from vigtui.domain.supervision import in_its_mode
from vigtui.domain.vocabulary import SessionKind, SessionMode, SessionState, Setting
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.records.agenda import put_on_agenda
from vigtui.ui.dialogs.records.person import edit_colleague
from vigtui.ui.dialogs.sessions.participants import participant_key, participants, save_participants
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.wording.supervision import session_line, session_name
from vigtui.wording.training.people import leave_words

_NEW = {
    SessionKind.SUPERVISION: "Plan a new session",
    SessionKind.INTERVISION: "Plan intervision: colleagues among themselves",
    SessionKind.VERP: "Plan VERP: professionals choose clips of their own work",
}
_TITLES = {
    SessionKind.SUPERVISION: "Plan a supervision session",
    SessionKind.INTERVISION: "Plan intervision",
    SessionKind.VERP: "Plan a VERP session",
}
_CALLED = {
    SessionKind.SUPERVISION: ("Trainees", "Supervisor"),
    SessionKind.INTERVISION: ("Colleagues", "Led by"),
    SessionKind.VERP: ("Participants", "Guided by"),
}
"""What those who bring clips are called, and whoever leads."""


async def plan_session(screen: CaseScreen, family: str = "", clip: str = "") -> Session | None:
    """Ask for a session, or plan a new one. With `clip`, that clip goes on its agenda, so that no session
    whose record is agreed is offered.

    `family` brings its guider's sessions to the top; to somebody in training, their own are there, whosever
    family it is. Answers None when the question was left. Call it from a
    worker of `screen`.
    """
    caseload, person = screen.caseload, screen.workspace.person
    found = find_clip(caseload.get, clip) if clip else None
    subject = found[1].family if found else caseload.get(Family, family)
    guider = subject.guider if subject else ""
    if found is not None:
        guider = guider_then(found[1].cycle, found[1].family)
    elif person is not None and guides(person) and not supervises(person):
        guider = person.id
    session = await _choose_session(screen, subject, guider, also_agreed=found is None)
    if session is None:
        return None
    if found is not None:
        await put_on_agenda(screen, session, found[0])
    return session


async def _choose_session(
    screen: CaseScreen, family: Family | None, guider: str, *, also_agreed: bool
) -> Session | None:
    """The guider's own sessions to come are first, then new ones, then all others that are the person's to
    read, the agreed last."""
    caseload = screen.caseload
    reader = screen.workspace.person
    offered = [
        each
        for each in caseload.all(Session)
        if (also_agreed or not _is_agreed(each)) and may_read_session(reader, each)
    ]
    own = [each for each in offered if _is_theirs(each, guider) and each.state is SessionState.PLANNED]
    own.sort(key=lambda each: each.date)
    others = [each for each in offered if each not in own]
    others.sort(
        key=lambda each: (not _is_agreed(each), _is_theirs(each, guider), each.date, each.id), reverse=True
    )

    def option(session: Session) -> tuple[str, str]:
        return session.id, session_line(caseload.get, caseload.where, session, screen.workspace.today())

    new = [(kind.value, words) for kind, words in _NEW.items()]
    if family is not None and family.setting is Setting.PROFESSIONAL:
        new.reverse()
    options = [*map(option, own), *new, *map(option, others)]
    chosen = await screen.ask(ChooseScreen("Which session?", options))
    if chosen is None:
        return None
    kind = next((kind for kind in _NEW if kind.value == chosen), None)
    if kind is None:
        return caseload.need(Session, chosen)
    return await plan_new(screen, kind, guider=guider, family=family)


def _is_theirs(session: Session, person: str) -> bool:
    """Whether somebody takes part in the session, or guides the VERP of it."""
    return person in session.trainees or (
        session.kind is SessionKind.VERP and bool(person) and person == session.supervisor
    )


def _is_agreed(session: Session) -> bool:
    return session.state is SessionState.AGREED


async def plan_new(
    screen: CaseScreen,
    kind: SessionKind = SessionKind.SUPERVISION,
    *,
    guider: str = "",
    family: Family | None = None,
) -> Session | None:
    """Plan a session of this kind: with the `guider` of a `family`, or, in VERP, with those in the family
    who look at their own work. Answers it as saved, or None."""
    if kind is not SessionKind.VERP and not await _has_two_people(screen):
        return None
    trainees: tuple[str, ...] = (guider,) if guider else ()
    supervisor = ""
    if kind is SessionKind.SUPERVISION:
        supervisor = _likely_supervisor(screen, guider)
    elif kind is SessionKind.VERP:
        supervisor = _likely_guider(screen.workspace.person, guider)
        trainees = tuple(
            participant_key(home, each) for home, each in may_take_part([family] if family else [])
        )
    in_group = kind is SessionKind.INTERVISION or len(trainees) > 1
    planned = Session(
        kind=kind,
        supervisor=supervisor,
        trainees=trainees,
        date=screen.workspace.today(),
        minutes=60,
        mode=SessionMode.GROUP if in_group else SessionMode.ONE_TO_ONE,
    )
    return await edit_session(screen, planned)


async def edit_session(screen: CaseScreen, session: Session) -> Session | None:
    """Ask for a session's details, of a new one or of one that is there. Answers it as saved, or None."""
    caseload, kind = screen.caseload, session.kind
    words = f"Change {session_name(caseload.where, session)}" if session.rev else _TITLES[kind]
    asking = FormScreen(words, _session_fields(caseload, session), check=_check_session)
    values = await screen.ask(asking)
    if values is None:
        return None
    values["mode"] = SessionMode(values["mode"])
    values["minutes"] = values["minutes"] or 0
    with caseload.transaction(words):
        if kind is SessionKind.VERP:
            values["trainees"] = save_participants(caseload, values["trainees"])
        saved = caseload.save(in_its_mode(replace(session, **values)))
    _tell_leave(screen, saved)
    return saved


def _tell_leave(screen: CaseScreen, session: Session) -> None:
    """Say who is on leave on the day of a session to come. It is planned all the same, and may be shown
    next."""
    today = screen.workspace.today()
    if session.state is SessionState.PLANNED and session.date >= today:
        named = (screen.caseload.get(Person, each) for each in (*session.trainees, session.supervisor))
        if words := leave_words([each for each in named if each], session.date, today):
            screen.tell(words, problem=True, goes_along=True)


async def _has_two_people(screen: CaseScreen) -> bool:
    """Whether there can be a trainee and a supervisor; asks for whoever is not there yet."""
    while len([person for person in screen.caseload.all(Person) if person.active]) < 2:
        words = "A supervision session needs a trainee and a supervisor. Who works here besides you?"
        if await edit_colleague(screen, supervisor=_likely_supervisor(screen, ""), intro=words) is None:
            return False
    return True


def _likely_supervisor(screen: CaseScreen, trainee: str) -> str:
    return likely_supervisor(screen.workspace.person, screen.caseload.get(Person, trainee))


def _likely_guider(person: Person | None, guider: str) -> str:
    """Return the id of who guides VERP that `person` plans at a family with this guider."""
    return person.id if person is not None and (guides(person) or not guider) else guider


def _people(
    caseload: Caseload, first: Callable[[Person], bool], also: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Those for whom `first` holds, and then everybody else who works here."""
    kept = set(also)
    people = [person for person in caseload.all(Person) if person.active or person.id in kept]
    people.sort(key=lambda person: not first(person))
    return tuple((person.id, person.name) for person in people)


def _session_fields(caseload: Caseload, session: Session) -> list[Field]:
    kind = session.kind
    who, leads = _CALLED[kind]
    taking_part = _people(caseload, guides, session.trainees)
    if kind is SessionKind.VERP:
        taking_part = participants(caseload, taking_part)
    leading = _people(caseload, guides if kind is SessionKind.VERP else supervises, [session.supervisor])
    modes = tuple((mode.value, mode.label) for mode in SessionMode)
    needed = kind is not SessionKind.INTERVISION
    return [
        Field("trainees", who, "choices", session.trainees, taking_part, required=True),
        Field("supervisor", leads, "choice", session.supervisor, leading, required=needed),
        Field("date", "Day", "date", session.date, required=True),
        Field("minutes", "Minutes", "number", session.minutes),
        Field("mode", "How", "choice", session.mode.value, modes, required=True),
    ]


def _check_session(values: dict[str, Any]) -> str:
    if values["supervisor"] in values["trainees"]:
        return "Whoever leads the session cannot be one of those who bring their clips."
    return ""
