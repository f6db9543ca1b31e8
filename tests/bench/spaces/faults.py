"""A space on a disk that fails: every call of the system in every way, and a disk that is really full."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.safekeeping.breaking import bench_scenes
from tests.unit.exchange.spaces.failing import SCENES
from tests.unit.exchange.spaces.machines import Folder, Machine, settle
from vigtui.domain.records import Family

_SIZE = "256k"
_WORDS = 20_000
"""So many random letters in a record do not fit into what is left on a full disk."""


def bench_space_faults() -> int:
    """Print what was found, and return how many losses."""
    losses = bench_scenes(SCENES)
    if os.geteuid() != 0:
        print("  A disk of our own, which is full, read-only and gone, needs root: left out\n")
        return losses
    with tempfile.TemporaryDirectory() as folder, _small_disk(Path(folder)) as (kept, seen):
        for told in _walk(Path(folder) / "world", kept, seen):
            print(f"  {told}")
    print()
    return losses


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Yield a disk of its own, and the place at which it is seen."""
    kept, seen = folder / "kept", folder / "seen"
    kept.mkdir()
    seen.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", kept)
    try:
        _run("mount", "--bind", kept, seen)
        yield kept, seen
    finally:
        for each in (seen, kept):
            subprocess.run(["umount", "-l", each], check=False, capture_output=True)


def _walk(root: Path, kept: Path, seen: Path) -> Iterator[str]:
    """Work while the disk is full, read-only and gone, and yield how each was told and what came after."""
    folder = Folder(root)
    (kept / "space").mkdir()
    folder.path.rmdir()
    folder.path.symlink_to(seen / "space")
    machines = [Machine(folder, name) for name in ("Ros", "Ellis")]
    settle(folder, machines)
    filler = kept / "filler"
    acts = {
        "full": (lambda: _fill(filler), filler.unlink),
        "read-only": (
            lambda: _run("mount", "-o", "remount,ro,bind", seen),
            lambda: _run("mount", "-o", "remount,rw,bind", seen),
        ),
        "gone": (lambda: _run("umount", "-l", seen), lambda: _run("mount", "--bind", kept, seen)),
    }
    ros, ellis = machines
    try:
        for number, (what, (breaks, mends)) in enumerate(acts.items()):
            breaks()
            ros.caseload.save(Family(code=f"F-{number}", reasons=os.urandom(_WORDS).hex()))
            folder.clock.pass_by(61)
            ros.space.work()
            told = ros.space.standing
            mends()
            folder.clock.pass_by(6)
            ros.space.work()
            ellis.space.look()
            there = len(ellis.caseload.all(Family)) == number + 1
            whole = "in step again without a restart" if there else "LOST"
            yield f"{what:10} {told.state} {told.why}: {whole}"
    finally:
        for machine in machines:
            machine.close()


def _fill(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def _run(*words: object) -> None:
    subprocess.run([str(each) for each in words], check=True, capture_output=True)
