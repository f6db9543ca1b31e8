"""Before the visit: on one page, what to ask, to rate and to bring, and where the last one ended."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.consent.decisions import ANY_FILM, FilmAsked, decide, possibly_latest
from vigtui.domain.cycles import in_order
from vigtui.domain.people import is_child
from vigtui.domain.ratings import scale_words
from vigtui.domain.records import Cycle
from vigtui.domain.vocabulary import DescribedWhen, FamilyState, Purpose, RecordingKind
from vigtui.queries.descriptions import to_describe
from vigtui.queries.family import FamilyRecords
from vigtui.queries.needs import SOON_DAYS, WORK_PURPOSES, film_needs, missing_words
from vigtui.queries.ratings import live_questions
from vigtui.queries.visits import Visit, cycle_at_hand, next_visit
from vigtui.reports.paper import Paper, plain
from vigtui.values.days import WEEKDAYS, show_long_day, show_whole_day
from vigtui.values.text import and_list, one_line
from vigtui.wording.family import cycle_name, last_working_point, members_words, quoted, series_of

_MOST_POINTS = 3
_FIRST = "A first visit: explain VIG, ask consent, look for a helping question."


class ToRate(Struct, frozen=True):
    """A helping question in its owner's words, and each rater's last answer."""

    number: int
    words: str
    raters: tuple[str, ...]


class VisitPage(Struct, frozen=True):
    """One family's page. `id` is the family's; `day` and `purpose` are empty while no visit is planned.
    `working_points` are those of the guider that are not settled, `working_point` is the last about this
    family."""

    id: str
    code: str
    family: str
    members: str
    day: str
    purpose: str
    ended: bool
    ask: tuple[str, ...]
    rate: tuple[ToRate, ...]
    working_point: str
    working_points: tuple[str, ...]
    next_step: str
    bring: tuple[str, ...]
    film: tuple[str, ...]


def visit_paper(pages: Sequence[VisitPage], today: dt.date) -> Paper:
    """Return the paper with these families' pages."""
    values = {"pages": plain(pages), "made": show_whole_day(today)}
    families = tuple(page.id for page in pages)
    return Paper("visit", f"visits-{today.isoformat()}", values, families)


def visit_page(records: FamilyRecords, visit: Visit | None = None) -> VisitPage:
    """Return what to ask, rate and bring at this visit; at the family's next where none is named."""
    family, today = records.family, records.today
    visit = visit or next_visit(records.cycles, today)
    cycle = cycle_at_hand(visit, records.cycles)
    ask, rate = _to_ask(records, visit), to_rate(records)
    last = last_working_point({clip.id for clip in records.clips}, records.items, records.sessions)
    return VisitPage(
        id=family.id,
        code=one_line(family.code),
        family=one_line(family.pseudonym),
        members=members_words(family),
        day=f"{WEEKDAYS[visit.day.weekday()]} {show_long_day(visit.day, today)}" if visit else "",
        purpose=_purpose(visit) if visit else "",
        ended=family.state is FamilyState.ENDED,
        ask=ask,
        rate=rate,
        working_point=last,
        working_points=tuple(each.words for each in records.points_going_on[:_MOST_POINTS])
        or ((last,) if last and not records.points else ()),
        next_step=_last(each.next_step for each in in_order(records.cycles)),
        bring=_to_bring(records, visit, cycle, ask=bool(ask), rate=bool(rate)),
        film=tuple(
            need.sentence
            for need in film_needs(records.recordings, today, ended=family.state is FamilyState.ENDED)
        ),
    )


def _purpose(visit: Visit) -> str:
    what = "shared review" if visit.is_review else "filming"
    return f"{what}, {cycle_name(visit.cycle)}"


