"""A question with its ratings, a voice, or descriptions beside one another, as a line of this screen."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from vigtui.domain.records import Description, HelpingQuestion, Voice
from vigtui.queries.descriptions import Pair
from vigtui.queries.family import FamilyRecords, find
from vigtui.values.days import show_day
from vigtui.values.timecode import format_timecode
from vigtui.wording.family import quoted, series_of

_WHO = 21


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
    """ "Dana: “I thought he was sulking.”"; of what was said in a shared review, with clip and time."""
    clip = find(records.clips, voice.clip)
    about = f", {records.code(clip)} {format_timecode(voice.at_ms)}" if clip else ""
    return Text.assemble((f"{records.name(voice.speaker)}{about}: ", "dim"), quoted(voice.words))


def pair_line(records: FamilyRecords, pair: Pair) -> Table:
    """What somebody said at the start beside what they say at the end."""
    who = Text(f"  {records.name(pair.speaker)}: {pair.of.value}", style="dim")
    return _beside(who, _said(records, pair.start), _said(records, pair.end))


def pair_head() -> Table:
    """The line above the descriptions."""
    return _beside(Text("In their own words"), Text("at the start"), Text("at the end"))


def _beside(who: Text, start: Text, end: Text) -> Table:
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    table.add_column(width=_WHO)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    table.add_row(who, start, end)
    return table


def _said(records: FamilyRecords, descriptions: Sequence[Description]) -> Text:
    lines = [
        Text.assemble(quoted(each.words), (f" {show_day(each.date, records.today)}", "dim"))
        for each in descriptions
    ]
    return Text("\n").join(lines) if lines else Text("not asked yet", style="dim")
