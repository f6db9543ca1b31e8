"""What two machines in a space do on a disk that fails at one moment, and what must then be true. Used by
test_failing.py, which takes a sample, and by `python -m tests.bench space_faults`, which takes every fault at
every call.

Each scene returns how many calls it made of the system, and raises AssertionError when something was lost, or
not said plainly. See `tests/unit/store/failing.py`.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from tests.unit.exchange.spaces.machines import Folder, Machine, settle
from tests.unit.store.failing import Scene
from tests.unit.store.faulty import Fault, FaultyDisk
from vigtui.domain.records import Family
from vigtui.exchange.spaces.joining import make_space
from vigtui.exchange.spaces.membership import load_membership, save_membership
from vigtui.exchange.spaces.space import Space
from vigtui.exchange.spaces.telling import title, warnings
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.wording.spaces import NO_FOLDER, NOT_SENT


def sending(stage: Path, fault: Fault) -> int:
    """Send a change into a folder that fails: it is there, whole, or it is said that it is not sent, and it
    goes out by itself when the cause has gone."""
    with _two_machines(stage) as (folder, ros, ellis):
        ros.caseload.save(Family(code="F-2"))
        ros.caseload.flush()
        with FaultyDisk(folder.path) as disk:
            disk.break_at(fault)
            _pass_by(folder, ros)
            with disk.sound():
                own = folder.opened().get(ros.own.name)
                assert own is not None, "the file that was there is gone, or torn"
            _is_said(ros, sent=len(own.tables["families"]) == 2)
            disk.repair()
            _pass_by(folder, ros, ellis, ros)
        _all_have(folder, [ros, ellis], "F-1", "F-2")
        return len(disk.calls)


def receiving(stage: Path, fault: Fault) -> int:
    """Read from a folder that fails: what is in it is taken in when the cause has gone, and nothing is taken
    for lost before."""
    with _two_machines(stage) as (folder, ros, ellis):
        ellis.caseload.save(Family(code="F-2"))
        _pass_by(folder, ellis)
        with FaultyDisk(folder.path) as disk:
            disk.break_at(fault)
            _pass_by(folder, ros)
            assert _codes(ros)[:1] == ["F-1"]
            disk.repair()
            _pass_by(folder, ros, ellis)
        _all_have(folder, [ros, ellis], "F-1", "F-2")
        return len(disk.calls)


def receiving_at_home(stage: Path, fault: Fault) -> int:
    """Take in what another has sent while the own disk fails: nothing goes out that is not on it, and
    everything is on it when the cause has gone."""
    with _two_machines(stage) as (folder, ros, ellis):
        ellis.caseload.save(Family(code="F-2"))
        _pass_by(folder, ellis)
        with FaultyDisk(ros.home) as disk:
            disk.break_at(fault)
            ros.caseload.save(Family(code="F-3"))
            _pass_by(folder, ros)
            with disk.sound():
                sent = folder.opened()[ros.own.name].tables["families"]
                on_disk = folder.key.decrypt(ros.path.read_bytes()).count(b'"code"')
            assert len(sent) <= on_disk, "it was sent, and is not on the own disk"
            disk.repair()
            assert ros.caseload.flush().state == "saved", ros.caseload.status.words()
            _pass_by(folder, ros, ellis, ros)
        _all_have(folder, [ros, ellis], "F-1", "F-2", "F-3")
        return len(disk.calls)


def making(stage: Path, fault: Fault) -> int:
    """Make a space in a folder that fails: it is there, or a sentence says why not, and a second try, or
    time, brings it about."""
    folder = Folder(stage / "world")
    caseload = Caseload.open(folder.caseload, by="Ros", key=folder.key)
    caseload.save(Family(code="F-1"))
    why = "."
    try:
        with FaultyDisk(folder.path) as disk:
            disk.break_at(fault)
            try:
                make_space(caseload, folder.path)
            except CaseloadError as error:
                why = error.sentence
            disk.repair()
        assert why.endswith(".")
        assert "Errno" not in why
        membership = load_membership(caseload) or make_space(caseload, folder.path)
        space = Space(caseload, membership, clock=folder.clock.seconds)
        for _ in range(2):
            folder.clock.pass_by(6)
            space.work()
        assert space.standing.state == "in_step", space.standing
        (made,) = folder.path.iterdir()
        (own,) = made.iterdir()
        assert own.suffix == ".vigspace"
        return len(disk.calls)
    finally:
        caseload.close()


SCENES: dict[str, Scene] = {
    "sending": sending,
    "receiving": receiving,
    "receiving, the own disk fails": receiving_at_home,
    "making a space": making,
}


@contextlib.contextmanager
def _two_machines(stage: Path) -> Iterator[tuple[Folder, Machine, Machine]]:
    """Two machines that have the same, and see the folder by its own name."""
    folder = Folder(stage / "world")
    ros, ellis = machines = [Machine(folder, name) for name in ("Ros", "Ellis")]
    for machine in machines:
        machine.space.membership.folder = str(folder.path)
        save_membership(machine.caseload, machine.space.membership)
        machine.leave()
    ros.caseload.save(Family(code="F-1"))
    _pass_by(folder, ros, ellis, ros)
    try:
        yield folder, ros, ellis
    finally:
        for machine in machines:
            machine.close()


def _pass_by(folder: Folder, *machines: Machine) -> None:
    for machine in machines:
        folder.clock.pass_by(6)
        machine.space.work()


def _codes(machine: Machine) -> list[str]:
    return sorted(each.code for each in machine.caseload.all(Family))


def _is_said(machine: Machine, *, sent: bool) -> None:
    """Whether the title and the notices say what is true."""
    standing = machine.space.standing
    said = warnings(standing, dt.datetime.now().astimezone())
    match standing.state:
        case "in_step":
            assert sent, "it was said to be sent, and is not"
        case "not_sent":
            assert NOT_SENT in said
            assert "Errno" not in standing.why
            assert title(standing, dt.datetime.now().astimezone()).startswith("not sent")
        case "offline":
            assert NO_FOLDER in said


def _all_have(folder: Folder, machines: list[Machine], *codes: str) -> None:
    """Whether, some time later, everybody has everything, all of it is sent, and nothing lies about."""
    settle(folder, machines)
    for machine in machines:
        assert _codes(machine) == sorted(codes), machine.name
        assert machine.space.standing.state == "in_step", machine.space.standing
        assert warnings(machine.space.standing, dt.datetime.now().astimezone()) == []
        assert len(folder.opened()[machine.own.name].tables["families"]) == len(codes)
    assert {path.name for path in folder.path.iterdir()} == {machine.own.name for machine in machines}
