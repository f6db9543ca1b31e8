"""Everything held about one member of a family, in a folder: what others wrote is decided on first."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Label, Static

from vigtui.domain.records import Family, Member, Record
from vigtui.queries.bundle import Bundle, as_copy, bundle, decided
from vigtui.reports.families.bundle import bundle_papers, keeper, write_bundle
from vigtui.reports.families.written import told
from vigtui.reports.paper import PaperError
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.copies import enter_copies
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.tick_boxes import TickList
from vigtui.values.text import clean, one_line
from vigtui.wording.film.packs import bundle_written, decide_words, private_words
from vigtui.wording.names import Names
from vigtui.workspace.settings import papers_folder


class DecideScreen(ModalScreen[tuple[str, ...] | None]):
    """Asks of each of these records, by its id, name and words, whether it goes along, and answers with those
    that do; nothing goes that was not ticked. `intro` is said above."""

    CSS_PATH: ClassVar[CSSPathType] = ["../forms.tcss", "bundle.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("decide", "dialog")
    HELP: ClassVar[str] = (
        "What others wrote may tell of them, or of somebody else: it goes along only where you tick "
        "it. Below the list is what the line under the cursor says. Notes that a worker keeps alone are "
        "shown to that worker only."
    )

    def __init__(self, title: str, intro: str, records: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._title, self._intro, self._records = title, intro, tuple(records)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(one_line(self._title), id="dialog-title", markup=False)
            yield Static(clean(self._intro), id="dialog-intro", markup=False)
            options = ((Content(one_line(name)), identity) for identity, name, _ in self._records)
            yield TickList[str](*options, id="to-decide", compact=True)
            with VerticalScroll(id="read", can_focus=False):
                yield Static(id="words", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#to-decide").focus()
        self._show(0)

    @on(TickList.SelectionHighlighted)
    def _moved(self, event: TickList.SelectionHighlighted[str]) -> None:
        self._show(event.selection_index)

    def _show(self, number: int) -> None:
        words = self._records[number][2] if self._records else "Nobody else wrote anything."
        self.query_one("#words", Static).update(clean(words))
        self.query_one("#read").scroll_home(animate=False)

    def action_go_on(self) -> None:
        """Take what is ticked."""
        self.dismiss(tuple(self.query_one("#to-decide", TickList).selected))

    def action_read(self, by: int) -> None:
        """Read on in the words below, or back."""
        self.query_one("#read").scroll_relative(y=by * 4, animate=False)

    def action_cancel(self) -> None:
        """Leave; nothing is written."""
        self.dismiss(None)


async def make_bundle(screen: CaseScreen, family: Family) -> None:
    """Ask of whom, what of others' words goes along, and where; and write it. Call it from a worker of
    `screen`."""
    caseload = screen.caseload
    screen.save_pending()
    member = await _ask_whom(screen, family)
    if member is None:
        return
    private = screen.workspace.names(caseload.get).on_paper().is_hidden
    found = await asyncio.to_thread(bundle, caseload.where, family, member, private)
    going = await _ask_what_goes(screen, found)
    if going is None:
        return
    new = f"bundle-{screen.workspace.today().isoformat()}"
    title = "Into which new folder? Its name says nothing of the family."
    out = await screen.ask(FileScreen(title, Path.home(), endings=frozenset(), new=new))
    if out is not None:
        await _write(screen, found, going, out)


async def _ask_whom(screen: CaseScreen, family: Family) -> Member | None:
    members = {each.id: each for each in family.members}
    if not members:
        screen.tell(
            f"Nobody is recorded in this family yet: {key_for(screen, 'family.details')} adds its members.",
            problem=True,
        )
        return None
    options = [
        (each.id, one_line(", ".join(filter(None, (each.label, each.relation))))) for each in family.members
    ]
    choice = await screen.ask(ChooseScreen("Everything held about whom?", options))
    return members.get(choice or "")


async def _ask_what_goes(screen: CaseScreen, found: Bundle) -> tuple[Record, ...] | None:
    """The records of others that somebody lets go along; None when that was left."""
    names = screen.workspace.names(screen.caseload.get)
    own_notes = [each for each in found.private if not names.is_hidden(each)]
    records: list[Record] = [*found.others, *own_notes]
    hidden = [keeper(names, each) for each in found.private if names.is_hidden(each)]
    intro = f"{decide_words(found.member.label, len(found.own) + len(found.consents), len(found.films))} "
    lines = [(each.id, names.name(each), _words_of(names, each)) for each in records]
    title = f"Everything held about {found.member.label}"
    chosen = await screen.ask(DecideScreen(title, f"{intro}{private_words(hidden)}".strip(), lines))
    return None if chosen is None else decided(found, chosen, names.is_hidden)


def _words_of(names: Names, record: Record) -> str:
    """All that a record of somebody else says, so that it can be decided on."""
    return "\n".join(f"{each.label}: {each.words}" for each in told(names, record).lines)


async def _write(screen: CaseScreen, found: Bundle, going: Sequence[Record], out: Path) -> None:
    names, language = screen.workspace.names(screen.caseload.get), screen.workspace.settings.papers
    try:
        papers = await asyncio.to_thread(bundle_papers, names, found, going)
        await asyncio.to_thread(write_bundle, out, papers, language, papers_folder())
    except PaperError as error:
        screen.tell(str(error), problem=True)
        return
    copy = as_copy(found, out.name, screen.workspace.today())
    screen.tell(f"{bundle_written(str(out), len(papers))} {enter_copies(screen, [copy])}")
