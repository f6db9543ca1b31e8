"""libmpv's software renderer: the film's pictures as arrays of pixels."""

import ctypes
import threading
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
        self._redraw = False
        self._due = 0
        self._offered = 0
        self._seen = 0
        self.count = 0
        """How many frames of the film have come, drawn or not."""
        self.drawn = 0
        """How many of the pictures that were to be drawn anew have been."""
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

    def draw_anew(self) -> int:
        """Draw the frame that libmpv has now, whatever has been drawn before, and count it as one of the
        present film; return what `drawn` is then."""
        with self._lock:
            self._due += 1
            self._delivered = True
            due = self._due
        self._woken.set()
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
            self._woken.wait()
            self._woken.clear()
            if self._closing:
                self._context.free()
                return
            new, missed = self._look()
            fresh = new and self._is_fresh()
            with self._lock:
                due, delivered = self._due, self._delivered
                redraw = delivered and (self._redraw or missed or due > self.drawn)
                self._redraw = False
                (width, height), rotation, film = self._size, self._rotation, self._film
                still, self._still = self._still if delivered else None, None
            seen = False
            if not (width and height and delivered):
                if new:
                    self._skip()
            elif new or redraw:
                seen = self._keep(self._draw(width, height, rotation), film)
            self.count += fresh or missed
            told = seen or due > self.drawn
            self.drawn = due
            if delivered and (told or fresh):
                self._on_frame()
            if still:
                width, height, taken = still
                taken(self._draw(width, height, rotation))

    def _keep(self, picture: "Picture", film: int) -> bool:
        """Have this picture of a film, unless it is there already: libmpv has frames drawn more than once.
        Returns whether it is another one."""
        import numpy as np

        with self._lock:
            if film != self._film or (self._picture is not None and np.array_equal(picture, self._picture)):
                return False
            self._picture = picture
            return True

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
