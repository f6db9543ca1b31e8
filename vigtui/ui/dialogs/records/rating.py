"""Adding and changing ratings: a round of all questions by one rater, or one rating."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from vigtui.domain.cycles import current
from vigtui.domain.records import HelpingQuestion, Rating
from vigtui.queries.family import FamilyRecords
from vigtui.queries.ratings import live_questions
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.record_form import save_asked, to_come
from vigtui.ui.widgets.case_screen import VigScreen
from vigtui.values.days import show_day
from vigtui.values.text import one_line

NOT_RATED = "-"
_HINT = "0 to 10, or - for asked and not rated"


def parse_value(typed: str) -> int | None:
    """Read a rating as typed: 0 to 10, or None for "-". Raises ValueError with a sentence."""
    if typed == NOT_RATED:
        return None
    if not typed.isdecimal() or not 0 <= int(typed) <= 10:
        raise ValueError(f"“{typed}” is not a rating. Write 0 to 10, or - for asked and not rated.")
    return int(typed)


async def add_ratings(
    screen: VigScreen, records: FamilyRecords, question: HelpingQuestion | None = None
) -> list[Rating]:
    """Ask one rater for a round of ratings, of every live question or of `question` alone, and save them."""
    questions = [question] if question else live_questions(records.questions)
    if not questions:
        screen.tell("There is no helping question to rate yet. Add one first.")
        return []
    cycle = current(records.cycles)
    fields = [
        *_shared_fields(
            records, Rating(question="", rater="", date=records.today, cycle=cycle.id if cycle else "")
        ),
        *_value_fields(questions),
    ]
    intro = "".join(f"{number}. “{one_line(each.words)}”\n" for number, each in enumerate(questions, start=1))

    def check(values: dict[str, Any]) -> str:
        if sentence := to_come(fields, values, records.today):
            return sentence
        try:
            found = list(_round(records, questions, values))
        except ValueError as error:
            return str(error)
        return "" if found else "No question is rated yet."

    values = await screen.ask(FormScreen("Ratings", fields, check=check, intro=intro.strip()))
    if values is None:
        return []
    with screen.caseload.transaction("Add ratings" if len(questions) > 1 else "Add a rating"):
        return [screen.caseload.save(rating) for rating in _round(records, questions, values)]


def _value_fields(questions: list[HelpingQuestion]) -> list[Field]:
    if len(questions) == 1:
        return [
            Field("value0", "Rating", required=True, hint=_HINT),
            Field("words", "What they said", "words"),
        ]
    hint = f"{_HINT}; empty: not asked"
    return [Field(f"value{number}", f"Question {number + 1}", hint=hint) for number in range(len(questions))]


def _round(
    records: FamilyRecords, questions: list[HelpingQuestion], values: dict[str, Any]
) -> Iterator[Rating]:
    for number, question in enumerate(questions):
        typed = values[f"value{number}"]
        if typed:
            yield Rating(
                question=question.id,
                rater=records.identity(values["rater"]),
                date=values["date"],
                cycle=values["cycle"],
                value=parse_value(typed),
                words=values.get("words", ""),
            )


def _shared_fields(records: FamilyRecords, rating: Rating) -> list[Field]:
    raters = dict.fromkeys(records.name(each.rater) for each in records.ratings)
    known = ", ".join(raters) or ", ".join(member.label for member in records.family.members)
    cycles = tuple((cycle.id, f"{cycle.number} {one_line(cycle.activity)}") for cycle in records.cycles)
    rater = records.name(rating.rater)
    return [
        Field(
            "rater", "Rated by", value=rater, required=True, hint=one_line(known) or "who gives the rating"
        ),
        Field("date", "On", "date", rating.date, required=True, past=True),
        Field("cycle", "Cycle", "choice", rating.cycle, cycles),
    ]


async def edit_rating(screen: VigScreen, records: FamilyRecords, rating: Rating) -> Rating | None:
    """Change one rating."""
    typed = NOT_RATED if rating.value is None else str(rating.value)
    fields = [
        Field("value", "Rating", value=typed, required=True, hint=_HINT),
        *_shared_fields(records, rating),
        Field("words", "What they said", "words", rating.words),
    ]

    def build(values: dict[str, Any]) -> Rating:
        value = parse_value(values["value"])
        return replace(rating, **{**values, "value": value, "rater": records.identity(values["rater"])})

    title = f"A rating of {show_day(rating.date, records.today)}"
    return await save_asked(screen, title, "Change a rating", fields, build)
