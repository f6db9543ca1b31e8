"""Planning a shared review, and what is taken at its end. Call these from a worker of the screen."""

from msgspec.structs import replace

from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.film.clips import in_order
from vigtui.domain.records import Clip, Cycle, PlannedMoment, Recording, Still
from vigtui.domain.reviews import Shown, moved, next_order
from vigtui.domain.vocabulary import RecordingKind
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import one_line
from vigtui.wording.reviews import NO_CLIPS, review_name, what_words, when_words

_ALL = "all"


async def add_planned(screen: CaseScreen, cycle: Cycle) -> PlannedMoment | None:
    """Ask which clip or still of a cycle's film is shown in its review, and put it last in the plan; or all
    its clips. Returns the last that was planned."""
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
    return saved[-1]


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
