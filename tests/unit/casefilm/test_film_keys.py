"""A caseload's passphrase is changed while there is film: whatever happens meanwhile, the film opens with the
key of the caseload, and in the end with no other."""

from pathlib import Path

import pytest

from tests.caseloads import MP4, with_films
from vigtui.casefilm.encrypted.turning import encrypt_films
from vigtui.casefilm.home import Folder, film_in
from vigtui.casefilm.opening import why_not_there
from vigtui.domain.records import Recording
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk import lock
from vigtui.store.disk.file import unlock
from vigtui.store.errors import CannotSaveError
from vigtui.store.film_keys import rewrap_films
from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import Cost
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key

WORDS, OTHER_WORDS = "toast and honey", "honey and toast"
CHEAP = Cost(n=2, r=1, p=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = with_films(tmp_path / "c.vig.json", "jigsaw", "toast")
    encrypting.encrypt(found, WORDS, CHEAP)
    return found


@pytest.fixture
def other_key(path: Path) -> DataKey:
    """Film is encrypted, and a change to this key was broken off before the caseload was written."""
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    encrypt_films(caseload, lambda *_: None)
    caseload.close()
    key = new_key(OTHER_WORDS, CHEAP)
    rewrap_films(path.parent, caseload.key, key)
    return key


def opened(path: Path, key: object) -> list[bool]:
    films = sorted((path.parent / "media").glob("*.vigfilm"))
    home = Folder(path.parent, key)
    return [not why_not_there(home, f"media/{film.name}") for film in films]


def test_a_change_that_was_broken_off_is_settled_at_the_next_opening(path: Path, other_key: DataKey) -> None:
    key = unlock(path, WORDS)
    assert opened(path, key) == opened(path, other_key) == [True, True]
    encrypting.settle_broken_off(path, key)
    assert opened(path, key) == [True, True]
    assert opened(path, other_key) == [False, False]


def test_where_nothing_is_to_be_settled_no_film_is_written(path: Path, other_key: DataKey) -> None:
    """A stick, or a share, is not written to at each start."""
    encrypting.settle_broken_off(path, unlock(path, WORDS))
    before = [film.stat().st_mtime_ns for film in path.parent.glob("media/*.vigfilm")]
    encrypting.settle_broken_off(path, unlock(path, WORDS))
    assert [film.stat().st_mtime_ns for film in path.parent.glob("media/*.vigfilm")] == before


def test_nothing_is_settled_while_another_program_changes_the_key(
    path: Path, other_key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has wrapped the film for its new key, and writes the caseload next: then only that opens it."""
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.0)
    with lock.locked(path, lock.KEYS) as no_lock:
        assert not no_lock
        encrypting.settle_broken_off(path, unlock(path, WORDS))
    assert opened(path, other_key) == [True, True]


def test_nothing_is_settled_by_a_key_that_the_caseload_has_no_more(path: Path, other_key: DataKey) -> None:
    old = unlock(path, WORDS)
    encrypting.go_on_with(path, Keyring(WORDS), other_key)
    rewrap_films(path.parent, other_key, old)
    encrypting.settle_broken_off(path, old)
    assert opened(path, other_key) == [True, True]


def test_film_that_is_encrypted_while_another_program_changes_the_passphrase_goes_over(path: Path) -> None:
    """Nobody could open it else, once the clear film was deleted."""
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    encrypting.change_passphrase(path, Keyring(WORDS), OTHER_WORDS, CHEAP)
    with pytest.raises(CannotSaveError, match="changed"):
        encrypt_films(caseload, lambda *_: None)
    caseload.unlock(OTHER_WORDS)
    encrypt_films(caseload, lambda *_: None)
    for recording in caseload.all(Recording):
        with film_in(caseload, recording.path).open() as film:
            assert film.read() == MP4 + recording.id.encode()
    caseload.close()
    assert opened(path, unlock(path, OTHER_WORDS)) == [True, True]
