"""Helping questions in their owners' words with every rater's ratings, how people describe one another at the
start and at the end, and what they said of the work."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from vigtui.domain.records import Description, HelpingQuestion, Rating, Record, Voice
from vigtui.film.pane.app import is_plain
from vigtui.queries.descriptions import pairs
from vigtui.queries.family import find
from vigtui.queries.ratings import Series
from vigtui.ui.dialogs.records.question import (
    add_descriptions,
    add_question,
    add_voice,
    edit_description,
    edit_question,
    edit_voice,
)
from vigtui.ui.dialogs.records.rating import add_ratings, edit_rating, rate
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.family.lines import pair_head, pair_line, voice_line
from vigtui.ui.screens.family.section import NOTHING_TO_CHANGE, NOTHING_TO_REMOVE, ListSection, Task, changing
from vigtui.ui.widgets.canvas import cut
from vigtui.ui.widgets.keys.said import key_for, keys_for, with_keys
from vigtui.ui.widgets.record_list import Row
from vigtui.values.days import show_day, show_long_day
from vigtui.wording.family import quoted, rating_value, series_of

R = TypeVar("R", bound=Record)

_WIDEST_RATER = 20


class QuestionsSection(ListSection):
    """The second part of the family screen."""

    def rows(self) -> Sequence[Row]:
        rows: list[Row] = []
        for number, question in enumerate(self.records.questions, start=1):
            rows += [*([Row(Text(""))] if rows else []), *self._question_rows(number, question)]
        if not rows:
            add = key_for(self.host, "family.add")
            rows.append(
                Row(Text(f"No helping question yet. {add} adds the first, in the client's own words."))
            )
        if described := pairs(self.records.descriptions):
            rows += [Row(Text("")), Row(pair_head())]
            rows += [
                Row(pair_line(self.records, each), f"described:{place}")
                for place, each in enumerate(described)
            ]
        if self.records.voices:
            rows += [Row(Text("")), Row(Text("What they said of the work"))]
        for voice in self.records.voices:
            day = show_day(voice.date, self.records.today)
            may = "" if voice.may_quote else ", not to be quoted"
            words = Text.assemble("  ", voice_line(self.records, voice), (f"   {day}{may}", "dim"))
            rows.append(Row(words, f"voice:{voice.id}"))
        return rows

    def _question_rows(self, number: int, question: HelpingQuestion) -> Iterator[Row]:
        asked = f"   asked by {self.records.name(question.owner)}, {self._agreed(question)}"
        words = Text.assemble(
            (f"{number} ", "dim"), (quoted(question.words), "bold"), "\n", (f"  {asked}", "dim")
        )
        yield Row(words, f"question:{question.id}")
        series = series_of(self.records, question)
        for place, each in enumerate(series):
            yield Row(self._series_words(each), f"series:{place}:{question.id}")
        if not series:
            yield Row(Text("     not rated yet"))

    def _agreed(self, question: HelpingQuestion) -> str:
        today = self.records.today
        agreed = f"agreed {show_long_day(question.agreed, today)}" if question.agreed else "not agreed yet"
        ended = f", until {show_long_day(question.ended, today)}" if question.ended else ""
        newer = find(self.records.questions, question.superseded_by)
        if newer is None:
            return agreed + ended
        return f"{agreed}{ended}: then in new words, {self.records.questions.index(newer) + 1}"

    def _series_words(self, series: Series) -> Text:
        """A rater's first and last rating, then each with its day, then what they said with them."""
        today = self.records.today
        days = "   ".join(f"{show_day(each.date, today)} {rating_value(each)}" for each in series.ratings)
        name = set_cell_size(cut(self.records.name(series.rater), self._widest_rater), self._widest_rater)
        words = Text.assemble(
            f"    {name}  ",
            (f"{series.in_words() if is_plain(self.app) else series.words():<6}", "bold"),
            (f"   {days}", "dim"),
        )
        for rating in series.ratings:
            if rating.words:
                words.append(f"\n       {show_day(rating.date, today)} {quoted(rating.words)}", style="dim")
        return words

    @property
    def _widest_rater(self) -> int:
        names = {self.records.name(rating.rater) for rating in self.records.ratings}
        return min(max((cell_len(name) for name in names), default=0), _WIDEST_RATER)

    def move_to(self, record: str) -> None:
        described = pairs(self.records.descriptions)
        places = (
            f"described:{place}"
            for place, pair in enumerate(described)
            if find([*pair.start, *pair.end], record)
        )
        super().move_to(next(places, record))

    # Adding and changing

    @property
    def at_hand(self) -> Sequence[Record]:
        series = self._series()
        if series:
            return series.ratings
        if described := self._described():
            return described
        _, identity = self.under_cursor
        found = find(self.records.questions, identity) or find(self.records.voices, identity)
        return [found] if found else []

    @changing
    async def add_here(self) -> None:
        screen, records = self.host, self.records
        question, series = self._question(), self._series()
        rater = series.rater if series else ""
        tasks: list[tuple[str, Task]] = [("A helping question", lambda: add_question(screen, records))]
        if records.questions:
            tasks.append(("Ratings of all questions by one rater", lambda: add_ratings(screen, records)))
        if question:
            words = f"A rating of {quoted(question.words)}"
            tasks.insert(0, (words, lambda: add_ratings(screen, records, question, rater)))
        words = "How somebody describes the child and the relationship"
        tasks.append((words, lambda: add_descriptions(screen, records)))
        tasks.append(("Something somebody said of the work", lambda: add_voice(screen, records.family.id)))
        await self.choose_task("Add", tasks)

    @changing
    async def rate_here(self) -> None:
        question, series = self._question(), self._series()
        if question is None:
            await add_ratings(self.host, self.records)
        else:
            await rate(self.host, self.records, question, series.rater if series else "")

    @changing
    async def edit_here(self) -> None:
        record = await self._record("Which rating?")
        if isinstance(record, HelpingQuestion):
            await edit_question(self.host, self.records, record)
        elif isinstance(record, Rating):
            await edit_rating(self.host, self.records, record)
        elif isinstance(record, Description):
            await edit_description(self.host, self.records, record)
        elif isinstance(record, Voice):
            await edit_voice(self.host, record)
        elif not self.list.key:
            self.host.tell(with_keys(NOTHING_TO_CHANGE, keys_for(self.host)))

    open_here = edit_here

    @changing
    async def remove_here(self) -> None:
        record = await self._record("Remove which rating?")
        if isinstance(record, HelpingQuestion):
            await remove_record(self.host, record, f"the question {quoted(record.words)}")
        elif isinstance(record, Rating):
            name = f"the rating by {self.records.name(record.rater)}: {rating_value(record)}"
            await remove_record(self.host, record, name)
        elif isinstance(record, Description):
            name = f"how {self.records.name(record.speaker)} described {record.of.label} {record.when.label}"
            await remove_record(self.host, record, name)
        elif isinstance(record, Voice):
            await remove_record(self.host, record, f"what {self.records.name(record.speaker)} said")
        elif self._series() is None:
            self.host.tell(NOTHING_TO_REMOVE)

    def _question(self) -> HelpingQuestion | None:
        """The question under the cursor, or whose ratings are."""
        _, identity = self.under_cursor
        series = self._series()
        return find(self.records.questions, series.question if series else identity)

    def _series(self) -> Series | None:
        """The ratings under the cursor. Their key is a number among the question's: places hold no names."""
        kind, identity = self.under_cursor
        place, _, question_id = identity.partition(":")
        question = find(self.records.questions, question_id)
        return series_of(self.records, question)[int(place)] if kind == "series" and question else None

    def _described(self) -> list[Description]:
        """The descriptions under the cursor, start and end. Their key is a number, as for ratings."""
        kind, place = self.under_cursor
        found = pairs(self.records.descriptions)
        pair = found[int(place)] if kind == "described" and int(place) < len(found) else None
        return [*pair.start, *pair.end] if pair else []

    async def _record(self, title: str) -> HelpingQuestion | Rating | Description | Voice | None:
        """The record under the cursor; of several in a line, the one that is chosen."""
        kind, identity = self.under_cursor
        if kind == "question":
            return find(self.records.questions, identity)
        if kind == "voice":
            return find(self.records.voices, identity)
        today = self.records.today
        if described := self._described():
            options = [(f"{each.when.label}: {quoted(each.words)}", each) for each in described]
            return await self._choose("Which of them?", options)
        if series := self._series():
            newest_first = reversed(series.ratings)
            ratings = [
                (f"{show_long_day(each.date, today)}: {rating_value(each)}", each) for each in newest_first
            ]
            return await self._choose(title, ratings)
        return None

    async def _choose(self, title: str, options: Sequence[tuple[str, R]]) -> R | None:
        """The record that is chosen by its words; a single one at once."""
        chosen: list[R] = []

        def take(record: R) -> Task:
            async def task() -> None:
                chosen.append(record)

            return task

        await self.choose_task(title, [(words, take(each)) for words, each in options])
        return chosen[0] if chosen else None
