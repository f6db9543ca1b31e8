"""Two accounts of one machine share a folder: neither locks the other out, nor lets anybody else in.

A save once made the file its own and 0600; the colleague was told that the folder may not be written to. The
accounts are real ones to the system, so only root can run these tests."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.caseloads import codes
from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.access import Access, access_of, follow

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")

ANNA, BELA, CARA, TEAM = 61001, 61002, 61003, 61100
AS_ACCOUNT = Path(__file__).with_name("as_account.py")
OWNER, USER, GROUP, MASK, OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20


def add(account: int, groups: str, path: Path, code: str, *rights: str) -> list[str]:
    """Add a family as somebody who is in these groups too, and return what they were told."""
    command = [sys.executable, AS_ACCOUNT, str(account), groups, path, code, *rights]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [line.strip() for line in done.stdout.splitlines()]


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """An access control list as the system keeps it: of what kind, what they may do, whom it names."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def opened_to(account: int) -> bytes:
    """A list by which its owner and this account may write, and nobody else may do anything."""
    nobody = 0xFFFFFFFF
    return access_list(
        (OWNER, 6, nobody), (USER, 6, account), (GROUP, 0, nobody), (MASK, 6, nobody), (OTHERS, 0, nobody)
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of the team's."""
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, ANNA, TEAM)
    folder.chmod(0o2770)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shared(folder: Path) -> Path:
    """Anna's caseload, which she shares with the team."""
    path = folder / "a.vig.json"
    Caseload.create(path).close()
    os.chown(path, ANNA, TEAM)
    path.chmod(0o660)
    return path


def test_each_goes_on_with_what_the_other_saved_and_nobody_else_is_let_in(shared: Path) -> None:
    for number, account in enumerate((ANNA, BELA, ANNA)):
        assert add(account, str(TEAM), shared, f"F-{number}") == ["saved", "saved", "1"]
        assert (access_of(shared).group, access_of(shared).mode) == (TEAM, 0o660)
    hidden = backups.folder_of(shared)
    assert access_of(hidden).mode == 0o770
    copies = backups.copies(shared)
    assert len(copies) == 3
    for each in (*copies, hidden / "lock"):
        assert (access_of(each).group, access_of(each).mode) == (TEAM, 0o660)
    assert codes(shared) == ["F-0", "F-1", "F-2"]
    shared.parent.chmod(0o755)
    assert add(CARA, "", shared, "F-3")[0].startswith("You may not read a.vig.json")


def test_who_may_not_read_it_is_told_whose_it_is(shared: Path) -> None:
    shared.chmod(0o600)
    assert add(BELA, str(TEAM), shared, "F-1") == [
        f"You may not read a.vig.json: it belongs to account {ANNA}. Ask them for access."
    ]


def test_a_file_that_is_taken_back_while_it_is_open_is_told_so(shared: Path) -> None:
    """And not that the folder may not be written to."""
    _, saved, _ = add(BELA, str(TEAM), shared, "F-1", "600")
    assert (
        saved == f"not_saved You may not read a.vig.json: it belongs to account {ANNA}. Ask them for access."
    )


def test_a_former_owner_and_whom_they_let_in_keep_their_rights(folder: Path) -> None:
    """No group of both: Anna has named Bela in the file's access list, and nobody else."""
    folder.chmod(0o777)
    path = folder / "a.vig.json"
    Caseload.create(path).close()
    os.chown(path, ANNA, ANNA)
    os.setxattr(path, "system.posix_acl_access", opened_to(BELA))
    assert add(BELA, "", path, "F-1")[:2] == ["saved", "saved"]
    assert path.stat().st_uid == BELA
    assert add(ANNA, "", path, "F-2")[:2] == ["saved", "saved"]
    assert add(CARA, f"{BELA}", path, "F-3")[0].startswith("You may not read")
    assert codes(path) == ["F-1", "F-2"]


def test_root_leaves_owner_group_mode_and_list_as_they_were(shared: Path) -> None:
    os.setxattr(shared, "system.posix_acl_access", opened_to(BELA))
    before = access_of(shared)
    caseload = Caseload.open(shared)
    caseload.save(Family(code="F-1"))
    caseload.close()
    assert access_of(shared) == before
    (copy,) = backups.copies(shared)
    assert access_of(copy) == before


def test_a_list_that_the_folder_gives_to_new_files_opens_none_that_was_not_open(shared: Path) -> None:
    shared.chmod(0o640)
    os.setxattr(shared.parent, "system.posix_acl_default", opened_to(BELA))
    before = access_of(shared)
    caseload = Caseload.open(shared)
    caseload.save(Family(code="F-1"))
    caseload.close()
    (copy,) = backups.copies(shared)
    assert access_of(shared) == access_of(copy) == before


def test_a_group_that_cannot_be_kept_lets_no_other_group_in(folder: Path) -> None:
    """Where no list can be kept, the new file's group is another one: it may do what everybody may."""
    path = folder / "a"
    path.write_text("")
    os.chown(path, BELA, BELA)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(os, "setxattr")
        folder.chmod(0o755)
        os.setegid(BELA)
        os.seteuid(BELA)
        try:
            follow(path, Access(ANNA, TEAM, 0o664))
        finally:
            os.seteuid(0)
            os.setegid(0)
    assert access_of(path) == Access(BELA, BELA, 0o644)


_ON_A_DISK_WITHOUT_LISTS = """
import os, subprocess, sys
from pathlib import Path
from tests.unit.store.as_account import main
from vigtui.store.caseload import Caseload

account, owner, mode, folder = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3], 8), Path(sys.argv[4])
if subprocess.run(["mount", "-t", "ramfs", "ramfs", folder], capture_output=True).returncode:
    sys.exit(77)
folder.chmod(0o777)
path = folder / "a.vig.json"
Caseload.create(path).close()
os.chown(path, owner, 61100)
path.chmod(mode)
main(str(account), "61100", str(path), "F-1")
"""


@pytest.mark.parametrize(
    ("owner", "mode", "words"),
    [(ANNA, "660", "saved, other owner"), (ANNA, "666", "saved"), (BELA, "660", "saved")],
)
def test_what_a_disk_cannot_keep_is_told_before_it_is_saved(
    owner: int, mode: str, words: str, folder: Path
) -> None:
    """A disk without access lists, and Anna is not in the group to which she gave her file."""
    if not shutil.which("unshare"):
        pytest.skip("no disk can be made here")
    command = [sys.executable, "-c", _ON_A_DISK_WITHOUT_LISTS, str(BELA), str(owner), mode, folder]
    done = subprocess.run(["unshare", "-m", *command], check=False, capture_output=True, text=True)
    if done.returncode in (1, 77) and "Traceback" not in done.stderr:
        pytest.skip("no disk can be made here")
    assert done.stdout.splitlines()[0] == words, done.stderr
