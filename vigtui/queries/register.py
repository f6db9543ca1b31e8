"""The register of film and copies: what is where, by when it goes, and what has come back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from enum import IntEnum, auto
from typing import TypeVar

from msgspec import Struct

from vigtui.domain.consent.copies import is_late, is_out
from vigtui.domain.consent.showing import find_clip
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import AgendaFilm, Clip, Copy, Cycle, Family, Record, Recording, Share
from vigtui.domain.vocabulary import RecordingState
from vigtui.queries.needs import SOON_DAYS

R = TypeVar("R", bound=Record)


class Part(IntEnum):
    """The parts of the register, in their order."""

    OVERDUE = auto()
    DUE = auto()
    OUT = auto()
    SHOWN = auto()
    HELD = auto()
    HERE = auto()
    AWAY = auto()
    BACK = auto()


class Entry(Struct, frozen=True):
    """One line: a copy, a clip that was shown (`share`, and the `clip`'s code), a family's clips that were
    `sent` into the space for one agenda, or a family's recordings that go by the same day, with the number of
    their clips. `away`: their film is not on this machine."""

    part: Part
    family: Family | None
    copy: Copy | None = None
    share: Share | None = None
    clip: str = ""
    sent: tuple[AgendaFilm, ...] = ()
    recordings: tuple[Recording, ...] = ()
    clips: int = 0
    until: dt.date | None = None
    away: bool = False

    @property
    def key(self) -> str:
        """What tells this entry from all others, also after the register was read again."""
        first = self.copy or self.share or (self.sent or self.recordings)[0]
        return f"{first.table}:{first.id}"

    @property
    def records(self) -> tuple[Record, ...]:
        """What the entry is made of."""
        return tuple(each for each in (self.copy, self.share) if each) or self.sent or self.recordings


def register(
    find: Find, where: Where, today: dt.date, family: str = "", away: Container[str] = ()
) -> list[Entry]:
    """Return the register of one family, by its id, or of all; the parts in their order, in each the first
    day first. `away` are the recordings, by id, whose film is not on this machine."""
    families = {each.id: each for each in where(Family) if family in ("", each.id)}
    copies = where(Copy, family=family) if family else where(Copy)
    found = [
        *_films(where, families, today, away),
        *(_of_copy(each, families.get(each.family), today) for each in copies),
        *_shown(find, where(Share), families),
        *_sent(find, where(AgendaFilm), families),
    ]
    return sorted(found, key=_order)


def number_out(entries: Iterable[Entry]) -> int:
    """Return how many things are out; one that concerns several families counts once."""
    return len({each.copy.thing or each.copy.id for each in entries if each.copy and is_out(each.copy)})


def out_about(entries: Iterable[Entry], families: Container[str], films: Container[str]) -> list[Entry]:
    """Return the copies that are out of these families, by id, late ones too, and the copies of all families
    that have film of these recordings."""
    return [
        each
        for each in entries
        if each.copy
        and is_out(each.copy)
        and (each.copy.family in families or any(film in films for film in each.copy.films))
    ]


def _order(entry: Entry) -> tuple[int, dt.date, str, str]:
    return entry.part, entry.until or dt.date.max, entry.family.code if entry.family else "", entry.key


def _films(
    where: Where, families: dict[str, Family], today: dt.date, away: Container[str]
) -> Iterator[Entry]:
    """Film that is kept, a family's together that goes by the same day for the same reason."""
    family_of = {each.id: each.family for each in where(Cycle)}
    clips = _counted(where(Clip), lambda each: each.recording)
    groups: dict[tuple[str, Part, dt.date | None, str, bool], list[Recording]] = defaultdict(list)
    for film in where(Recording):
        family = family_of.get(film.cycle, "")
        if family in families and film.state is not RecordingState.DELETED:
            part = film_part(film, today)
            groups[family, part, film.delete_by, film.hold_reason, film.id in away].append(film)
    for (family, part, until, _, gone), films in groups.items():
        films.sort(key=lambda each: (each.filmed or dt.date.max, each.id))
        number = sum(clips.get(each.id, 0) for each in films)
        part = Part.AWAY if gone and part is Part.HERE else part
        yield Entry(part, families[family], recordings=tuple(films), clips=number, until=until, away=gone)


def film_part(film: Recording, today: dt.date) -> Part:
    """Return the part of the register where kept film is."""
    if film.hold_reason:
        return Part.HELD
    if film.delete_by is None or film.delete_by > today + dt.timedelta(days=SOON_DAYS):
        return Part.HERE
    return Part.OVERDUE if film.delete_by < today else Part.DUE


def _of_copy(copy: Copy, family: Family | None, today: dt.date) -> Entry:
    back = copy.given_back or copy.destroyed
    part = Part.BACK if back else Part.OVERDUE if is_late(copy, today) else Part.OUT
    return Entry(part, family, copy=copy, until=copy.until)


def _shown(find: Find, shares: Iterable[Share], families: dict[str, Family]) -> Iterator[Entry]:
    for share in shares:
        if share.copy and find(Copy, share.copy):  # The copy's own line says so.
            continue
        found = find_clip(find, share.clip)
        if found and found[1].family.id in families:
            clip, showing = found
            yield Entry(Part.SHOWN, showing.family, share=share, clip=showing.code(clip))


def _sent(find: Find, films: Iterable[AgendaFilm], families: dict[str, Family]) -> Iterator[Entry]:
    """Clips that are in the space, a family's together that go there for one session until the same day."""
    groups: dict[tuple[str, str, dt.date], list[AgendaFilm]] = defaultdict(list)
    for film in films:
        found = find_clip(find, film.clip)
        if found and found[1].family.id in families:
            groups[found[1].family.id, film.session, film.last_day].append(film)
    for (family, _, until), several in groups.items():
        several.sort(key=lambda each: each.id)
        yield Entry(Part.OUT, families[family], sent=tuple(several), clips=len(several), until=until)


def _counted(records: Iterable[R], by: Callable[[R], str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for each in records:
        found[by(each)] += 1
    return found
