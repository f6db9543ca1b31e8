"""Planning a shared review, and what is taken at its end. Call these from a worker of the screen."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec.structs import replace

from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.cycles import next_number
from vigtui.domain.film.clips import in_order
from vigtui.domain.records import (
    Clip,
    Cycle,
    HelpingQuestion,
    PlannedMoment,
    Rating,
    Record,
    Recording,
    Still,
    Voice,
)
from vigtui.domain.reviews import Shown, moved, next_order
from vigtui.domain.vocabulary import RecordingKind
from vigtui.queries.family import FamilyRecords, family_records
from vigtui.queries.ratings import live_questions
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.records.rating import last_rater, parse_value, rating_hint
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import one_line
from vigtui.wording.reviews import NO_CLIPS, called, review_name, what_words, when_words

_ALL = "all"


async def add_planned(screen: CaseScreen, cycle: Cycle) -> PlannedMoment | None:
    """Ask which clip or still of a cycle's film is shown in its review, and put it last in the plan; or all
    its clips. Returns the first that was planned."""
    caseload = screen.caseload
    options = _not_planned(caseload, cycle)
    clips = [each for each in options if not each[1].still]
    choices = [(str(place), words) for place, (words, _) in enumerate(options)]
    if len(clips) > 1:
        choices.insert(0, (_ALL, f"All {len(clips)} clips, in the order of the film"))
    chosen = await screen.ask(ChooseScreen("What will you show?", choices, empty=_none_left(caseload, cycle)))
    if chosen is None:
        return None
    new = [planned for _, planned in clips] if chosen == _ALL else [options[int(chosen)][1]]
    first = next_order(caseload.where(PlannedMoment, cycle=cycle.id))
    with caseload.transaction(f"Plan {review_name(cycle).lower()}"):
        saved = [caseload.save(replace(each, order=first + place)) for place, each in enumerate(new)]
    return saved[0]


def _not_planned(caseload: Caseload, cycle: Cycle) -> list[tuple[str, PlannedMoment]]:
    """What can be planned and is not, in the order of the film: each clip, and then its stills."""
    planned = {(each.clip, each.still) for each in caseload.where(PlannedMoment, cycle=cycle.id)}
    found = []
    for clip, showing in _clips(caseload, cycle):
        stills = sorted(caseload.where(Still, clip=clip.id), key=lambda each: each.at_ms)
        for still in (None, *stills):
            new = PlannedMoment(cycle=cycle.id, clip=clip.id, still=still.id if still else "")
            shown = Shown(new, clip, still, showing)
            if (new.clip, new.still) not in planned:
                found.append((f"{shown.code}  {when_words(shown)}  {what_words(shown)}".strip(), new))
    return found


def _clips(caseload: Caseload, cycle: Cycle) -> list[tuple[Clip, Showing]]:
    films = caseload.where(Recording, cycle=cycle.id, kind=RecordingKind.INTERACTION)
    return [
        (clip, showing)
        for film in films
        if (showing := find_recording(caseload.get, film.id))
        for clip in in_order(caseload.where(Clip, recording=film.id))
    ]


def _none_left(caseload: Caseload, cycle: Cycle) -> str:
    return "Every clip and still of this cycle is in the plan." if _clips(caseload, cycle) else NO_CLIPS


async def edit_planned(screen: CaseScreen, shown: Shown) -> None:
    """Ask what to ask at a planned moment, and for what to wait."""
    planned = shown.planned
    fields = [
        Field("ask", "Ask", value=one_line(planned.ask), hint="What do you see?"),
        Field("wait_for", "Wait for", value=one_line(planned.wait_for), hint="what they may find themselves"),
    ]
    values = await screen.ask(FormScreen(f"{shown.code} in the shared review", fields))
    if values is not None:
        with screen.caseload.transaction("Change the plan of a shared review"):
            screen.caseload.save(replace(planned, **values))


def move_planned(caseload: Caseload, planned: PlannedMoment, by: int) -> None:
    """Show a planned moment earlier (-1) or later (1); nothing happens at either end."""
    plan = moved(caseload.where(PlannedMoment, cycle=planned.cycle), planned, by)
    if plan:
        with caseload.transaction("Change the order of a shared review"):
            for each in plan:
                caseload.save(each)


async def end_review(
    screen: CaseScreen, cycle: Cycle, names: SpokenNames, *, shown: Collection[str], rater: str = ""
) -> bool:
    """Take what a review ends with, in front of the family: a round of ratings, their own words, and what is
    filmed next, and when. The cycle is reviewed from today on, unless it was before, and the clips that are
    `shown` are marked as such; all of it is one step. `rater` is proposed. Whether it was done."""
    caseload, today = screen.caseload, screen.workspace.today()
    records = family_records(caseload, cycle.family, today)
    if records is None:
        return False
    questions = [each for each in live_questions(records.questions) if each.agreed]
    coming = _coming(records, cycle)
    fields = _end_fields(records, names, questions, rater, coming)

    def check(values: dict[str, Any]) -> str:
        try:
            ratings = _ratings(records, cycle, questions, values)
        except ValueError as error:
            return str(error)
        said = bool(ratings or values["words"])
        return "Who is it? Choose somebody." if said and not values["rater"] else ""

    first = "value0" if questions else "words"
    form = FormScreen("At the end", fields, check=check, intro=_intro(names, questions), first=first)
    values = await screen.ask(form)
    if values is None:
        return False
    made: list[Record] = [*_ratings(records, cycle, questions, values)]
    if words := names.kept(values["words"]):
        voice = Voice(family=cycle.family, speaker=values["rater"], words=words, date=today)
        made.append(voice)
    if values["planned"] or values["activity"]:
        activity = names.kept(values["activity"]) or coming.activity
        made.append(replace(coming, planned=values["planned"] or coming.planned, activity=activity))
    with caseload.transaction(f"End {review_name(cycle).lower()}"):
        caseload.save(_reviewed(records, cycle))
        for clip in filter(None, (caseload.get(Clip, each) for each in shown)):
            caseload.save(replace(clip, shown_in_review=True))
        for record in made:
            caseload.save(record)
    return True


def _coming(records: FamilyRecords, cycle: Cycle) -> Cycle:
    """The next cycle: the first after this one that is not filmed yet, else a new one."""
    later = (each for each in records.cycles if each.number > cycle.number and not each.filmed)
    new = Cycle(family=cycle.family, number=next_number(records.cycles), kind=cycle.kind)
    return next(later, new)


def _reviewed(records: FamilyRecords, cycle: Cycle) -> Cycle:
    """The cycle with the day of its review; one that was reviewed has been filmed."""
    days = [each.filmed for each in records.recordings_of(cycle, RecordingKind.INTERACTION) if each.filmed]
    filmed = cycle.filmed or min(days, default=records.today)
    return replace(cycle, filmed=filmed, reviewed=cycle.reviewed or records.today)


def _intro(names: SpokenNames, questions: Sequence[HelpingQuestion]) -> str:
    """The questions, each in its owner's words, as far as the family may read them."""
    spoken = [(number, names.spoken(one_line(each.words))) for number, each in enumerate(questions, start=1)]
    return "\n".join(f"{number}. “{words}”" for number, words in spoken if words)


