"""Giving a clip, or a whole film, to somebody outside the work: what goes is read first, then it is cut or
copied, and entered. That a clip was shown, and nothing given, is recorded here, too."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from vigtui.casefilm.cutting import cut_clip
from vigtui.casefilm.taking_out import copy_out, ending_of
from vigtui.domain.consent.access import Permission, Refusal, Use, agreed_then, permit
from vigtui.domain.consent.filmed import people_in
from vigtui.domain.consent.sharing import OUTSIDE, told_by_name
from vigtui.domain.consent.showing import Showing, clips_of_family, describe_clip, films_of_family
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
from vigtui.values.text import capitalised, one_line
from vigtui.wording.access import why_closed, why_not_shown
from vigtui.wording.family import cycle_name
from vigtui.wording.film.packs import film_given, film_goes, given, goes_with, tells_of_family

_ENDING = ".mp4"
_UNTIL = "when it comes back or is destroyed"
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
    out = await _ask_where(screen, showing, "clip", _ENDING)
    if out is None or not await _cut(screen, clip, showing, share.purpose, out):
        return None
    return _enter(screen, clip, showing, share, out)


async def share_of_family(screen: CaseScreen, family: Family) -> Share | Copy | None:
    """Ask which clip of a family, or which whole film, goes to somebody, and then as `share_clip` does. Call
    it from a worker of `screen`."""
    caseload = screen.caseload
    found = {
        clip.id: (clip, showing) for clip, showing in clips_of_family(caseload.get, caseload.where, family.id)
    }
    films = {each.recording.id: each for each in films_of_family(caseload.get, caseload.where, family.id)}
    no_clip = (
        f"{one_line(family.code)} has no clip yet: {key_for(screen, 'clip.in')} and "
        f"{key_for(screen, 'clip.out')} in a film make one."
    )
    if not found and not films:
        screen.tell(no_clip, problem=True)
        return None
    options = [(each, describe_clip(*pair)) for each, pair in found.items()]
    options += [(each, f"The whole film: {_film_name(showing)}") for each, showing in films.items()]
    choice = await screen.ask(ChooseScreen("What goes to them?", options, intro="" if found else no_clip))
    if choice in films:
        return await _share_film(screen, films[choice])
    return await share_clip(screen, *found[choice]) if choice else None


async def _share_film(screen: CaseScreen, showing: Showing) -> Copy | None:
    """Ask to whom and for what a whole film goes, write it for them, and enter that."""
    if screen.caseload.read_only:
        screen.tell(screen.caseload.read_only, problem=True)
        return None
    name, today, purpose = _film_name(showing), screen.workspace.today(), Purpose.FILM

    def build(values: dict[str, Any]) -> Copy:
        nonlocal purpose
        purpose = Purpose(values["purpose"])
        permission = permit(screen.caseload, showing.recording.id, Use.COPY, purpose, today)
        if isinstance(permission, Refusal):
            raise ValueError(why_closed(permission, today))
        return Copy(
            family=showing.family.id,
            kind=CopyKind.FILM,
            about=name,
            holder=values["audience"],
            organisation=values["organisation"],
            reason=", ".join(filter(None, (purpose.label, values["reason"]))),
            date=today,
            until=values["until"],
        )

    people = [
        screen.workspace.names(screen.caseload.get).who(each, showing.recording) for each in _people(showing)
    ]
    intro = f"{film_goes(name, people)} {late_words(screen, showing.recording.id)}".strip()
    fields = [*_to_whom(screen, showing), Field("until", "Until", "date", None, required=True, hint=_UNTIL)]
    title = f"{capitalised(name)}: give it to somebody"
    asked = await ask_record(screen, title, fields, build, intro=intro, does="Share")
    return await _write_out(screen, showing, asked, purpose) if asked else None


async def _write_out(screen: CaseScreen, showing: Showing, asked: Copy, purpose: Purpose) -> Copy | None:
    """Ask where the film goes, write it there, and enter that."""
    caseload = screen.caseload

    allowed = partial(_permission, screen, showing, Use.COPY, purpose)
    permission = allowed()
    if permission is None:
        return None
    try:
        ending = await asyncio.to_thread(ending_of, caseload, permission)
    except FilmError as error:
        screen.tell(str(error), problem=True)
        return None
    out = await _ask_where(screen, showing, "film", ending)
    if out is None:
        return None

    def copy(progress: Progress) -> None:
        copy_out(caseload, permission, out, progress)

    if not await _made(screen, f"Copying {asked.about}", copy, out, allowed):
        return None
    with caseload.transaction(f"Give {asked.about} to {one_line(asked.holder)}"):
        saved = caseload.save(replace(asked, file=out.name))
    screen.tell(film_given(asked.about, out.name, asked.holder, keys_for(screen)))
    return saved


def _film_name(showing: Showing) -> str:
    return f"the {showing.recording.kind.label} of {cycle_name(showing.cycle)}"


async def _ask(screen: CaseScreen, clip: Clip, showing: Showing) -> Share | None:
    """The share as it is to be entered; where a file is to be cut, with the id that its `copy` will have."""
    today, code = screen.workspace.today(), showing.code(clip)
    fields = [
        *_to_whom(screen, showing),
        Field("until", "Until", "date", None, hint=_UNTIL),
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


def _to_whom(screen: CaseScreen, showing: Showing) -> list[Field]:
    return [
        Field("purpose", "For", "choice", "", _purposes(screen, showing), required=True),
        Field("audience", "To whom", required=True, hint="a person, or by role: the CP conference"),
        Field("organisation", "Organisation"),
        Field("reason", "What for"),
    ]


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


async def _ask_where(screen: CaseScreen, showing: Showing, what: str, ending: str) -> Path | None:
    """Ask for the file until its name says nothing of the family; None when that was left."""
    folder = Path.home()
    title = f"Where shall the {what} go? Its name says nothing of the family."
    while True:
        name = f"{what}-{screen.workspace.today().isoformat()}"
        new = await asyncio.to_thread(_free_name, folder, name, ending)
        out = await screen.ask(FileScreen(title, folder, endings=frozenset((ending,)), new=new))
        if out is None:
            return None
        out = out if out.suffix.lower() == ending else out.with_name(f"{out.name}{ending}")
        told = told_by_name(out.name, showing.family)
        if not told and not await asyncio.to_thread(out.exists):
            return out
        folder = out.parent
        title = tells_of_family(out.name, told) if told else f"{one_line(out.name)} is there already."


def _free_name(folder: Path, name: str, ending: str) -> str:
    names = [f"{name}{ending}", *(f"{name}-{number}{ending}" for number in range(2, 100))]
    return next((each for each in names if not (folder / each).exists()), names[0])


async def _cut(screen: CaseScreen, clip: Clip, showing: Showing, purpose: Purpose, out: Path) -> bool:
    """Cut the clip, if that is still allowed."""
    caseload = screen.caseload

    allowed = partial(_permission, screen, showing, Use.CUT, purpose)
    permission = allowed()
    if permission is None:
        return False

    def cut(progress: Progress) -> None:
        cut_clip(caseload, permission, clip, out, progress)

    return await _made(screen, f"Cutting {showing.code(clip)}", cut, out, allowed)


def _permission(screen: CaseScreen, showing: Showing, use: Use, purpose: Purpose) -> Permission | None:
    """The permission to use the film so now; None, and said why, where there is none any more."""
    decision = permit(screen.caseload, showing.recording.id, use, purpose, screen.workspace.today())
    if isinstance(decision, Permission):
        return decision
    screen.tell(why_closed(decision, screen.workspace.today()), problem=True)
    return None


async def _made(
    screen: CaseScreen,
    title: str,
    make: Callable[[Progress], None],
    out: Path,
    allowed: Callable[[], Permission | None],
) -> bool:
    """Make the file, and let go of it where it is no longer allowed once it is made."""
    done = await screen.ask(WorkingScreen(title, make))
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
