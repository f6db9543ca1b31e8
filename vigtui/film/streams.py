"""Film that is no file, and silence: libmpv has their bytes from us, by the calls of its stream_cb.h.

python-mpv has such calls too, which hand over byte after byte. Here a source reads into libmpv's own buffer.
"""

import contextlib
import ctypes
import io
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from vigtui.film.errors import FilmError
from vigtui.film.source import FilmSource, cannot_be_read

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SILENT_RATE = 8_000
"""Samples a second of silence, each a byte; libmpv plays no fewer."""
_SILENT = b"\x80"

_PROTOCOL = "vigtui"
_DONE, _FAILED, _CANNOT_OPEN = 0, -1, -13  # the last is MPV_ERROR_LOADING_FAILED
_TO_BE_WRITTEN = 0x200  # Python's PyBUF_WRITE


class Silence(io.RawIOBase, BinaryIO):
    """So many seconds of a sound in which there is nothing, as a file."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._size, self._at = int(seconds * SILENT_RATE), 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        count = max(0, min(len(view), self._size - self._at))
        view[:count] = _SILENT * count
        self._at += count
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at


@dataclass(frozen=True)
class _Offer:
    """What may be opened by an address; silence is of no source."""

    address: str
    open: Callable[[], BinaryIO]
    source: FilmSource | None = None


@dataclass
class _Opened:
    """What libmpv reads, on one thread at a time; it may be cancelled on another."""

    source: FilmSource | None
    file: BinaryIO
    size: int
    cancelled: bool = False


class Streams:
    """What one libmpv core may read: the film and the silence that were offered to it last.

    `failed` is called, on a thread of libmpv that waits for it, when its bytes do not come: it must not ask
    the core for anything. Nothing is raised into libmpv, which calls these methods as long as there is a
    core: they must live as long.
    """

    def __init__(self, mpv: Any, core: Any, failed: Callable[[], object] = lambda: None) -> None:
        self.failed = failed
        self.trouble: FilmError | None = None
        """Why the bytes of the film that was offered last did not come; None while they do."""
        self._numbers = itertools.count(1)
        self._offered: _Offer | None = None
        self._silence: _Offer | None = None
        self._opened: dict[int, _Opened] = {}
        self._calls = {
            "read": mpv.StreamReadFn(self._read),
            "seek": mpv.StreamSeekFn(self._seek),
            "size": mpv.StreamSizeFn(self._size),
            "close": mpv.StreamCloseFn(self._close),
            "cancel": mpv.StreamCancelFn(self._cancel),
        }
        self._open_call = mpv.StreamOpenFn(self._open)
        mpv._mpv_stream_cb_add_ro(core.handle, _PROTOCOL.encode(), None, self._open_call)

    def offer(self, source: FilmSource) -> str:
        """Return the address by which the core can open this film, and none that was offered before."""
        self._offered, self.trouble = _Offer(self._address(), source.open, source), None
        return self._offered.address

    def offer_silence(self, seconds: float) -> str:
        """Return the address by which the core can open so many seconds of silence."""
        self._silence = _Offer(self._address(), lambda: Silence(seconds))
        return self._silence.address

    def withdraw(self) -> None:
        """Offer nothing more."""
        self._offered, self.trouble = None, None

    def close(self) -> None:
        """The core is gone: close what it left open."""
        self._offered = self._silence = None
        for cookie in tuple(self._opened):
            self._close(cookie)

    def _address(self) -> str:
        return f"{_PROTOCOL}://{next(self._numbers)}"

    # Called by libmpv, on its threads.

    def _open(self, _: object, address: bytes, calls: Any) -> int:
        offers = (self._offered, self._silence)
        offer = next((each for each in offers if each and each.address == address.decode()), None)
        if offer is None:
            return _CANNOT_OPEN
        try:
            file = offer.open()
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
        except Exception as error:
            self._fail(offer.source, error)
            return _CANNOT_OPEN
        cookie = next(self._numbers)
        self._opened[cookie] = _Opened(offer.source, file, size)
        calls.contents.cookie = cookie
        for name, call in self._calls.items():
            setattr(calls.contents, name, call)
        return _DONE

    def _read(self, cookie: int, buffer: Any, size: int) -> int:
        opened = self._opened.get(cookie)
        if opened is None or opened.cancelled:
            return _FAILED
        try:
            with _memory()(ctypes.addressof(buffer.contents), size, _TO_BE_WRITTEN) as view:
                return int(opened.file.readinto(view))  # type: ignore[attr-defined]  # every reader has it
        except Exception as error:
            if not opened.cancelled:
                self._fail(opened.source, error)
            return _FAILED

    def _seek(self, cookie: int, offset: int) -> int:
        opened = self._opened.get(cookie)
        if opened is None or opened.cancelled:
            return _FAILED
        try:
            return opened.file.seek(offset)
        except Exception as error:
            self._fail(opened.source, error)
            return _FAILED

    def _size(self, cookie: int) -> int:
        opened = self._opened.get(cookie)
        return opened.size if opened else _FAILED

    def _close(self, cookie: int) -> None:
        opened = self._opened.pop(cookie, None)
        if opened is not None:
            with contextlib.suppress(Exception):
                opened.file.close()

    def _cancel(self, cookie: int) -> None:
        """libmpv wants no more of a film, though somebody may be reading it just now."""
        opened = self._opened.get(cookie)
        if opened is not None:
            opened.cancelled = True

    def _fail(self, source: FilmSource | None, error: Exception) -> None:
        offered = self._offered
        if source is not None and offered is not None and offered.source is source:
            self.trouble = cannot_be_read(source.name, error)
            with contextlib.suppress(Exception):
                self.failed()


@cache
def _memory() -> Any:
    """Python's own function that makes a view of an address. It is looked up when it is needed: the system
    answers nothing while libmpv is being loaded."""
    function = ctypes.pythonapi.PyMemoryView_FromMemory
    function.argtypes, function.restype = (ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int), ctypes.py_object
    return function
