"""Works at a caseload as another account, and prints what it is told.

Run by test_two_accounts.py: `as_account.py ACCOUNT GROUPS FILE CODE [RIGHTS]` adds the family CODE. With
RIGHTS the file gets that mode first, as root, once it is open.
"""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.errors import CaseloadError
from vigtui.store.sharing.presence import Presence


def import_all() -> None:
    """Use everything once: who it is later may not read the parts of Python that were not used yet."""
    for name in ("grp", "pwd"):
        import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.vig.json"
        Caseload.create(path).close()
        one, other = Caseload.open(path), Caseload.open(path)
        for caseload in (one, other):
            caseload.save(Family(code="F"))
            caseload.close()
        Presence(one).show()


def become(account: int, groups: list[int]) -> None:
    os.setgroups(groups)
    os.setresgid(account, account, 0)
    os.setresuid(account, account, 0)


def main(account: str, groups: str, file: str, code: str, rights: str = "") -> None:
    import_all()
    become(int(account), [int(group) for group in groups.split(",") if group])
    path = Path(file)
    try:
        caseload = Caseload.open(path)
        print(caseload.status.words())
        if rights:
            os.seteuid(0)
            path.chmod(int(rights, 8))
            os.seteuid(int(account))
        caseload.save(Family(code=code))
        status = caseload.flush()
        print(", ".join([status.state, *(each.label for each in status.caveats)]), status.why)
        sign = Presence(caseload)
        sign.show()
        print(len([path for path in backups.entries_of(path) if path.name.startswith("open-")]))
        sign.leave()
        caseload.close()
    except CaseloadError as error:
        print(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
