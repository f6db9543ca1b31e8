"""An audit in words: what its tables and rows are called, and how a count is told."""

import datetime as dt
from collections.abc import Mapping, Sequence

from vigtui.domain.vocabulary import Hours, Purpose, SessionMode, Setting, StatusKind, Word
from vigtui.queries.audit import figures
from vigtui.queries.audit.figures import Table, of_rater, reason_words
from vigtui.queries.audit.span import Span
from vigtui.queries.audit.telling import Told
from vigtui.values.days import show_day, show_long_day, show_whole_day
from vigtui.values.text import and_list, capitalised, one_line

LEFT_OUT = "–"
"""What stands for a number that is left out."""
OR_MORE = "or more"
OF_EACH = "how many of each"
"""Stands for rows that are left out together."""

HEADINGS = {
    "setting": "Families by setting",
    "state": "Families by state",
    "status": "Families by status",
    "closure": "How the work ended",
    "cycles": "Cycles",
    "reached": "Families by cycles so far",
    "questions": "Helping questions",
    "ratings": "Ratings, first to last, by rater",
    "consents": "Consents, of families at work today",
    "film": "Film that is kept today",
    "film_deleted": "Film deleted",
    "sessions": "Supervision held",
    "trainees": "Trainees",
    "hours": "Practitioners’ time for VIG",
}

NOTES = {
    "status": "Several at a time: on some day of the span.",
    "hours": "It may have changed in the span: then somebody is in several rows.",
    "ratings": "Each rater’s own; nobody’s are averaged. Missing are those with no first, or no last.",
}

_WORDS = {
    figures.AT_WORK: "at work",
    figures.ENDED_LATER: "ended since",
    figures.ANY_STATUS: "with a status",
    figures.NO_STATUS: "no status recorded",
    figures.OTHER_REASON: "in other words",
    figures.UNKNOWN_REASON: "no reason recorded",
    figures.REASONS_LEFT_OUT: "for another reason",
    figures.CYCLES_DONE: "filmed and reviewed",
    figures.CYCLES_FILMED: "filmed, not reviewed yet",
    figures.CYCLES_PLANNED: "planned, not filmed yet",
    "reached/none": "none complete yet",
    "reached/some": "some",
    "reached/usual": "the usual, or more",
    figures.QUESTION_RATED: "rated",
    figures.QUESTION_UNRATED: "nobody has rated yet",
    figures.CONSENT_COMPLETE: "everybody agrees",
    figures.CONSENT_MISSING: "a consent is missing",
    f"consents/{Purpose.FILM}": "filming",
    "film/overdue": "past its day",
    "film/due": "due within 30 days",
    "film/held": "held",
    "film/no_day": "work ended, no day set",
    "film/later": "later, or work goes on",
    figures.SUPERVISED: "with a session",
    figures.NOT_SUPERVISED: "without a session",
}
_RATERS = {
    "family": "the family",
    "guider": "guiders",
    "social_worker": "social workers",
    "others": "others",
}
_PARTS = {
    figures.KNOWN: "first and last known",
    figures.MISSING: "missing",
    "higher": "higher",
    "same": "the same",
    "lower": "lower",
    "once": "rated once",
    "asked": "asked, not rated",
}
_CLOSED_SETS: dict[str, type[Word]] = {
    "setting": Setting,
    "status": StatusKind,
    "consents": Purpose,
    "sessions": SessionMode,
    "hours": Hours,
}


def row_words(name: str) -> str:
    """Return what a row is called."""
    if (reason := reason_words(name)) is not None:
        return one_line(reason)
    if name in _WORDS:
        return _WORDS[name]
    table, _, rest = name.partition("/")
    if table in _CLOSED_SETS:
        return _CLOSED_SETS[table](rest).label
    first, _, part = rest.partition("/")
    return _PARTS[part] if part else _RATERS.get(first, first.replace("_", " "))


def row_in_full(name: str) -> str:
    """Return what a row is called where it stands alone: with what it is a part of."""
    for rater, words in _RATERS.items():
        if name.startswith(of_rater(rater) + "/"):
            return f"{words}: {row_words(name)}"
    return row_words(name)


