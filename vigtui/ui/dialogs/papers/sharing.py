"""Giving a clip to somebody outside the work: what goes is read first, then it is cut, and both the share and
the copy are entered. That a clip was shown, and nothing given, is recorded here, too."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from vigtui.casefilm.cutting import cut_clip
from vigtui.domain.consent.access import Permission, Refusal, Use, agreed_then, permit
from vigtui.domain.consent.filmed import people_in
from vigtui.domain.consent.sharing import OUTSIDE, told_by_name
from vigtui.domain.consent.showing import Showing, clips_of_family, describe_clip
from vigtui.domain.records import Clip, Copy, Family, Share
from vigtui.domain.vocabulary import CopyKind, Purpose
from vigtui.film.errors import FilmError
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.late_film import late_words
from vigtui.ui.dialogs.record_form import ask_record
from vigtui.ui.dialogs.working import Left, Progress, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for, keys_for
from vigtui.values.text import one_line
from vigtui.wording.access import why_closed, why_not_shown
from vigtui.wording.film.packs import given, goes_with, tells_of_family

_ENDING = ".mp4"
_NOT_TODAY = (
    "A file leaves today. If the clip was shown on another day, take the tick off “A file for them”: then "
    "that is recorded."
)


async def share_clip(screen: CaseScreen, clip: Clip, showing: Showing) -> Share | None:
    """Ask to whom and for what a clip goes, cut it for them, and enter that; or record that it was shown.
    Call it from a worker of `screen`.

    Refused, with the sentence that says whose consent is missing, unless everybody in the film agrees to that
    purpose and, for a file, to copies."""
    if screen.caseload.read_only:
        screen.tell(screen.caseload.read_only, problem=True)
        return None
    share = await _ask(screen, clip, showing)
    if share is None:
        return None
    if not share.copy:
        with screen.caseload.transaction(f"Record sharing of {showing.code(clip)}"):
            return screen.caseload.save(share)
    out = await _ask_where(screen, showing)
    if out is None or not await _cut(screen, clip, showing, share.purpose, out):
        return None
    return _enter(screen, clip, showing, share, out)


async def share_of_family(screen: CaseScreen, family: Family) -> Share | None:
    """Ask which clip of a family goes to somebody, and then as `share_clip` does. Call it from a worker of
    `screen`."""
    caseload = screen.caseload
    found = {
        clip.id: (clip, showing) for clip, showing in clips_of_family(caseload.get, caseload.where, family.id)
    }
    if not found:
        screen.tell(
            f"{one_line(family.code)} has no clip yet: {key_for(screen, 'clip.in')} and "
            f"{key_for(screen, 'clip.out')} in a film make one.",
            problem=True,
        )
        return None
    options = [(each, describe_clip(*pair)) for each, pair in found.items()]
    choice = await screen.ask(ChooseScreen("Which clip?", options))
    return await share_clip(screen, *found[choice]) if choice else None


async def _ask(screen: CaseScreen, clip: Clip, showing: Showing) -> Share | None:
    """The share as it is to be entered; where a file is to be cut, with the id that its `copy` will have."""
    today, code = screen.workspace.today(), showing.code(clip)
    fields = [
        Field("purpose", "For", "choice", "", _purposes(screen, showing), required=True),
        Field("audience", "To whom", required=True, hint="a person, or by role: the CP conference"),
        Field("organisation", "Organisation"),
        Field("reason", "What for"),
        Field("until", "Until", "date", None, hint="when it comes back or is destroyed"),
        Field("cut", "A file for them", "yes_no", value=True, hint="without one: it was shown, nothing left"),
        Field("date", "On", "date", today, required=True, past=True),
    ]

    def build(values: dict[str, Any]) -> Share:
        consent = _allowed(screen, showing, values)
        named = {name: values[name] for name in ("audience", "organisation", "reason", "until", "date")}
        share = Share(clip=clip.id, purpose=Purpose(values["purpose"]), consent=consent, **named)
        return replace(share, copy=Copy(date=share.date).id) if values["cut"] else share

    people = [screen.workspace.names(screen.caseload.get).who(each, clip) for each in _people(showing)]
    intro = f"{goes_with(code, clip, people)} {late_words(screen, showing.recording.id)}".strip()
    title = f"{code}: give it to somebody"
    return await ask_record(screen, title, fields, build, intro=intro, does="Share")


def _people(showing: Showing) -> Sequence[str]:
    return people_in(showing.recording, showing.family)


def _purposes(screen: CaseScreen, showing: Showing) -> tuple[tuple[str, str], ...]:
    """The purposes, each with whether everybody agrees to it today."""
    today = screen.workspace.today()
    refused = {
        each: isinstance(permit(screen.caseload, showing.recording.id, Use.WATCH, each, today), Refusal)
        for each in OUTSIDE
    }
    return tuple((each.value, f"{each.label}{' (not agreed)' * refused[each]}") for each in OUTSIDE)


def _allowed(screen: CaseScreen, showing: Showing, values: dict[str, Any]) -> str:
    """Return the id of a consent that allows what is asked. Raises ValueError, with the sentence that says
    whose is missing."""
    caseload, today = screen.caseload, screen.workspace.today()
    recording, purpose, day = showing.recording.id, Purpose(values["purpose"]), values["date"]
    if not values["cut"]:
        decision = agreed_then(caseload, recording, purpose, day)
        if not decision.allowed:
            raise ValueError(why_not_shown(decision, day, today))
        return next(iter(decision.consents), "")
    if day != today:
        raise ValueError(_NOT_TODAY)
    permission = permit(caseload, recording, Use.CUT, purpose, today)
    if isinstance(permission, Refusal):
        raise ValueError(why_closed(permission, today))
    return next(iter(permission.consents), "")


async def _ask_where(screen: CaseScreen, showing: Showing) -> Path | None:
    """Ask for the file until its name says nothing of the family; None when that was left."""
    folder = Path.home()
    title = "Where shall the clip go? Its name says nothing of the family."
    while True:
        new = await asyncio.to_thread(_free_name, folder, f"clip-{screen.workspace.today().isoformat()}")
        out = await screen.ask(FileScreen(title, folder, endings=frozenset((_ENDING,)), new=new))
        if out is None:
            return None
        out = out if out.suffix.lower() == _ENDING else out.with_name(f"{out.name}{_ENDING}")
        told = told_by_name(out.name, showing.family)
        if not told and not out.exists():
            return out
        folder, title = (
            out.parent,
            tells_of_family(out.name, told) if told else f"{out.name} is there already.",
        )


def _free_name(folder: Path, name: str) -> str:
    names = [f"{name}{_ENDING}", *(f"{name}-{number}{_ENDING}" for number in range(2, 100))]
    return next((each for each in names if not (folder / each).exists()), names[0])


async def _cut(screen: CaseScreen, clip: Clip, showing: Showing, purpose: Purpose, out: Path) -> bool:
    """Cut the clip, if that is still allowed; and let go of the file where it no longer was once it had been
    cut."""

    caseload, recording = screen.caseload, showing.recording.id

    def allowed() -> Permission | None:
        decision = permit(caseload, recording, Use.CUT, purpose, screen.workspace.today())
        if isinstance(decision, Permission):
            return decision
        screen.tell(why_closed(decision, screen.workspace.today()), problem=True)
        return None

    permission = allowed()
    if permission is None:
        return False

    def cut(progress: Progress) -> int:
        return cut_clip(caseload, permission, clip, out, progress)

    done = await screen.ask(WorkingScreen(f"Cutting {showing.code(clip)}", cut))
    if isinstance(done, FilmError | Left):
        screen.tell("Stopped. Nothing was made." if isinstance(done, Left) else str(done), problem=True)
        return False
    if isinstance(done, OSError):
        screen.tell(f"{one_line(out.name)} cannot be written: {done.strerror or done}.", problem=True)
        return False
    if isinstance(done, Exception):
        raise done
    if allowed() is None:
        await asyncio.to_thread(out.unlink, missing_ok=True)
        return False
    return True


def _enter(screen: CaseScreen, clip: Clip, showing: Showing, share: Share, out: Path) -> Share:
    caseload, code = screen.caseload, showing.code(clip)
    copy = Copy(
        id=share.copy,
        family=showing.family.id,
        kind=CopyKind.CUT,
        about=code,
        file=out.name,
        holder=share.audience,
        organisation=share.organisation,
        reason=share.reason or share.purpose.label,
        date=share.date,
        until=share.until,
    )
    with caseload.transaction(f"Give {code} to {one_line(share.audience)}"):
        caseload.save(copy)
        saved = caseload.save(share)
    screen.tell(given(code, out.name, share.audience, keys_for(screen)))
    return saved
