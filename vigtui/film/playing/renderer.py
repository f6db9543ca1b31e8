"""libmpv's software renderer, called for each picture: what stays as it was is made only once."""

import ctypes
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vigtui.film.libmpv import own_function
from vigtui.film.playing.bell import Bell

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Picture = NDArray[numpy.uint8]

# Parameters of mpv/render.h; python-mpv's own table stops before the software renderer's.
_NEXT_FRAME = 11
_BLOCK_FOR_TARGET_TIME = 12
_SKIP_RENDERING = 13
_SW_SIZE = 17
_SW_FORMAT = 18
_SW_STRIDE = 19
_SW_POINTER = 20
_ALIGNMENT = 64
_PIXEL = 4  # bytes
_FRAME = 1
_PRESENT, _DRAWN_BEFORE = 1, 2 | 4
_MOST_KEPT, _LARGEST_KEPT = 4, 1 << 19  # pictures, bytes


def _owners(kept: Sequence[tuple[object, int]], place: int) -> int:
    """How many references there are to one of these, with those of the one who counts."""
    return sys.getrefcount(kept[place][0])


_NOBODY = _owners([(object(), 0)], 0)


class Renderer:
    """Draws the frames of a core. `bell` rings when there is one. One thread uses it."""

    def __init__(self, mpv: Any, core: Any, bell: Bell) -> None:
        self._context = mpv.MpvRenderContext(core, "sw")
        self._handle = self._context.handle.value
        self._bell = bell  # kept: libmpv has its address
        self._parameter = mpv.MpvRenderParam
        # python-mpv's own look at each answer for an error, which takes longer than to ask.
        self._update = own_function("mpv_render_context_update", ctypes.c_uint64, ctypes.c_void_p)
        self._tell = own_function(
            "mpv_render_context_get_info", ctypes.c_int, ctypes.c_void_p, self._parameter
        )
        self._render = own_function(
            "mpv_render_context_render", ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
        )
        self._info = mpv.MpvRenderFrameInfo()
        self._next_frame = self._parameters((_NEXT_FRAME, ctypes.pointer(self._info)))[0]
        self._nothing = self._parameters((_SKIP_RENDERING, ctypes.pointer(ctypes.c_int(1))))
        self._size, self._stride = (0, 0), 0
        self._kept: list[tuple[Picture, int]] = []
        self._drawing: Any = None
        self._pointer: Any = None
        ring = mpv.RenderUpdateFn(bell.address)
        mpv._mpv_render_context_set_update_callback(self._context.handle, ring, bell.context)

    def has_frame(self) -> bool:
        """Whether a frame waits to be drawn or left out; libmpv is to be asked whenever the bell has rung."""
        return bool(self._update(self._handle) & _FRAME)

    def is_fresh(self) -> bool:
        """Whether the frame that waits is another one than the last."""
        self._tell(self._handle, self._next_frame)
        flags = self._info.flags
        return bool(flags & _PRESENT) and not flags & _DRAWN_BEFORE

    def leave_out(self) -> None:
        """Do not draw the frame that waits."""
        self._render(self._handle, self._nothing)

    def draw(self, width: int, height: int, rotation: int) -> "Picture":
        """Draw the newest frame, turned clockwise by `rotation`; shape (height, width, 3). Its pixels have a
        byte more, which is not part of the picture."""
        size = (height, width) if rotation % 180 else (width, height)
        if self._size != size:
            self._prepare(*size)
        pixels = self._blank()
        self._render(self._handle, self._drawing)
        # libmpv's software renderer does not turn pictures (and aborts when it is asked to).
        return _turned(pixels, rotation) if rotation else pixels

    def _blank(self) -> "Picture":
        """A picture that the next frame is drawn into: one that nobody has any more, if there is one, for
        making one takes longer than all else that Python does here."""
        for place in range(len(self._kept)):
            if _owners(self._kept, place) == _NOBODY:
                picture, self._pointer.data = self._kept[place]
                return picture
        picture, self._pointer.data = made = self._made()
        if len(self._kept) < _MOST_KEPT and self._stride * self._size[1] <= _LARGEST_KEPT:
            self._kept.append(made)
        return picture

    def _made(self) -> "tuple[Picture, int]":
        """Another picture, and where its pixels are."""
        import numpy as np

        across, down = self._size
        block = bytearray(self._stride * down + _ALIGNMENT)
        address = ctypes.addressof(ctypes.c_char.from_buffer(block))
        start = -address % _ALIGNMENT
        # Of bytes that are no array themselves: so whoever has a part of the picture has a reference to it.
        pixels = np.ndarray((down, across, 3), np.uint8, block, start, (self._stride, _PIXEL, 1))
        return pixels, address + start

    def free(self) -> None:
        """Draw nothing more."""
        self._context.free()

    def _prepare(self, across: int, down: int) -> None:
        self._size, self._kept = (across, down), []
        self._stride = stride = -(-across * _PIXEL // _ALIGNMENT) * _ALIGNMENT
        self._drawing = self._parameters(
            (_BLOCK_FOR_TARGET_TIME, ctypes.pointer(ctypes.c_int(0))),
            (_SW_SIZE, (ctypes.c_int * 2)(across, down)),
            (_SW_FORMAT, ctypes.c_char_p(b"rgb0")),
            (_SW_STRIDE, ctypes.pointer(ctypes.c_size_t(stride))),
            (_SW_POINTER, ctypes.c_void_p()),
        )
        self._pointer = self._drawing[4]

    def _parameters(self, *parameters: tuple[int, Any]) -> Any:
        """An array for libmpv, which ends with an empty one."""
        array = (self._parameter * (len(parameters) + 1))()
        for slot, (kind, data) in zip(array, parameters, strict=False):
            slot.type_id = kind
            slot.data = ctypes.cast(data, ctypes.c_void_p)
        array.kept = [data for _, data in parameters]
        return array


def _turned(pixels: "Picture", rotation: int) -> "Picture":
    import numpy as np

    return np.ascontiguousarray(np.rot90(pixels, -(rotation // 90)))
