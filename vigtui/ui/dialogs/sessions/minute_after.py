"""The minute after a session: its working points and next steps as a short message, to copy or to save."""

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from vigtui.domain.records import Session
from vigtui.reports.formats.writing import TEXT, write_text
from vigtui.reports.paper import PaperError
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import one_line
from vigtui.wording.supervision import file_name, minute_after, signature


class MessageScreen(ModalScreen[None]):
    """Shows a message as it will be sent. `name` is offered for its file."""

    CSS_PATH = "../forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("message", "dialog")
    HELP: ClassVar[str] = (
        "What was agreed to be tried next, in a few lines for the trainee. `{message.copy}` copies it "
        "(a terminal that does not let programs copy keeps its clipboard: mark the lines with the "
        "mouse then), `{message.save}` saves it to a file that only you can read. It has the words as "
        "they were written, names too."
    )

    def __init__(self, title: str, message: str, name: str) -> None:
        super().__init__()
        self._title, self._message, self._name = one_line(title), message, name

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(self._title, id="dialog-title", markup=False)
            with VerticalScroll(id="sheet"):
                yield Static(self._message, markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#sheet").focus()

    def action_copy(self) -> None:
        """Copy it, where the terminal lets programs do so."""
        self.app.copy_to_clipboard(self._message)
        self.app.clear_notifications()
        self.notify(
            f"Copied, if your terminal lets programs copy. {key_for(self, 'message.save')} saves it.",
            markup=False,
        )

    @work
    async def action_save(self) -> None:
        """Write it to a file."""
        title = "Where shall the message go?"
        asking = FileScreen(title, Path.home(), endings=frozenset((TEXT,)), new=f"{self._name}{TEXT}")
        out = await self.app.push_screen_wait(asking)
        if out is None:
            return
        try:
            await asyncio.to_thread(write_text, self._message, out)
        except PaperError as error:
            self.app.clear_notifications()
            self.notify(str(error), severity="warning", markup=False, timeout=12)
        else:
            self.app.clear_notifications()
            self.notify(f"Written: {one_line(str(out))}. Only you can read it.", markup=False, timeout=8)

    def action_close(self) -> None:
        """Back to the walk."""
        self.dismiss()


async def show_minute_after(screen: CaseScreen, session: Session, *, asked: bool) -> None:
    """Show the message for each trainee of the session, one after the other as they are chosen; where nothing
    is written for any of them, say so if it was `asked` for. Call it from a worker of `screen`."""
    find, where, today = screen.caseload.get, screen.caseload.where, screen.workspace.today()
    messages = {
        each: words for each in session.trainees if (words := minute_after(find, where, session, each, today))
    }
    if not messages and asked:
        screen.tell("No working point and no next step is written yet.")
    several = len(messages) > 1
    while messages:
        trainee: str | None = next(iter(messages))
        if several:
            options = [(each, signature(find, each)) for each in messages]
            trainee = await screen.ask(ChooseScreen("The minute after: for whom?", options))
        if not trainee:
            return
        title = f"The minute after: for {signature(find, trainee)}"
        await screen.ask(MessageScreen(title, messages.pop(trainee), file_name(session)))
