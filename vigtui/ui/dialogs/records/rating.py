"""Adding and changing ratings: a round of all questions by one rater, or one rating."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from vigtui.domain.cycles import current
from vigtui.domain.ratings import HIGHEST, corrected, scale_words
from vigtui.domain.records import HelpingQuestion, Rating
from vigtui.queries.family import FamilyRecords
from vigtui.queries.ratings import live_questions
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.record_form import save_asked, to_come
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.days import show_day
from vigtui.values.text import one_line

NOT_RATED = "-"
_TEN = "t"


def rating_hint(lowest: int) -> str:
    """What is said where a rating is typed, on the scale from `lowest`."""
    return f"{scale_words(lowest)} (t is 10), or - for asked and not rated"


def parse_value(typed: str, lowest: int) -> int | None:
    """Read a rating as typed: a number from `lowest` to 10, "t" for 10, or None for "-". Raises ValueError
    with a sentence."""
    if typed == NOT_RATED:
        return None
    if typed.casefold() == _TEN:
        return HIGHEST
    if not typed.isdecimal() or not lowest <= int(typed) <= HIGHEST:
        said = scale_words(lowest)
        raise ValueError(f"“{typed}” is not a rating. Write {said}, or - for asked and not rated.")
    return int(typed)


async def rate(
    screen: CaseScreen, records: FamilyRecords, question: HelpingQuestion, rater: str = ""
) -> Rating | None:
    """Ask for a number alone, and save it as today's rating by `rater`, or whoever rated last, or else whose
    question it is."""
    if question not in live_questions(records.questions):
        screen.tell(
            f"This question has ended. {key_for(screen, 'family.add')} adds a rating of an earlier day."
        )
        return None
    begun = _begun(records, question, rater)
    return await save_asked(
        screen,
        f"{one_line(records.name(begun.rater))} rates",
        "Add a rating",
        [Field("value", "Rating", required=True, hint=rating_hint(records.lowest_rating))],
        lambda values: replace(begun, value=parse_value(values["value"], records.lowest_rating)),
        intro=f"“{one_line(question.words)}”\nAnother rater or day, or what they said: a instead.",
    )


def _begun(records: FamilyRecords, question: HelpingQuestion, rater: str) -> Rating:
    """Today's rating of a question, without its number."""
    cycle = current(records.cycles)
    return Rating(
        question=question.id,
        rater=rater or last_rater(records) or question.owner,
        date=records.today,
        cycle=cycle.id if cycle else "",
    )


async def add_ratings(
    screen: CaseScreen, records: FamilyRecords, question: HelpingQuestion | None = None, rater: str = ""
) -> list[Rating]:
    """Ask one rater for a round of ratings, of every live question or of `question` alone, and save them.

    `rater` is chosen at first, or whoever rated last, or else whose question it is; the cursor is in the
    first rating.
    """
    questions = [question] if question else live_questions(records.questions)
    if not questions:
        screen.tell(_nothing_to_rate(screen, records))
        return []
    begun = _begun(records, questions[0], rater)
    fields = [*_shared_fields(records, begun), *_value_fields(questions, rating_hint(records.lowest_rating))]
    intro = "".join(f"{number}. “{one_line(each.words)}”\n" for number, each in enumerate(questions, start=1))

    def check(values: dict[str, Any]) -> str:
        if sentence := to_come(fields, values, records.today):
            return sentence
        try:
            found = list(_round(records, questions, values))
        except ValueError as error:
            return str(error)
        return "" if found else "No question is rated yet."

    form = FormScreen("Ratings", fields, check=check, intro=intro.strip(), first="value0")
    values = await screen.ask(form)
    if values is None:
        return []
    with screen.caseload.transaction("Add ratings" if len(questions) > 1 else "Add a rating"):
        return [screen.caseload.save(rating) for rating in _round(records, questions, values)]


def _nothing_to_rate(screen: CaseScreen, records: FamilyRecords) -> str:
    if records.questions:
        return (
            f"Every helping question has ended: there is none to rate. {key_for(screen, 'family.add')} adds "
            "a new one."
        )
    return "There is no helping question to rate yet. Add one first."


def _value_fields(questions: list[HelpingQuestion], hint: str) -> list[Field]:
    if len(questions) == 1:
        return [
            Field("value0", "Rating", required=True, hint=hint),
            Field("words", "What they said", "words"),
        ]
    hint = f"{hint}; empty: not asked"
    return [Field(f"value{number}", f"Question {number + 1}", hint=hint) for number in range(len(questions))]


def _round(
    records: FamilyRecords, questions: list[HelpingQuestion], values: dict[str, Any]
) -> Iterator[Rating]:
    for number, question in enumerate(questions):
        typed = values[f"value{number}"]
        if typed:
            yield Rating(
                question=question.id,
                rater=_rater(records, values),
                date=values["date"],
                cycle=values["cycle"],
                value=parse_value(typed, records.lowest_rating),
                words=values.get("words", ""),
            )


def last_rater(records: FamilyRecords) -> str:
    """Return who gave the family's newest rating; "" while there is none."""
    newest = max(records.ratings, key=lambda each: (each.date, str(each.created or "")), default=None)
    return newest.rater if newest else ""


def _raters(records: FamilyRecords, rater: str) -> tuple[tuple[str, str], ...]:
    """Who may have rated: those who have, the family's members, its guider and its social worker."""
    family = records.family
    known = [rater, *(each.rater for each in records.ratings), *(member.id for member in family.members)]
    known += [each for each in (family.guider, family.social_worker) if each in records.people]
    return tuple((each, one_line(records.name(each))) for each in dict.fromkeys(known) if each)


def _rater(records: FamilyRecords, values: dict[str, Any]) -> str:
    """The rater that was chosen, or typed as somebody else. Raises ValueError with a sentence."""
    typed: str = values["other"] or values["rater"]
    if not typed:
        raise ValueError("Who rated? Choose somebody, or write the name under “Somebody else”.")
    if values["other"] and not any(letter.isalpha() for letter in typed):
        raise ValueError(f"“{typed}” is not a name. Ratings are written further down.")
    return records.identity(typed)


def _shared_fields(records: FamilyRecords, rating: Rating) -> list[Field]:
    cycles = tuple((cycle.id, f"{cycle.number} {one_line(cycle.activity)}") for cycle in records.cycles)
    return [
        Field("rater", "Rated by", "choice", rating.rater, _raters(records, rating.rater)),
        Field("other", "Somebody else", hint="a name that is not in the list"),
        Field("date", "On", "date", rating.date, required=True, past=True),
        Field("cycle", "Cycle", "choice", rating.cycle, cycles),
    ]


async def edit_rating(screen: CaseScreen, records: FamilyRecords, rating: Rating) -> Rating | None:
    """Correct one rating, which keeps what it said before. One below the present scale may stay so."""
    typed, lowest = NOT_RATED if rating.value is None else str(rating.value), records.lowest_rating
    fields = [
        Field("value", "Rating", value=typed, required=True, hint=rating_hint(lowest)),
        *_shared_fields(records, rating),
        Field("words", "What they said", "words", rating.words),
    ]

    def build(values: dict[str, Any]) -> Rating:
        as_before = values["value"] == typed
        now = replace(
            rating,
            rater=_rater(records, values),
            date=values["date"],
            cycle=values["cycle"],
            value=rating.value if as_before else parse_value(values["value"], lowest),
            words=values["words"],
        )
        person = screen.workspace.person
        return corrected(rating, now, person.id if person else screen.caseload.by, records.today)

    title = f"A rating of {show_day(rating.date, records.today)}"
    return await save_asked(screen, title, "Correct a rating", fields, build)
