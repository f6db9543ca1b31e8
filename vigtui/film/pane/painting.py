"""What a pane's picture is made of: its size, its glyphs, and the canvas that it is drawn on."""

from collections.abc import Callable

from textual.widget import Widget

from vigtui.film.pane.ahead import FilmAhead
from vigtui.film.pane.app import look_of
from vigtui.film.pane.canvas import FilmCanvas
from vigtui.film.pane.shared_link import FilmLine
from vigtui.film.picture.cells import Picture, fit
from vigtui.film.picture.choice import Look
from vigtui.film.picture.painter import Painter
from vigtui.film.terminal.cell_shape import cell_height


class FilmPainting:
    """Makes cells of one picture after another, as the terminal shows them best.

    `disturbed` is called when something is drawn over or around the picture.
    """

    def __init__(self, pane: Widget, disturbed: Callable[[], None]) -> None:
        self._pane, self._disturbed = pane, disturbed
        self.picture: Picture | None = None
        self.canvas: FilmCanvas | None = None
        self._painter: Painter | None = None
        self._look: Look | None = None
        self._size = (0, 0)
        self._still = False

    def clear(self) -> None:
        """Drop the picture."""
        self.picture = self.canvas = self._painter = None

    def go_on(self, ahead: FilmAhead) -> None:
        """Go on with what has been drawn where the pane is."""
        self.picture, self._painter, self._look, self._still = ahead.picture, ahead.painter, ahead.look, False
        self.canvas = FilmCanvas(self._pane, ahead.line, self._disturbed, ahead.painter.depth)
        if ahead.cells is not None:
            self.canvas.go_on(ahead.wire, ahead.cells)

    def cells(self, frame_size: tuple[int, int]) -> tuple[int, int]:
        """Return how many columns and rows such a film takes in the pane."""
        return fit(frame_size, self._pane.size.width, self._pane.size.height, cell_height())

    def size(self, frame_size: tuple[int, int]) -> tuple[int, int]:
        """Return the width and height in pixels that pictures of such a film need from now on."""
        columns, rows = self.cells(frame_size)
        self._look = look_of(self._pane.app)
        across, down = self._look.glyph_set.dots
        self._size = columns * across, rows * down
        return self._size

    def shows(self, picture: Picture, *, still: bool) -> bool:
        """Whether this is what has been painted, as a picture that stays or as one that moves on."""
        return picture is self.picture and still is self._still

    def fits(self, picture: Picture) -> bool:
        """Whether a picture can be painted: after a change of glyphs, only one of the new size."""
        width, height = self._size
        return self._same_glyphs or (self._look is not None and picture.shape[:2] == (height, width))

    def paint(self, picture: Picture, line: FilmLine, *, still: bool) -> None:
        """Paint this picture, which fits. `still` is whether it stays."""
        look, painter, canvas = self._look, self._painter, self.canvas
        if look is None:
            return
        if painter is None or canvas is None or not self._same_glyphs:
            painter = Painter(look.glyph_set, look.depth)
            canvas = FilmCanvas(self._pane, line, self._disturbed, painter.depth)
        self.canvas, self._painter, self.picture, self._still = canvas, painter, picture, still
        canvas.offer(painter.paint(picture, exact=still), still=still)

    def goes_on(self, picture: Picture) -> bool:
        """Whether this is the next picture of a film that plays, and the canvas is as it was."""
        before, canvas = self.picture, self.canvas
        same = before is not None and picture.shape == before.shape and not self._still
        return same and canvas is not None and canvas.is_undisturbed

    def draw_at_once(self, picture: Picture, room: int) -> bool:
        """Paint and draw a picture with which the film goes on, on any thread; see `FilmCanvas`."""
        painter, canvas = self._painter, self.canvas
        if painter is None or canvas is None:
            return False
        self.picture = picture
        return canvas.draw_at_once(painter, picture, room)

    @property
    def _same_glyphs(self) -> bool:
        """Whether the next picture has the same glyphs and colours as the last."""
        look, painter = self._look, self._painter
        same = look and painter and (painter.glyph_set, painter.depth) == (look.glyph_set, look.depth)
        return bool(same)
