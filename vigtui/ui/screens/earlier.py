"""The earlier versions of a caseload's file: what each holds, and one of them put back."""

import asyncio
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Label, Static
from textual.worker import get_current_worker

from vigtui.store import recovery
from vigtui.store.disk.other_files import is_in_space
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.screens.navigation import PutBack
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.widgets.case_screen import TellingScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring
from vigtui.wording.access import without_refusals
from vigtui.wording.spaces import EARLIER_IN_SPACE

_READING = "Reading it…"


class Versions(LineList):
    """The versions; the key that puts one back is in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("versions")


class EarlierScreen(TellingScreen):
    """The versions of the caseload at `path`, newest first. `keyring` opens those that are encrypted."""

    CSS_PATH = "earlier.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("back")
    HELP: ClassVar[str] = (
        "Earlier versions of the caseload's file: the newest ten versions, and of the older ones "
        "the last of each day for two weeks. `{versions.put_back}` puts one back. The present one is then "
        "kept in a file beside it and is listed here too, so it can be put back in turn. Where somebody else "
        "has the caseload open, what they hold is merged into it again."
    )

    def __init__(self, path: Path, keyring: Keyring | None = None) -> None:
        super().__init__()
        self._path, self._keyring = path, keyring
        self._copies: dict[str, recovery.Copy] = {}
        self._found: dict[Path, recovery.Contents] = {}

    def compose(self) -> ComposeResult:
        yield Label(f"Earlier versions of {one_line(self._path.name)}", id="title", markup=False)
        yield Static(id="present", markup=False)
        yield Versions(id="versions")
        yield Excerpt(id="about")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.app.clear_notifications()  # What they said of the one put back last stands here.
        self.query_one("#versions").focus()
        self._read()

    @work(thread=True, group="versions")
    def _read(self) -> None:
        """Find the versions and look into one after the other, while the list can be walked already."""
        worker = get_current_worker()
        copies = {str(copy.path): copy for copy in recovery.copies(self._path)}
        self.app.call_from_thread(self._list, copies)
        for path in (self._path, *(copy.path for copy in copies.values())):
            if worker.is_cancelled:
                return
            self.app.call_from_thread(self._tell, path, recovery.contents(path, self._keyring))

    def _list(self, copies: dict[str, recovery.Copy]) -> None:
        self._copies = copies
        self._show()

    def _tell(self, path: Path, found: recovery.Contents) -> None:
        self._found[path] = found
        self._show()

    def _show(self) -> None:
        present = self._found.get(self._path)
        self.query_one("#present", Static).update(
            f"Now: {one_line(present.words)} ({present.size_words})" if present else "Now: …"
        )
        versions = self.query_one("#versions", LineList)
        lines = [Line(partial(self._draw, copy), key) for key, copy in self._copies.items()]
        none = Line(lambda _: Text("There is none yet: the first is kept at the next change.", style="dim"))
        versions.set_lines(lines or [none], versions.current)
        self._tell_about(versions.current)

    def _draw(self, copy: recovery.Copy, _width: int) -> Text:
        found = self._found.get(copy.path)
        words = one_line(found.words) if found else _READING
        return Text(f"{copy.when:>20}  {words}", style="" if found and found.readable else "dim")

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        self._tell_about(event.id)

    def _tell_about(self, key: str) -> None:
        copy = self._copies.get(key)
        self.query_one("#about", Excerpt).update(one_line(self._described(copy)) if copy else "")

    def _described(self, copy: recovery.Copy) -> str:
        found = self._found.get(copy.path)
        if found is None:
            return _READING
        how = "put aside when another was put back" if copy.put_aside else "kept before a change"
        families = self._families(found)
        return f"Until {copy.when}, {found.size_words}, {how}. {families and families + ' '}{found.words}"

    def _families(self, then: recovery.Contents) -> str:
        """Which families a version brings back, and which are not in it."""
        present = self._found.get(self._path)
        return recovery.families_words(present, then) if present else ""

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self._ask(self._copies[event.id])

    @work
    async def _ask(self, copy: recovery.Copy) -> None:
        found = self._found.get(copy.path)
        if found is None or not found.readable:
            self.tell(found.words if found else _READING, problem=True)
            return
        present, families = self._found.get(self._path), self._families(found)
        lost = without_refusals(len(present.refusals - found.refusals)) if present else ""
        again = EARLIER_IN_SPACE if await asyncio.to_thread(is_in_space, self._path) else ""
        told = [f"Put the version from before {copy.when} back? It holds: {one_line(found.words)}"]
        told += [each for each in (families, lost, again) if each]
        question = " ".join([*told, "The present one is kept, and is then listed here."])
        if await self.app.push_screen_wait(ConfirmScreen(question, "Put it back", "Leave it")):
            self.app.post_message(PutBack(self._path, copy.path))

    def action_back(self) -> None:
        """Back to where this was opened from."""
        self.app.pop_screen()
