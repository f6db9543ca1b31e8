"""A question with its ratings, or a voice, as a line of this screen."""

from rich.cells import cell_len
from rich.text import Text

from vigtui.domain.records import HelpingQuestion, Voice
from vigtui.queries.family import FamilyRecords
from vigtui.wording.family import quoted, series_of


def question_line(
    records: FamilyRecords, number: int, question: HelpingQuestion, width: int, *, plain: bool = False
) -> Text:
    """A question on one line, shortened as need be, with each rater's first and last rating at the right. If
    `plain`, with all ratings in words, unless they would cut the question short."""
    ratings = "   ".join(
        f"{records.name(each.rater)} {each.in_words() if plain else each.words()}"
        for each in series_of(records, question)
    )
    ratings = ratings or "not rated yet"
    if plain and cell_len(f"{number} {quoted(question.words)}   {ratings}") > width:
        ratings = ""
    line = Text.assemble((f"{number} ", "dim"), no_wrap=True)
    room = width - cell_len(ratings) - line.cell_len - 3
    words = Text(quoted(question.words), style="bold")
    words.truncate(max(room, 12), overflow="ellipsis")
    line.append_text(words)
    line.append(" " * max(width - line.cell_len - cell_len(ratings), 3))
    line.append(ratings)
    line.truncate(width, overflow="ellipsis")
    return line


def voice_line(records: FamilyRecords, voice: Voice) -> Text:
    """ "Dana: “I thought he was sulking.”"."""
    return Text.assemble((f"{records.name(voice.speaker)}: ", "dim"), quoted(voice.words))
