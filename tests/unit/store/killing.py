"""Saves in a child process, kills it at a random moment, and looks at what is left; told as JSON.

Run by test_killed.py as a program of its own: `killing.py FILE ROUNDS`. The child is forked, which costs
nothing, and only because nothing here has a second thread.
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


def main(path: Path, rounds: int) -> None:
    luck = random.Random(os.environ.get("VIGTUI_SEED", "17"))
    caseload = Caseload.create(path)
    caseload.save(Note(about="count", body="0"))
    with caseload.transaction("Fill"):
        for number in range(300):
            caseload.save(Note(about="else", body=f"{number} " * 200))
    caseload.close()
    lost, saved, torn = 0, 0, 0
    for _ in range(rounds):
        acknowledged = killed_child(path, luck)
        torn += len(list(path.parent.glob(".vigtui-*.tmp")))
        caseload = Caseload.open(path)
        (note,) = caseload.where(Note, about="count")
        whole = len(caseload.where(Note, about="else")) == 300 and not caseload.findings
        lost += int(note.body) < acknowledged or not whole
        saved += acknowledged > 0
        caseload.close()
    left = [each.name for each in path.parent.iterdir() if each.name.endswith(".tmp")]
    print(json.dumps({"lost": lost, "rounds that saved": saved, "stopped while writing": torn, "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
