"""Machines with a caseload each, in one space: a plain folder, which each sees by a link of its own.

Time is given. A machine that is offline has no link; one that is killed goes on from what is on its disk.
"""

import contextlib
import datetime as dt
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vigtui.exchange.spaces.content import SpaceFile, unpack
from vigtui.exchange.spaces.joining import remove_writer
from vigtui.exchange.spaces.membership import Membership, load_membership, new_membership, save_membership
from vigtui.exchange.spaces.space import Space
from vigtui.exchange.spaces.writing import ENDING, own_name
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.layout import encode
from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import Cost
from vigtui.vault.space.code import new_code
from vigtui.vault.space.file import SpaceFileError
from vigtui.vault.unlocking import new_key

PASSPHRASE = "wren heron robin wagtail"
CHEAP = Cost(n=2, r=1, p=1)
START = dt.datetime(2026, 5, 3, 14, 0, tzinfo=dt.UTC)


class Clock:
    """The time of all machines, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def pass_by(self, seconds: float) -> None:
        self.now += seconds

    def seconds(self) -> float:
        return self.now

    def time_of_day(self) -> dt.datetime:
        return START + dt.timedelta(seconds=self.now - 1000)


class Folder:
    """The folder that an engine keeps in step, and the caseload that its members have: a new one, or one
    that is `like` a file in clear."""

    def __init__(self, root: Path, like: Path | None = None) -> None:
        self.root, self.clock, self.code = root, Clock(), new_code()
        self.path = root / "synced"
        self.path.mkdir(parents=True)
        self.key: DataKey = new_key(PASSPHRASE, CHEAP)
        self.caseload = root / "first.vig.json"
        if like is None:
            Caseload.create(self.caseload, service="Fenland VIG", key=self.key).close()
        else:
            CaseloadFile(self.caseload, self.key).create(encode(CaseloadFile(like).read()[0]))

    def files(self) -> list[Path]:
        return sorted(path for path in self.path.iterdir() if path.name.endswith(ENDING))

    def opened(self) -> dict[str, SpaceFile]:
        """What the files hold, those that can be read."""
        space_key = Membership(writer="", code=self.code, folder="", machine="").key(self.identity)
        found = {}
        for path in self.files():
            with contextlib.suppress(SpaceFileError):
                found[path.name] = unpack(space_key, path.read_bytes())
        return found

    def holds(self, words: str) -> bool:
        """Whether these words are in a file that can be read."""
        return any(words.encode() in b"".join(encode(each.tables)) for each in self.opened().values())

    @property
    def identity(self) -> str:
        if not hasattr(self, "_identity"):
            caseload = Caseload.open(self.caseload, key=self.key)
            self._identity = caseload.meta.id
            caseload.close()
        return self._identity


class Machine:
    """A machine with its own caseload. `path` is where that is now."""

    def __init__(self, folder: Folder, name: str) -> None:
        self.folder, self.name = folder, name
        self.home = folder.root / name
        self._homes = 0
        self.home.mkdir()
        self.path = self.home / "fenland.vig.json"
        shutil.copy(folder.caseload, self.path)
        self.link = folder.root / f"{name} sees"
        self.link.symlink_to(folder.path)
        self.luck = random.Random(name)
        caseload = self._open()
        save_membership(caseload, new_membership(folder.code, self.link))
        self._begin(caseload)

    def _open(self) -> Caseload:
        return Caseload.open(self.path, by=self.name, key=self.folder.key)

    def _begin(self, caseload: Caseload) -> None:
        membership = load_membership(caseload)
        assert membership is not None
        clock = self.folder.clock
        self.caseload = caseload
        self.space = Space(
            caseload, membership, clock=clock.seconds, time_of_day=clock.time_of_day, chance=self.luck.random
        )

    @property
    def own(self) -> Path:
        return self.folder.path / own_name(self.space.membership.writer)

    @property
    def online(self) -> bool:
        return self.link.is_symlink()

    def go_offline(self) -> None:
        if self.online:
            self.link.unlink()

    def come_back(self) -> None:
        if not self.online:
            self.link.symlink_to(self.folder.path)

    def leave(self) -> None:
        """End the program, and start it again."""
        self.put_down()
        self.take_up()

    def die(self) -> None:
        """Kill the program at once, and start it again with what is on the disk."""
        self._homes += 1
        before, self.home = self.home, self.home.with_name(f"{self.name} {self._homes}")
        shutil.copytree(before, self.home, ignore=shutil.ignore_patterns("lock"))
        dead, self.path = self.caseload, self.home / self.path.name
        self._begin(self._open())
        dead.close()
        shutil.rmtree(before)

    def take_out(self, other: "Machine") -> None:
        """Take another's file out of the space, as a person does on the screen of it. Raises SpaceError."""
        self.space.leave()
        try:
            remove_writer(self.caseload, self.space.membership, other.space.membership.writer)
        finally:
            self._begin(self.caseload)

    def put_down(self) -> None:
        """End the program, for another to work on the same home until `take_up`."""
        self.space.leave()
        self.caseload.close()

    def take_up(self) -> None:
        self._begin(self._open())

    close = put_down


def settle(folder: Folder, machines: list[Machine], rounds: int = 12) -> int:
    """Let time pass until nobody writes any more, though what was taken in has had its hour. Return in how
    many rounds somebody wrote."""
    quiet = 0
    for number in range(rounds):
        before = [path.read_bytes() for path in folder.files()]
        for machine in machines:
            folder.clock.pass_by(4000)
            machine.space.work()
        quiet = quiet + 1 if [path.read_bytes() for path in folder.files()] == before else 0
        if quiet == 2:
            return number - 1
    raise AssertionError("writing does not end")


@contextlib.contextmanager
def machines_in(root: Path, *names: str) -> Iterator[tuple[Folder, list[Machine]]]:
    """Some machines in a space of their own."""
    folder = Folder(root)
    machines = [Machine(folder, name) for name in names]
    try:
        yield folder, machines
    finally:
        for machine in machines:
            machine.close()


class FailingSystem:
    """The module `os`, in which one function fails with this error."""

    def __init__(self, place: str, number: int) -> None:
        self._place, self._number = place, number

    def __getattr__(self, name: str) -> Any:
        return self._fail if name == self._place else getattr(os, name)

    def _fail(self, *_: object, **__: object) -> Any:
        raise OSError(self._number, os.strerror(self._number))
