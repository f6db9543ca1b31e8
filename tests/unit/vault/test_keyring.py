"""One passphrase opens everything that it encrypted, and its keys, slow to make, are made once."""

from pathlib import Path

import pytest

from vigtui.domain.records import Family
from vigtui.exchange.incoming import read_other
from vigtui.store import encrypting, recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.vault import data_key, derivation, keyring
from vigtui.vault.derivation import Cost
from vigtui.vault.envelope import DamagedError
from vigtui.vault.headers import Lock
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=1, p=1)
WORDS = "heron toast marsh"


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[Lock]:
    """The locks for which keys were made, in the order in which that was done."""
    made: list[Lock] = []
    derive = derivation.derive

    def counted(passphrase: str, lock: Lock) -> bytearray:
        made.append(lock)
        return derive(passphrase, lock)

    for module in (data_key, keyring):
        monkeypatch.setattr(module, "derive", counted)
    return made


def encrypted(own: Key, content: bytes = b"words") -> bytes:
    return b"".join(own.encrypt([content]))


def test_a_caseload_its_backup_and_a_pack_cost_one_derivation_for_each_salt(
    tmp_path: Path, derived: list[Lock]
) -> None:
    own, packed = new_key(WORDS, CHEAP), new_key(WORDS, CHEAP)
    path, pack = tmp_path / "fenland.vig.json", tmp_path / "pack.vig.json"
    for file, with_key in ((path, own), (pack, packed)):
        Caseload.create(file, service="Fenland VIG", key=with_key).close()
    caseload = Caseload.open(path, key=own)
    caseload.save_meta(caseload.meta)
    caseload.close()
    backup = tmp_path / "backup.vig.json"
    backup.write_bytes(path.read_bytes())
    derived.clear()
    ring = Keyring(WORDS)
    for _ in range(2):
        assert ring.key_to(path.read_bytes()) is not None
        assert recovery.contents(backup, ring).words.startswith("0 families")
        assert read_other(pack).tables(ring)
    assert {lock.salt for lock in derived} == {each.ways[0].lock.salt for each in (own, packed)}
    assert len(derived) == 2


def test_a_key_that_is_known_is_not_made_again(tmp_path: Path, derived: list[Lock]) -> None:
    path = tmp_path / "fenland.vig.json"
    Caseload.create(path, key=new_key(WORDS, CHEAP)).close()
    ring = Keyring(WORDS, unlock(path, WORDS))
    derived.clear()
    ring.open(path.read_bytes())
    tampered = bytearray(path.read_bytes())
    tampered[-20] = ord("A") if tampered[-20] != ord("A") else ord("B")
    with pytest.raises(WrongKeyError):
        ring.open(bytes(tampered))
    assert derived == []


def test_what_nothing_on_it_opens_is_told_and_what_is_clear_comes_as_it_is() -> None:
    own = new_key(WORDS, CHEAP)
    data = encrypted(own)
    for ring in (Keyring(), Keyring("other words"), Keyring(new_key(WORDS, CHEAP)), Keyring(None)):
        with pytest.raises(WrongKeyError):
            ring.open(data)
        assert (ring.open(b"clear"), ring.key_to(b"clear")) == (b"clear", None)
    assert Keyring("other words", WORDS).open(data) == Keyring(own).open(data) == b"words"
    with pytest.raises(DamagedError, match="changed or cut off"):
        Keyring(WORDS).open(data[:-5])


def test_a_passphrase_that_was_right_opens_what_has_the_same_salt_and_is_not_kept() -> None:
    own, other = new_key(WORDS, CHEAP), new_key(WORDS, CHEAP)
    ring = Keyring()
    with pytest.raises(WrongKeyError):
        ring.unlock(encrypted(own), "other words")
    assert ring.unlock(encrypted(own), WORDS).is_of(WORDS)
    assert ring.open(encrypted(own, b"more")) == b"more"
    with pytest.raises(WrongKeyError):
        ring.open(encrypted(other))


def test_a_folder_full_of_files_from_others_costs_no_more_than_a_hundred_derivations(
    derived: list[Lock],
) -> None:
    files = [encrypted(new_key("theirs", CHEAP)) for _ in range(110)]
    derived.clear()
    ring = Keyring(WORDS)
    for data in files:
        with pytest.raises(WrongKeyError):
            ring.open(data)
    assert len(derived) == 100


def test_a_command_that_turns_a_caseload_and_its_versions_makes_the_old_key_once(
    tmp_path: Path, derived: list[Lock]
) -> None:
    path = tmp_path / "fenland.vig.json"
    own = new_key(WORDS, CHEAP)
    Caseload.create(path, key=own).close()
    for number in range(3):
        caseload = Caseload.open(path, key=own)
        caseload.save(Family(code=f"F-{number}"))
        caseload.close()
    derived.clear()
    assert encrypting.change_passphrase(path, Keyring(WORDS), "another one", CHEAP).earlier == 3
    assert derived[0] == own.ways[0].lock
    assert len(derived) == 2, "the old one, and the new one"