def _end_fields(
    records: FamilyRecords,
    names: SpokenNames,
    questions: Sequence[HelpingQuestion],
    rater: str,
    coming: Cycle,
) -> list[Field]:
    hint = rating_hint(records.lowest_rating)
    people = tuple((each.id, called(records.family, names, each.id)) for each in records.family.members)
    last = last_rater(records)
    proposed = next((each for each in (rater, last) if each in dict(people)), people[0][0] if people else "")
    return [
        Field("rater", "Who says it", "choice", proposed, people),
        *(Field(f"value{place}", f"Question {place + 1}", hint=hint) for place in range(len(questions))),
        Field("words", "In their own words", hint="as they say it"),
        Field("activity", "Next film", value=names.spoken(coming.activity) or "", hint="what will be filmed"),
        Field("planned", "Its day", "date", coming.planned, hint="the day, as 3 Dec"),
    ]


def _ratings(
    records: FamilyRecords, cycle: Cycle, questions: Sequence[HelpingQuestion], values: dict[str, Any]
) -> list[Rating]:
    """The round of ratings as it was typed. Raises ValueError with a sentence."""
    return [
        Rating(
            question=question.id,
            rater=values["rater"],
            date=records.today,
            cycle=cycle.id,
            value=parse_value(typed, records.lowest_rating),
        )
        for place, question in enumerate(questions)
        if (typed := values[f"value{place}"])
    ]
