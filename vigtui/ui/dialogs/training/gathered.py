"""What somebody in training gathers: a written piece, a chosen clip, a seminar or a meeting."""

from typing import Any

from msgspec.structs import replace

from vigtui.domain.consent.showing import Showing, describe_clip
from vigtui.domain.records import ChosenClip, Clip, Person, Record, Reflection, TrainingDay
from vigtui.domain.vocabulary import TrainingDayKind
from vigtui.queries.training.portfolio import own_clips
from vigtui.queries.training.ways import ways_of
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import one_line

_WHAT = (
    ("piece", "A written piece"),
    ("clip", "A chosen clip"),
    ("day", "A seminar, or a meeting sat in on"),
)
_DRAFT_HINT = "empty while it is a draft, which you alone read"


async def add_gathered(screen: CaseScreen, person: Person) -> Record | None:
    """Ask what is to be added to somebody's portfolio, and add it. Call it from a worker of `screen`."""
    what = await screen.ask(ChooseScreen("Add to the portfolio", _WHAT))
    if what == "piece":
        return await begin_piece(screen, person)
    if what == "clip":
        return await _choose_clip(screen, person)
    return (
        await edit_day(screen, TrainingDay(person=person.id, date=screen.workspace.today()), adding=True)
        if what
        else None
    )


async def begin_piece(
    screen: CaseScreen, person: Person, piece: str = "", stage: str = ""
) -> Reflection | None:
    """Begin a written piece, perhaps one that a stage asks for."""
    return await edit_piece(screen, Reflection(person=person.id, piece=piece, stage=stage), adding=True)


async def edit_piece(
    screen: CaseScreen, reflection: Reflection, *, adding: bool = False
) -> Reflection | None:
    """Ask what a written piece is called, for which stage it is, and about which clips; once it has words,
    whether it is finished."""
    ways = ways_of(screen.caseload.where, reflection.person, screen.workspace.today())
    stages = dict.fromkeys(stage.name for way in ways for stage in way.programme.stages)
    asked = dict.fromkeys(name for way in ways for stage in way.programme.stages for name in stage.written)
    hint = "as the programme calls it: " + ", ".join(map(one_line, asked)) if asked else "a few words"
    fields = [
        Field("piece", "Called", value=reflection.piece, required=True, hint=hint),
        Field("stage", "For the stage", "choice", reflection.stage, tuple((each, each) for each in stages)),
        Field("clips", "About", "choices", reflection.clips, _clip_choices(screen, reflection.person)),
    ]
    if not adding:
        fields.append(Field("finished", "Finished", "date", reflection.finished, hint=_DRAFT_HINT, past=True))

    def build(values: dict[str, Any]) -> Reflection:
        return replace(reflection, **values)

    words = f"{'Begin' if adding else 'Change'} “{one_line(reflection.piece) or 'a written piece'}”"
    return await save_asked(screen, "A written piece", words, fields, build)


async def edit_day(screen: CaseScreen, day: TrainingDay, *, adding: bool = False) -> TrainingDay | None:
    """Ask for a day of training."""
    halves = (("0.5", "half a day"), *((str(number), str(number)) for number in range(1, 11)))
    fields = [
        Field("kind", "What", "choice", day.kind.value, word_choices(TrainingDayKind), required=True),
        Field("what", "Called", value=day.what, hint="a meeting: as the programme calls it"),
        Field("date", "Day", "date", day.date, required=True),
        Field("days", "Days", "choice", f"{day.days:g}", halves, required=True),
    ]

    def build(values: dict[str, Any]) -> TrainingDay:
        kind, days = TrainingDayKind(values["kind"]), float(values["days"])
        if kind is TrainingDayKind.SHADOWING and not values["what"]:
            raise ValueError("Say which meeting it was: it counts by its name.")
        return replace(day, **{**values, "kind": kind, "days": days})

    words = "Add a training day" if adding else "Change a training day"
    return await save_asked(screen, "A seminar, or a meeting sat in on", words, fields, build)


async def edit_chosen(screen: CaseScreen, chosen: ChosenClip) -> ChosenClip | None:
    """Ask why a clip was chosen."""
    fields = [
        Field("why", "What it shows", "words", chosen.why, hint="of the guider at work, when it went well")
    ]

    def build(values: dict[str, Any]) -> ChosenClip:
        return replace(chosen, **values)

    return await save_asked(screen, "A chosen clip", "Say why a clip was chosen", fields, build)


async def _choose_clip(screen: CaseScreen, person: Person) -> ChosenClip | None:
    chosen = {each.clip for each in screen.caseload.where(ChosenClip, person=person.id)}
    options = [each for each in _clip_choices(screen, person.id) if each[0] not in chosen]
    none = "There is no other clip from a cycle that they guided."
    clip = await screen.ask(ChooseScreen("Which clip?", options, empty=none))
    if not clip:
        return None
    fields = [Field("why", "What it shows", "words", hint="of the guider at work, when it went well")]

    def build(values: dict[str, Any]) -> ChosenClip:
        return ChosenClip(person=person.id, clip=clip, **values)

    return await save_asked(screen, "A chosen clip", "Choose a clip for the portfolio", fields, build)


def _clip_choices(screen: CaseScreen, person: str) -> tuple[tuple[str, str], ...]:
    caseload = screen.caseload
    return tuple(
        (clip.id, clip_words(clip, showing))
        for clip, showing in own_clips(caseload.get, caseload.where, person)
    )


def clip_words(clip: Clip, showing: Showing) -> str:
    """Return "F-017 SR1-1  The nod"."""
    return one_line(f"{showing.family.code} {describe_clip(clip, showing)}")
