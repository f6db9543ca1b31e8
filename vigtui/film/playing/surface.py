"""The film's pictures as arrays of pixels, drawn as they come."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vigtui.film.playing.bell import Bell
from vigtui.film.playing.renderer import Renderer
from vigtui.film.turns import FILM, give_way

if TYPE_CHECKING:
    from vigtui.film.playing.renderer import Picture


class Surface:
    """Draws the newest picture of a libmpv core at the wanted size, on a thread of its own.

    `on_frame` is called on that thread after each new picture, with what `where` told when its frame came:
    another one may be due once it is drawn. Pictures that nobody took are dropped, and
    the core is never kept waiting: it would stall steps and seeks, also while paused. On a busy machine this
    thread may come too late for a frame: libmpv takes it for shown after 0.2 seconds. It is drawn all the
    same, else a paused film would go on showing where it was before.
    """

    def __init__(
        self, mpv: Any, core: Any, where: Callable[[], float | None], on_frame: Callable[[float | None], None]
    ) -> None:
        self._bell = Bell()
        self._renderer = Renderer(mpv, core, self._bell)
        self._bell.heard()  # libmpv has rung at once, without a frame
        self._where, self._on_frame = where, on_frame
        self._lock = threading.Lock()
        self._size = (0, 0)
        self._rotation = 0
        self._picture: Picture | None = None
        self._film = 0
        self._delivered = False
        self._redraw = False
        self._due = 0
        self.count = 0
        """How many frames of the film have come, drawn or not."""
        self.drawn = 0
        """How many of the pictures that were to be drawn anew have been."""
        self._still: tuple[int, int, Callable[[Picture], None]] | None = None
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="film pictures", daemon=True)
        self._thread.start()

    @property
    def picture(self) -> "Picture | None":
        """The newest picture, upright, shape (height, width, 3); None when there is none."""
        with self._lock:
            return self._picture

    def ask(self, width: int, height: int) -> None:
        """Want pictures of this size in pixels from now on; 0, 0 for none."""
        self._change(size=(width, height))

    def turn(self, degrees: int) -> None:
        """Turn each picture clockwise by 0, 90, 180 or 270 degrees."""
        self._change(rotation=degrees)

    def take_still(self, width: int, height: int, taken: "Callable[[Picture], None]") -> None:
        """Draw the present picture once in another size, and give it to `taken` on this thread.

        A later call takes the place of one that waits; without a picture nothing is drawn.
        """
        with self._lock:
            self._still = (width, height, taken)
        self._bell.ring()

    def draw_anew(self) -> int:
        """Draw the frame that libmpv has now, whatever has been drawn before, and count it as one of the
        present film; return what `drawn` is then."""
        with self._lock:
            self._due += 1
            self._delivered = True
            due = self._due
        self._bell.ring()
        return due

    def forget(self) -> None:
        """Have no picture until one is drawn anew; one that is being drawn does not count."""
        with self._lock:
            self._picture = None
            self._film += 1
            self._delivered = False

    def close(self, seconds: float) -> bool:
        """Stop drawing, before the core is closed. Waits at most `seconds`; returns whether it stopped."""
        self._closing = True
        self._bell.ring()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _change(self, *, size: tuple[int, int] | None = None, rotation: int | None = None) -> None:
        with self._lock:
            before = (self._size, self._rotation)
            self._size = self._size if size is None else size
            self._rotation = self._rotation if rotation is None else rotation
            self._redraw |= before != (self._size, self._rotation)
        self._bell.ring()

    def _look(self) -> tuple[bool, bool]:
        """Return whether a frame waits to be drawn, and whether one has been taken for shown undrawn."""
        offered = self._bell.heard()
        waits = self._renderer.has_frame()
        if waits:
            self._bell.heard()
        return waits, offered > 0 and not waits

    def _run(self) -> None:
        give_way(FILM)
        while True:
            self._bell.wait()
            new, missed = self._look()
            if self._closing:
                self._renderer.free()
                return
            fresh = new and self._renderer.is_fresh()
            here = self._where() if fresh or missed else None
            with self._lock:
                due, delivered = self._due, self._delivered
                redraw = delivered and (self._redraw or missed or due > self.drawn)
                self._redraw = False
                (width, height), rotation, film = self._size, self._rotation, self._film
                still, self._still = self._still if delivered else None, None
            seen = False
            if not (width and height and delivered):
                if new:
                    self._renderer.leave_out()
            elif new or redraw:
                seen = self._keep(self._renderer.draw(width, height, rotation), film, fresh=fresh)
            self.count += fresh or missed
            told = seen or due > self.drawn
            self.drawn = due
            if delivered and (told or fresh):
                self._on_frame(here)
            if still:
                width, height, taken = still
                taken(self._renderer.draw(width, height, rotation))

    def _keep(self, picture: "Picture", film: int, *, fresh: bool) -> bool:
        """Have this picture of a film, unless it is there already: libmpv has frames drawn more than once,
        those that are not `fresh`. Returns whether it is another one."""
        with self._lock:
            before = None if fresh else self._picture
            if film != self._film or (before is not None and _are_alike(picture, before)):
                return False
            self._picture = picture
            return True


def _are_alike(picture: "Picture", before: "Picture") -> bool:
    import numpy as np

    return bool(np.array_equal(picture, before))
