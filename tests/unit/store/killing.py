"""Saves in a child process, kills it at a random moment, and looks at what is left; told as JSON.

Run by test_killed.py and `python -m tests.bench killing` as a program of its own: `killing.py FILE ROUNDS
[SEED]`. The child is forked, which costs nothing, and only because nothing here has a second thread.
"""

import json
import os
import random
import select
import signal
import sys
from pathlib import Path

from msgspec.structs import replace

from vigtui.domain.records import Note
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError

SAVES = 1000


def work(path: Path, acknowledge: int) -> None:
    """Save one note after another, telling each number once it is said to be on disk."""
    caseload = Caseload.open(path)
    (note,) = caseload.where(Note, about="count")
    for number in range(int(note.body) + 1, int(note.body) + SAVES):
        note = caseload.save(replace(note, body=str(number)))
        if caseload.flush().state == "saved":
            os.write(acknowledge, b"%d\n" % number)


def killed_child(path: Path, luck: random.Random) -> int:
    """Return the last number that the child said was saved; 0 for none."""
    ours, its = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        work(path, its)
        os._exit(0)
    os.close(its)
    told = b""
    if luck.random() < 0.7:
        told = os.read(ours, 100)
    select.select([], [], [], luck.random() * 0.03)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(ours, 65536):
        told += more
    os.close(ours)
    return int(told.split()[-1]) if told else 0


def state_of(path: Path, acknowledged: int) -> str:
    """Look at the file as the next start does: "torn", "lost" or "well"."""
    try:
        caseload = Caseload.open(path)
    except CaseloadError:
        return "torn"
    (note,) = caseload.where(Note, about="count")
    whole = len(caseload.where(Note, about="else")) == 300 and not caseload.findings
    caseload.close()
    return "well" if whole and int(note.body) >= acknowledged else "lost"


def main(path: Path, rounds: int, seed: str = "17") -> None:
    luck = random.Random(seed)
    caseload = Caseload.create(path)
    caseload.save(Note(about="count", body="0"))
    with caseload.transaction("Fill"):
        for number in range(300):
            caseload.save(Note(about="else", body=f"{number} " * 200))
    caseload.close()
    found = dict.fromkeys(("torn", "lost", "left", "rounds that saved", "stopped while writing"), 0)
    for _ in range(rounds):
        acknowledged = killed_child(path, luck)
        found["stopped while writing"] += any(path.parent.rglob("*.tmp"))
        found["rounds that saved"] += acknowledged > 0
        state = state_of(path, acknowledged)
        if state != "well":
            found[state] += 1
            break
        found["left"] += any(path.parent.rglob("*.tmp"))
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
