"""libmpv's software renderer: the film's pictures as arrays of pixels."""

import ctypes
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Picture = NDArray[numpy.uint8]

# Parameters of mpv/render.h; python-mpv's own table stops before the software renderer's.
_BLOCK_FOR_TARGET_TIME = 12
_NEXT_FRAME = 11
_SKIP_RENDERING = 13
_SW_SIZE = 17
_SW_FORMAT = 18
_SW_STRIDE = 19
_SW_POINTER = 20
_ALIGNMENT = 64
_PRESENT, _DRAWN_BEFORE = 1, 2 | 4
_SECONDS_TO_FORGET = 0.5
"""After that nothing of the film before can come any more."""


class Surface:
    """Draws the newest picture of a libmpv core at the wanted size, on a thread of its own.

    `on_frame` is called on that thread after each new picture. Pictures that nobody took are dropped, and
    the core is never kept waiting: it would stall steps and seeks, also while paused. On a busy machine this
    thread may come too late for a frame: libmpv takes it for shown after 0.2 seconds. It is drawn all the
    same, else a paused film would go on showing where it was before.
    """

    def __init__(self, mpv: Any, core: Any, on_frame: Callable[[], None]) -> None:
        self._mpv = mpv
        self._context = mpv.MpvRenderContext(core, "sw")
        self._on_frame = on_frame
        self._lock = threading.Lock()
        self._size = (0, 0)
        self._rotation = 0
        self._picture: Picture | None = None
        self._film = 0
        self._delivered = False
        self._forgot_at = 0.0
        self._redraw = False
        self._doubtful = False
        self._offered = 0
        self._seen = 0
        self.count = 0
        """How many frames of the film have come, drawn or not."""
        self._still: tuple[int, int, Callable[[Picture], None]] | None = None
        self._closing = False
        self._woken = threading.Event()
        self._context.update_cb = self._offer
        self._seen = self._offered  # libmpv has called at once, without a frame
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
        self._woken.set()

    def forget(self) -> None:
        """Have no picture until the next one comes; one that is being drawn does not count."""
        with self._lock:
            self._picture = None
            self._film += 1
            self._delivered = self._doubtful = False
            self._forgot_at = time.monotonic()

    def close(self, seconds: float) -> bool:
        """Stop drawing, before the core is closed. Waits at most `seconds`; returns whether it stopped."""
        self._closing = True
        self._woken.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _change(self, *, size: tuple[int, int] | None = None, rotation: int | None = None) -> None:
        with self._lock:
            before = (self._size, self._rotation)
            self._size = self._size if size is None else size
            self._rotation = self._rotation if rotation is None else rotation
            self._redraw |= before != (self._size, self._rotation)
        self._woken.set()

    def _offer(self) -> None:
        """There is a frame; on a thread of libmpv. The next one comes when it is drawn or taken for shown."""
        self._offered += 1
        self._woken.set()

    def _look(self) -> tuple[bool, bool]:
        """Return whether a frame waits to be drawn, and whether one has been taken for shown undrawn."""
        offered = self._offered
        waits = self._context.update()
        missed = not waits and offered > self._seen
        self._seen = self._offered if waits else offered
        return waits, missed

    def _run(self) -> None:
        while True:
            self._woken.wait(self._seconds_of_doubt())
            self._woken.clear()
            if self._closing:
                self._context.free()
                return
            new, missed = self._look()
            fresh = new and self._is_fresh()
            with self._lock:
                self._deliver(fresh=fresh, shown=new or missed)
                redraw = (self._redraw or missed) and self._delivered
                self._redraw = False
                (width, height), rotation, film = self._size, self._rotation, self._film
                still, self._still = self._still if self._delivered else None, None
                delivered = self._delivered
            if not (width and height and delivered):
                if new:
                    self._skip()
            elif new or redraw:
                picture = self._draw(width, height, rotation)
                with self._lock:
                    # After a still libmpv asks for the frame that is there to be drawn again.
                    again = not (fresh or redraw) and self._picture is not None
                    if film == self._film and not again:
                        self._picture = picture
                new &= not again
            self.count += fresh or missed
            if delivered and (new or redraw):
                self._on_frame()
            if still:
                width, height, taken = still
                taken(self._draw(width, height, rotation))

    def _deliver(self, *, fresh: bool, shown: bool) -> None:
        """Decide whether what libmpv shows is the present film: a fresh frame is. One that it draws anew, or
        that came too fast to be seen, may be left of the film before."""
        if self._delivered:
            return
        self._doubtful |= shown
        passed = time.monotonic() - self._forgot_at > _SECONDS_TO_FORGET
        self._delivered = fresh or (self._doubtful and passed)
        if self._delivered:
            self._doubtful, self._redraw = False, True

    def _seconds_of_doubt(self) -> float | None:
        """How long until what libmpv shows is certain to be the present film; None without a doubt."""
        with self._lock:
            since = time.monotonic() - self._forgot_at
            return max(0.0, _SECONDS_TO_FORGET - since) + 0.001 if self._doubtful else None

    def _is_fresh(self) -> bool:
        """Whether the frame that comes is another one than the last."""
        info = self._mpv.MpvRenderFrameInfo()
        wanted = self._mpv.MpvRenderParam("invalid")
        wanted.type_id = _NEXT_FRAME
        wanted.data = ctypes.cast(ctypes.pointer(info), ctypes.c_void_p)
        self._mpv._mpv_render_context_get_info(self._context.handle, wanted)
        return bool(info.flags & _PRESENT) and not info.flags & _DRAWN_BEFORE

    def _skip(self) -> None:
        self._render([(_SKIP_RENDERING, ctypes.pointer(ctypes.c_int(1)))])

    def _draw(self, width: int, height: int, rotation: int) -> "Picture":
        import numpy as np

        across, down = (height, width) if rotation % 180 else (width, height)
        stride = -(-across * 4 // _ALIGNMENT) * _ALIGNMENT
        block = np.empty(stride * down + _ALIGNMENT, np.uint8)
        start = -block.ctypes.data % _ALIGNMENT
        pixels = block[start : start + stride * down]
        self._render(
            [
                (_SW_SIZE, (ctypes.c_int * 2)(across, down)),
                (_SW_FORMAT, ctypes.c_char_p(b"rgb0")),
                (_SW_STRIDE, ctypes.pointer(ctypes.c_size_t(stride))),
                (_SW_POINTER, ctypes.c_void_p(pixels.ctypes.data)),
            ]
        )
        upright = pixels.reshape(down, stride // 4, 4)[:, :across, :3]
        # libmpv's software renderer does not turn pictures (and aborts when it is asked to).
        return np.ascontiguousarray(np.rot90(upright, -(rotation // 90)))

    def _render(self, parameters: list[tuple[int, Any]]) -> None:
        parameters.append((_BLOCK_FOR_TARGET_TIME, ctypes.pointer(ctypes.c_int(0))))
        array = (self._mpv.MpvRenderParam * (len(parameters) + 1))()
        for slot, (kind, data) in zip(array, parameters, strict=False):
            slot.type_id = kind
            slot.data = ctypes.cast(data, ctypes.c_void_p)
        self._mpv._mpv_render_context_render(self._context.handle, array)
