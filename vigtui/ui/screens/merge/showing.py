"""What the merge screen shows, as text: rows of its list, and below it two versions side by side."""

import datetime as dt
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from vigtui.ui.screens.merge.decisions import BOTH, Decisions
from vigtui.wording.arrivals import Question
from vigtui.wording.changes import FieldChange, Told

DIM, BOLD, DIFFERENT = "dim", "bold", "bold underline"
SIDE_BY_SIDE_FROM = 100
"""How wide a screen is on which two versions are side by side, in cells."""

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_MOST_WORDS = 1500

Version = tuple[Text, Text]
"""A version's heading and its words."""


def question_row(question: Question, decisions: Decisions, width: int, sign: str) -> Text:
    """A line for something to decide, marked with `sign` once something was chosen."""
    mark = "  " if decisions.chosen(question) is None else sign
    return row(f"  {mark}{question.line}", width)


def row(words: str, width: int, dim: str = "") -> Text:
    """A line of the list, cut where it is too long: what is under the cursor is shown in full below."""
    text = Text.assemble(words, (dim, DIM))
    text.truncate(width, overflow="ellipsis")
    return text


def show_question(
    question: Question, decisions: Decisions, rest: int, today: dt.date, width: int, sign: str
) -> Group:
    """All versions of something to decide, those chosen marked with `sign`. `rest` counts what else is to
    be decided of the same record."""
    words = [choice.words for choice in question.choices]
    texts = marked(words) if question.field else [Text(text) for text in words]
    chosen = decisions.chosen(question)
    versions = []
    for at, (text, choice) in enumerate(zip(texts, question.choices, strict=True)):
        mark = sign if chosen in (at, BOTH) else ""
        head = Text.assemble((f"{mark}{at + 1} ", BOLD), choice.author.words(today))
        head.append(", seen now" if at == 0 else "", style=DIM)
        versions.append((head, text))
    lines = [Text(question.line, style=BOLD)]
    if rest and chosen is not None:
        more = "the other question about this record is" if rest == 1 else "the others about this record are"
        lines.append(Text(f"Chosen. It takes effect once {more} decided too.", style=DIM))
    return Group(*lines, Text(""), beside(versions, width))


def show_told(told: Told, width: int) -> Group:
    """What came in, each field before and after."""
    parts: list[RenderableType] = [Text(told.line, style=BOLD)]
    for field in told.fields:
        parts += [Text(""), beside(_versions(field), width)]
    return Group(*parts)


def _versions(field: FieldChange) -> list[Version]:
    texts = marked([field.before, field.after])
    heads = (Text(f"{field.words}, before", style=DIM), Text(f"{field.words}, now", style=DIM))
    return list(zip(heads, texts, strict=True))


def beside(versions: Sequence[Version], width: int) -> RenderableType:
    """Versions side by side where there is room, else one below the other."""
    if width < SIDE_BY_SIDE_FROM:
        stacked = Text()
        for head, text in versions:
            stacked.append_text(head).append("\n").append_text(text).append("\n\n")
        stacked.rstrip()
        return stacked
    table = Table.grid(expand=True, padding=(0, 3, 0, 0))
    for _ in versions:
        table.add_column(ratio=1, overflow="fold")
    table.add_row(*(head for head, _ in versions))
    table.add_row(*(text for _, text in versions))
    return table


def marked(texts: Sequence[str]) -> list[Text]:
    """Return the texts with what is different in them marked: in the first what the second has not, in each
    other what the first has not."""
    found = [Text(text, overflow="fold") for text in texts]
    for at in range(1, len(texts)):
        one, other = _different(texts[0], texts[at])
        for start, end in other:
            found[at].stylize(DIFFERENT, start, end)
        if at == 1:
            for start, end in one:
                found[0].stylize(DIFFERENT, start, end)
    return found


Spans = list[tuple[int, int]]


def _different(one: str, other: str) -> tuple[Spans, Spans]:
    """Return the spans of characters in which two texts differ, by whole words."""
    first, second = _WORDS.findall(one), _WORDS.findall(other)
    if len(first) + len(second) > _MOST_WORDS:
        return [], []
    spans: tuple[Spans, Spans] = ([], [])
    for kind, *ends in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal":
            for words, (start, end), found in zip((first, second), (ends[:2], ends[2:]), spans, strict=True):
                before = sum(map(len, words[:start]))
                found.append((before, before + sum(map(len, words[start:end]))))
    return spans
