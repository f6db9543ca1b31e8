"""Sending film for an agenda: each clip of a session that others may see is cut, and put into the space.

The record comes first, the file after it: whenever this is broken off, whoever made the record finds it and
takes away what there is of the film.
"""

import contextlib
import datetime as dt
from collections.abc import Callable
from typing import BinaryIO
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.cutting import cut_clip
from vigtui.casefilm.encrypted.agenda_films import new_name, place_of, remove_film, write_film
from vigtui.casefilm.opening import open_film
from vigtui.domain.consent.access import Permission, Use, permit_in_session
from vigtui.domain.consent.agenda_film import deleted_by, ends_on, is_over
from vigtui.domain.consent.retention import past_its_day
from vigtui.domain.consent.showing import find_clip
from vigtui.domain.records import AgendaFilm, Clip, Session, SessionItem
from vigtui.domain.supervision import clips_of, in_order
from vigtui.exchange.agenda_films.place import Place, take_out
from vigtui.exchange.left_out import LeftOut
from vigtui.film.errors import FilmError, LibraryMissing, NoRoom
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CannotSaveError
from vigtui.values.days import show_long_day
from vigtui.values.text import one_line
from vigtui.wording.access import why_closed

Progress = Callable[[float], None]
"""Told the part done, 0 to 1. What it raises ends the sending; what was sent until then stays."""


class ClipToSend(Struct, frozen=True):
    """A clip that can be sent, what it is called ("F-017 C2-1"), and the day by which its film is deleted
    anyway, where that is known."""

    clip: Clip
    name: str
    deleted_by: dt.date | None = None


class FilmThere(Struct, frozen=True):
    """Film of a clip that is in the space already, what the clip is called, and the last day on which it is
    seen as things are."""

    film: AgendaFilm
    name: str
    until: dt.date


class Plan(Struct, frozen=True):
    """What can be sent for a session, what is in the space already, and what stays behind and why."""

    session: Session
    clips: tuple[ClipToSend, ...]
    there: tuple[FilmThere, ...]
    left_out: tuple[LeftOut, ...]


class Sent(Struct, frozen=True):
    """How many clips were sent, and those that could not be."""

    clips: int
    left_out: tuple[LeftOut, ...]


def plan_sending(caseload: Caseload, place: Place, session: str, on: dt.date) -> Plan:
    """Find out what can be sent for the session with this id. Nothing is changed. Blocks. Raises
    RecordMissingError."""
    clips, there, left_out = [], [], []
    items = in_order(caseload.where(SessionItem, session=session), session)
    for clip in dict.fromkeys(clip for item in items for clip in clips_of(caseload.get, item)):
        found = find_clip(caseload.get, clip)
        if found is None:
            continue
        name = one_line(f"{found[1].family.code} {found[1].code(found[0])}")
        if known := _film_there(caseload, place, found[0], session, on):
            there.append(FilmThere(known, name, ends_on(caseload, known)))
        elif why := _why_not(caseload, found[0], session, on):
            left_out.append(LeftOut(name, why))
        else:
            clips.append(ClipToSend(found[0], name, deleted_by(caseload, found[0].recording)))
    return Plan(caseload.need(Session, session), tuple(clips), tuple(there), tuple(left_out))


def send_films(
    caseload: Caseload,
    place: Place,
    plan: Plan,
    last_day: dt.date,
    on: dt.date,
    maker: str,
    progress: Progress,
    *,
    all_until: bool = False,
) -> Sent:
    """Cut what can be sent, and put it into the space until its last day; with `all_until` what is there
    already stays until then as well, else until its own. Blocks while clips are cut: call it in a worker.
    Raises FilmError where libmpv is missing or a disk full, CannotSaveError, and OSError for the space's
    folder."""
    sent, left_out = 0, []
    lengths = [each.clip.out_ms - each.clip.in_ms for each in plan.clips]
    whole = max(1, sum(lengths))
    for number, each in enumerate(plan.clips):
        before, length = sum(lengths[:number]), lengths[number]

        def tell(part: float, before: int = before, length: int = length) -> None:
            progress((before + part * length) / whole)

        try:
            day = min(filter(None, (last_day, each.deleted_by)))
            _Sending(caseload, place, plan.session, on, maker).send(each.clip, day, tell)
        except (LibraryMissing, NoRoom):
            raise
        except FilmError as error:
            left_out.append(LeftOut(each.name, str(error)))
        else:
            sent += 1
    if all_until:
        _stay_until(caseload, plan, last_day)
    return Sent(sent, tuple(left_out))


