"""Planning a supervision session, choosing one, and the words it goes by."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from vigtui.domain.consent.showing import find_clip
from vigtui.domain.people import guides, likely_supervisor, supervises
from vigtui.domain.records import Family, Person, Session
from vigtui.domain.vocabulary import SessionMode, SessionState
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.records.agenda import put_on_agenda
from vigtui.ui.dialogs.records.person import edit_colleague
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.wording.supervision import session_line, session_name

_NEW = ""


async def plan_session(screen: CaseScreen, family: str = "", clip: str = "") -> Session | None:
    """Ask for a supervision session, or plan a new one. With `clip`, that clip goes on its agenda, so that no
    session whose record is agreed is offered.

    `family` brings its guider's sessions to the top. Answers None when the question was left. Call it from a
    worker of `screen`.
    """
    caseload = screen.caseload
    found = find_clip(caseload.get, clip) if clip else None
    subject = found[1].family if found else caseload.get(Family, family)
    guider = subject.guider if subject else ""
    session = await _choose_session(screen, guider, also_agreed=found is None)
    if session is None:
        return None
    if found is not None:
        await put_on_agenda(screen, session, found[0])
    return session


async def _choose_session(screen: CaseScreen, guider: str, *, also_agreed: bool) -> Session | None:
    """The guider's own sessions to come are first, then a new one, then all others, the agreed last."""
    caseload = screen.caseload
    offered = [each for each in caseload.all(Session) if also_agreed or not _is_agreed(each)]
    if not offered:
        return await edit_session(screen, None, trainee=guider)
    own = [each for each in offered if guider in each.trainees and each.state is SessionState.PLANNED]
    own.sort(key=lambda each: each.date)
    others = [each for each in offered if each not in own]
    others.sort(
        key=lambda each: (not _is_agreed(each), guider in each.trainees, each.date, each.id), reverse=True
    )

    def option(session: Session) -> tuple[str, str]:
        return session.id, session_line(caseload.get, caseload.where, session, screen.workspace.today())

    options = [*map(option, own), (_NEW, "Plan a new session"), *map(option, others)]
    chosen = await screen.ask(ChooseScreen("Which supervision session?", options))
    if chosen is None:
        return None
    return caseload.need(Session, chosen) if chosen else await edit_session(screen, None, trainee=guider)


def _is_agreed(session: Session) -> bool:
    return session.state is SessionState.AGREED


async def edit_session(screen: CaseScreen, session: Session | None, *, trainee: str = "") -> Session | None:
    """Plan a session, or change one's details. Answers it as saved, or None."""
    caseload = screen.caseload
    if not await _has_two_people(screen):
        return None
    before = session or Session(
        supervisor=_likely_supervisor(screen, trainee),
        trainees=(trainee,) if trainee else (),
        date=screen.workspace.today(),
        minutes=60,
    )
    title = f"Change {session_name(caseload.where, session)}" if session else "Plan a supervision session"
    values = await screen.ask(FormScreen(title, _session_fields(caseload, before), check=_check_session))
    if values is None:
        return None
    values["mode"] = SessionMode(values["mode"])
    values["minutes"] = values["minutes"] or 0
    with caseload.transaction("Change the session's details" if session else "Plan a supervision session"):
        return caseload.save(replace(before, **values))


async def _has_two_people(screen: CaseScreen) -> bool:
    """Whether there can be a trainee and a supervisor; asks for whoever is not there yet."""
    while len([person for person in screen.caseload.all(Person) if person.active]) < 2:
        words = "A supervision session needs a trainee and a supervisor. Who works here besides you?"
        if await edit_colleague(screen, supervisor=_likely_supervisor(screen, ""), intro=words) is None:
            return False
    return True


def _likely_supervisor(screen: CaseScreen, trainee: str) -> str:
    return likely_supervisor(screen.workspace.person, screen.caseload.get(Person, trainee))


def _people(
    caseload: Caseload, first: Callable[[Person], bool], also: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Those for whom `first` holds, and then everybody else who works here."""
    kept = set(also)
    people = [person for person in caseload.all(Person) if person.active or person.id in kept]
    people.sort(key=lambda person: not first(person))
    return tuple((person.id, person.name) for person in people)


def _session_fields(caseload: Caseload, session: Session) -> list[Field]:
    supervisors = _people(caseload, supervises, [session.supervisor])
    trainees = _people(caseload, guides, session.trainees)
    modes = tuple((mode.value, mode.label) for mode in SessionMode)
    return [
        Field("trainees", "Trainees", "choices", session.trainees, trainees, required=True),
        Field("supervisor", "Supervisor", "choice", session.supervisor, supervisors, required=True),
        Field("date", "Day", "date", session.date, required=True),
        Field("minutes", "Minutes", "number", session.minutes),
        Field("mode", "How", "choice", session.mode.value, modes, required=True),
    ]


def _check_session(values: dict[str, Any]) -> str:
    if values["supervisor"] in values["trainees"]:
        return "The supervisor cannot be one of the trainees of the same session."
    return ""
