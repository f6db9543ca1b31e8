"""A file that was encrypted and is not, or is older than it was: told before anything is shown or written."""

import shutil
from pathlib import Path

import pytest

from vigtui.domain.records import Note
from vigtui.store import encrypting, recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.vault.derivation import Cost
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key
from vigtui.workspace.last_seen import NotAsLastSeenError, note_decrypted, remember
from vigtui.workspace.places import Places
from vigtui.workspace.workspace import open_caseload

WORDS = "heron toast marsh"
CHEAP = Cost(n=2, r=1, p=1)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "state" / "places.json")


@pytest.fixture
def path(tmp_path: Path, places: Places) -> Path:
    """A caseload that was encrypted, saved twice and closed by this person."""
    path = tmp_path / "fenland.vig.json"
    Caseload.create(path, key=new_key(WORDS, CHEAP)).close()
    for number in range(2):
        write(path, places, str(number))
    return path


def write(path: Path, places: Places, body: str) -> None:
    caseload = open_caseload(path, WORDS, places)
    caseload.save(Note(about=body, body=body))
    caseload.close()
    remember(places, caseload)


def contents(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*.json") if each.is_file()}


def refused(path: Path, places: Places, words: str | None = WORDS) -> NotAsLastSeenError:
    before = contents(path.parent)
    with pytest.raises(NotAsLastSeenError) as found:
        open_caseload(path, words, places)
    assert contents(path.parent) == before
    return found.value


def test_what_goes_on_as_it_was_is_opened_without_a_word(path: Path, places: Places) -> None:
    write(path, places, "more")
    encrypting.change_passphrase(path, Keyring(WORDS), WORDS, CHEAP)
    write(path, places, "and more")
    other = path.with_name("moved.vig.json")
    path.rename(other)
    write(other, places, "elsewhere")


def test_a_file_that_is_in_clear_now_is_told_whatever_id_it_has(path: Path, places: Places) -> None:
    encrypting.decrypt(path, Keyring(WORDS))
    assert "was encrypted when you had it open last" in str(refused(path, places, None))
    path.unlink()
    Caseload.create(path).close()
    assert not refused(path, places, None).is_explained
    note_decrypted(places, path, "")
    open_caseload(path, None, places).close()


def test_an_older_file_is_told_and_opened_by_who_wants_it(path: Path, places: Places) -> None:
    """Somebody lays last week's file in the folder, in which a consent was not withdrawn yet."""
    older = path.read_bytes()
    write(path, places, "withdrawn")
    path.write_bytes(older)
    found = refused(path, places)
    assert "older than what you saw" in str(found)
    assert not found.is_explained
    caseload = Caseload.open(path, key=found.key)
    remember(places, caseload)
    caseload.close()
    write(path, places, "from here on")


def test_a_version_that_was_put_back_and_a_synced_folder_are_said_as_what_they_are(
    path: Path, places: Places
) -> None:
    recovery.put_back(path, backups.copies(path)[0])
    found = refused(path, places)
    assert "`vigtui restore`" in str(found)
    assert found.is_explained
    for each in path.parent.glob("*put aside*"):
        each.rename(path.with_name("fenland (LAPTOP's conflicted copy).vig.json"))
    found = refused(path, places)
    assert "A syncing folder has put it back" in str(found)
    assert "conflicted copy" in str(found)


def test_what_is_remembered_is_no_word_and_outlives_the_program(path: Path, places: Places) -> None:
    places.save()
    state = (path.parent / "state" / "places.json").read_text()
    assert "fenland" not in state
    shutil.copy(backups.copies(path)[0], path)
    refused(path, Places(path.parent / "state" / "places.json"))
