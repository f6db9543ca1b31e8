"""The long proof of two accounts at one file: anything but zeros is a loss, or lets somebody in or out."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.unit.store.test_two_accounts import ANNA, AS_ACCOUNT, BELA, CARA, TEAM, codes
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.access import access_of

MODE = 0o660


def bench_accounts(rounds: int, seed: int) -> int:
    """Let two accounts save at once and one after the other, in a folder of their team's."""
    print(f"Two accounts, one folder, {rounds} rounds (seed {seed})")
    if os.geteuid() != 0:
        print("  left out: only root can be somebody else\n")
        return 0
    start, found = time.monotonic(), Counter[str]()
    folder = Path(tempfile.mkdtemp())
    try:
        os.chown(folder, ANNA, TEAM)
        folder.chmod(0o2775)
        path = folder / "shared.vig.json"
        Caseload.create(path).close()
        os.chown(path, ANNA, TEAM)
        path.chmod(MODE)
        luck = random.Random(seed)
        for number in range(rounds):
            _one_round(path, number, luck, found)
        found["lost"] = found["saved"] - len(codes(path))
    finally:
        shutil.rmtree(folder)
    print(
        f"  families lost: {found['lost']} of {found['saved']}; saves that were refused: {found['refused']};"
        f" files whose group or rights changed: {found['changed']}; strangers let in: {found['strangers']};"
        f" {time.monotonic() - start:.0f} s\n"
    )
    return found["lost"] + found["refused"] + found["changed"] + found["strangers"]


def _one_round(path: Path, number: int, luck: random.Random, found: Counter[str]) -> None:
    accounts = luck.sample([ANNA, BELA], luck.choice((1, 2)))
    at_work = [_at_work(account, str(TEAM), path, f"{number} {account}") for account in accounts]
    for program in at_work:
        told = program.communicate()[0].splitlines()
        found["saved" if told[1:2] == ["saved "] else "refused"] += 1
    beside = [*backups.copies(path), backups.folder_of(path) / "lock"]
    found["changed"] += sum(
        (access_of(each).group, access_of(each).mode) != (TEAM, MODE) for each in [path, *beside]
    )
    if luck.random() < 0.2:
        told = _at_work(CARA, "", path, "stranger").communicate()[0].splitlines()
        found["strangers"] += not told[0].startswith("You may not read")


def _at_work(account: int, groups: str, path: Path, code: str) -> "subprocess.Popen[str]":
    command = [sys.executable, AS_ACCOUNT, str(account), groups, path, code]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
