"""Files that the first layout of the vault encrypted go on opening: a caseload, its backup, a pack.

The three in `version1` were written by the program as it was before the second layout.
"""

import shutil
from pathlib import Path

import pytest

from vigtui.domain.records import Family, Note
from vigtui.exchange.incoming import read_other
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.errors import CaseloadLockedError
from vigtui.vault.keyring import Keyring

WORDS = "heron toast marsh é"
PACK_WORDS = "kingfisher pack"
FILES = Path(__file__).parent / "version1"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The caseload, to be written to."""
    return Path(shutil.copy(FILES / "fenland.vig.json", tmp_path))


def test_a_caseload_opens_with_its_passphrase_and_is_saved(old: Path) -> None:
    with pytest.raises(CaseloadLockedError):
        unlock(old, "other words")
    caseload = Caseload.open(old, key=unlock(old, WORDS))
    caseload.save(Family(code="F-018"))
    caseload.close()
    again = Caseload.open(old, key=unlock(old, WORDS))
    again.close()
    assert [each.code for each in again.all(Family)] == ["F-017", "F-018"]
    assert [each.body for each in again.all(Note)] == ["Jory looked up."]


def test_the_passphrase_opens_a_backup_and_another_a_pack() -> None:
    ring = Keyring(WORDS, PACK_WORDS)
    assert recovery.contents(FILES / "backup.vig.json", ring).words.startswith("1 family")
    assert read_other(FILES / "pack.zip").tables(ring)["families"]