def _film_there(caseload: Caseload, place: Place, clip: Clip, session: str, on: dt.date) -> AgendaFilm | None:
    """The film of this clip, as it is now, that is in the space for this session. Of another machine's it
    is taken on trust that its file comes."""
    return next(
        (
            each
            for each in caseload.where(AgendaFilm, clip=clip.id, session=session)
            if each.size
            and not is_over(caseload, each, on)
            and (each.in_ms, each.out_ms) == (clip.in_ms, clip.out_ms)
            and (each.writer != place.writer or place_of(place.folder, each).exists())
        ),
        None,
    )


def _why_not(caseload: Caseload, clip: Clip, session: str, on: dt.date) -> str:
    """Why a clip stays behind; "" where it can be sent."""
    decision = permit_in_session(caseload, clip.recording, Use.CUT, session, on)
    if not isinstance(decision, Permission):
        return why_closed(decision, on)
    if day := past_its_day(caseload, clip.recording, on):
        return f"Its film was to be deleted by {show_long_day(day, on)}."
    if clip.out_ms <= clip.in_ms:
        return "The clip ends before it starts."
    try:
        open_film(caseload, decision, clip.id, use=Use.CUT)
    except FilmError as error:
        return str(error)
    return ""


class _Sending(Struct, frozen=True):
    """What is the same for all clips that are sent together."""

    caseload: Caseload
    place: Place
    session: Session
    on: dt.date
    maker: str

    def send(self, planned: Clip, last_day: dt.date, progress: Progress) -> None:
        """Put one clip into the space, and take out what was there for it before. Raises as `send_films`."""
        caseload, folder = self.caseload, self.place.folder
        clip = caseload.get(Clip, planned.id)
        if clip is None:
            raise FilmError("It was removed meanwhile.")
        if why := _why_not(caseload, clip, self.session.id, self.on):
            raise FilmError(why)
        allowed = permit_in_session(caseload, clip.recording, Use.CUT, self.session.id, self.on)
        if not isinstance(allowed, Permission):
            raise FilmError(why_closed(allowed, self.on))
        earlier = caseload.where(AgendaFilm, clip=clip.id, session=self.session.id)
        film, size = self._record(clip, last_day), 0

        def put(content: BinaryIO, ending: str) -> None:
            nonlocal size
            size = write_film(folder, film, content, ending, lambda part: progress(0.9 + 0.1 * part))

        try:
            starts_ms = cut_clip(caseload, allowed, clip, put, lambda part: progress(0.9 * part))
        except BaseException:
            take_out(caseload, folder, (film,))
            raise
        there = caseload.get(AgendaFilm, film.id)
        if there is None:
            with contextlib.suppress(OSError):
                remove_film(folder, film)
            raise FilmError("It was taken out again while it was cut.")
        caseload.enter(replace(there, starts_ms=starts_ms, size=size))
        take_out(caseload, folder, tuple(each for each in earlier if each.writer == self.place.writer))

    def _record(self, clip: Clip, last_day: dt.date) -> AgendaFilm:
        """Have a record on the disk before anything of the film is in the space. Raises CannotSaveError."""
        name, key = new_name()
        film = AgendaFilm(
            id=str(UUID(hex=name)),
            clip=clip.id,
            session=self.session.id,
            writer=self.place.writer,
            maker=self.maker,
            key=key,
            in_ms=clip.in_ms,
            out_ms=clip.out_ms,
            last_day=last_day,
        )
        self.caseload.enter(film)
        status = self.caseload.flush()
        if status.state == "not_saved":
            self.caseload.let_go(film)
            raise CannotSaveError(f"Nothing is sent that is not saved. {status.why}")
        return film


def _stay_until(caseload: Caseload, plan: Plan, last_day: dt.date) -> None:
    """Have what was there stay until this day as well, but no longer than its film."""
    for each in plan.there:
        film = each.film
        now, clip = caseload.get(AgendaFilm, film.id), caseload.get(Clip, film.clip)
        if now is not None and clip is not None:
            day = min(filter(None, (last_day, deleted_by(caseload, clip.recording))))
            if day != now.last_day:
                caseload.enter(replace(now, last_day=day))
