"""Kills a program at random moments of its work with encrypted film, and looks at what is left; told as JSON.

Run by test_residue.py and `python -m tests.bench residue`: `killed_film.py FOLDER ROUNDS SEED [WORK]`, where
WORK is what alone is done. The folder becomes the program's home: its state, its cache and its temporary
files are in it. The children are forked, as in killing.py.
"""

import functools
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.unit.casefilm import filmed_case
from tests.unit.casefilm.filmed_case import MARKS, OTHER_WORDS, WORDS, clear_films, content_of
from tests.unit.casefilm.residue import Residue
from vigtui.casefilm.home import Folder, film_in
from vigtui.film.errors import FilmError
from vigtui.film.libmpv import libmpv
from vigtui.store.disk.file import unlock

ACTS: dict[str, Callable[[Path], None]] = {
    "encrypting": filmed_case.encrypt,
    "a working copy": filmed_case.make_copies,
    "a pack": filmed_case.make_pack,
    "the passphrase": filmed_case.change_passphrase,
    "taking in an erasure": filmed_case.take_in_erasure,
}
_SHARES = {
    "encrypting": 0.5,
    "a working copy": 0.1,
    "a pack": 0.2,
    "the passphrase": 0.2,
    "taking in an erasure": 0.5,
}
_LATER = 1.1
_FORGOTTEN = 30.0


def begin(act: Callable[[Path], None], path: Path) -> tuple[int, int]:
    """Do something in a program of its own; return its number, and what can be read once it is over."""
    ours, its = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        status = 1
        try:
            act(path)
            status = 0
        finally:
            os.write(its, b"done" if status == 0 else b"failed")
            os._exit(status)
    os.close(its)
    return child, ours


def done(act: Callable[[Path], None], path: Path, within: float | None = None) -> bool:
    """Do something in a program of its own, which is killed after so many seconds. Return whether it was
    done. Raises RuntimeError when it failed by itself."""
    child, ours = begin(act, path)
    select.select([ours], [], [], within)
    if within is not None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    answer = os.read(ours, 10)
    os.close(ours)
    if answer == b"failed" or (within is None and status):
        raise RuntimeError(f"{act.__name__} failed")
    return answer == b"done"


def settled(folder: Path) -> None:
    """Wait until no program works in a folder: one that made a copy ends by itself."""
    until = time.monotonic() + _FORGOTTEN
    while time.monotonic() < until and any(str(folder) in each for each in _command_lines()):
        time.sleep(0.01)


def _command_lines() -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(process.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return found


class Killing:
    """One kind of work, killed again and again, each time in a fresh copy of a folder."""

    def __init__(self, root: Path, model: Path, act: str, films: Mapping[str, bytes]) -> None:
        self.model, self.act, self.films = model, ACTS[act], films
        self.path = root / "work" / model.name
        self.residue = Residue(root, films, MARKS)
        self.found = {
            "rounds": 0,
            "in time": 0,
            "clear": 0,
            "lost": 0,
            "not completed": 0,
            "open to the old": 0,
            "left": 0,
        }
        self.said: list[str] = []

    def prepare(self) -> None:
        """Have somebody erase the family in another file of the caseload, where that is to be taken in."""
        if self.act is filmed_case.take_in_erasure:
            self._fresh()
            done(filmed_case.erase_elsewhere, self.path)

    def measure(self) -> float:
        """Return how long it takes when nobody kills it."""
        times = []
        for _ in range(2):
            self._fresh()
            started = time.monotonic()
            done(self.act, self.path)
            times.append(time.monotonic() - started)
        return min(times)

    def round(self, within: float) -> None:
        self._fresh()
        self.found["rounds"] += 1
        self.found["in time"] += not done(self.act, self.path, within)
        settled(self.path.parent)
        self._note("clear", self.residue.found(clear_films(self.path)))
        self._note("lost", self._lost())
        try:
            done(self.act, self.path)
        except RuntimeError as error:
            self._note("not completed", [str(error)])
        self._note("clear", self.residue.found())
        self._note("lost", self._lost())
        if self.act is filmed_case.change_passphrase:
            self._note("open to the old", self._still_open())
        if self.act is filmed_case.take_in_erasure:
            self._note("left", filmed_case.left_of_erased(self.path))

    def look_elsewhere(self, known: list[Path]) -> None:
        """Look where all programs leave what is temporary, too."""
        self._note("clear", self.residue.found(known, elsewhere=True))

    def _fresh(self) -> None:
        for each in ("work", "pack"):
            shutil.rmtree(self.path.parent.with_name(each), ignore_errors=True)
        for left in self.path.parent.parent.glob(".packing-*"):
            shutil.rmtree(left)
        shutil.copytree(self.model.parent, self.path.parent)

    def _note(self, what: str, found: list[str]) -> None:
        self.found[what] += bool(found)
        self.said += found

    def _lost(self) -> list[str]:
        """Return what is not there, neither clear nor encrypted; of an erased family nothing is to be."""
        if self.act is filmed_case.take_in_erasure:
            return []
        try:
            there = content_of(self.path)
        except Exception as error:
            return [f"{type(error).__name__}: {error}"]
        changed = [name for name, content in there.items() if content != self.films[name]]
        return [f"the film {name} is not what it was" for name in changed]

    def _still_open(self) -> list[str]:
        """Return the films that the key of before opens, where the passphrase is another now."""
        if filmed_case.words_of(self.path) != OTHER_WORDS:
            return ["the passphrase is as it was"]
        old = Folder(self.path.parent, unlock(self.model, WORDS))
        found = []
        for film in sorted((self.path.parent / "media").glob("*.vigfilm")):
            try:
                film_in(old, f"media/{film.name}").open().close()
            except (FilmError, OSError):
                continue
            found.append(f"{film.name} opens with the old passphrase")
        return found


def made_of(root: Path, model: Path) -> dict[str, bytes]:
    """Return the clear bytes of a working copy and of a pack's films, which are the same each time."""
    path = root / "work" / model.name
    shutil.copytree(model.parent, path.parent)
    done(filmed_case.make_copies, path)
    done(filmed_case.make_pack, path)
    return filmed_case.made_content_of(path)


def main(root: Path, rounds: int, seed: int, only: str = "") -> None:
    """Print for each kind of work how often what was left in clear, lost, or could not go on."""
    luck, told = random.Random(seed), {}
    libmpv()  # Once, and not in each child.
    with tempfile.TemporaryDirectory(dir=root.parent) as away:  # Not where is looked.
        clear, encrypted = (Path(away) / each / "cases.vig.json" for each in ("clear", "encrypted"))
        done(functools.partial(filmed_case.make, heavy=not only), clear)  # libmpv's threads are not forked.
        shutil.copytree(clear.parent, encrypted.parent)
        done(filmed_case.encrypt, encrypted)
        films, made = content_of(clear), {} if only else made_of(root, encrypted)
        for act, share in ({only: 1.0} if only else _SHARES).items():
            killing = Killing(root, clear if act == "encrypting" else encrypted, act, films | made)
            killing.prepare()
            takes = killing.measure()
            for _ in range(max(1, round(rounds * share))):
                killing.round(luck.random() * takes * _LATER)
            if not only:
                killing.look_elsewhere(clear_films(clear))
            told[act] = killing.found | {"said": killing.said[:5]}
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
