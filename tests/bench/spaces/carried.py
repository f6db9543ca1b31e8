"""A folder that something carries between machines: Syncthing, or a WebDAV server."""

import contextlib
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from vigtui.exchange.spaces.writing import ENDING

_SECONDS_TO_START = 60
_SECONDS_TO_BE_SAME = 180


class Missing(Exception):
    """Something that carries a folder is not installed here, or cannot work."""


class Carrier(Protocol):
    """One machine's end of it. `space` is the space's folder there."""

    name: str
    space: Path

    def pause(self) -> None:
        """Carry nothing to this machine, and nothing from it."""

    def resume(self) -> None:
        """Carry again."""

    def refresh(self) -> None:
        """Look now, and not only when it would by itself."""

    def files(self) -> dict[str, bytes]:
        """Return what is in the space's folder here."""

    def versions(self) -> list[Path]:
        """Return the earlier files that it keeps."""


def wait_until_same(carriers: Sequence[Carrier]) -> None:
    """Return when all their folders hold the same. Raises TimeoutError after three minutes."""

    def same() -> bool:
        first, *others = (each.files() for each in carriers)
        return all(each == first for each in others)

    for each in carriers:
        each.refresh()
    wait_for(same, "the folders do not become the same", _SECONDS_TO_BE_SAME)


def wait_for(condition: Callable[[], bool], why: str, seconds: float = _SECONDS_TO_START) -> None:
    """Return when it holds. Raises TimeoutError, with `why`."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(why)
        time.sleep(0.1)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a space's folder."""
    found = {}
    for path in folder.iterdir():
        if path.name.endswith(ENDING):
            with contextlib.suppress(FileNotFoundError):
                found[path.name] = path.read_bytes()
    return found


def free_ports(number: int) -> list[int]:
    """Return ports of the loopback that nobody uses."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