def about_row(name: str, codes: Sequence[str]) -> str:
    """Return what a row is about, and the codes of the families behind it."""
    note = NOTES.get(name.partition("/")[0], "")
    families = and_list(codes)
    return " ".join(filter(None, (f"{capitalised(row_in_full(name))}: {families}." if codes else "", note)))


def count_words(told: Told, name: str) -> str:
    """Return a count as it is told: "12", "–" where it is left out, "12 or more" where a part of it is."""
    count = told.of(name)
    if name not in told.left_out:
        return str(count)
    return f"{count} {OR_MORE}" if count else LEFT_OUT


def total_words(told: Told, table: Table) -> str:
    """Return how many there are of what a table is about, of supervision also the hours; "" where that is
    not told in any case."""
    words = count_words(told, table.total) if table.total else ""
    if table.name == "sessions" and (hours := hours_words(told)):
        return f"{words}, {hours}"
    return words


def hours_words(told: Told) -> str:
    """Return "14.5 hours" of supervision; "" where there are none, or they are left out."""
    hours = told.of(figures.MINUTES) / 60
    if not hours:
        return ""
    words = f"{hours:.1f}".removesuffix(".0")
    more = f" {OR_MORE}" if figures.MINUTES in told.left_out else ""
    return f"{words} {'hour' if words == '1' else 'hours'}{more}"


def span_words(span: Span) -> str:
    """Return "1 July 2025 to 30 November 2026"."""
    first, last = (show_whole_day(day) for day in (span.start, span.end))
    return f"{first} to {last}"


def short_span_words(span: Span) -> str:
    """Return "1 Jul 2025–30 Nov 2026", and the year once where it is the same."""
    return f"{show_day(span.start, span.end)}–{show_day(span.end, dt.date.min)}"


def limit_words(limit: int) -> str:
    """Return the sentence that says what is left out."""
    return (
        f"{LEFT_OUT} stands for a number that is left out: one under {limit}, or one beside it by which it "
        "would be known. That one may be 0; other rows of 0 are not listed."
    )


def few_words(told: Told, limit: int) -> str:
    """Return the sentence for whoever gives out figures of few practitioners; "" where there are enough."""
    if figures.PRACTITIONERS not in told.left_out or told.of(figures.PRACTITIONERS) >= limit:
        return ""
    return (
        f"Fewer than {limit} practitioners are counted here: whoever knows them may know whose work this is. "
        "Give it to those only who may know."
    )


def late_words(days: Mapping[str, dt.date], older_than: int, today: dt.date) -> list[str]:
    """Return a sentence about each caseload whose counts were made more than so many days ago."""
    found = sorted((day, name) for name, day in days.items() if (today - day).days > older_than)
    return [
        f"{_named(name, '')}: its counts are of {show_long_day(day, today)}, {(today - day).days} days ago."
        for day, name in found
    ]


def missing_words(gone: Sequence[tuple[str, str, dt.date]], today: dt.date) -> list[str]:
    """Return a sentence about each caseload, its id, what is known of it, and its last counts, that is not
    there this time."""
    return [
        f"{_named(name, about)} is not there this time: its last counts are of {show_long_day(day, today)}."
        for name, about, day in gone
    ]


def _named(identity: str, about: str) -> str:
    """A caseload's id, and what the lead wrote about it."""
    words = one_line(about)[:60]
    return f"{one_line(identity)[:60]} ({words})" if words else one_line(identity)[:60]


def collected_words(standing: str, made: dt.date | None, end: dt.date | None, today: dt.date) -> str:
    """Return how the counts of a caseload stand that a service collects, in short: "late: until 22 Nov"."""
    if standing == "not there" and made:
        return f"not there; last of {show_day(made, today)}"
    if standing == "late" and end:
        return f"late: until {show_day(end, today)}"
    if standing == "newer" and end:
        return f"until {show_day(end, today)} already"
    return standing
