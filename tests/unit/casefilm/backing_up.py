"""Kills a program that makes a backup, again and again, and looks at what the stick holds then.

`python backing_up.py FOLDER ROUNDS SEED` prints what was found as JSON; `--encrypted` behind it does it with
an encrypted caseload, whose passphrase, or film, changes before each backup.
"""

import datetime as dt
import io
import json
import os
import random
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from tests.caseloads import MP4, make
from vigtui.casefilm.backup.making import back_up, verify_backup
from vigtui.casefilm.backup.place import find_backup, find_place
from vigtui.casefilm.backup.restoring import restore
from vigtui.casefilm.encrypted.files import encrypt_into
from vigtui.casefilm.home import film_in
from vigtui.domain.records import Cycle, Family, Recording
from vigtui.film.errors import FilmError
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.errors import CaseloadLockedError
from vigtui.vault.derivation import Cost
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring

FILMS = ("a", "b", "c")
_SIZE = 2 << 20
_CHEAP = Cost(n=2, r=1, p=1)


@dataclass
class Secret:
    """The passphrase of the caseload here, "" while it is clear, and the one that it had before."""

    now: str = ""
    before: str = ""

    def key_to(self, path: Path) -> Key | None:
        """Return the key to the caseload, here or on the stick."""
        if not self.now:
            return None
        try:
            return unlock(path, self.now)
        except CaseloadLockedError:
            return unlock(path, self.before)

    def change(self, path: Path, chance: random.Random) -> None:
        """Give the caseload another passphrase."""
        self.before, self.now = self.now, f"toast and honey {chance.random()}"
        encrypting.change_passphrase(path, Keyring(self.before), self.now, _CHEAP)


def kill_backups(folder: Path, rounds: int, seed: int, *, encrypted: bool) -> dict[str, int]:
    """Kill `rounds` backups at random moments. Return how often what was on the stick was not whole, how
    often the words or a film could not be put back as they had been, how far the backups had come, and how
    often the passphrase was another."""
    chance, secret = random.Random(seed), Secret()
    path, stick = _made(folder)
    if encrypted:
        secret.now = "toast and honey"
        encrypting.encrypt(path, secret.now, _CHEAP)
    for _ in range(2):  # The first one also makes what every later one finds.
        films = {name: _write(path, name, chance, secret) for name in FILMS}
        begun = time.monotonic()
        _back_up(path, stick, secret)
    takes = time.monotonic() - begun
    found = {"torn": 0, "lost": 0, "completed": 0, "broken off": 0, "passphrases": 0}
    for number in range(rounds):
        before = dict(films)
        new_key = encrypted and number % 2 == 0
        if new_key:
            secret.change(path, chance)
            found["passphrases"] += 1
        else:
            for name in chance.sample(FILMS, 2):
                films[name] = _write(path, name, chance, secret)
        done = _killed(path, stick, chance.uniform(0, takes / 3 if new_key else takes), secret)
        found["completed" if done else "broken off"] += 1
        at, told = find_backup(stick, path)
        found["torn"] += len(verify_backup(at, told, lambda _words, _part: None))
        found["lost"] += _lost(folder / "other", stick, [films] if done else [before, films], secret)
        _back_up(path, stick, secret)  # It goes on where it stopped.
        secret.before = secret.now  # Now the earlier passphrase must not be needed, or of use.
        found["lost"] += _lost(folder / "other", stick, [films], secret)
    return found


def _made(folder: Path) -> tuple[Path, Path]:
    recordings = [Recording(id=each, cycle="cycle", path=f"media/{each}.mp4") for each in FILMS]
    records = [Family(id="heron", code="F-017"), Cycle(id="cycle", family="heron", number=1), *recordings]
    path, stick = make(folder / "here" / "cases.vig.json", *records), folder / "stick"
    (path.parent / "media").mkdir()
    stick.mkdir()
    return path, stick


def _write(path: Path, name: str, chance: random.Random, secret: Secret) -> bytes:
    content = MP4 + chance.randbytes(_SIZE)
    if not secret.now:
        (path.parent / "media" / f"{name}.mp4").write_bytes(content)
        return content
    caseload = Caseload.open(path, key=secret.key_to(path))
    recording = caseload.need(Recording, name)
    film = encrypt_into(caseload, io.BytesIO(content), ".mp4")
    caseload.enter(replace(recording, path=f"media/{film.name}"))
    caseload.close()
    (path.parent / recording.path).unlink(missing_ok=True)
    return content


def _back_up(path: Path, stick: Path, secret: Secret) -> None:
    caseload = Caseload.open(path, key=secret.key_to(path))
    back_up(caseload, find_place(caseload, stick), dt.datetime.now(dt.UTC), lambda _words, _part: None)
    caseload.close()


def _killed(path: Path, stick: Path, after: float, secret: Secret) -> bool:
    """Make a backup in a program of its own, and kill that so many seconds later. Return whether it had
    ended."""
    child = os.fork()
    if child == 0:
        _back_up(path, stick, secret)
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == 0


def _lost(other: Path, stick: Path, states: list[dict[str, bytes]], secret: Secret) -> int:
    """Put all of it back on another machine, and return how much is in none of these states."""
    shutil.rmtree(other, ignore_errors=True)
    path = other / "cases.vig.json"
    folder, held = find_backup(stick, path)
    key = secret.key_to(folder / held.words.name)
    restore(path, folder, held, key, lambda _words, _part: None)
    caseload = Caseload.open(path, key=key)
    found = {name: _content(caseload, name) for name in FILMS}
    caseload.close()
    return sum(all(found[name] != state[name] for state in states) for name in FILMS)


def _content(caseload: Caseload, name: str) -> bytes:
    try:
        with film_in(caseload, caseload.need(Recording, name).path).open() as file:
            return file.read()
    except (FilmError, OSError):
        return b""


if __name__ == "__main__":
    found = kill_backups(
        Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), encrypted="--encrypted" in sys.argv
    )
    print(json.dumps(found))
