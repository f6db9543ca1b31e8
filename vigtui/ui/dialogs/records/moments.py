"""Laying moments that were marked by the clock onto the recording of what was filmed then."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from typing import Any

from vigtui.casefilm.adding import created_at
from vigtui.domain.film.moments import filming_began, lay, movable
from vigtui.domain.records import Moment, Recording
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for, keys_for
from vigtui.values.timecode import format_timecode
from vigtui.wording.film.moments import clock_words, laid_words, moment_count


async def lay_moments(
    screen: CaseScreen, recording: Recording, created: dt.datetime | None = None
) -> list[Moment]:
    """Ask where in the recording one of the moments is that were marked by the clock, and lay all of them
    onto it by that. What is proposed follows from when the film says that it was `created`; without that the
    film is asked. Returns those that are on the recording, none when the form was left. Call it from a worker
    of `screen`."""
    caseload = screen.caseload
    moments = movable(caseload.where(Moment, cycle=recording.cycle), recording)
    if not moments:
        return []
    if created is None:
        created = await asyncio.to_thread(created_at, caseload, recording)
    first, proposed = _proposal(recording, moments, created)
    day = screen.workspace.today()
    at = clock_words(first, day)
    intro = (
        f"{moment_count(len(moments))}, marked by the clock while this was filmed. "
        f"{_how_known(screen, proposed, created)} All others follow: their distances stay as they are."
    )

    def laid(values: dict[str, Any]) -> list[Moment]:
        return lay(moments, recording, _time(first) - dt.timedelta(milliseconds=values["at"]))

    def check(values: dict[str, Any]) -> str:
        length = format_timecode(recording.duration_ms)
        outside = f"No moment would be in this film, which lasts {length}."
        return "" if any(each.recording for each in laid(values)) else outside

    hint = "as 2:05, from the start of the film"
    field = Field("at", f"{at} is at", "timecode", proposed, required=True, hint=hint)
    values = await screen.ask(FormScreen("Lay the moments onto the film", [field], check=check, intro=intro))
    if values is None:
        return []
    found = [each for each in laid(values) if each.recording]
    with caseload.transaction(f"Lay {moment_count(len(found))} onto the {recording.kind.label}"):
        for each in laid(values):
            caseload.save(each)
    screen.tell(laid_words(len(found), len(moments) - len(found), keys_for(screen)))
    return found


def _proposal(
    recording: Recording, moments: Sequence[Moment], created: dt.datetime | None
) -> tuple[Moment, int | None]:
    """The moment to ask about, and where in the film it is, as far as that can be told: where it lies now, or
    else by when the film was made."""
    here = [each for each in moments if each.recording]
    if here:
        return here[0], here[0].at_ms
    offset = _time(moments[0]).astimezone().utcoffset() or dt.timedelta()
    began = filming_began(created, recording.duration_ms, moments, offset)
    if began is None:
        return moments[0], None
    found = next(each for each in lay(moments, recording, began) if each.recording)
    return found, found.at_ms


def _time(moment: Moment) -> dt.datetime:
    if moment.at is None:
        raise ValueError("only what was marked by the clock is laid by the clock")
    return moment.at


def _how_known(screen: CaseScreen, proposed: int | None, created: dt.datetime | None) -> str:
    if proposed is not None:
        return "Where one of them is, is told by the film itself: correct it if it is wrong."
    told = "The film's own time does not fit them." if created else "The film does not say when it was made."
    return (
        f"{told} Type where that one is; or leave them waiting, look for it in the film, and come back by "
        f"{key_for(screen, 'family.edit')}."
    )
