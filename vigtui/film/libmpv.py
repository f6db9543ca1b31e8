"""libmpv itself: loading it, making its cores, giving them film, and ending them.

The only module that imports mpv, and that hands libmpv anything to open.
"""

import contextlib
import ctypes
import locale
import os
import threading
from collections.abc import Callable
from functools import cache
from typing import Any

from vigtui.film.errors import FilmDamaged, FilmError, LibraryMissing
from vigtui.film.library import found, prepare_environment
from vigtui.film.source import FilmSource
from vigtui.film.streams import SILENT_RATE, Streams
from vigtui.values.memory import give_memory_back, hold_little_memory
from vigtui.values.text import one_line

SECONDS_TO_CLOSE = 2.0
_given_up: list[threading.Thread] = []  # which end cores that hang
_ASKING = (
    *("command", "command_async", "_get_property", "_set_property"),
    *("observe_property", "unobserve_property"),
)
"""The methods of python-mpv by which a core is asked for anything."""
_BUFFER, _STREAM_BUFFER = "128KiB", "512KiB"
"""How much libmpv reads at once, at most: by itself, and by calls of ours, each of which waits for the
interpreter. There are half as many of them for a seek in a film of 28 Mbit/s, a sixth in one of 3."""
_SCRIPTS = (
    *("stats-overlay", "osd-console", "console", "auto-profiles"),
    *("select", "positioning", "commands", "context-menu"),
)
_DOUBLE = 5  # MPV_FORMAT_DOUBLE
_AS_SILENCE = {
    "ao": "null",
    "audio-demuxer": "rawaudio",
    "demuxer-rawaudio-format": "u8",
    "demuxer-rawaudio-channels": "mono",
    "demuxer-rawaudio-rate": SILENT_RATE,
}


def libmpv() -> Any:
    """Return the `mpv` module, loading libmpv on the first call. Raises `LibraryMissing`."""
    prepare_environment()
    hold_little_memory()
    try:
        with found():
            import mpv
    except (ImportError, OSError) as error:
        raise LibraryMissing(
            "Film needs libmpv, which is not installed. "
            "Debian and Ubuntu: sudo apt install libmpv2. macOS: brew install mpv."
        ) from error
    # libmpv makes no core while numbers are written with a decimal comma.
    locale.setlocale(locale.LC_NUMERIC, "C")
    return mpv


def new_core(options: dict[str, Any], *, unreadable: Callable[[], object] = lambda: None) -> Any:
    """Return a libmpv core, which `end_core` ends. `unreadable` is called, on a thread of libmpv, when the
    bytes of its film do not come any more; `trouble_of` says why. Raises `LibraryMissing`."""
    core = _kind_of_core()(**_without_scripts(), **options)
    # A name with which python-mpv asks the core for nothing.
    core._streams = Streams(libmpv(), core, unreadable)
    return core


class _Use:
    """Which threads ask a core just now: it goes when none does, for a call to one that has gone would be
    the end of the program. `with` tells whether it is there, and keeps it, also for what is asked inside."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # entered by itself: a condition's own way in is Python
        self._changed = threading.Condition(self._lock)
        self._threads: list[int] = []  # one as often as it has entered
        self._ends = False

    def __enter__(self) -> bool:
        thread = threading.get_ident()
        with self._lock:
            is_there = not self._ends or thread in self._threads
            if is_there:
                self._threads.append(thread)
            return is_there

    def __exit__(self, *_: object) -> None:
        thread = threading.get_ident()
        with self._lock:
            if thread in self._threads:
                self._threads.remove(thread)
            if self._ends:
                self._changed.notify_all()

    def end(self) -> None:
        """Let nobody ask any more, and wait for those who do."""
        with self._changed:
            self._ends = True
            self._changed.wait_for(lambda: not self._threads)


@cache
def _kind_of_core() -> Any:
    """python-mpv's core, which any thread may ask at any time: once it is being ended that raises a
    `SystemError`."""
    core = libmpv().MPV

    def begin(self: Any, **options: Any) -> None:
        self._use = _Use()
        core.__init__(self, **options)

    def asking(method: Callable[..., Any]) -> Callable[..., Any]:
        def ask(self: Any, *values: Any, **named: Any) -> Any:
            with self._use as is_there:
                if not is_there:
                    raise SystemError("this core is being ended")
                return method(self, *values, **named)

        return ask

    methods = {name: asking(getattr(core, name)) for name in _ASKING}
    return type("Core", (core,), {"__init__": begin} | methods)


def unless_ended(core: Any, act: Callable[..., object]) -> Callable[..., None]:
    """Return what does `act` while a core is there, which is not ended meanwhile. For what it tells of."""

    def act_if_there(*values: Any) -> None:
        with core._use as is_there:
            if is_there:
                act(*values)

    return act_if_there


@cache
def _without_scripts() -> dict[str, bool]:
    """The options that keep libmpv from loading scripts of its own, of those that this libmpv knows: they
    differ from version to version, and without Lua there are none. Each is a thread and 1.5 MB a core."""
    mpv = libmpv()
    handle = mpv._mpv_create()
    known = {}
    for name in _SCRIPTS:
        with contextlib.suppress(AttributeError):  # so python-mpv says that there is no such option
            mpv._mpv_set_option_string(handle, f"load-{name}".encode("ascii"), b"no")
            known[f"load_{name.replace('-', '_')}"] = False
    mpv._mpv_terminate_destroy(handle)
    return known


def before_decoding(core: Any, act: Callable[[], object]) -> None:
    """Have `act` called, on the thread of the core's events, whenever it has opened a film and knows its
    tracks, and has not begun to decode: it waits until `act` is done."""
    mpv, act = libmpv(), unless_ended(core, act)

    def hear(event: Any) -> None:
        if event.event_id.value == mpv.MpvEventID.HOOK:
            try:
                act()
            finally:
                mpv.backend.mpv_hook_continue(core._event_handle, ctypes.c_uint64(event.data.id))

    core.register_event_callback(hear)
    mpv.backend.mpv_hook_add(core._event_handle, ctypes.c_uint64(0), b"on_preloaded", 0)


def load_film(core: Any, source: FilmSource) -> int:
    """Have a core open a film, and return the number that libmpv's events name this opening by."""
    file, streams = source.clear_file, _streams_of(core)
    streams.withdraw()
    core["stream-buffer-size"] = _BUFFER if file else _STREAM_BUFFER
    # libmpv takes no other part of a whole path for an address.
    return _load(core, str(file.resolve()) if file else streams.offer(source))


