"""What becomes of a space that is carried, and of what carries it."""

import contextlib
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from tests.bench.spaces.carried import Carrier
from tests.bench.spaces.syncthing import Syncthing, syncthings
from tests.bench.spaces.webdav import Mount, Server, mounts
from tests.unit.exchange.spaces.proving import AWAY, NAMES

Waiting = Callable[[float], object]
Meddling = Callable[[random.Random, Waiting], dict[str, int]]
"""Does one thing that goes wrong, and says what it was. It waits with what it is
given."""
Carried = Callable[[Path], AbstractContextManager[tuple[Sequence[Carrier], Meddling]]]
"""What carries the folders of three machines below a folder, and what goes wrong with it."""


def by_syncthing(delay: int | None) -> Carried:
    """Return three Syncthing, each with this `fsWatcherDelayS`; None: as it comes."""

    @contextlib.contextmanager
    def carried(root: Path) -> Iterator[tuple[Sequence[Carrier], Meddling]]:
        with syncthings(root, NAMES, delay) as engines:
            yield engines, lambda luck, wait: _with_syncthing(engines, luck, wait)

    return carried


def _with_syncthing(engines: list[Syncthing], luck: random.Random, wait: Waiting) -> dict[str, int]:
    """Kill or pause one, put back what it kept, or delete a file."""
    engine = luck.choice(engines)
    match luck.choice(("kill", "pause", "old", "old", "gone")):
        case "kill":
            engine.kill()
            wait(luck.random() * 4)
            engine.start()
            return {"Syncthing killed": 1}
        case "pause" if engine.name != AWAY:
            engine.pause()
            wait(luck.random() * 8)
            engine.resume()
            return {"Syncthing paused": 1}
        case "old":
            with contextlib.suppress(OSError):
                return {"old files put back": engine.put_back(luck)}
        case "gone":
            with contextlib.suppress(OSError):
                return {"files deleted": engine.delete(luck)}
    return {}


@contextlib.contextmanager
def by_webdav(root: Path) -> Iterator[tuple[Sequence[Carrier], Meddling]]:
    """Yield three mounts of one WebDAV server."""
    with mounts(root, NAMES) as (server, found):
        yield found, lambda luck, wait: _with_webdav(server, found, luck, wait)


def _with_webdav(server: Server, found: list[Mount], luck: random.Random, wait: Waiting) -> dict[str, int]:
    """Kill the server, or take a mount away."""
    mount = luck.choice(found)
    if luck.random() < 0.5:
        server.kill()
        wait(luck.random() * 4)
        server.start()
        return {"server killed": 1}
    if mount.name != AWAY:
        mount.pause()
        wait(luck.random() * 4)
        mount.resume()
        return {"mount taken away": 1}
    return {}
