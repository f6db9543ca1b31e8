"""How a working point goes: practised, with the clip where it shows; settled; open again."""

from collections.abc import Sequence

from vigtui.domain.consent.showing import describe_clip
from vigtui.domain.records import PointStep
from vigtui.domain.sessions.working_points import Thread
from vigtui.domain.vocabulary import PointState
from vigtui.queries.own_thread import OwnClip
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import capitalised, one_line


async def say_how_it_goes(
    screen: CaseScreen, point: Thread, state: PointState, clips: Sequence[OwnClip]
) -> None:
    """Ask for the day, a word or two and, of one that is practised, for the one of the clips where it shows.
    Call it from a worker of `screen`."""
    shows = tuple(
        (each.clip.id, f"{one_line(each.showing.family.code)} {describe_clip(each.clip, each.showing)}")
        for each in reversed(clips)
    )
    fields = [
        Field("words", "Words", "words", hint="what was different, if you like"),
        Field("date", "Day", "date", screen.workspace.today(), required=True, past=True),
    ]
    if state is PointState.PRACTISED and shows:
        newest = shows[0][0] if point.date <= (clips[-1].day or point.date) else ""
        fields.insert(0, Field("clip", "It shows in", "choice", newest, shows, hint="a clip of the own work"))
    title = "Open again" if state is PointState.OPEN else capitalised(state.label)
    values = await screen.ask(FormScreen(f"{title}: {one_line(point.words)}", fields, first="words"))
    if values is None:
        return
    step = PointStep(item=point.item.id, state=state, **values)
    with screen.caseload.transaction(f"Say that a working point is {state.label}"):
        screen.caseload.save(step)
