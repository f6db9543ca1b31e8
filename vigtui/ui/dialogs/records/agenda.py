"""Forms for what is on the agenda of a session. Call them from a worker of the screen."""

from msgspec.structs import replace

from vigtui.domain.consent.access import agreed_in_session, agreed_purposes
from vigtui.domain.consent.showing import clips_of_family, describe_clip, find_clip
from vigtui.domain.records import Clip, Recording, Session, SessionItem
from vigtui.domain.sessions.bringing import clips_to_bring, is_own_work
from vigtui.domain.sessions.seeing import whose
from vigtui.domain.supervision import moved
from vigtui.domain.vocabulary import SessionKind
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.values.days import show_long_day
from vigtui.values.order import next_order
from vigtui.wording.access import may_be_seen, why_closed
from vigtui.wording.supervision import first_name, session_name, signature

_NO_CLIP = (
    "No clip is left of a cycle that a trainee here guided. {clip.in} and {clip.out} make one from a "
    "recording; on a family, {family.details} says who its guider is."
)
_NO_CLIP_OF_VERP = (
    "No clip is left of VERP film that they are in. {clip.in} and {clip.out} make one from a recording; on "
    "a family, {family.details} says which member is this colleague."
)


async def put_on_agenda(screen: CaseScreen, session: Session, clip: Clip) -> None:
    """Put `clip` on the session's agenda, asking for the trainee's question."""
    caseload = screen.caseload
    if caseload.where(SessionItem, session=session.id, clip=clip.id):
        screen.tell("This clip is on the agenda of that session already.")
        return
    found = find_clip(caseload.get, clip.id)
    own = [each for each in session.trainees if found and is_own_work(found[1], session.kind, each)]
    trainee = own[0] if session.kind is SessionKind.VERP and len(own) == 1 else ""
    item = SessionItem(session=session.id, trainee=trainee, clip=clip.id, companion=clip.companion)
    if await edit_item(screen, session, item) is not None:
        code = found[1].code(found[0]) if found else "The clip"
        day = show_long_day(session.date, screen.workspace.today())
        screen.tell(f"{code} is on the agenda of {session_name(caseload.where, session)}, {day}.")


def clips_to_add(caseload: Caseload, session: Session, chooser: str = "") -> list[tuple[str, str]]:
    """Return the id and the words of each clip that may still go on the agenda, chosen by somebody or
    brought by anybody of the session; those of shared reviews first."""
    used = {item.clip for item in caseload.where(SessionItem, session=session.id)}
    people = (chooser,) if chooser else session.trainees
    options = [
        (clip.id, f"{showing.family.code}  {describe_clip(clip, showing)}")
        for clip, showing in clips_to_bring(caseload.get, caseload.where, session, people)
        if clip.id not in used
    ]
    return sorted(options, key=lambda option: "  SR" not in option[1])


async def add_item(screen: CaseScreen, session: Session) -> SessionItem | None:
    """Ask which clip goes on the agenda, and with which question; in VERP first, who chooses it. Answers the
    item as saved, or None."""
    caseload = screen.caseload
    verp = session.kind is SessionKind.VERP
    chooser = await _who_chooses(screen, session) if verp else ""
    if chooser is None:
        return None
    options = clips_to_add(caseload, session, chooser)
    who = first_name(caseload.get, chooser)
    question = f"Which clip does {who} choose?" if who else "Which clip goes on the agenda?"
    empty = with_keys(_NO_CLIP_OF_VERP if verp else _NO_CLIP, keys_for(screen))
    chosen = await screen.ask(ChooseScreen(question, options, empty=empty))
    return await add_clip(screen, session, chosen, chooser) if chosen else None


async def add_clip(screen: CaseScreen, session: Session, clip: str, chooser: str = "") -> SessionItem | None:
    """Put the clip with this id on the agenda, asking with which question. Answers the item as saved, or
    None."""
    companion = screen.caseload.need(Clip, clip).companion
    item = SessionItem(session=session.id, trainee=chooser, clip=clip, companion=companion)
    return await edit_item(screen, session, item)


async def _who_chooses(screen: CaseScreen, session: Session) -> str | None:
    """Whose clip comes next: in VERP the participants choose. None when the question was left."""
    find = screen.caseload.get
    if len(session.trainees) == 1:
        return session.trainees[0]
    options = [(each, signature(find, each)) for each in session.trainees]
    return await screen.ask(ChooseScreen("Who chooses a clip?", options))


async def edit_item(screen: CaseScreen, session: Session, item: SessionItem) -> SessionItem | None:
    """Ask for the trainee's question and the clip beside, and save the item; a new one comes last."""
    caseload = screen.caseload
    found = find_clip(caseload.get, item.clip)
    beside: list[tuple[str, str]] = []
    if found is not None:
        clips = clips_of_family(caseload.get, caseload.where, found[1].family.id)
        beside = [(clip.id, describe_clip(clip, where)) for clip, where in clips if clip.id != item.clip]
    supervised = session.kind is SessionKind.SUPERVISION
    hint = "as the trainee asks it" if supervised else "in the words of who asks it"
    fields = [
        Field("trainee_question", "Question", "words", item.trainee_question, hint=hint),
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
    intro = _closed_words(screen, session, found[1].recording) if found else ""
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
    """Whose item it is, asked where several meet; and with which goal of their own, in VERP also of one."""
    verp = session.kind is SessionKind.VERP
    find, several = screen.caseload.get, len(session.trainees) > 1
    fields = []
    if several:
        people = tuple((each, signature(find, each)) for each in session.trainees)
        label, hint = ("Chosen by", "in VERP the participants choose") if verp else ("Whose", "who brings it")
        present = whose(find, session, item)
        fields.append(Field("trainee", label, "choice", present, people, required=verp, hint=hint))
    if several or verp:
        fields.append(Field("goal", "Own goal", "words", item.goal, hint="what they are working on"))
    return fields


def _closed_words(screen: CaseScreen, session: Session, recording: Recording) -> str:
    """Why a clip of this recording may not be shown in the session, and where it may; "" when it may."""
    caseload, today = screen.caseload, screen.workspace.today()
    decision = agreed_in_session(caseload, recording.id, session.id, today)
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
