"""A disk that fails at one chosen moment: real files, with faults put in between Python and the system.

The only thing here that is not real is the failing: the functions of `os` that the store calls, `io.open`,
and those that let files change names are wrapped. Only what concerns files below one folder is counted,
and fails.
"""

import contextlib
import errno
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from vigtui.store.disk import rename

BY_PATH = (
    *("open", "stat", "lstat", "listdir", "scandir", "mkdir", "chmod", "chown", "unlink", "link"),
    *("rename", "replace"),
)
BY_RENAMING = ("exchange", "take_free_name")
BY_DESCRIPTOR = (
    "write",
    "fsync",
    "fstat",
    "ftruncate",
    "lseek",
    "posix_fallocate",
    "fchmod",
    "fchown",
    "close",
)
CHANGING = frozenset(
    {
        "mkdir",
        "chmod",
        "chown",
        "fchmod",
        "fchown",
        "unlink",
        "link",
        "rename",
        "replace",
        "exchange",
        "take_free_name",
        "write",
        "ftruncate",
        "posix_fallocate",
    }
)
ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EPERM, errno.EINTR)


class Fault(Struct, frozen=True):
    """What goes wrong: the call of this number, counted from 1, with this error.

    `lasting`: from there on everything that changes the disk fails, and that kind of call. `late`: the call
    does its work and then says that it failed, as over a network. `short`: a write writes only half, and
    says so; nothing else fails unless it lasts.
    """

    number: int
    error: int = errno.EIO
    lasting: bool = False
    late: bool = False
    short: bool = False

    def __str__(self) -> str:
        kinds = [name for name in ("lasting", "late", "short") if getattr(self, name)]
        return " ".join([f"{errno.errorcode[self.error]} at call {self.number}", *kinds])


class FaultyDisk:
    """Wraps the system's calls until it is closed. `calls` are those made since `break_at`; `hit` is the one
    that failed. With `no_rename` no file can be put in another's place, as in some folders of clouds."""

    def __init__(self, folder: Path) -> None:
        self.calls: list[str] = []
        self.hit = ""
        self.no_rename = False
        self._folder = folder.resolve()
        self._fault: Fault | None = None
        self._descriptors: set[int] = set()
        self._close = os.close
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> "FaultyDisk":
        for name in (*BY_PATH, *BY_DESCRIPTOR):
            self._wrap(os, name)
        for name in BY_RENAMING:
            self._wrap(rename, name)
        self._wrap(io, "open")
        return self

    def __exit__(self, *_: object) -> None:
        self._undo.close()

    def break_at(self, fault: Fault) -> None:
        """From here on count the calls, and fail as `fault` says."""
        self.calls, self.hit, self._fault = [], "", fault

    def repair(self) -> None:
        """The cause has gone away."""
        self._fault = None
        self.no_rename = False

    @contextlib.contextmanager
    def sound(self) -> Iterator[None]:
        """Look at the disk without a fault."""
        fault, self._fault = self._fault, None
        calls = len(self.calls)
        try:
            yield
        finally:
            self._fault = fault
            del self.calls[calls:]

    def _wrap(self, module: Any, name: str) -> None:
        real = getattr(module, name)
        self._undo.callback(setattr, module, name, real)
        setattr(module, name, lambda *args, **kwargs: self._call(name, real, args, kwargs))

    def _call(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: Any) -> Any:
        if not self._concerns(name, args):
            return real(*args, **kwargs)
        self.calls.append(name)
        if self.no_rename and name in ("rename", "replace", "exchange") and os.path.lexists(args[1]):
            raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(args[0]))
        fault = self._fault
        if fault is None or not self._fails(fault, name):
            return self._done(name, real(*args, **kwargs), args)
        first, self.hit = not self.hit, self.hit or name
        if fault.short and first:
            return real(args[0], bytes(args[1])[: (len(args[1]) + 1) // 2])
        if fault.late or name == "close":
            self._throw_away(self._done(name, real(*args, **kwargs), args))
        raise OSError(fault.error, os.strerror(fault.error), str(args[0]))

    def _fails(self, fault: Fault, name: str) -> bool:
        if fault.lasting and self.hit:
            return name in CHANGING or name == self.hit
        return len(self.calls) == fault.number and (name == "write" or not fault.short)

    def _concerns(self, name: str, args: tuple[Any, ...]) -> bool:
        if not args:
            return False
        if isinstance(args[0], int):
            return args[0] in self._descriptors
        try:
            return Path(os.fsdecode(args[0])).is_relative_to(self._folder)
        except TypeError:
            return False

    def _done(self, name: str, result: Any, args: tuple[Any, ...]) -> Any:
        if name == "open" and isinstance(result, int):
            self._descriptors.add(result)
        if name == "close":
            self._descriptors.discard(args[0])
        return result

    def _throw_away(self, result: Any) -> None:
        """Close what a call opened whose failure is only pretended."""
        if hasattr(result, "close"):
            result.close()
        elif isinstance(result, int) and result in self._descriptors:
            self._descriptors.discard(result)
            self._close(result)
