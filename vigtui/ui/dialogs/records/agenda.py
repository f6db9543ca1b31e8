"""Forms for what is on the agenda of a supervision session. Call them from a worker of the screen."""

from msgspec.structs import replace

from vigtui.domain.consent.access import agreed, agreed_purposes
from vigtui.domain.consent.showing import clips_of_family, describe_clip, find_clip
from vigtui.domain.records import Clip, Family, Recording, Session, SessionItem
from vigtui.domain.sessions.seeing import whose
from vigtui.domain.supervision import moved
from vigtui.domain.vocabulary import Purpose
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.days import show_long_day
from vigtui.values.order import next_order
from vigtui.wording.access import may_be_seen, why_closed
from vigtui.wording.supervision import session_name, signature


async def put_on_agenda(screen: CaseScreen, session: Session, clip: Clip) -> None:
    """Put `clip` on the session's agenda, asking for the trainee's question."""
    caseload = screen.caseload
    if caseload.where(SessionItem, session=session.id, clip=clip.id):
        screen.tell("This clip is on the agenda of that session already.")
        return
    item = SessionItem(session=session.id, clip=clip.id, companion=clip.companion)
    if await edit_item(screen, session, item) is not None:
        found = find_clip(caseload.get, clip.id)
        code = found[1].code(found[0]) if found else "The clip"
        day = show_long_day(session.date, screen.workspace.today())
        screen.tell(f"{code} is on the agenda of {session_name(caseload.where, session)}, {day}.")


async def add_item(screen: CaseScreen, session: Session) -> SessionItem | None:
    """Ask which clip goes on the agenda, and with which question. Answers the item as saved, or None."""
    caseload = screen.caseload
    used = {item.clip for item in caseload.where(SessionItem, session=session.id)}
    options = []
    for family in _families(caseload, session):
        for clip, showing in clips_of_family(caseload.get, caseload.where, family.id):
            if clip.id not in used:
                options.append((clip.id, f"{family.code}  {describe_clip(clip, showing)}"))
    options.sort(key=lambda option: "  SR" not in option[1])
    empty = (
        "No clip is left of a family whose guider is a trainee here. [ and ] make one from a recording; "
        "on a family, d says who its guider is."
    )
    chosen = await screen.ask(ChooseScreen("Which clip goes on the agenda?", options, empty=empty))
    if chosen is None:
        return None
    companion = caseload.need(Clip, chosen).companion
    return await edit_item(screen, session, SessionItem(session=session.id, clip=chosen, companion=companion))


def _families(caseload: Caseload, session: Session) -> list[Family]:
    """The families of the session's trainees; every family while the session has no trainee."""
    families = caseload.all(Family)
    own = [family for family in families if family.guider in session.trainees]
    return own if session.trainees else families


async def edit_item(screen: CaseScreen, session: Session, item: SessionItem) -> SessionItem | None:
    """Ask for the trainee's question and the clip beside, and save the item; a new one comes last."""
    caseload = screen.caseload
    found = find_clip(caseload.get, item.clip)
    beside: list[tuple[str, str]] = []
    if found is not None:
        clips = clips_of_family(caseload.get, caseload.where, found[1].family.id)
        beside = [(clip.id, describe_clip(clip, where)) for clip, where in clips if clip.id != item.clip]
    fields = [
        Field("trainee_question", "Question", "words", item.trainee_question, hint="as the trainee asks it"),
        *_whose_fields(screen, session, item),
    ]
    if beside:
        fields.append(
            Field(
                "companion",
                "Beside it",
                "choice",
                item.companion,
                tuple(beside),
                hint="the client clip it discusses",
            )
        )
    title = describe_clip(*found) if found else "An item of the agenda"
    intro = _closed_words(screen, found[1].recording) if found else ""
    values = await screen.ask(FormScreen(title, fields, intro=intro))
    if values is None:
        return None
    if item.rev:
        words = "Change an item of the agenda"
    else:
        words = "Put a clip on the agenda"
        item = replace(item, order=next_order(caseload.where(SessionItem, session=session.id)))
    with caseload.transaction(words):
        return caseload.save(replace(item, **values))


def _whose_fields(screen: CaseScreen, session: Session, item: SessionItem) -> list[Field]:
    """Whose item it is, and with which goal of their own: asked where several trainees meet."""
    if len(session.trainees) < 2:
        return []
    find = screen.caseload.get
    people = tuple((each, signature(find, each)) for each in session.trainees)
    return [
        Field("trainee", "Whose", "choice", whose(find, session, item), people, hint="who brings this clip"),
        Field("goal", "Own goal", "words", item.goal, hint="what they are working on"),
    ]


def _closed_words(screen: CaseScreen, recording: Recording) -> str:
    """Why a clip of this recording may not be shown in supervision, and where it may; "" when it may."""
    caseload, today = screen.caseload, screen.workspace.today()
    decision = agreed(caseload, recording.id, Purpose.SUPERVISION, today)
    if decision.allowed:
        return ""
    return f"{why_closed(decision, today)} {may_be_seen(agreed_purposes(caseload, recording.id, today))}"


def move_item(caseload: Caseload, item: SessionItem, by: int) -> None:
    """Move an item earlier (-1) or later (1) on its agenda; nothing happens at either end."""
    items = moved(caseload.where(SessionItem, session=item.session), item, by)
    if items:
        with caseload.transaction("Change the order of the agenda"):
            for each in items:
                caseload.save(each)
