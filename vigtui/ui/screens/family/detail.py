"""What is shown below the timeline about the event under the cursor."""

from collections.abc import Callable
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from vigtui.domain.records import Clip, Cycle, Recording, Voice
from vigtui.domain.supervision import in_order
from vigtui.domain.vocabulary import RecordingKind, SessionState
from vigtui.queries.family import FamilyRecords, find
from vigtui.queries.timeline import Event
from vigtui.ui.screens.family.lines import voice_line
from vigtui.values.days import show_day, show_long_day
from vigtui.values.keys import KeyFor
from vigtui.values.text import capitalised, one_line
from vigtui.values.timecode import format_timecode
from vigtui.wording.family import cycle_name, film_words, length, quoted, series_of
from vigtui.wording.supervision import kind_words

_MOST_POINTS = 3


def describe_event(
    records: FamilyRecords, event: Event | None, key: KeyFor, *, wrap: bool = True, plain: bool = False
) -> RenderableType:
    """The event in words; the next step where there is none yet. Without `wrap` long captions are cut off.
    `plain` leaves out its sign."""
    next_step = Text(f"No cycle yet. {key('family.add')} adds the first.", style="dim")
    if event is None:
        return next_step if not records.cycles else Text("")
    if plain and event.symbol:
        event = replace(event, symbol="", label="")
    told = _TELL[event.lane.partition(":")[0]](records, event)
    for part in told:
        if isinstance(part, Table) and not wrap:
            part.columns[-1].no_wrap = True
    return Group(*told, *([] if records.cycles else [next_step]))


def review_clips(records: FamilyRecords, cycle: Cycle) -> list[Clip]:
    """What a shared review is about: the client clips shown in it, then the clips of its own film."""
    shown = [
        clip
        for film in records.recordings_of(cycle, RecordingKind.INTERACTION)
        for clip in records.clips_of(film)
        if clip.shown_in_review
    ]
    own = [
        clip
        for film in records.recordings_of(cycle, RecordingKind.SHARED_REVIEW)
        for clip in records.clips_of(film)
    ]
    return shown + own


def _film(records: FamilyRecords, event: Event) -> list[RenderableType]:
    cycle = find(records.cycles, event.record)
    if cycle is None:
        return []
    films = records.recordings_of(cycle, RecordingKind.INTERACTION)
    if not cycle.filmed:
        head = _heading(event, f"Planned for {show_long_day(event.date, records.today)}", cycle_name(cycle))
        return [head, *_next_step(cycle), *_points_to_practise(records)]
    head = _heading(
        event, _with_length(f"Filmed on {show_long_day(event.date, records.today)}", films), cycle_name(cycle)
    )
    clips = [clip for film in films for clip in records.clips_of(film)]
    return [head, _clips(records, clips), *_film_lines(records, films), *_next_step(cycle)]


def _review(records: FamilyRecords, event: Event) -> list[RenderableType]:
    cycle = find(records.cycles, event.record)
    if cycle is None:
        return []
    films = records.recordings_of(cycle, RecordingKind.SHARED_REVIEW)
    day = show_long_day(event.date, records.today)
    head = _heading(event, _with_length(f"Shared review, {day}", films), cycle_name(cycle))
    voices = [voice_line(records, voice) for voice in _voices_after(records, cycle)]
    return [head, _clips(records, review_clips(records, cycle)), *voices, *_next_step(cycle)]


def _supervision(records: FamilyRecords, event: Event) -> list[RenderableType]:
    session = find(records.sessions, event.record)
    if session is None:
        return []
    trainees = ", ".join(records.name(each) for each in session.trainees)
    day = show_long_day(session.date, records.today)
    head = _heading(
        event,
        f"{kind_words(session)}, {day}, {session.state.label}",
        f"{trainees} with {records.name(session.supervisor)}" if session.supervisor else trainees,
    )
    clips = {clip.id: clip for clip in records.clips}
    lines = _grid()
    for item in in_order(records.items, session.id):
        codes = [records.code(clips[each]) for each in (item.clip, item.companion) if each in clips]
        words = [quoted(item.trainee_question)] if item.trainee_question else []
        agreed = item.working_point and session.state is not SessionState.PLANNED
        words += [f"Working point: {one_line(item.working_point)}"] if agreed else []
        lines.add_row(Text(" with ".join(codes), style="bold"), Text("\n".join(words)))
    return [head, lines]


