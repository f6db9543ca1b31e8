"""Draws a film where its pane will be, from its first picture on, while Textual is still being imported."""

import os
import select
import threading
from typing import TYPE_CHECKING

from vigtui.film.pane.shared_link import FilmLine, Writing
from vigtui.film.picture.cells import Cells, Picture, fit, placed
from vigtui.film.picture.choice import Look
from vigtui.film.picture.painter import Painter
from vigtui.film.playing.player import Player, PlayerState
from vigtui.film.terminal.cell_shape import cell_height
from vigtui.film.terminal.link import take_answers
from vigtui.film.terminal.pricing import Pricing
from vigtui.film.terminal.wire import Wire

if TYPE_CHECKING:
    from vigtui.film.pane.driver.taken import TakenTerminal

_AROUND = 0x000000
_READ_BYTES = 4096
_SECONDS_TO_REST = 1.0


class FilmAhead:
    """Draws the first pictures of `player` in the uppermost `rows` of a terminal that was taken, which are to
    be those of its pane, as soon as it has answered that it reads UTF-8. `first` is set once there is one, or
    there will be none.

    The pane goes on with `painter`, `wire`, and the last `picture` and its `cells`. Where the window changes
    meanwhile, nothing more is drawn, and the pane begins anew.
    """

    def __init__(
        self, terminal: "TakenTerminal", player: Player, rows: int, look: Look, line: FilmLine
    ) -> None:
        self.terminal, self.look, self.line = terminal, look, line
        self.first = threading.Event()
        self.painter = Painter(look.glyph_set, look.depth)
        self.wire = Wire(rows, terminal.size[0], look.depth)
        self.wire.visible[:] = True
        self.picture: Picture | None = None
        self.cells: Cells | None = None
        self._player, self._price = player, Pricing().playing()
        self._rests, self._handed_over = False, False
        self._window = _window()
        self._stop, stop_end = os.pipe()
        self._stop_end = os.fdopen(stop_end, "wb", buffering=0)
        self._hearing = threading.Thread(target=self._hear, name="film ahead of its pane", daemon=True)

    def begin(self) -> None:
        """Draw the film, which plays already."""
        self.line.terminal = self.terminal
        self.terminal.drawing = self
        if not self.terminal.is_ours:  # ctrl+Z gave it back, when there was nothing to have rest.
            self.rest()
        self._hearing.start()
        self._player.on_state, self._player.on_frame = self._heard_state, self._heard_picture
        self._heard_state(self._player.state)

    @property
    def is_seen(self) -> bool:
        """Whether a picture has been drawn."""
        return self.picture is not None

    def leave(self) -> bool:
        """Draw nothing more, on Textual's thread; return whether all is as it was drawn here."""
        with self.line.drawing:
            self._rests = True
            self.line.leave(self)
            return self._handed_over and self._is_as_it_was and self.is_seen

    # What the terminal that was taken tells

    def rest(self) -> None:
        """Write and hear nothing more."""
        held = self.line.drawing.acquire(timeout=_SECONDS_TO_REST)  # A terminal may take nothing more.
        self._rests = True
        self.line.terminal = None
        if held:
            self.line.drawing.release()
        self._stop_end.close()
        if self._hearing.is_alive():
            self._hearing.join(_SECONDS_TO_REST)

    def go_on(self, terminal: Writing) -> None:
        """Draw through the driver from now on."""
        with self.line.drawing:
            self.line.terminal = terminal
            self._rests, self._handed_over = False, True

    def _hear(self) -> None:
        """Take the terminal's answers, on a thread of its own, and keep what is typed, until there is nothing
        more to come from the other end of `_stop`."""
        arrivals = select.poll()
        for end in (0, self._stop):
            arrivals.register(end, select.POLLIN)
        while True:
            events = dict(arrivals.poll())
            if self._stop in events:
                os.close(self._stop)
                return
            if events[0] != select.POLLIN:  # The terminal has gone, as the driver will find, too.
                return
            try:
                data = os.read(0, _READ_BYTES)
            except OSError:
                return
            unknown = self.terminal.reads_utf8 is None
            self.terminal.keep(take_answers(data, self.line.answered))
            if unknown and self.terminal.reads_utf8:
                self._heard_picture()
            elif self.terminal.reads_utf8 is False:
                self.first.set()  # There is no picture to wait for.

    # What the player tells, on its threads

    def _heard_state(self, state: PlayerState) -> None:
        if state.frame_size != (0, 0):
            rows, columns = self.wire.shape
            columns, rows = fit(state.frame_size, columns, rows, cell_height())
            across, down = self.look.glyph_set.dots
            self._player.set_picture_size(columns * across, rows * down)
        if state.trouble:
            self.first.set()  # There is no picture to wait for.

    def _heard_picture(self) -> None:
        with self.line.drawing:
            picture = self._player.take_picture()
            ready = self.terminal.reads_utf8 and not self._rests and self._is_as_it_was
            if picture is None or not ready:
                return
            if room := self.line.room(self, lambda: None):
                self._draw(picture, room)
                self.first.set()

    def _draw(self, picture: Picture, room: int) -> None:
        self.picture, self.cells = picture, self.painter.paint(picture)
        self.wire.offer(placed(self.cells, *self.wire.shape, _AROUND))
        text, _, _ = self.wire.picture((0, 0), self._price, room, 0, 0)
        if text:
            self.line.send(text.decode())

    @property
    def _is_as_it_was(self) -> bool:
        """Whether the window has its size still."""
        return _window() == self._window


def _window() -> os.terminal_size | None:
    try:
        return os.get_terminal_size(1)
    except OSError:  # It has gone, as the driver will find, too.
        return None
