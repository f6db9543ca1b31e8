"""What one person in training has gathered: written pieces, chosen clips, days of training, gates."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList

from vigtui.domain.records import ChosenClip, Person, Record, Reflection, TrainingDay
from vigtui.domain.training.portfolio import is_draft_of_another
from vigtui.queries.training.portfolio import Portfolio, portfolio
from vigtui.ui.dialogs.training.whose import ANOTHERS_DRAFT, ANOTHERS_PIECE, person_shown
from vigtui.ui.screens.navigation import OpenClip, OpenPiece, OpenWay
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.training.rows import heading, key_of, record_of, two_columns
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import keys_for
from vigtui.ui.widgets.record_list import RecordList, Row
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.keys import KeyFor
from vigtui.values.text import clean, one_line
from vigtui.wording.names import Names
from vigtui.wording.training.way import (
    chosen_words,
    counted_words,
    done_words,
    gate_words,
    logbook_words,
    next_words,
)

_PIECE, _WAY = "piece", "way"


class PortfolioScreen(CaseScreen):
    """The portfolio of the person with this id."""

    CSS_PATH = "training.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("portfolio"), *bindings("back")]
    ABOUT_AT_HAND = frozenset({"edit", "remove"})
    HELP: ClassVar[str] = (
        "What somebody in training has gathered. `{record.open}` writes on a piece, begins one that is "
        "asked for, or shows a clip; `{portfolio.edit}` changes what is said of it and says that a "
        "piece is finished: until then its writer alone reads it. `{portfolio.print}` is all of it as "
        "a paper: families go by their codes there, and no draft and no note that somebody keeps for "
        "themselves is in it."
    )

    def __init__(self, person: str) -> None:
        super().__init__()
        self._person = person
        self._portfolio: Portfolio | None = None

    @property
    def address(self) -> str:
        return f"portfolio {self._person}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield RecordList(id="records")
        yield Excerpt(id="next")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.refresh_records()
        self._list.focus()

    @property
    def _list(self) -> RecordList:
        return self.query_one(RecordList)

    @property
    def _record(self) -> Record | None:
        """The record under the cursor."""
        return record_of(self.caseload, self._list.key)

    @property
    def at_hand(self) -> Sequence[Record]:
        return [self._record] if self._record else []

    @property
    def _reader(self) -> str:
        return self.workspace.person.id if self.workspace.person else ""

    # Showing

    def refresh_records(self) -> None:
        """Read the portfolio again; the screen goes when its person does."""
        person, caseload = person_shown(self, self._person), self.caseload
        if person is None:
            return
        self._portfolio = found = portfolio(
            caseload.get, caseload.where, self._person, self.workspace.today()
        )
        programmes = ", ".join(one_line(way.programme.name) for way in found.ways)
        self.query_one(TitleBar).set_parts(f"Portfolio of {one_line(person.name)}", programmes)
        names, key = self.workspace.names(caseload.get), keys_for(self)
        rows = [*_pieces(names, found, key), *_clips(found, key), *_days(names, found, key)]
        self._list.show([*rows, *_gates(names, found)])
        self._tell_about()

    @on(OptionList.OptionHighlighted)
    def _tell_about(self) -> None:
        """The words of what is under the cursor; else what is missing."""
        self.refresh_bindings()
        record = self._record
        words = ""
        if isinstance(record, Reflection):
            words = "" if is_draft_of_another(record, self._reader) else record.body
        if isinstance(record, ChosenClip):
            words = record.why
        ways = self._portfolio.ways if self._portfolio else ()
        missing = next((next_words(way.progress, self.workspace.today()) for way in ways), "")
        self.query_one("#next", Excerpt).update(clean(words).strip() or missing)

    # Doing

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        record = self._record
        kind, _, rest = self._list.key.partition(" ")
        if kind == _PIECE and self._portfolio:
            missing = self._portfolio.missing[int(rest)]
            self.change(lambda: self._begin(missing.piece, missing.stage))
        elif isinstance(record, Reflection):
            if is_draft_of_another(record, self._reader):
                self.tell(ANOTHERS_DRAFT)
            else:
                self.post_message(OpenPiece(record.id))
        elif isinstance(record, ChosenClip):
            self.post_message(OpenClip(record.clip))
        elif kind == _WAY:
            self.post_message(OpenWay(self._person))
        else:
            self.action_edit()

    async def _begin(self, piece: str, stage: str) -> None:
        from vigtui.ui.dialogs.training.gathered import begin_piece

        self._write(await begin_piece(self, self.caseload.need(Person, self._person), piece, stage))

    def _write(self, added: Record | None) -> None:
        """Write a piece that was begun."""
        if isinstance(added, Reflection):
            self.post_message(OpenPiece(added.id))

    def action_add(self) -> None:
        """Add to the portfolio."""
        self.change(self._add)

    async def _add(self) -> None:
        from vigtui.ui.dialogs.training.gathered import add_gathered

        self._write(await add_gathered(self, self.caseload.need(Person, self._person)))

    def action_edit(self) -> None:
        """Change what is under the cursor."""
        from vigtui.ui.dialogs.training.gathered import edit_chosen, edit_day, edit_piece

        record = self._record
        if why := self._why_not_to_change(record):
            self.tell(why)
        elif isinstance(record, Reflection):
            self.change(lambda: edit_piece(self, record))
        elif isinstance(record, ChosenClip):
            self.change(lambda: edit_chosen(self, record))
        elif isinstance(record, TrainingDay):
            self.change(lambda: edit_day(self, record))

    def _why_not_to_change(self, record: Record | None) -> str:
        """Why whoever is here changes nothing of a written piece; "" where they may."""
        if not isinstance(record, Reflection) or record.person == self._reader:
            return ""
        return ANOTHERS_DRAFT if is_draft_of_another(record, self._reader) else ANOTHERS_PIECE

    def action_remove(self) -> None:
        """Remove what is under the cursor."""
        from vigtui.ui.dialogs.removing.removal import remove_record

        record = self._record
        if why := self._why_not_to_change(record):
            self.tell(why)
        elif record is not None:
            name = self.workspace.names(self.caseload.get).name(record)
            self.change(lambda: remove_record(self, record, name))

    @work
    async def action_print(self) -> None:
        """Show the portfolio as a paper."""
        from vigtui.ui.dialogs.papers.training_papers import show_portfolio

        await show_portfolio(self, self._person)

    @work
    async def action_evidence(self) -> None:
        """Show the evidence for an accreditation, without what might tell which families it is about."""
        from vigtui.ui.dialogs.papers.training_papers import show_evidence

        await show_evidence(self, self._person)


def _pieces(names: Names, found: Portfolio, key: KeyFor) -> Iterator[Row]:
    yield heading("Written pieces", first=True)
    for each in found.reflections:
        stage = f", for {one_line(each.stage)}" if each.stage else ""
        words = f"{done_words(names, each) or 'a draft'}{stage}"
        yield Row(two_columns(counted_words(names, each), words), key_of(each))
    for number, missing in enumerate(found.missing):
        words = f"{one_line(missing.stage)} asks for it; {key('record.open')} begins it"
        yield Row(two_columns(f"“{one_line(missing.piece)}”", words), f"{_PIECE} {number}")
    if not found.reflections and not found.missing:
        yield _nothing(f"None yet. {key('portfolio.add')} adds one.")


def _clips(found: Portfolio, key: KeyFor) -> Iterator[Row]:
    yield heading("Chosen clips")
    for each in found.chosen:
        yield Row(two_columns(chosen_words(each), one_line(each.record.why)), key_of(each.record))
    if not found.chosen:
        yield _nothing(f"None yet. {key('portfolio.add')} adds one.")


def _days(names: Names, found: Portfolio, key: KeyFor) -> Iterator[Row]:
    yield heading("Seminars, and meetings sat in on")
    for each in found.days:
        yield Row(two_columns(counted_words(names, each), each.kind.label), key_of(each))
    if not found.days:
        yield _nothing(f"None yet. {key('portfolio.add')} adds one.")


def _gates(names: Names, found: Portfolio) -> Iterator[Row]:
    yield heading("Gates and logbook")
    for way in found.ways:
        for stage in way.progress.stages:
            if stage.gate:
                words = gate_words(names, stage.gate)
                yield Row(
                    two_columns(one_line(stage.stage.gate), words),
                    f"{_WAY} {way.enrolment.id} {stage.stage.name}",
                )
        yield Row(
            two_columns(one_line(way.programme.name), logbook_words(way.progress)),
            f"{_WAY} {way.enrolment.id}",
        )
    if not found.ways:
        yield _nothing("In no programme yet.")


def _nothing(words: str) -> Row:
    return Row(Text(words, style="dim"))
