"""What this screen says of a family: members, questions with their ratings, clips, films."""

from rich.cells import cell_len
from rich.text import Text

from vigtui.domain.records import Cycle, Family, HelpingQuestion, Member, Rating, Recording, Voice
from vigtui.domain.vocabulary import RecordingState
from vigtui.queries.family import FamilyRecords
from vigtui.queries.ratings import Series, all_series
from vigtui.values.days import show_day, show_long_day
from vigtui.values.text import one_line, shortened
from vigtui.values.timecode import format_length

DIM, BOLD = "dim", "bold"


def members_words(family: Family) -> str:
    """ "Dana, Jory (4)": an age stands behind a child's name."""
    return ", ".join(_member(member) for member in family.members)


def _member(member: Member) -> str:
    parts = [one_line(part) for part in member.relation.split(",")]
    age = next((part for part in parts if any(character.isdigit() for character in part)), "")
    return f"{one_line(member.label)} ({age})" if age else one_line(member.label)


def cycle_name(cycle: Cycle) -> str:
    """ "cycle 2, making toast"."""
    activity = one_line(cycle.activity)
    return f"cycle {cycle.number}, {activity}" if activity else f"cycle {cycle.number}"


def quoted(words: str) -> str:
    """Somebody's own words, in quotation marks."""
    return f"“{one_line(words)}”"


def series_of(records: FamilyRecords, question: HelpingQuestion) -> list[Series]:
    """A question's ratings, rater by rater."""
    return [series for series in all_series(records.ratings) if series.question == question.id]


def question_line(records: FamilyRecords, number: int, question: HelpingQuestion, width: int) -> Text:
    """A question on one line, shortened as need be, with each rater's first and last rating at the right."""
    ratings = "   ".join(
        f"{records.name(each.rater)} {each.words()}" for each in series_of(records, question)
    )
    ratings = ratings or "not rated yet"
    line = Text.assemble((f"{number} ", DIM), no_wrap=True)
    room = width - cell_len(ratings) - line.cell_len - 3
    words = Text(quoted(question.words), style=BOLD)
    words.truncate(max(room, 12), overflow="ellipsis")
    line.append_text(words)
    line.append(" " * max(width - line.cell_len - cell_len(ratings), 3))
    line.append(ratings)
    line.truncate(width, overflow="ellipsis")
    return line


def rating_value(rating: Rating) -> str:
    """ "5", or "not rated", which is not 0."""
    return "not rated" if rating.value is None else str(rating.value)


def voice_words(records: FamilyRecords, voice: Voice) -> Text:
    """ "Dana: “I thought he was sulking.”"."""
    return Text.assemble((f"{records.name(voice.speaker)}: ", DIM), quoted(voice.words))


def length(recording: Recording) -> str:
    """How long a film is, "" while that is not known."""
    return format_length(recording.duration_ms) if recording.duration_ms else ""


def film_words(records: FamilyRecords, recording: Recording) -> str:
    """What becomes of a film: deleted, missing, held, or the day by which it is to be deleted."""
    today = records.today
    if recording.state is RecordingState.DELETED:
        stub = next((each for each in records.deletions if each.recording == recording.id), None)
        if stub is None:
            return "film deleted"
        by = f" by {one_line(stub.by)}" if stub.by else ""
        why = f": {one_line(stub.why)}" if stub.why else ""
        return f"film deleted on {show_long_day(stub.date, today)}{by}{why}"
    words = [f"held: {shortened(recording.hold_reason)}"] if recording.hold_reason else []
    if recording.delete_by:
        left = (recording.delete_by - today).days
        late = f", {_days(-left)} ago" if left < 0 else ""
        words.append(f"delete by {show_day(recording.delete_by, today)}{late}")
    if recording.state is RecordingState.MISSING:
        words.append("film missing")
    return "   ".join(words)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
