"""Film for an agenda: what is sent and what stays behind is read first, then each clip is cut and sent."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Label, Static

from vigtui.domain.consent.agenda_film import last_day, latest_day
from vigtui.domain.records import Session
from vigtui.exchange.agenda_films.place import Place, films_of, take_out
from vigtui.exchange.agenda_films.sending import Plan, Sent, plan_sending, send_films
from vigtui.film.errors import FilmError
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.wording.film.agenda import (
    LOOKING,
    NO_FOLDER,
    TOO_LONG_AGO,
    WHO_SEES_IT,
    ask_take_out,
    at_most_words,
    sent_lines,
    taken_out,
    there_lines,
    title_words,
    told_sent,
    told_stopped,
    told_until,
    why_no_day,
)
from vigtui.wording.film.packs import told

Answer = Literal["send", "day", "take_out", "pack"]


class AgendaFilmScreen(ModalScreen[Answer | None]):
    """Shows what would be sent until a day, what is in the space, and what stays behind; answers what to do.
    Without a day nothing can be sent any more. What is there already stays until its own day, unless another
    was `chosen`."""

    CSS_PATH: ClassVar[CSSPathType] = ["../forms.tcss", "agenda_film.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("agenda_film", "dialog")
    HELP: ClassVar[str] = (
        "Film for an agenda is for the others in this space: each clip for which everybody filmed agrees is "
        "cut to the frame, encrypted, and put into the space's folder. In their walk through the session it "
        "opens by itself, until its last day and while consent holds; then it is deleted everywhere. "
        "`{agenda_film.day}` chooses another last day, `{agenda_film.take_out}` takes out what is there. "
        "`{agenda_film.pack}` makes a pack instead, for somebody who is not in the space."
    )

    def __init__(self, plan: Plan, until: dt.date | None, today: dt.date, *, chosen: bool) -> None:
        super().__init__()
        self._plan, self._until, self._today = plan, until, today
        self._sends = until is not None and bool(plan.clips or (plan.there and chosen))

    def compose(self) -> ComposeResult:
        plan, today = self._plan, self._today
        until = self._until or plan.session.date
        title = title_words(until, today) if self._sends else "Film for this agenda"
        with Vertical(id="dialog"):
            yield Label(title, id="dialog-title", markup=False)
            with VerticalScroll(id="lists"):
                if plan.clips or not plan.there:
                    yield from _listed("This is sent", sent_lines(plan.clips, until, today))
                if plan.there:
                    yield from _listed("This is in the space", there_lines(plan.there, today))
                if plan.left_out:
                    yield from _listed("This stays behind", told(plan.left_out))
            yield Static(WHO_SEES_IT if self._until else TOO_LONG_AGO, id="limits", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#lists").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What makes sense with what is there."""
        answer, plan = parameters[0] if parameters else "", self._plan
        if answer == "send":
            return self._sends
        if answer == "day":
            return self._until is not None and bool(plan.clips or plan.there)
        if answer == "take_out":
            return bool(plan.there)
        return super().check_action(action, parameters)

    def action_answer(self, answer: Answer) -> None:
        """Go on with this."""
        self.dismiss(answer)

    def action_cancel(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)


def _listed(heading: str, lines: Sequence[str]) -> ComposeResult:
    yield Label(heading, classes="heading", markup=False)
    for line in lines or ("Nothing",):
        yield Static(line, classes="line", markup=False)


async def send_film(screen: CaseScreen, session: Session) -> bool:
    """Ask what film for this session's agenda goes into the space, and send it, or take it out. Return
    whether a pack is wanted instead. Call it from a worker of `screen`."""
    space, caseload = screen.workspace.space, screen.caseload
    membership = space.membership if space else None
    if caseload.read_only or membership is None:
        screen.tell(caseload.read_only or LOOKING, problem=True)
        return False
    screen.save_pending()
    place = Place(membership.path, membership.writer)
    settings, today = screen.workspace.settings, screen.workspace.today()
    plan = await asyncio.to_thread(plan_sending, caseload, place, session.id, today)
    offered = last_day(session, today, settings.space_film_days, settings.space_film_most_days)
    until = offered
    while True:
        answer = await screen.ask(AgendaFilmScreen(plan, until, today, chosen=until != offered))
        if answer != "day":
            break
        until = await _ask_day(screen, until, latest_day(session, settings.space_film_most_days), today)
    if answer == "send" and until is not None:
        await _send(screen, place, plan, until, chosen=until != offered)
    elif answer == "take_out":
        await _take_out(screen, place, session)
    return answer == "pack"


async def _ask_day(
    screen: CaseScreen, until: dt.date | None, latest: dt.date, today: dt.date
) -> dt.date | None:
    def check(values: dict[str, Any]) -> str:
        return why_no_day(values["day"], latest, today)

    day = Field("day", "Last day", "date", until, required=True)
    title = "Until when is this film in the space?"
    form = FormScreen(title, [day], check=check, intro=at_most_words(latest, today), does="Go on")
    values = await screen.ask(form)
    return until if values is None else values["day"]


async def _send(screen: CaseScreen, place: Place, plan: Plan, until: dt.date, *, chosen: bool) -> None:
    caseload, workspace = screen.caseload, screen.workspace
    maker = workspace.person.id if workspace.person else caseload.by
    today = workspace.today()

    def send(progress: Progress) -> Sent:
        if not place.folder.is_dir():
            raise FilmError(NO_FOLDER)
        return send_films(caseload, place, plan, until, today, maker, progress, all_until=chosen)

    done = await screen.ask(WorkingScreen("Cutting film for the agenda", send))
    if isinstance(done, Sent):
        # Film that is deleted before goes with that.
        until = max((each.last_day for each in films_of(caseload, plan.session.id)), default=until)
        if plan.clips:
            screen.tell(told_sent(done.clips, done.left_out, until, today), problem=bool(done.left_out))
        else:
            screen.tell(told_until(len(plan.there), until, today))
    elif isinstance(done, Left):
        screen.tell(told_stopped(len(films_of(caseload, plan.session.id))))
    elif isinstance(done, OSError):
        screen.tell(f"The space's folder cannot be written to: {done.strerror or done}.", problem=True)
    elif isinstance(done, CaseloadError | FilmError):
        screen.tell(str(done), problem=True)
    elif done is not None:
        raise done


async def _take_out(screen: CaseScreen, place: Place, session: Session) -> None:
    caseload = screen.caseload
    films = films_of(caseload, session.id)
    if await screen.ask(ConfirmScreen(ask_take_out(len(films)), "Take it out")):
        await asyncio.to_thread(take_out, caseload, place.folder, films)
        screen.tell(taken_out(len(films)))
