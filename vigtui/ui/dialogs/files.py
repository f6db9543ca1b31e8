"""Choosing a file by keyboard: folders and files listed, or a path typed."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from vigtui.foreign.files import entries
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import NarrowingLine, NarrowingScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.text import folded, one_line

CASELOADS = frozenset((".json",))
_NEW_CASELOAD = ".vig.json"
FILM_ENDINGS = frozenset(
    f".{ending}"
    for ending in (
        *("mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ts", "mts", "wmv", "flv", "3gp"),
        *("m2ts", "m2t", "mod", "tod", "vob", "m2v", "mpv", "dv", "mxf", "ogv", "3g2", "asf", "wtv"),
    )
)


def listing(folder: Path, endings: frozenset[str]) -> dict[Path, bool]:
    """What is in `folder`, hidden entries left out, and whether each is a folder: these come first. Of a
    very full folder not everything.

    `endings` names the files wanted, with their dot. Raises OSError.
    """
    shown = (entry for entry in entries(folder) if not entry.name.startswith("."))
    found = sorted(shown, key=lambda entry: folded(entry.name))
    folders = dict.fromkeys((entry for entry in found if entry.is_dir()), True)
    files = (entry for entry in found if entry.suffix.lower() in endings and entry.is_file())
    return folders | dict.fromkeys(files, False)


class FileScreen(NarrowingScreen[Path]):
    """Answers the path of a file that exists, or None.

    With `new` it answers a path that does not exist yet. Typing narrows the list; a `/` in what is typed
    makes it a path. Enter opens a folder or takes a file; a folder with a file called `holding` is taken
    itself. `refuse` raises CaseloadError where nothing can be made at a new path.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("choose", "files", "dialog")
    HELP: ClassVar[str] = (
        "Type to narrow the list, or a path with `/` or `~`. Enter opens the folder under the cursor or "
        "takes the file there; a new file gets the name that is typed. Hidden files are not listed."
    )

    def __init__(
        self,
        title: str,
        start: Path,
        *,
        endings: frozenset[str],
        new: str = "",
        holding: str = "",
        refuse: Callable[[Path], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._holding, self._refuse_place = holding, refuse
        self._title, self._folder, self._endings, self._new = title, start.absolute(), endings, new
        self._entries: dict[Path, bool] = {}
        self._shown: list[Path] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="choose"):
            yield Label(one_line(self._title), id="dialog-title", markup=False)
            yield NarrowingLine(
                value=self._new, placeholder="type a name or a path", id="narrow", compact=True
            )
            yield Static("", id="dialog-intro", markup=False)
            yield OptionList(id="options", compact=True, markup=False)
            yield Static("", id="dialog-problem", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#narrow").focus()
        self._list(self._folder)

    @work(thread=True, exclusive=True)
    def _list(self, folder: Path) -> None:
        """Read a folder: it may be on a slow disk or gone."""
        try:
            entries = listing(folder, self._endings)
        except OSError as error:
            self.app.call_from_thread(self._refuse, f"{folder} cannot be read: {error.strerror}.")
            return
        self.app.call_from_thread(self._show_folder, folder, entries)

    def _show_folder(self, folder: Path, entries: dict[Path, bool]) -> None:
        if folder != self._folder:
            self._refuse("")
        self._folder, self._entries, self.in_list = folder, entries, False
        self.query_one("#dialog-intro", Static).update(one_line(str(folder)))
        self._narrow()

    def _refuse(self, sentence: str) -> None:
        self.query_one("#dialog-problem", Static).update(one_line(sentence))

    def _typed(self) -> str:
        return self.query_one("#narrow", Input).value.strip()

    @on(Input.Changed)
    def _narrow(self) -> None:
        typed = self._typed()
        words = "" if self._new or "/" in typed else folded(typed)
        self._shown = [entry for entry in self._entries if words in folded(entry.name)]
        options = self.query_one("#options", OptionList)
        options.clear_options()
        if not words:
            self._shown[:0] = self._first_lines()
        options.add_options(Option(Content(one_line(self._named(entry)))) for entry in self._shown)
        if not self._shown:
            options.add_option(Option(Content("Nothing here matches what you typed."), disabled=True))
        above = not words and self._entries and self._shown[0] == self._folder.parent
        options.highlighted = min(1, len(self._shown) - 1) if above else 0 if self._shown else None

    def _first_lines(self) -> list[Path]:
        """What stands above the entries of the folder."""
        return [self._folder.parent]

    def _named(self, entry: Path) -> str:
        """A line of the list."""
        name = ".." if entry == self._folder.parent else entry.name
        return f"{name}/" if self._entries.get(entry, True) else name  # the folder above is not among them

    @on(Input.Submitted)
    def _enter(self) -> None:
        """Take what is typed, a path or a new name, unless the arrows were used since."""
        typed = self._typed()
        if not self.in_list and (self._new or "/" in typed or typed.startswith("~")):
            self._take(self._with_ending(self._folder / Path(typed).expanduser()))
        else:
            self._take_highlighted()

    def _with_ending(self, path: Path) -> Path:
        """A new caseload by the name that is typed ends as one does: else no list would ever show it."""
        is_one = path.suffix.lower() in CASELOADS
        if not self._new or self._endings != CASELOADS or is_one or path.is_dir() or not path.name:
            return path
        return path.with_name(f"{path.name}{_NEW_CASELOAD}")

    @on(OptionList.OptionSelected)
    def _take_highlighted(self) -> None:
        highlighted = self.query_one("#options", OptionList).highlighted
        if highlighted is not None and highlighted < len(self._shown):
            self._take(self._shown[highlighted])

    def _take(self, path: Path) -> None:
        try:
            if self._holding and (path / self._holding).is_file():
                self.dismiss(path)
            elif path.is_dir():
                self._go_into(path)
            elif self._new and path.exists():
                self._refuse(f"{path.name} is already there. Choose another name.")
            elif self._new and path.parent.is_dir() and path.name:
                self._refuse_place(path)
                self.dismiss(path)
            elif self._new:
                self._refuse(f"There is no folder {path.parent}.")
            elif path.exists():
                self._take_file(path)
            else:
                self._refuse(f"There is no {path}.")
        except OSError as error:
            self._refuse(f"{path} cannot be used: {error.strerror}.")
        except CaseloadError as error:
            self._refuse(str(error))

    def _take_file(self, path: Path) -> None:
        self.dismiss(path)

    def _go_into(self, folder: Path) -> None:
        """List what is in a folder. A name for a new file stays, or is there again where the folder was typed
        instead."""
        line = self.query_one("#narrow", Input)
        if not self._new or self._folder / Path(self._typed()).expanduser() == folder:
            line.value = self._new
            line.cursor_position = len(line.value)
        self._list(folder)

    def action_parent(self) -> None:
        """Go to the folder above."""
        self._list(self._folder.parent)


class FolderScreen(FileScreen):
    """Answers a folder that exists, or None: one whose name ends in `ending`, which is taken at once; without
    an ending any, when it is listed, by enter on the first line."""

    HELP: ClassVar[str] = (
        "Type to narrow the list, or a path with `/` or `~`. Enter opens the folder under the cursor; on "
        "“This folder”, where that stands, it takes the one that is named above the list."
    )

    def __init__(self, title: str, start: Path, *, ending: str = "") -> None:
        super().__init__(title, start, endings=frozenset())
        self._ending = ending

    def _first_lines(self) -> list[Path]:
        above = super()._first_lines()
        return above if self._ending else [self._folder, *above]

    def _named(self, entry: Path) -> str:
        return "This folder" if entry == self._folder else super()._named(entry)

    def _take(self, path: Path) -> None:
        if path == self._folder or (self._ending and path.name.endswith(self._ending)):
            self.dismiss(path)
        else:
            super()._take(path)

    def _take_file(self, path: Path) -> None:
        self._refuse(f"{path.name} is no folder.")
