"""How long a save takes to show at the others as the space is carried by Syncthing, or a WebDAV server."""

import random
import statistics
import tempfile
import threading
import time
from pathlib import Path

from msgspec.structs import replace

from tests.bench.spaces.meddling import Carried
from tests.unit.exchange.spaces.machines import Folder, Machine
from tests.unit.exchange.spaces.proving import NAMES
from vigtui.domain.records import Family
from vigtui.exchange.spaces.worker import SpaceWorker

_SAVES = 10
_TOO_LONG = 180.0


def print_seconds(how: str, carried: Carried) -> None:
    """Let three vigtui save now and then, each as it comes, and print the seconds. Raises Missing."""
    with tempfile.TemporaryDirectory() as root:
        folder = Folder(Path(root))
        machines = [Machine(folder, name) for name in NAMES]
        with carried(Path(root)) as (carriers, _):
            for machine, carrier in zip(machines, carriers, strict=True):
                machine.space.leave()  # From here on by the real clock.
                machine.link.unlink()
                machine.link.symlink_to(carrier.space)
            seconds = sorted(_measure(machines))
    print(
        f"From a save here to its showing there, {how}:"
        f" median {statistics.median(seconds):.1f} s, 95 % {seconds[int(len(seconds) * 0.95)]:.1f} s,"
        f" {seconds[0]:.1f} to {seconds[-1]:.1f} s ({len(seconds)} times)\n"
    )


def _measure(machines: list[Machine]) -> list[float]:
    workers = [SpaceWorker(machine.caseload) for machine in machines]
    found: list[float] = []
    for worker in workers:
        worker.start()
    people = [threading.Thread(target=_save, args=(each, machines, found)) for each in machines]
    for person in people:
        person.start()
    for person in people:
        person.join()
    for worker in workers:
        worker.stop()
    for machine in machines:
        machine.caseload.close()
    return found


def _save(machine: Machine, machines: list[Machine], found: list[float]) -> None:
    """Save, wait until both others show it, and rest for some seconds. The first time is not counted:
    everything starts."""
    luck = random.Random(machine.name)
    family = machine.caseload.save(Family(code=machine.name))
    for number in range(_SAVES + 1):
        said, began = f"{machine.name} {number}", time.monotonic()
        machine.caseload.save(replace(machine.caseload.need(Family, family.id), reasons=said))
        waiting = [each for each in machines if each is not machine]
        while waiting:
            late = time.monotonic() - began
            shown = [each for each in waiting if late > _TOO_LONG or _shows(each, family.id, said)]
            waiting = [each for each in waiting if each not in shown]
            found += [late] * len(shown) if number else []
            time.sleep(0.02)
        time.sleep(luck.random() * 10)


def _shows(machine: Machine, family: str, said: str) -> bool:
    record = machine.caseload.get(Family, family)
    return record is not None and record.reasons == said
