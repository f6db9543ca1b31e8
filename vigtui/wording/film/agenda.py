"""What is said of film for an agenda: what is sent, what stays behind, until when it is in the space."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from vigtui.domain.records import Clip
from vigtui.values.days import show_long_day
from vigtui.values.text import counted
from vigtui.values.timecode import format_length
from vigtui.wording.film.packs import LeftBehind, told

WHO_SEES_IT = (
    "Each clip is cut to the frame, and encrypted with a key of its own. vigtui shows it to those who take "
    "part in this session, and to whoever supervises. No subtitles go along, and never a whole recording."
)
NO_FOLDER = "The space's folder is not there. Film is sent when it is back."
TOO_LONG_AGO = "This session was too long ago for film in the space: the last day it may have is past."
CAN_BE_SENT = "Whoever has it can send it for an agenda."
LOOKING = "Looking into the space…"


class FilmsInSpace(Protocol):
    """How films stand in a space (see `vigtui.exchange.agenda_films.standing`)."""

    @property
    def films(self) -> int: ...
    @property
    def away(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def first(self) -> dt.date | None: ...
    @property
    def last(self) -> dt.date | None: ...


class Sendable(Protocol):
    """A clip that can be sent, and what it is called."""

    @property
    def name(self) -> str: ...
    @property
    def clip(self) -> Clip: ...
    @property
    def deleted_by(self) -> dt.date | None: ...


class FilmThere(Protocol):
    """Film that is in the space, what its clip is called, and its last day as things are."""

    @property
    def name(self) -> str: ...
    @property
    def until(self) -> dt.date: ...


def films_words(standing: FilmsInSpace, today: dt.date) -> str:
    """`Film for agendas: 3 clips, 4.2 MB here, the first until 5 May, the last until 17 May; 1 is not here.`;
    "" where there is none."""
    if not standing.films or standing.first is None or standing.last is None:
        return ""
    until = f"until {show_long_day(standing.last, today)}"
    if standing.first != standing.last:
        until = f"the first until {show_long_day(standing.first, today)}, the last {until}"
    away = ""
    if standing.away:
        away = f"; {standing.away} {'is' if standing.away == 1 else 'are'} not here"
    what = f"{counted(standing.films, 'clip')}, {standing.size / 1e6:.1f} MB here"
    return f"Film for agendas: {what}, {until}{away}."


def ended_words(films: int) -> str:
    """Return the sentence that film was deleted before its day."""
    return f"Film for agendas deleted, since it may not be seen any more: {counted(films, 'clip')}."


def sent_lines(clips: Sequence[Sendable], last_day: dt.date, today: dt.date) -> list[str]:
    """Return a line for each clip that is sent; with its own last day where its film goes before."""
    lengths = [format_length(each.clip.out_ms - each.clip.in_ms) for each in clips]
    return [
        f"{each.name}: {length} of film{_sooner(each, last_day, today)}"
        for each, length in zip(clips, lengths, strict=True)
    ]


def there_lines(films: Sequence[FilmThere], today: dt.date) -> list[str]:
    """Return a line for each film that is in the space, by what its clip is called."""
    return [f"{each.name}: until {show_long_day(each.until, today)}" for each in films]


def title_words(last_day: dt.date, today: dt.date) -> str:
    """Return what the sending is called."""
    return f"Film for this agenda, in the space until {show_long_day(last_day, today)}"


def told_sent(clips: int, left_out: Sequence[LeftBehind], last_day: dt.date, today: dt.date) -> str:
    """Return the sentence after sending, with what could not be sent."""
    what = f"Sent: {counted(clips, 'clip')}, until {show_long_day(last_day, today)}."
    why = " ".join(told(left_out))
    return f"{what if clips or not left_out else 'Nothing was sent.'} {why}".strip()


def told_stopped(films: int) -> str:
    """Return the sentence that the sending was stopped, and how much is in the space."""
    return f"Stopped. In the space: {counted(films, 'clip') if films else 'no film'}."


def at_most_words(latest: dt.date, today: dt.date) -> str:
    """Return until when film may stay at most."""
    most = show_long_day(latest, today)
    return f"It plays until the end of that day, and is deleted then. At most until {most}."


def why_no_day(day: dt.date | None, latest: dt.date, today: dt.date) -> str:
    """Return why this cannot be the last day; "" where it can."""
    if day is None or not today <= day <= latest:
        return f"The last day is between today and {show_long_day(latest, today)}."
    return ""


def told_until(films: int, last_day: dt.date, today: dt.date) -> str:
    """Return the sentence that nothing new was sent, and until when what is there stays."""
    return f"{counted(films, 'clip')} in the space until {show_long_day(last_day, today)}."


def ask_take_out(films: int) -> str:
    """Return the question before film is taken out of the space."""
    return (
        f"Take {counted(films, 'clip')} out of the space? Who does not have the recording sees them no more."
    )


def taken_out(films: int) -> str:
    """Return the sentence that film is out of the space."""
    return f"Out of the space: {counted(films, 'clip')}. The others lose them as soon as they hear of it."


def over_words(last_day: dt.date, today: dt.date) -> str:
    """Return why film that is here is not shown any more."""
    return f"The film for this clip could be seen until {show_long_day(last_day, today)}."


def _sooner(each: Sendable, last_day: dt.date, today: dt.date) -> str:
    if each.deleted_by is None or each.deleted_by >= last_day:
        return ""
    return f", until {show_long_day(each.deleted_by, today)}, when its film is deleted"
