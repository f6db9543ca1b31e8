"""Changes a caseload's passphrase in a child process, kills it at a random moment, and looks at what is left;
told as JSON.

Run by test_killed.py and `python -m tests.bench rekeying`: `rekeying.py FILE ROUNDS [SEED]`. The child is
forked, as in killing.py.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from vigtui.domain.records import Note
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.file import unlock
from vigtui.store.errors import CaseloadError, CaseloadLockedError
from vigtui.vault.derivation import Cost
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=8, p=1)
WORDS = ("heron toast marsh", "owl noise story")
VERSIONS = 4


def make(path: Path) -> None:
    """A caseload with earlier versions, encrypted with the first passphrase."""
    caseload = Caseload.create(path, key=new_key(WORDS[0], CHEAP))
    caseload.close()
    for number in range(VERSIONS):
        caseload = Caseload.open(path, key=unlock(path, WORDS[0]))
        caseload.save(Note(about=str(number), body="Jory looked up. " * 20_000))
        caseload.close()


def change(path: Path, old: str, new: str) -> None:
    """Change the passphrase, as the command does."""
    encrypting.change_passphrase(path, Keyring(old), new, CHEAP)


def killed_child(path: Path, old: str, new: str, within: float) -> bool:
    """Change the passphrase in a child that is killed after so many seconds. Return whether it was done."""
    ours, its = os.pipe()
    child = os.fork()
    if child == 0:
        change(path, old, new)
        os.write(its, b"done")
        os._exit(0)
    os.close(its)
    select.select([], [], [], within)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    done = os.read(ours, 10) == b"done"
    os.close(ours)
    return done


def opened_by(path: Path) -> str:
    """Return the passphrase that opens the file whole, "" for none."""
    for words in WORDS:
        try:
            caseload = Caseload.open(path, key=unlock(path, words))
        except CaseloadLockedError:
            continue
        except CaseloadError:
            return ""
        caseload.close()
        return words if len(caseload.all(Note)) == VERSIONS else ""
    return ""


def closed_copies(path: Path) -> int:
    """Return how many earlier versions neither passphrase opens."""
    closed, ring = 0, Keyring(*WORDS)
    for copy in backups.copies(path):
        try:
            ring.open(copy.read_bytes())
        except WrongKeyError:
            closed += 1
    return closed


def main(path: Path, rounds: int, seed: int) -> None:
    """Print how often the file, or an earlier version, could not be opened, and where the kills hit."""
    luck = random.Random(seed)
    make(path)
    begun = time.monotonic()
    change(path, *WORDS)
    takes = time.monotonic() - begun
    found = {"closed": 0, "copies closed": 0, "old left": 0, "done": 0, "half done": 0}
    present = WORDS[1]
    for _ in range(rounds):
        new = next(each for each in WORDS if each != present)
        found["done"] += killed_child(path, present, new, luck.random() * takes * 1.2)
        found["closed"] += opened_by(path) == ""
        found["copies closed"] += closed_copies(path)
        left = Keyring(new)
        opens = [copy for copy in backups.copies(path) if is_opened(left, copy)]
        found["half done"] += opened_by(path) == present and bool(opens)
        if opened_by(path) == present:
            change(path, present, new)
        present = new
        old = Keyring(next(each for each in WORDS if each != present))
        found["old left"] += sum(is_opened(old, each) for each in (path, *backups.copies(path)))
    print(json.dumps(found))


def is_opened(ring: Keyring, path: Path) -> bool:
    """Whether the keyring opens a file."""
    try:
        ring.open(path.read_bytes())
    except WrongKeyError:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 17)
