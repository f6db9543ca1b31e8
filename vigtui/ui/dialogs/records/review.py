"""Planning a shared review, and what is taken at its end. Call these from a worker of the screen."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.cycles import next_number
from vigtui.domain.film.clips import in_order
from vigtui.domain.records import (
    Clip,
    Cycle,
    Description,
    HelpingQuestion,
    PlannedMoment,
    Rating,
    Record,
    Recording,
    Still,
    Voice,
)
from vigtui.domain.reviews import Shown, moved
from vigtui.domain.vocabulary import Described, DescribedWhen, RecordingKind
from vigtui.queries.descriptions import to_describe
from vigtui.queries.family import FamilyRecords, family_records
from vigtui.queries.ratings import live_questions
from vigtui.queries.visits import Visit
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.records.rating import last_rater, parse_value, rating_hint
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.values.order import next_order
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import capitalised, one_line
from vigtui.wording.family import quoted
from vigtui.wording.film.reviews import NO_CLIPS, called, review_name, what_words, when_words

_ALL = "all"
_DESCRIBED = "how they describe it now"


async def add_planned(screen: CaseScreen, cycle: Cycle) -> PlannedMoment | None:
    """Ask which clip or still of a cycle's film is shown in its review, and put it last in the plan; or all
    its clips. Returns the first that was planned."""
    caseload = screen.caseload
    options = _not_planned(caseload, cycle)
    clips = [each for each in options if not each[1].still]
    choices = [(str(place), words) for place, (words, _) in enumerate(options)]
    if len(clips) > 1:
        choices.insert(0, (_ALL, f"All {len(clips)} clips, in the order of the film"))
    chosen = await screen.ask(ChooseScreen("What will you show?", choices, empty=_none_left(screen, cycle)))
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


def _none_left(screen: CaseScreen, cycle: Cycle) -> str:
    if _clips(screen.caseload, cycle):
        return "Every clip and still of this cycle is in the plan."
    return with_keys(NO_CLIPS, keys_for(screen))


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
    screen: CaseScreen, cycle: Cycle, names: SpokenNames, *, shown: Collection[str], speaker: str = ""
) -> bool:
    """Take what a review ends with, in front of the family: a round of ratings, their own words, at the last
    review how they describe one another, and what is filmed next, and when. The cycle is reviewed from today
    on, unless it was before, and the clips that are `shown` are marked as such; all of it is one step.
    `speaker` is proposed. Returns whether it was done."""
    caseload = screen.caseload
    records = family_records(caseload, cycle.family, screen.workspace.today())
    if records is None:
        return False
    end = _End(records, cycle, names)
    first = "value0" if end.questions else "words"
    form = FormScreen("At the end", end.fields(speaker), check=end.problem, intro=end.intro, first=first)
    values = await screen.ask(form)
    if values is None:
        return False
    with caseload.transaction(f"End {review_name(cycle).lower()}"):
        caseload.save(end.reviewed)
        for clip in filter(None, (caseload.get(Clip, each) for each in shown)):
            caseload.save(replace(clip, shown_in_review=True))
        for record in end.taken(values):
            caseload.save(record)
    return True


@dataclass(frozen=True)
class _End:
    """The end of the shared review of a `cycle`: what is asked, in the words of this sitting, and what is
    made of the answers."""

    records: FamilyRecords
    cycle: Cycle
    names: SpokenNames

    @property
    def questions(self) -> list[HelpingQuestion]:
        """Those that are rated."""
        return [each for each in live_questions(self.records.questions) if each.agreed]

    @property
    def described(self) -> tuple[Described, ...]:
        """What is to be described, at the last review that is usual."""
        records = self.records
        visit = Visit(records.today, records.family.id, self.reviewed)
        cycles = [self.reviewed if each.id == self.cycle.id else each for each in records.cycles]
        asked = to_describe(visit, cycles, records.usual_cycles, records.descriptions)
        return asked[1] if asked and asked[0] is DescribedWhen.END else ()

    @property
    def reviewed(self) -> Cycle:
        """The cycle with the day of its review; one that was reviewed has been filmed."""
        films = self.records.recordings_of(self.cycle, RecordingKind.INTERACTION)
        filmed = self.cycle.filmed or min(filter(None, (each.filmed for each in films)), default=None)
        today = self.records.today
        return replace(self.cycle, filmed=filmed or today, reviewed=self.cycle.reviewed or today)

    @property
    def coming(self) -> Cycle:
        """The next cycle: the first after this one that is not filmed yet, else a new one."""
        cycles = self.records.cycles
        later = (each for each in cycles if each.number > self.cycle.number and not each.filmed)
        new = Cycle(family=self.cycle.family, number=next_number(cycles), kind=self.cycle.kind)
        return next(later, new)

    @property
    def intro(self) -> str:
        """The questions, and what was said at the start, as far as the family may read them."""
        lines = [f"{number}. {quoted(each.words)}" for number, each in enumerate(self.questions, start=1)]
        lines += [
            f"At the start, of {each.of.label}: {quoted(each.words)}"
            for each in self.records.descriptions
            if each.when is DescribedWhen.START and each.of in self.described
        ]
        return "\n".join(filter(None, map(self.names.spoken, lines)))

    def fields(self, speaker: str) -> list[Field]:
        """What is asked, with the answers that are likely."""
        hint, family = rating_hint(self.records.lowest_rating), self.records.family
        people = tuple((each.id, called(family, self.names, each.id)) for each in family.members)
        likely = [each for each in (speaker, last_rater(self.records), *dict(people)) if each in dict(people)]
        coming = self.coming
        activity = self.names.spoken(coming.activity) or ""
        return [
            Field("speaker", "Who says it", "choice", next(iter(likely), ""), people),
            *(
                Field(f"value{place}", f"Question {place + 1}", hint=hint)
                for place in range(len(self.questions))
            ),
            Field("words", "In their own words", hint="as they say it"),
            *(Field(f"of_{each}", capitalised(each.label), hint=_DESCRIBED) for each in self.described),
            Field("activity", "Next film", value=activity, hint="what will be filmed"),
            Field("planned", "Its day", "date", coming.planned, hint="the day, as 3 Dec"),
        ]

    def problem(self, values: dict[str, Any]) -> str:
        """What is in the way of keeping these answers; "" for nothing."""
        try:
            said = [each for each in self.taken(values) if not isinstance(each, Cycle)]
        except ValueError as error:
            return str(error)
        return "Who is it? Choose somebody." if said and not values["speaker"] else ""

    def taken(self, values: dict[str, Any]) -> list[Record]:
        """What is made of the answers, with the labels in place of the names. Raises ValueError with a
        sentence."""
        records, speaker, today = self.records, values["speaker"], self.records.today
        made: list[Record] = [
            Rating(
                question=question.id,
                rater=speaker,
                date=today,
                cycle=self.cycle.id,
                value=parse_value(typed, records.lowest_rating),
            )
            for place, question in enumerate(self.questions)
            if (typed := values[f"value{place}"])
        ]
        if words := self.names.kept(values["words"]):
            made.append(Voice(family=records.family.id, speaker=speaker, words=words, date=today))
        made += [
            Description(
                family=records.family.id,
                speaker=speaker,
                of=each,
                when=DescribedWhen.END,
                words=self.names.kept(typed),
                date=today,
            )
            for each in self.described
            if (typed := values[f"of_{each}"])
        ]
        coming, planned = self.coming, values["planned"]
        if planned or values["activity"]:
            activity = self.names.kept(values["activity"]) or coming.activity
            made.append(replace(coming, planned=planned or coming.planned, activity=activity))
        return made