def _to_ask(records: FamilyRecords, visit: Visit | None) -> tuple[str, ...]:
    """What is not agreed yet: a first visit, members, consents that are missing, end soon or are for film of
    other days, a question."""
    today, asked = records.today, records.asked_for_work
    if records.family.state is FamilyState.ENDED:
        return ()
    found = [_FIRST] if records.family.state is FamilyState.REFERRED and not records.cycles else []
    if not asked:
        found.append("Who is in the family, and who will be filmed?")
    film = FilmAsked((visit.day,)) if visit and not visit.is_review else ANY_FILM
    decisions = [decide(asked, records.decisions, purpose, today, film) for purpose in WORK_PURPOSES]
    found += [
        f"{missing_words(each.missing, each.purpose, today)}." for each in decisions if not each.allowed
    ]
    found += _ending(records)
    found += [f"{label}'s own view is not written down yet." for label in _unheard(records)]
    found += _to_describe(records, visit)
    if not any(question.agreed for question in live_questions(records.questions)):
        found.append("Which helping question shall we work on? None is agreed yet.")
    return tuple(found)


def _unheard(records: FamilyRecords) -> list[str]:
    """The children who are asked for the work, and of whose own view nothing is written down."""
    children = {each.id for each in records.family.members if is_child(each)}
    heard = {each.member for each in records.consents if each.child_view and not each.mistaken}
    return [one_line(each.label) for each in records.asked_for_work if each.id in children - heard]


def _to_describe(records: FamilyRecords, visit: Visit | None) -> list[str]:
    """What to ask at the first visit and at the last: how they describe the child and the relationship; at
    the last with what they said at the start."""
    asked = to_describe(visit, records.cycles, records.usual_cycles, records.descriptions)
    if asked is None:
        return []
    when, subjects = asked
    labels = and_list([each.label for each in subjects])
    found = [f"How do they describe {labels}, {when.label}? In their own words."]
    if when is DescribedWhen.END:
        found += [
            f"At the start {records.name(each.speaker)} said of {each.of.label}: {quoted(each.words)}"
            for each in records.descriptions
            if each.when is DescribedWhen.START and each.of in subjects
        ]
    return found


def _ending(records: FamilyRecords) -> list[str]:
    """Whose consent ends soon, those who answer for the same together."""
    today, ending = records.today, dict[tuple[dt.date, Purpose], list[str]]()
    for person in records.asked_for_work:
        for purpose in WORK_PURPOSES:
            latest = possibly_latest(records.decisions, person.id, purpose, today)
            end = min((each.until for each in latest if each and each.until), default=dt.date.max)
            if today <= end <= today + dt.timedelta(days=SOON_DAYS):
                ending.setdefault((end, purpose), []).append(one_line(person.label))
    return [
        f"{and_list(labels)}: consent for {purpose.named} ends on {show_long_day(end, today)}."
        for (end, purpose), labels in ending.items()
    ]


def to_rate(records: FamilyRecords) -> tuple[ToRate, ...]:
    """Return the agreed questions that are still asked, with each rater's last answer."""
    ended = records.family.state is FamilyState.ENDED
    live = [] if ended else [each for each in live_questions(records.questions) if each.agreed]
    numbers = {question.id: number for number, question in enumerate(records.questions, start=1)}
    return tuple(
        ToRate(
            numbers[question.id],
            question.words,
            tuple(
                f"{records.name(each.rater)} last {each.last}"
                if each.last is not None
                else f"{records.name(each.rater)} not rated yet"
                for each in series_of(records, question)
            )
            or ("nobody has rated it yet",),
        )
        for question in live
    )


def _to_bring(
    records: FamilyRecords, visit: Visit | None, cycle: Cycle | None, *, ask: bool, rate: bool
) -> tuple[str, ...]:
    found = ["the consent form"] if ask else []
    if visit and not visit.is_review:
        found.append("what the film is made with")
    if visit and visit.is_review and cycle:
        films = records.recordings_of(cycle, RecordingKind.INTERACTION)
        clips = [clip for film in films for clip in records.clips_of(film)]
        planned = {each.clip for each in records.planned if each.cycle == cycle.id}
        chosen = [clip for clip in clips if clip.id in planned]
        chosen = chosen or [clip for clip in clips if clip.shown_in_review] or clips
        found.append(
            f"clips {and_list([records.code(clip) for clip in chosen])} for the review"
            if chosen
            else "clips for the review: none is made yet"
        )
    if rate:
        found.append(f"the scale for the ratings, {scale_words(records.lowest_rating)}")
    return tuple(found)


def _last(words: Iterable[str]) -> str:
    return next((each for each in reversed(list(words)) if each.strip()), "")