def _rating(records: FamilyRecords, event: Event) -> list[RenderableType]:
    rating = find(records.ratings, event.record)
    question = find(records.questions, rating.question) if rating else None
    if rating is None or question is None:
        return []
    series = next(each for each in series_of(records, question) if rating in each.ratings)
    day = show_long_day(rating.date, records.today)
    said = f"rated {rating.value}" if rating.value is not None else "was asked and did not rate"
    head = Text.assemble((f"{records.name(rating.rater)} {said}, {day}", "bold"))
    if series.change is not None:
        head.append(f"   {series.words()} in all", style="dim")
    cycle = records.cycle(rating.cycle)
    head.append(f"   {cycle_name(cycle)}" if cycle else "", style="dim")
    asked = Text(f"{quoted(question.words)}, asked by {records.name(question.owner)}")
    return [head, asked, *([Text(quoted(rating.words))] if rating.words else [])]


def _status(records: FamilyRecords, event: Event) -> list[RenderableType]:
    end = f" to {show_long_day(event.end, records.today)}" if event.end else ", going on"
    start = show_long_day(event.date, records.today)
    return [Text.assemble((capitalised(event.label), "bold"), f"   from {start}{end}")]


def _traject(records: FamilyRecords, event: Event) -> list[RenderableType]:
    entry = find(records.traject, event.record)
    if entry is None:
        return []
    head = Text.assemble(
        (f"{event.symbol}  {one_line(entry.heading)}".strip(), "bold"),
        f"   {entry.kind.label}, {show_long_day(entry.date, records.today)}",
    )
    return [head, Text(one_line(entry.words))]


_TELL: dict[str, Callable[[FamilyRecords, Event], list[RenderableType]]] = {
    "status": _status,
    "film": _film,
    "review": _review,
    "supervision": _supervision,
    "rating": _rating,
    "traject": _traject,
}


def _heading(event: Event, words: str, context: str) -> Text:
    return Text.assemble((f"{event.symbol}{event.label}  {words}".strip(), "bold"), (f"   {context}", "dim"))


def _with_length(words: str, films: list[Recording]) -> str:
    return ", ".join([words, *filter(None, (length(film) for film in films))])


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    return table


def _clips(records: FamilyRecords, clips: list[Clip]) -> RenderableType:
    if not clips:
        return Text("No clip yet. enter opens the film to find some.", style="dim")
    table = _grid()
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for clip in clips:
        words = one_line(clip.caption or clip.title)
        table.add_row(
            Text(records.code(clip), style="bold"),
            Text(format_timecode(clip.in_ms), style="dim"),
            Text(words),
        )
    return table


def _film_lines(records: FamilyRecords, films: list[Recording]) -> list[Text]:
    return [Text(words, style="dim") for film in films if (words := film_words(records, film))]


def _points_to_practise(records: FamilyRecords) -> list[Text]:
    """The working points that go with the guider into the next filming."""
    return [
        Text.assemble(
            (f"Working point, {each.state.label} since {show_day(each.date, records.today)}: ", "dim"),
            one_line(each.words),
        )
        for each in records.points_going_on[:_MOST_POINTS]
    ]


def _next_step(cycle: Cycle) -> list[Text]:
    return [Text.assemble(("Next step: ", "dim"), one_line(cycle.next_step))] if cycle.next_step else []


def _voices_after(records: FamilyRecords, cycle: Cycle) -> list[Voice]:
    """What was said from this shared review until the next one."""
    if cycle.reviewed is None:
        return []
    later = [each.reviewed for each in records.cycles if each.reviewed and each.reviewed > cycle.reviewed]
    return [
        voice
        for voice in records.voices
        if cycle.reviewed <= voice.date and (not later or voice.date < min(later))
    ]
