"""The line at the top: what this is, who it is about, and whether it is saved."""

from rich.text import Text
from textual.app import RenderResult
from textual.reactive import reactive
from textual.widget import Widget

from vigtui.ui.widgets.lines.drawing import title_line


class TitleBar(Widget):
    """One line: `left` in bold, `middle` and `last` after it; at the right end what is to be decided, who
    else is here, and the save status.

    Where there is no room for all of it, the middle is cut, and then who else is here.
    """

    DEFAULT_CSS = """
    TitleBar { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    status: reactive[str] = reactive("")
    others: reactive[str] = reactive("")
    to_decide: reactive[str] = reactive("")
    trouble: reactive[bool] = reactive(default=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = Text()
        self._middle = Text()
        self._last = ""

    def set_parts(self, left: str | Text, middle: str | Text = "", last: str = "") -> None:
        """Show these words; a `str` is shown as it is, never as markup."""
        before = self._left, self._middle, self._last
        self._left = Text(left, style="bold") if isinstance(left, str) else left
        self._middle = Text(middle) if isinstance(middle, str) else middle
        self._last = f"   {last}" if last else ""
        # A film that plays says the same ten times a second.
        if (self._left, self._middle, self._last) != before:
            self.refresh()

    def show_status(self, words: str, others: str = "", to_decide: str = "", *, trouble: bool) -> None:
        """Show whether everything is saved, who else is here, and that something is to be decided. Trouble is
        shown in reverse, and who else is here is not."""
        self.status, self.others, self.to_decide, self.trouble = words, others, to_decide, trouble

    def render(self) -> RenderResult:
        decide = Text(f"{self.to_decide}   " if self.to_decide else "", style="bold")
        most = max(self.size.width * 2 // 3 - decide.cell_len, 0)
        status = Text(self.status, style="bold reverse" if self.trouble else "dim")
        status.truncate(most, overflow="ellipsis")
        others = Text(f"{self.others}   " if self.others and not self.trouble else "", style="dim")
        others.truncate(max(most - status.cell_len, 0), overflow="ellipsis")
        right = Text.assemble(decide, others, status)
        return title_line(self._left, self._middle, self._last, right, self.size.width)
