"""What is there to go back to is told truly, and going back loses nothing."""

import stat
from pathlib import Path

import pytest

from tests.caseloads import codes
from vigtui.domain.records import Cycle, Family, Note
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk.aside import is_put_aside
from vigtui.store.errors import CannotSaveError, CaseloadDamagedError
from vigtui.vault import unlocking as vault
from vigtui.vault.derivation import Cost
from vigtui.vault.keyring import Keyring


def change(path: Path, code: str) -> None:
    caseload = Caseload.open(path, by="Ellis Marr")
    caseload.save(Family(code=code))
    caseload.close()


@pytest.fixture
def worked(caseload: Caseload, path: Path) -> Path:
    """A caseload with two copies: one from before F-018, one from before F-019."""
    family = caseload.save(Family(code="F-017"))
    caseload.save(Cycle(family=family.id, number=1))
    caseload.save(Note(about=family.id, body="Jory looks up."))
    caseload.close()
    change(path, "F-018")
    change(path, "F-019")
    return path


def test_each_version_tells_what_it_holds_and_who_changed_it_last(worked: Path) -> None:
    newer, older = recovery.copies(worked)
    assert newer.at > older.at
    told = recovery.contents(older.path)
    assert told.readable
    assert told.size == older.path.stat().st_size
    assert told.words.startswith("1 family, 1 cycle, 1 note; last changed ")
    assert told.words.endswith(" by Ros.")
    told = recovery.contents(newer.path)
    assert told.words.startswith("2 families, 1 cycle, 1 note; last changed ")
    assert told.words.endswith(" by Ellis Marr.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "It cannot be read: it is empty."),
        (b'{"meta": {"1": {"sch', "It cannot be read: it is not complete JSON"),
        (b'{"shopping": {}}', "is not a vigtui caseload"),
        (None, "It cannot be read: No such file or directory."),
        (b'{"meta": ' * 9000, "It cannot be read: it is nested too deeply"),
        (b'{"vigtui-vault":1,"kdf":{}', "It cannot be read: it is encrypted, and was changed or cut off"),
    ],
)
def test_a_version_that_cannot_be_read_is_said_to_be_so_and_not_put_back(
    worked: Path, content: bytes | None, words: str
) -> None:
    copy = recovery.copies(worked)[0].path
    copy.write_bytes(content) if content is not None else copy.unlink()
    found = recovery.contents(copy)
    assert not found.readable
    assert words in found.words
    before = worked.read_bytes()
    with pytest.raises((CaseloadDamagedError, CannotSaveError), match=r"not put back|left as it is"):
        recovery.put_back(worked, copy)
    assert worked.read_bytes() == before
    assert not list(worked.parent.glob("*put aside*"))


def test_records_that_cannot_be_read_are_counted(worked: Path) -> None:
    copy = recovery.copies(worked)[0].path
    copy.write_bytes(copy.read_bytes().replace(b'"F-018"', b"18"))
    assert recovery.contents(copy).words.endswith(" 1 of its records cannot be read.")


def test_an_encrypted_version_tells_nothing_without_its_key(worked: Path) -> None:
    copy = recovery.copies(worked)[0].path
    key = vault.new_key("heron", Cost(2, 1, 1))
    copy.write_bytes(b"".join(key.encrypt([copy.read_bytes()])))
    assert recovery.contents(copy).words == "Encrypted."
    assert recovery.contents(copy, Keyring(key)).words.startswith("2 families")
    other = vault.new_key("heron", Cost(2, 1, 1))
    assert recovery.contents(copy, Keyring(other)).words == "Encrypted with another passphrase, or damaged."


def test_a_version_is_put_back_and_what_stood_there_can_be_put_back_in_turn(worked: Path) -> None:
    """The undo of a wrong choice; the link to the file stays a link."""
    link = worked.parent.parent / "link.vig.json"
    link.symlink_to(worked)
    now = worked.read_bytes()
    oldest = recovery.copies(worked)[-1]
    aside = recovery.put_back(link, oldest.path)
    assert aside is not None
    assert aside.read_bytes() == now
    assert aside.name.startswith("fenland (put aside, ")
    assert link.is_symlink()
    assert codes(link) == ["F-017"]
    assert stat.S_IMODE(worked.stat().st_mode) == stat.S_IMODE(aside.stat().st_mode) == 0o600
    first = recovery.copies(link)[0]
    assert (first.path, first.put_aside) == (aside.resolve(), True)
    assert is_put_aside(aside)
    again = recovery.put_back(worked, first.path)
    assert again is not None
    assert again != aside
    assert worked.read_bytes() == now


def test_where_nothing_is_left_or_nothing_would_change_nothing_is_put_aside(worked: Path) -> None:
    copy = recovery.copies(worked)[0].path
    worked.unlink()
    assert recovery.put_back(worked, copy) is None
    assert recovery.put_back(worked, copy) is None
    assert worked.read_bytes() == copy.read_bytes()
    assert not list(worked.parent.glob("*put aside*"))


def test_what_cannot_be_kept_is_not_replaced(worked: Path) -> None:
    """A folder stands where the file should: it is not taken for one."""
    copy = recovery.copies(worked)[0].path
    worked.unlink()
    worked.mkdir()
    with pytest.raises(CannotSaveError, match=r"^fenland\.vig\.json is left as it is: "):
        recovery.put_back(worked, copy)
    assert worked.is_dir()
    assert [each.name for each in worked.parent.iterdir() if each.name.endswith(".tmp")] == []
