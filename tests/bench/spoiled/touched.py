"""Which paths this process touches: opened, listed, asked about, changed."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_EVENTS = ("open", "os.", "shutil.", "subprocess.", "socket.connect", "socket.getaddrinfo", "webbrowser.")
_ONE_PATH = ("open", "subprocess.Popen")
_NOT_PATHS = ("os.putenv", "os.unsetenv", "os.getxattr", "os.fork", "os.forkpty", "os.kill", "os.add_dll")
_ASKS = ("stat", "lstat", "readlink", "access")


class Touched:
    """Collects paths from here on, for good: what Python audits cannot be left again."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        sys.addaudithook(self._hear)
        for name in _ASKS:
            setattr(os, name, self._asking(getattr(os, name)))

    def outside(self, *folders: Path) -> set[str]:
        """Return what was touched outside these folders, and forget everything."""
        inside = tuple(str(folder) for folder in folders)
        found = {path for path in self.paths if not _is_below(path, inside)}
        self.paths.clear()
        return found

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_EVENTS) and event not in _NOT_PATHS:
            self._add(event, arguments[:1] if event in _ONE_PATH else arguments[:2])

    def _asking(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        def heard(path: Any, *arguments: Any, **options: Any) -> Any:
            self._add("os.stat", (path,))
            return ask(path, *arguments, **options)

        return heard

    def _add(self, event: str, arguments: tuple[Any, ...]) -> None:
        for argument in arguments:
            if isinstance(argument, str | bytes | os.PathLike):
                self.paths.add(os.path.normpath(os.path.join(os.getcwd(), os.fsdecode(argument))))  # noqa: PTH109, PTH118
            elif not isinstance(argument, int | None):
                self.paths.add(f"{event} {argument!r}")


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(f"{folder}{os.sep}") for folder in folders)