def add_silence(core: Any, seconds: float) -> int:
    """Have a core play so many seconds of silence beside its film, into nothing, and return the number of
    that track. Raises `SystemError` where there is no film."""
    for name, value in _AS_SILENCE.items():
        core[name] = value
    core.command("audio-add", _streams_of(core).offer_silence(seconds), "select")
    return int(core.aid)


def load_pipe(core: Any, descriptor: int) -> int:
    """The same with what comes out of a pipe of ours."""
    return _load(core, f"fd://{descriptor}")


def _load(core: Any, address: str) -> int:
    # A name from another system may be no UTF-8.
    return int(core.command("loadfile", os.fsencode(address))["playlist_entry_id"])


def own_function(name: str, gives: Any, *takes: Any) -> Any:
    """Return one of libmpv's functions, for what is asked with each picture: python-mpv takes ten times as
    long, for it looks for an error in each answer."""
    function = libmpv().backend[name]
    function.restype, function.argtypes = gives, takes
    return function


@cache
def _ask() -> Any:
    pointer = ctypes.c_void_p
    return own_function("mpv_get_property", ctypes.c_int, pointer, ctypes.c_char_p, ctypes.c_int, pointer)


def seconds_of(core: Any) -> float | None:
    """Return the moment of its film that a core is at, None without one, or once it is being ended."""
    return _seconds(core, b"time-pos")


def late_by(core: Any) -> float | None:
    """Return by how many seconds a core's picture is behind its sound, None without either."""
    return _seconds(core, b"avsync")


def _seconds(core: Any, name: bytes) -> float | None:
    seconds = ctypes.c_double()
    with core._use as is_there:
        if not is_there or _ask()(core.handle, name, _DOUBLE, ctypes.byref(seconds)) < 0:
            return None
    return seconds.value


def trouble_of(core: Any) -> FilmError | None:
    """Return why the bytes of the film that was loaded last did not come; None where they did, or where
    libmpv reads a file by itself."""
    return _streams_of(core).trouble


def _streams_of(core: Any) -> Streams:
    streams: Streams = core._streams
    return streams


def end_core(core: Any) -> None:
    """Close a libmpv core, in bounded time even when it hangs."""
    thread = threading.Thread(target=_terminate, args=(core,), name="film end", daemon=True)
    thread.start()
    thread.join(SECONDS_TO_CLOSE)
    if thread.is_alive():
        _given_up.append(thread)
    give_memory_back()


def close_number(descriptor: int) -> None:
    """Close what a core was told to open by its number, as /dev/fd has it. While one hangs that was given up
    the number stays, with nothing behind it: the core may write to it yet, whatever file has it then."""
    if any(each.is_alive() for each in _given_up):
        put_nothing_behind(descriptor)
    else:
        os.close(descriptor)


def put_nothing_behind(descriptor: int) -> None:
    """Close what has this number, and keep the number."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, descriptor, inheritable=False)
    os.close(nothing)


def finish_core(core: Any) -> None:
    """Close a core that encodes: what it makes is whole when it is gone. Waits for that."""
    _terminate(core)


def _terminate(core: Any) -> None:
    core._use.end()
    core.terminate()
    _streams_of(core).close()


def damaged(name: str) -> FilmDamaged:
    """What to raise or say about the film of this name that libmpv opens and cannot play."""
    return FilmDamaged(
        f"{one_line(name)} cannot be played: the film is damaged, or of a kind that libmpv cannot read."
    )
