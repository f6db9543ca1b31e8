"""One helping question: how each rater rated it, on one time axis, and what they said."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList

from vigtui.domain.records import HelpingQuestion, Rating, Record
from vigtui.film.pane.app import is_plain
from vigtui.queries.family import FamilyRecords, family_records, find
from vigtui.queries.ratings import leading_series, live_questions
from vigtui.ui.dialogs.records.rating import add_ratings, edit_rating
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.chart.drawing import Chart, RaterLine, letters
from vigtui.ui.screens.chart.rating_lines import RatingLines
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.ui.widgets.record_list import RecordList, Row
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import one_line
from vigtui.wording.family import quoted, rated_words, rating_sentences, series_of

_NOT_RATED_YET = "Nobody has rated this question yet. {chart.rate} takes the first ratings."


class ChartScreen(CaseScreen):
    """The ratings of the helping question with id `question`; the cursor begins on `rating` if one is named.

    Where nothing is drawn (`plain`), the same ratings are a list.
    """

    CSS_PATH = "chart.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("chart"), *bindings("back")]
    HELP: ClassVar[str] = (
        "The ratings of one helping question: a line for each rater, by a letter, on one time axis. Raters "
        "are never averaged. Only what was given stands on the scale; who was asked and did not rate has "
        "their letter in the row below it, and their line a gap. `{chart.edit}` corrects a rating, which "
        "keeps what it said before."
    )

    def __init__(self, question: str, rating: str = "") -> None:
        super().__init__()
        self._question, self._rating = question, rating
        self._records: FamilyRecords | None = None

    @property
    def address(self) -> str:
        return f"chart {self._question}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Excerpt(id="question")
        yield Excerpt(id="raters")
        yield RecordList() if is_plain(self.app) else RatingLines()
        yield Excerpt(id="rating")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.refresh_records()
        self.query_one(RecordList if is_plain(self.app) else RatingLines).focus()

    # Showing

    def refresh_records(self) -> None:
        """Show the ratings as they are now; the screen goes when its question does."""
        question = self.caseload.get(HelpingQuestion, self._question)
        records = family_records(self.caseload, question.family, self.workspace.today()) if question else None
        if question is None or records is None:
            self.leave("This helping question is no longer in the caseload.")
            return
        self._records = records
        chart = _chart(records, question)
        if all(each.id != self._rating for each in chart.ratings):
            series = [each.series for each in chart.lines]
            leading = leading_series(question, series) or next(iter(series), None)
            self._rating = leading.ratings[-1].id if leading else ""
        number = records.questions.index(question) + 1
        family = one_line(f"{records.family.code} {records.family.pseudonym}")
        self.query_one(TitleBar).set_parts(
            f"Ratings of question {number} of {len(records.questions)}", family
        )
        self.query_one("#question", Excerpt).update(quoted(question.words))
        self._show(chart)

    def _show(self, chart: Chart) -> None:
        for shown in self.query(RatingLines):
            shown.show(chart, self._rating)
        for rows in self.query(RecordList):
            rows.show(self._rows(chart), self._rating)
        self._tell(chart)

    def _tell(self, chart: Chart) -> None:
        """Say who the letters are, and what is under the cursor."""
        chosen = chart.line_of(self._rating)
        raters = Text("   ").join(
            Text(f"{each.letter} {each.name} {each.series.words()}", "bold" if each == chosen else "dim")
            for each in chart.lines
        )
        self.query_one("#raters", Excerpt).update("" if is_plain(self.app) else raters)
        rating, records = self._at_cursor, self._records
        words = Text(with_keys(_NOT_RATED_YET, keys_for(self)))
        if rating and records:
            first, *more = rating_sentences(records, rating)
            words = Text("\n").join([Text(first, "bold"), *map(Text, more)])
        self.query_one("#rating", Excerpt).update(words)

    def _rows(self, chart: Chart) -> list[Row]:
        """The ratings in words, rater by rater."""
        records, found = self._records, list[Row]()
        for line in chart.lines:
            found += [
                *([Row(Text(""))] if found else []),
                Row(Text(f"{line.name}: {line.series.in_words()}")),
            ]
            found += [
                Row(Text(f"  {rated_words(records, each)}"), each.id)
                for each in line.series.ratings
                if records
            ]
        return found

    @on(RatingLines.Moved)
    def _moved(self, event: RatingLines.Moved) -> None:
        self._go_to(event.rating)

    @on(OptionList.OptionHighlighted)
    def _moved_in_words(self, event: OptionList.OptionHighlighted) -> None:
        self._go_to(event.option.id or "")

    def _go_to(self, rating: str) -> None:
        question = self.caseload.get(HelpingQuestion, self._question)
        if self._records and question and rating != self._rating:
            self._rating = rating
            self._tell(_chart(self._records, question))

    # Keys

    @property
    def _at_cursor(self) -> Rating | None:
        return find(self._records.ratings, self._rating) if self._records else None

    @property
    def at_hand(self) -> Sequence[Record]:
        return [rating] if (rating := self._at_cursor) else []

    def action_question(self, by: int) -> None:
        """Show the next question of the family, or the one before."""
        questions = self._records.questions if self._records else []
        place = next((index for index, each in enumerate(questions) if each.id == self._question), 0) + by
        if 0 <= place < len(questions):
            self._question, self._rating = questions[place].id, ""
            self.refresh_records()
        else:
            self.tell("This is the last question." if by > 0 else "This is the first question.")

    @on(RatingLines.Opened)
    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Correct the rating under the cursor."""
        records, rating = self._records, self._at_cursor
        if records and rating:
            self.change(lambda: edit_rating(self, records, rating))

    def action_rate(self) -> None:
        """Take ratings of this question, by the rater of the line under the cursor."""
        records, rating = self._records, self._at_cursor
        question = find(records.questions, self._question) if records else None
        if records is None or question is None:
            return
        if question not in live_questions(records.questions):
            self.tell("This question has ended. Its ratings stay, and can be corrected.")
            return
        rater = rating.rater if rating else ""
        self.change(lambda: add_ratings(self, records, question, rater))

    def action_remove(self) -> None:
        """Remove the rating under the cursor, which was entered by mistake."""
        records, rating = self._records, self._at_cursor
        if records and rating:
            name = f"the rating by {records.name(rating.rater)}"
            self.change(lambda: remove_record(self, rating, name))


def _chart(records: FamilyRecords, question: HelpingQuestion) -> Chart:
    series = series_of(records, question)
    names = [records.name(each.rater) for each in series]
    lines = map(RaterLine, letters(names), names, series)
    return Chart(tuple(lines), tuple(records.cycles), records.today, records.lowest_rating)
