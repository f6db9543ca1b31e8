"""What an audit counts: the names of its counts, in tables, and how they depend on one another.

A name says its table first: "setting/foster". What is in several tables is counted once: how many families'
work has ended is a row by state, and the total of the endings by reason.
"""

from collections.abc import Iterable

from msgspec import Struct

from vigtui.domain.vocabulary import FamilyState, Hours, Purpose, SessionMode, Setting, StatusKind
from vigtui.queries.audit.small_numbers import Relation

FAMILIES, CYCLES, QUESTIONS, RATINGS = "families", "cycles", "questions", "ratings"
FILM, FILM_DELETED, SESSIONS, TRAINEES = "film", "film_deleted", "sessions", "trainees"
PRACTITIONERS = "practitioners"

MINUTES = "minutes"
"""For how long supervision was held. It is in no table, and told where the number of sessions is."""

STATES_AT_WORK = (FamilyState.CONTRACTING, FamilyState.ACTIVE, FamilyState.PAUSED)
"""The states in which a family's work goes on: the parts of AT_WORK."""

AT_WORK, ENDED, ENDED_LATER = "state/at_work", f"state/{FamilyState.ENDED}", "state/ended_later"
NO_STATUS, ANY_STATUS = "status/none", "status/any"
CONSENT_COMPLETE, CONSENT_MISSING = "consents/complete", "consents/missing"
QUESTION_RATED, QUESTION_UNRATED = "questions/rated", "questions/unrated"
CYCLES_DONE, CYCLES_FILMED, CYCLES_PLANNED = "cycles/done", "cycles/filmed", "cycles/planned"
REACHED = ("reached/none", "reached/some", "reached/usual")
FILM_STATES = ("film/overdue", "film/due", "film/held", "film/no_day", "film/later")
SUPERVISED, NOT_SUPERVISED = "trainees/supervised", "trainees/not_supervised"
OTHER_REASON, UNKNOWN_REASON = "closure/other", "closure/unknown"
REASONS_LEFT_OUT = "closure/reasons"
"""Stands for all reasons that are not told to others: by their names one would know which there were."""

RATERS = ("family", "guider", "social_worker", "others")
KNOWN, MISSING = "known", "missing"
CHANGES = ("higher", "same", "lower")
GAPS = ("once", "asked")

_REASON = "closure/reason: "
_CONSENTS = (Purpose.FILM, Purpose.SUPERVISION)


class Table(Struct, frozen=True):
    """A table of the audit: what it is called, the count that its rows are about, and how its rows depend on
    it. A row is divided further where it is the total of another relation. Rows `alone` are of no total that
    is told, and `total` is "" where there are no others."""

    name: str
    total: str
    relations: tuple[Relation, ...]
    alone: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, int], ...]:
        """The rows in their order, each with how deep it is below the total."""
        return (*((name, 0) for name in self.alone), *self._below(self.total, 0))

    def _below(self, total: str, depth: int) -> Iterable[tuple[str, int]]:
        for relation in self.relations:
            if relation.total == total:
                for part in relation.parts:
                    yield part, depth
                    yield from self._below(part, depth + 1)


def tables(counts: Iterable[str] = ()) -> tuple[Table, ...]:
    """Return the tables of an audit in their order, with a row for each reason among these counts."""
    return (
        Table("setting", FAMILIES, (Relation(FAMILIES, _rows("setting", Setting)),)),
        Table(
            "state",
            FAMILIES,
            (
                Relation(FAMILIES, (f"state/{FamilyState.REFERRED}", AT_WORK, ENDED, ENDED_LATER)),
                Relation(AT_WORK, _rows("state", STATES_AT_WORK)),
            ),
        ),
        Table(
            "status",
            FAMILIES,
            (
                Relation(FAMILIES, (ANY_STATUS, NO_STATUS)),
                Relation(ANY_STATUS, _rows("status", StatusKind), overlap=True),
            ),
        ),
        Table("closure", ENDED, (Relation(ENDED, (*_reasons(counts), OTHER_REASON, UNKNOWN_REASON)),)),
        Table("cycles", CYCLES, (Relation(CYCLES, (CYCLES_DONE, CYCLES_FILMED, CYCLES_PLANNED)),)),
        Table("reached", FAMILIES, (Relation(FAMILIES, REACHED),)),
        Table("questions", QUESTIONS, (Relation(QUESTIONS, (QUESTION_RATED, QUESTION_UNRATED)),)),
        Table("ratings", RATINGS, tuple(_ratings())),
        Table(
            "consents",
            AT_WORK,
            (
                Relation(AT_WORK, (CONSENT_COMPLETE, CONSENT_MISSING)),
                Relation(CONSENT_MISSING, _rows("consents", _CONSENTS), overlap=True),
            ),
        ),
        Table("film", FILM, (Relation(FILM, FILM_STATES),)),
        Table("film_deleted", FILM_DELETED, ()),
        Table("sessions", SESSIONS, (Relation(SESSIONS, _rows("sessions", SessionMode)),)),
        Table("trainees", TRAINEES, (Relation(TRAINEES, (SUPERVISED, NOT_SUPERVISED)),)),
        Table("hours", PRACTITIONERS, (Relation(PRACTITIONERS, _rows("hours", Hours), overlap=True),)),
    )


def relations(found: Iterable[Table]) -> list[Relation]:
    """Return how the counts of these tables depend on one another."""
    return [relation for table in found for relation in table.relations]


def names(found: Iterable[Table]) -> list[str]:
    """Return the names of all counts of these tables, each once."""
    every = (name for table in found for name in (table.total, *(row for row, _ in table.rows)))
    return [name for name in dict.fromkeys(every) if name]


def of_rater(rater: str, *parts: str) -> str:
    """Return the name of what is counted of one kind of rater: all their series, or a part of them."""
    return "/".join((RATINGS, rater, *parts))


def reason(words: str) -> str:
    """Return the name of the count of endings for one of the service's reasons."""
    return f"{_REASON}{words}"


def reason_words(name: str) -> str | None:
    """Return the reason that a count is about; None for another count."""
    return name.removeprefix(_REASON) if name.startswith(_REASON) else None


def _reasons(counts: Iterable[str]) -> tuple[str, ...]:
    found = set(counts)
    left_out = (REASONS_LEFT_OUT,) if REASONS_LEFT_OUT in found else ()
    return (*sorted(name for name in found if reason_words(name) is not None), *left_out)


def _rows(table: str, words: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{table}/{word}" for word in words)


def _ratings() -> Iterable[Relation]:
    yield Relation(RATINGS, tuple(map(of_rater, RATERS)))
    for rater in RATERS:
        known, missing = of_rater(rater, KNOWN), of_rater(rater, MISSING)
        yield Relation(of_rater(rater), (known, missing))
        yield Relation(known, tuple(of_rater(rater, each) for each in CHANGES))
        yield Relation(missing, tuple(of_rater(rater, each) for each in GAPS))
