"""The parts that show the walk's films: each with a heading over it and its axis under it."""

from rich.text import Text
from textual.app import ComposeResult, RenderResult
from textual.containers import Container, Vertical
from textual.reactive import reactive
from textual.widget import Widget

from vigtui.film.pane.app import is_plain
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.video_pane import VideoPane
from vigtui.ui.screens.supervision.arrangement import Arrangement, Way
from vigtui.values.signs import IN_HAND

OWN, BESIDE = "film", "film-beside"
OWN_AXIS, BESIDE_AXIS = "axis", "axis-beside"


class FilmHeading(Widget):
    """One line: which film this is, marked when it is the one at hand, and whether it is heard."""

    words: reactive[str] = reactive("")
    at_hand: reactive[bool] = reactive(default=False)
    sound: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        plain = is_plain(self.app)
        right = Text(self.sound)
        mark, style = (IN_HAND, "bold") if self.at_hand else (" ", "dim")
        if plain:
            mark = "Here: " if self.at_hand else ""
        line = Text(f"{mark}{self.words}", style, no_wrap=True)
        line.truncate(max(self.content_size.width - right.cell_len - 1, 0), overflow="ellipsis", pad=True)
        return Text.assemble(line, " ", right)


class FilmBox(Vertical):
    """A film with its heading and its axis."""

    def __init__(self, film: str, axis: str) -> None:
        super().__init__(id=f"box-{film}")
        self._film, self._axis = film, axis

    def compose(self) -> ComposeResult:
        yield FilmHeading()
        yield VideoPane(id=self._film)
        yield Subtitles(id=f"{self._film}-said")
        yield TimeAxis(id=self._axis)

    def on_descendant_focus(self) -> None:
        self.heading.add_class("-focused")

    def on_descendant_blur(self) -> None:
        self.heading.remove_class("-focused")

    @property
    def heading(self) -> FilmHeading:
        """The line over the film."""
        return self.query_one(FilmHeading)


class Films(Container):
    """Both films of an item; the companion's is hidden until it is wanted."""

    def compose(self) -> ComposeResult:
        yield FilmBox(OWN, OWN_AXIS)
        yield FilmBox(BESIDE, BESIDE_AXIS)

    def box(self, film: str) -> FilmBox:
        """The part that shows the film in the pane of this name."""
        return self.query_one(f"#box-{film}", FilmBox)

    def place(self, arrangement: Arrangement, shown: set[str]) -> None:
        """Show the films in the panes of these names, in this way; the screen has its class."""
        for way in Way:
            self.screen.set_class(way is arrangement.way, way.value)
        self.styles.height = arrangement.rows or None
        for name in (OWN, BESIDE):
            self.box(name).display = name in shown
