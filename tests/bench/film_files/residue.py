"""What is left in clear of an encrypted caseload's film, while it is used and by programs that are killed."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.unit.casefilm.filmed_case import MARKS
from tests.unit.casefilm.residue import Residue, open_files
from tests.unit.casefilm.walked_film import LAST

_PROGRAMS = Path(__file__).parents[2] / "unit" / "casefilm"
_WRONG = ("clear", "lost", "not completed", "open to the old", "left")


def bench_residue(rounds: int, seed: int) -> int:
    """Print what was found, and return how much of it is a loss."""
    print("A walk with encrypted film; after each step every file is searched for it, and for its words")
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        steps, found = walk(Path(folder))
        for each in found:
            print(f"  IN CLEAR {each}")
        print(f"  {steps} steps, in clear: {len(found)}   (goal: none; {time.monotonic() - began:.0f} s)\n")
    losses = len(found)
    print(f"kill -9 at {rounds} random moments of work with encrypted film (seed {seed})")
    with tempfile.TemporaryDirectory() as folder:
        for act, told in killed(Path(folder), rounds, seed).items():
            said = told.pop("said")
            losses += sum(told[what] for what in _WRONG)
            wrong = ", ".join(f"{told.pop(what)} {what}" for what in _WRONG)
            times = f"{told['rounds']} times, {told['in time']} before it was done"
            print(f"  {act}: {times}: {wrong}   (goal: none)")
            print("".join(f"    LOST {each}\n" for each in said), end="")
    print()
    return losses


def walk(root: Path) -> tuple[int, list[str]]:
    """Walk with film through an encrypted caseload, in a new home below `root`. Return after how many steps
    was looked, and what was found in clear."""
    folder, environment = home(root)
    command = [sys.executable, _PROGRAMS / "walked_film.py", folder]
    steps, found, films = 0, list[str](), dict[str, bytes]()
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin
        assert program.stdout
        for line in program.stdout:
            step, named = json.loads(line)
            clear = [Path(path) for path in named]
            films |= {path.name: path.read_bytes() for path in clear if path.suffix == ".mp4"}
            residue = Residue(folder, films, MARKS)
            if steps == 0 and not residue.found():
                found.append("what is searched for is not even found where it is")
            left = [*residue.found(clear, elsewhere=step == LAST), *open_files(program.pid)]
            found += [f"after {step}: {each}" for each in left]
            steps += 1
            program.stdin.write("go on\n")
            program.stdin.flush()
    if program.returncode:
        found.append("the walk came to no end")
    return steps, found


def killed(root: Path, rounds: int, seed: int, *only: str) -> dict[str, dict[str, object]]:
    """Kill programs that work with encrypted film, at all of it or `only` at this, in a new home below
    `root`. Return what was found."""
    folder, environment = home(root)
    command = [sys.executable, _PROGRAMS / "killed_film.py", folder, str(rounds), str(seed), *only]
    run = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, dict[str, object]] = json.loads(run.stdout)
    return found


def home(root: Path) -> tuple[Path, Mapping[str, str]]:
    """Make all folders that a program may write to, in a new one, and return that, and what tells the program
    of them."""
    folder = root / "home"
    folders = {
        "HOME": folder / "person",
        "TMPDIR": folder / "temporary",
        **{f"XDG_{name}_HOME": folder / name.lower() for name in ("STATE", "CACHE", "CONFIG", "DATA")},
        "XDG_RUNTIME_DIR": folder / "runtime",
    }
    for each in folders.values():
        each.mkdir(parents=True, mode=0o700)
    return folder, os.environ | {name: str(path) for name, path in folders.items()}
