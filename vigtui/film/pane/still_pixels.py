"""The paused film in pixels over the cells that show it, where the terminal draws pixels."""

import asyncio
import itertools
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from textual.errors import NoWidget
from textual.geometry import Region
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker

from vigtui.film.pane.app import FilmApp
from vigtui.film.pane.driver.messages import Terminal
from vigtui.film.picture.cells import Picture
from vigtui.film.playing.player import Player, PlayerState
from vigtui.film.terminal.cell_shape import cell_size
from vigtui.film.terminal.kitty import removal
from vigtui.film.terminal.questions import Pixels
from vigtui.film.terminal.still import Still, Way, plan, written

_QUIET = 0.25
_COLUMNS_APART = 4
_NUMBERS = itertools.count(4210)


class PausedFilm(Protocol):
    """What a still needs to know of the film in its pane.

    `held`: a picture is there and does not move. `at_rest`: the terminal shows it as well as cells can.
    `picture_region` is where it is on the screen, `cells_sent` counts the cells sent of it, and `most_bytes`
    may be sent in a second or so.
    """

    player: Player | None

    @property
    def state(self) -> PlayerState: ...
    @property
    def held(self) -> bool: ...
    @property
    def at_rest(self) -> bool: ...
    @property
    def picture_region(self) -> Region: ...
    @property
    def cells_sent(self) -> int: ...
    @property
    def most_bytes(self) -> int: ...

    def wake(self) -> None:
        """See soon whether there is anything to draw."""

    def draw_again(self) -> None:
        """Send every cell again."""


@dataclass(frozen=True)
class _Shown:
    """A still on the terminal: where, the size of a cell in pixels then, and for sixels, which cells erase,
    how many cells had been sent."""

    region: Region
    cell: tuple[float, float]
    cells_sent: int | None


class StillPixels:
    """Puts the paused frame over a pane's cells when all is quiet, and takes it off for whatever comes.

    The cells stay as they are under it. The terminal is asked what it can do before the first time.
    """

    def __init__(self, pane: Widget, film: PausedFilm) -> None:
        self._pane, self._film = pane, film
        self._number = next(_NUMBERS)
        self._shown: _Shown | None = None
        self._timer: Timer | None = None
        self._worker: Worker[None] | None = None

    def watch(self) -> None:
        """Watch from now on for whatever covers or moves the pane."""
        self._pane.screen.screen_layout_refresh_signal.subscribe(self._pane, lambda _: self._look())
        self._pane.app.screen_change_signal.subscribe(self._pane, lambda _: self._look())
        self._pane.app.app_resume_signal.subscribe(self._pane, lambda _: self.renew())

    def renew(self) -> None:
        """There is another picture, or none: take the still off, and put one there when all is quiet."""
        self.take_off()
        if self._pixels and self._film.held:
            self._timer = self._pane.set_timer(_QUIET, self._begin)

    def looks(self) -> bool:
        """Something is being drawn over or beside the pane: if a still is there, check afterwards whether
        it may stay, and return whether there is one."""
        if self._shown:
            self._pane.call_next(self._look)
        return self._shown is not None

    def take_off(self) -> None:
        """Remove the still from the terminal, and stop any that is on its way there."""
        if self._timer:
            self._timer.stop()
        if self._worker:
            self._worker.cancel()
        shown, self._shown = self._shown, None
        terminal = self._terminal
        if shown is None or terminal is None:
            return
        terminal.parting.pop(self, None)
        if shown.cells_sent is None:
            terminal.write(removal(self._number).decode("ascii"))
            self._film.wake()
        else:
            self._film.draw_again()

    @property
    def _terminal(self) -> Terminal | None:
        app = self._pane.app
        return app.terminal if isinstance(app, FilmApp) else None

    @property
    def _pixels(self) -> Pixels | None:
        app = self._pane.app
        return app.pixels_of_terminal() if isinstance(app, FilmApp) else None

    def _look(self) -> None:
        """Something moved, came or went, here or over here."""
        shown = self._shown
        if shown is None or shown != self._place(erasable=shown.cells_sent is not None) or self._covered:
            self.renew()

    def _place(self, *, erasable: bool) -> _Shown:
        return _Shown(self._film.picture_region, cell_size(), self._film.cells_sent if erasable else None)

    @property
    def _covered(self) -> bool:
        """Whether anything is in front of the picture, or part of it is out of sight."""
        app, screen, region = self._pane.app, self._pane.screen, self._film.picture_region
        if app.screen is not screen or (isinstance(app, FilmApp) and app.line.covered):
            return True
        columns = [*range(region.x, region.right, _COLUMNS_APART), region.right - 1]
        try:
            return any(
                screen.get_widget_at(column, row)[0] is not self._pane
                for row in region.line_range
                for column in columns
            )
        except NoWidget:
            return True

    def _begin(self) -> None:
        """All has been quiet for a moment: make a still if nothing is in the way."""
        film, screen = self._film, self._pane.screen
        if not film.held or self._covered:
            return
        if not film.at_rest:
            film.wake()
            self.renew()
            return
        pixels, region = self._pixels, film.picture_region
        if pixels and region:
            still = plan(
                pixels,
                cell_size(),
                film.state.frame_size,
                region.width,
                region.height,
                at_bottom=region.bottom == screen.size.height,
            )
            if still:
                self._worker = self._pane.run_worker(self._put_on(still), group="still", exclusive=True)

    async def _put_on(self, still: Still) -> None:
        place = self._place(erasable=still.way is Way.SIXEL)
        picture = await self._take(still)
        sequence = await asyncio.to_thread(written, still, picture, self._number, self._film.most_bytes)
        app, terminal = self._pane.app, self._terminal
        if sequence is None or terminal is None or self._covered:
            return
        if place != self._place(erasable=still.way is Way.SIXEL):
            return
        self._shown = place
        if still.way is Way.KITTY:
            terminal.parting[self] = removal(self._number).decode("ascii")
        column, row = place.region.x + 1, place.region.y + 1
        if isinstance(app, FilmApp):
            app.line.send(f"\x1b7\x1b[{row};{column}H{sequence.decode('ascii')}\x1b8")

    async def _take(self, still: Still) -> Picture:
        loop = asyncio.get_running_loop()
        picture: asyncio.Future[Picture] = loop.create_future()

        def take(taken: Picture) -> None:
            if not picture.done():
                picture.set_result(taken)

        def taken(taken: Picture) -> None:
            with suppress(RuntimeError):  # the app has just gone
                loop.call_soon_threadsafe(take, taken)

        if self._film.player:
            self._film.player.take_still(still.width, still.height, taken)
        return await picture
