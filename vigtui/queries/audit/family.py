"""What is counted of one family: where it stands, its cycles, how its ratings changed, how the work ended."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from vigtui.domain.people import guides
from vigtui.domain.records import Cycle, Family, HelpingQuestion, Person
from vigtui.domain.vocabulary import FamilyState, Role
from vigtui.queries.audit import figures
from vigtui.queries.audit.records import Caseload, FamilyRecords
from vigtui.queries.audit.span import Span
from vigtui.queries.ratings import Series, all_series
from vigtui.values.text import folded, one_line

_SOCIAL_WORKER = frozenset(("social worker", "s.w."))


def in_span(family: Family, span: Span) -> bool:
    """Whether the service worked with a family in the span: referred by then, and the work not ended
    before. A day that nobody recorded does not leave it out."""
    ended = family.ended if family.state is FamilyState.ENDED else None
    return span.touches(family.referred, ended)


def family_names(own: FamilyRecords, caseload: Caseload, span: Span) -> list[str]:
    """Return the name of every count in which a family is, as often as it is in it; none where the work was
    not in the span."""
    family = own.family
    if not in_span(family, span):
        return []
    kinds = {each.kind for each in own.spans if span.touches(each.start, each.end)}
    found = [figures.FAMILIES, f"setting/{family.setting}", *_state(family, span)]
    found += (figures.ANY_STATUS if kinds else figures.NO_STATUS, *(f"status/{kind}" for kind in kinds))
    if figures.ENDED in found:
        found.append(_reason(family, caseload.reasons))
    cycles = _cycles(own.cycles, caseload.records.meta.usual_cycles, span)
    return [*found, *cycles, *_ratings(own, caseload.people, span.end)]


def rater_kind(family: Family, rater: str, people: Mapping[str, Person]) -> str:
    """Return of which kind a rater is: of the family, its guider, a social worker, or another."""
    person = people.get(rater)
    if any(rater in (member.id, member.label) for member in family.members):
        return "family"
    if (rater and rater == family.social_worker) or folded(rater) in _SOCIAL_WORKER:
        return "social_worker"
    if (rater and rater == family.guider) or (person and guides(person)):
        return "guider"
    return "social_worker" if person and Role.SOCIAL_WORKER in person.roles else "others"


def _state(family: Family, span: Span) -> tuple[str, ...]:
    if family.state is FamilyState.ENDED and family.ended and family.ended > span.end:
        return (figures.ENDED_LATER,)
    state = f"state/{family.state}"
    return (state, figures.AT_WORK) if family.state in figures.STATES_AT_WORK else (state,)


def _reason(family: Family, reasons: Mapping[str, str]) -> str:
    said = folded(one_line(family.closure.reason))
    if not said:
        return figures.UNKNOWN_REASON
    return figures.reason(reasons[said]) if said in reasons else figures.OTHER_REASON


def _cycles(cycles: Iterable[Cycle], usual: int, span: Span) -> Iterator[str]:
    done = 0
    for cycle in cycles:
        filmed, reviewed = _until(cycle.filmed, span), _until(cycle.reviewed, span)
        if filmed and reviewed:
            done += 1
            if span.holds(max(filmed, reviewed)):
                yield from (figures.CYCLES, figures.CYCLES_DONE)
        elif filmed:
            yield from (figures.CYCLES, figures.CYCLES_FILMED)
        elif span.holds(cycle.planned):
            yield from (figures.CYCLES, figures.CYCLES_PLANNED)
    yield figures.REACHED[0 if not done else 1 if done < usual else 2]


def _until(day: dt.date | None, span: Span) -> dt.date | None:
    """Return a day, unless it is after the span."""
    return day if day and day <= span.end else None


def _ratings(own: FamilyRecords, people: Mapping[str, Person], end: dt.date) -> Iterator[str]:
    asked = {each.id for each in own.questions if _is_asked(each, end)}
    ratings = [each for each in own.ratings if each.question in asked and each.date <= end]
    series = all_series(ratings)
    rated = {each.question for each in series if each.first is not None}
    for question in asked:
        yield from (
            figures.QUESTIONS,
            figures.QUESTION_RATED if question in rated else figures.QUESTION_UNRATED,
        )
    for each in series:
        rater, part = rater_kind(own.family, each.rater, people), _change(each)
        known = figures.KNOWN if part in figures.CHANGES else figures.MISSING
        yield figures.RATINGS
        yield from (figures.of_rater(rater, *more) for more in ((), (known,), (part,)))


def _is_asked(question: HelpingQuestion, end: dt.date) -> bool:
    """Whether a question is counted: agreed by the end of the span, in its last wording."""
    return not question.superseded_by and (question.agreed is None or question.agreed <= end)


def _change(series: Series) -> str:
    """Return how a rater's last rating is to their first, or what is missing."""
    change = series.change
    if change is None:
        return "asked" if series.first is None else "once"
    return "same" if not change else "higher" if change > 0 else "lower"
