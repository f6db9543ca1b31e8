"""A paper, read before it is written to a file."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Label, Static

from vigtui.domain.consent.copies import for_each_family
from vigtui.domain.records import Copy, Family
from vigtui.domain.vocabulary import CopyKind
from vigtui.reports.formats.plain_text import WIDTH
from vigtui.reports.formats.writing import HTML, Printout, print_out, write_paper
from vigtui.reports.paper import Paper, PaperError
from vigtui.ui.dialogs.copies import enter_copies
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.names import ask_names
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import one_line
from vigtui.workspace.settings import papers_folder

AskNames = Callable[[SpokenNames], Awaitable[SpokenNames | None]]

_NARROWEST = 20
_TITLE = "Names for this print"
_INTRO = (
    "How are they called at home? These names stand for the labels in the file that you write, and are kept "
    "nowhere else. Whoever has no name here gets a blank to write it in."
)


class PaperScreen(ModalScreen[None]):
    """Shows a paper as it reads, and writes it to a file when asked. `name` is offered for its file in
    `folder`; `written` is told the file, and answers with a sentence. `ask_names` asks for the names that
    stand for the labels, where it is about one family; it is given those that were typed."""

    CSS_PATH: ClassVar[CSSPathType] = ["../forms.tcss", "paper.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("paper", "dialog")
    HELP: ClassVar[str] = (
        "A paper as it will be written. `{paper.write}` writes it to a file that only you can read: HTML "
        "to be opened in a browser and printed, Markdown, plain text, or CSV where it is a list, by the "
        "ending of its name. Nothing is written before that; what is written enters itself in the register "
        "of copies. What a paper says is worded by a template; a service can replace each with its own."
    )

    def __init__(
        self,
        printout: Printout,
        name: str,
        folder: Path,
        written: Callable[[Path], str],
        ask_names: AskNames | None = None,
    ) -> None:
        super().__init__()
        self._ask_names, self._names = ask_names, SpokenNames()
        self._printout, self._name = printout, name
        self._folder, self._written = folder, written

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(one_line(self._printout.title), id="dialog-title", markup=False)
            with VerticalScroll(id="paper"):
                yield Static(id="words", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#paper").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if not self.query("#words"):
            return  # It was closed meanwhile.
        width = min(WIDTH, self.query_one("#paper").scrollable_content_region.width - 1)
        self.query_one("#words", Static).update(self._named.read(max(width, _NARROWEST)))

    @property
    def _named(self) -> Printout:
        """The paper with the names that were typed."""
        return self._printout.named(self._names)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Names are typed for the paper of one family."""
        return self._ask_names is not None if action == "names" else super().check_action(action, parameters)

    @work
    async def action_names(self) -> None:
        """Say how everybody is called at home, for this print."""
        names = await self._ask_names(self._names) if self._ask_names else None
        if names is not None:
            self._names = names
            self._show()

    @work
    async def action_write(self) -> None:
        """Choose a place, and write the paper there."""
        endings = self._printout.endings
        title = f"Where shall it go? Its ending says how: {', '.join(endings[:-1])} or {endings[-1]}"
        asking = FileScreen(title, self._folder, endings=frozenset(endings), new=f"{self._name}{HTML}")
        out = await self.app.push_screen_wait(asking)
        if out is None:
            return
        try:
            await asyncio.to_thread(write_paper, self._named, out)
        except PaperError as error:
            self.notify(str(error), severity="warning", markup=False, timeout=12)
            return
        self._folder = out.parent
        words = f"Written: {one_line(str(out))}. Only you can read it. {self._written(out)}"
        self.notify(words, markup=False, timeout=8)

    def action_scroll_by(self, rows: int) -> None:
        """Read on or back by so many lines."""
        self.query_one("#paper").scroll_relative(y=rows, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Read on or back by a page."""
        self.action_scroll_by(by * max(self.query_one("#paper").size.height - 1, 1))

    def action_close(self) -> None:
        """Back to where it was asked for."""
        self.dismiss()


async def printed(make: Callable[[], Paper], title: str, language: str) -> tuple[Paper, Printout]:
    """Make a paper in a thread, and return it with its print. Raises PaperError."""
    paper = await asyncio.to_thread(make)
    return paper, await asyncio.to_thread(print_out, paper, title, language, papers_folder())


async def show_paper(
    screen: CaseScreen, title: str, make: Callable[[], Paper], *, has_names: bool = False, language: str = ""
) -> None:
    """Make a paper in a thread, and show it, in a `language` or that of the settings; one that `has_names`
    already asks for none. Call it from a worker of `screen`."""
    try:
        paper, printout = await printed(make, title, language or screen.workspace.settings.papers)
    except PaperError as error:
        screen.tell(str(error), problem=True)
        return

    def written(out: Path) -> str:
        if paper.of_nobody:
            return ""
        person = screen.workspace.person
        copy = Copy(
            kind=CopyKind.PAPER,
            about=title,
            file=out.name,
            holder=person.id if person else "",
            date=screen.workspace.today(),
        )
        return enter_copies(screen, for_each_family(copy, paper.families))

    family = screen.caseload.get(Family, paper.families[0]) if len(paper.families) == 1 else None

    async def names(before: SpokenNames) -> SpokenNames | None:
        return await ask_names(screen, family, before, title=_TITLE, intro=_INTRO) if family else None

    asks = family is not None and family.members and not has_names
    own = names if asks else None
    await screen.ask(PaperScreen(printout, paper.name, Path.home(), written, own))
