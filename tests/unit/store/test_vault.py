"""An encrypted caseload: nobody reads it or changes it unnoticed, and nothing clear is left beside it."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from vigtui.domain.records import Family, Note
from vigtui.store import encrypting, recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.file import CaseloadFile, unlock
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.errors import CaseloadDamagedError, CaseloadError, CaseloadLockedError
from vigtui.store.tinydb_storage import FileStorage
from vigtui.vault.derivation import Cost
from vigtui.vault.envelope import DamagedError
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import Workspace

CHEAP = Cost(n=2, r=8, p=1)
WORDS = "heron toast marsh é"
MARKER = "Zwartkopje"
"""A word that stands in the records only: found in a file, it is clear text."""


@pytest.fixture
def key() -> Key:
    return new_key(WORDS, CHEAP)


@pytest.fixture
def encrypted(path: Path, key: Key) -> Path:
    """An encrypted caseload with the marker in a family, a note, and its service's name."""
    caseload = Caseload.create(path, service=f"{MARKER} VIG", by=MARKER, key=key)
    caseload.save(Family(code="F-017", pseudonym=MARKER))
    caseload.save(Note(about="x", body=f"{MARKER} laughed."))
    caseload.close()
    return path


def clear_files(folder: Path) -> list[str]:
    """Return the files below the folder with the marker in them or in their names."""
    found = (each for each in folder.rglob("*") if each.is_file())
    return [each.name for each in found if MARKER.encode() in each.read_bytes() or MARKER in each.name]


def contents(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*.json") if each.is_file()}


def bodies(path: Path, words: str | None = WORDS) -> list[str]:
    caseload = Caseload.open(path, key=None if words is None else unlock(path, words))
    try:
        return [note.body for note in caseload.all(Note)]
    finally:
        caseload.close()


def test_what_was_encrypted_comes_back_and_is_never_encrypted_the_same_twice(key: Key) -> None:
    for content in (b"", b"x", os.urandom(48 * 1024), os.urandom(200_001)):
        once, again = (b"".join(key.encrypt([content[:7], content[7:]])) for _ in range(2))
        assert once != again
        assert key.decrypt(once) == key.decrypt(again) == content
        assert key.fits(once)


def test_every_changed_byte_is_noticed(key: Key) -> None:
    """A word changed in a child's record on a lost stick must not come back as if it were ours."""
    luck = random.Random(17)
    data = b"".join(key.encrypt([b'{"meta": {"1": {"schema": 1}}}' * 9]))
    for place in range(len(data)):
        for other in {data[place] ^ 1, data[place] ^ 32, luck.randrange(256), 10} - {data[place]}:
            changed = data[:place] + bytes([other]) + data[place + 1 :]
            with pytest.raises((DamagedError, WrongKeyError)):
                key.decrypt(changed)
    for torn in (data[:-1], data + b"\n", data[1:], data[:60] + data[61:], data[: len(data) // 2], data * 2):
        with pytest.raises((DamagedError, WrongKeyError)):
            key.decrypt(torn)


def test_a_changed_file_is_refused_in_a_sentence_and_left_alone(encrypted: Path, key: Key) -> None:
    """Whatever became of it: no traceback, nothing half opened, nothing saved over it."""
    luck = random.Random(17)
    good = encrypted.read_bytes()
    for _ in range(150):
        bad = bytearray(good)
        bad[luck.randrange(200) if luck.random() < 0.5 else luck.randrange(len(bad))] ^= 1 << luck.randrange(
            8
        )
        encrypted.write_bytes(bad)
        with pytest.raises(CaseloadError) as refused:
            Caseload.open(encrypted, key=key)
        assert str(refused.value).isprintable()
        assert encrypted.read_bytes() == bad


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("n", 2**23),
        ("n", 2**60),
        ("n", -2),
        ("n", 3),
        ("n", "2"),
        ("n", 2.0),
        ("r", 10**9),
        ("p", 10**9),
        ("p", 0),
        ("salt", ""),
        ("salt", "AAAA" * 100),
        ("name", "pbkdf2"),
        ("more", 1),
    ],
)
def test_a_header_that_asks_for_too_much_is_refused_before_it_is_paid(
    encrypted: Path, field: str, value: object
) -> None:
    """A file from a stranger must not eat the laptop's memory, nor hold it for an hour."""
    whole = json.loads(encrypted.read_bytes())
    whole["ways"][0]["kdf"][field] = value
    encrypted.write_text(json.dumps(whole, separators=(",", ":")) + "\n")
    with pytest.raises(CaseloadDamagedError, match=r"^fenland\.vig\.json is encrypted, and "):
        unlock(encrypted, WORDS)


def test_a_newer_vault_says_that_vigtui_is_too_old(encrypted: Path) -> None:
    encrypted.write_bytes(encrypted.read_bytes().replace(b'vault":2', b'vault":3'))
    with pytest.raises(CaseloadDamagedError, match="newer vigtui"):
        unlock(encrypted, WORDS)


def test_the_passphrase_opens_it_and_no_other(encrypted: Path) -> None:
    assert is_encrypted(encrypted)
    with pytest.raises(CaseloadLockedError, match="its passphrase opens it") as locked:
        Caseload.open(encrypted)
    assert not locked.value.wrong
    for wrong in ("", WORDS.upper(), WORDS + " "):
        with pytest.raises(CaseloadLockedError, match="This is not the passphrase") as locked:
            unlock(encrypted, wrong)
        assert locked.value.wrong
    assert bodies(encrypted) == bodies(encrypted, "heron toast marsh e\u0301") == [f"{MARKER} laughed."]


def test_a_damaged_one_is_told_from_a_wrong_passphrase_where_a_copy_can_tell(
    encrypted: Path, key: Key
) -> None:
    """Somebody who typed the right words must not try others for an hour."""
    caseload = Caseload.open(encrypted, key=key)
    caseload.save(Note(about="y", body="more"))
    caseload.close()
    data = bytearray(encrypted.read_bytes())
    data[-20] = ord("A") if data[-20] != ord("A") else ord("B")
    encrypted.write_bytes(data)
    with pytest.raises(CaseloadDamagedError, match="damaged or changed after that") as damaged:
        unlock(encrypted, WORDS)
    assert damaged.value.backup == backups.copies(encrypted)[-1]
    with pytest.raises(CaseloadLockedError):
        unlock(encrypted, "something else")


def test_nothing_clear_is_ever_left_on_the_disk(encrypted: Path, key: Key) -> None:
    """The whole walk: made, edited, changed by two, saved elsewhere, put back."""
    folder = encrypted.parent
    assert clear_files(folder) == []
    caseload, theirs = Caseload.open(encrypted, by=MARKER, key=key), Caseload.open(encrypted, key=key)
    caseload.save(Note(about="y", body=f"{MARKER} again"))
    caseload.flush()
    theirs.save(Note(about="z", body=f"{MARKER} elsewhere"))
    theirs.flush()
    caseload.save(Note(about="y", body=f"{MARKER} once more"))
    caseload.close()
    theirs.close()
    assert clear_files(folder) == []
    caseload = Caseload.open(encrypted, by=MARKER, key=key)
    caseload.save_elsewhere(folder / "moved.vig.json")
    caseload.save(Note(about="z", body=f"{MARKER} moved"))
    caseload.close()
    assert f"{MARKER} moved" in bodies(folder / "moved.vig.json")
    recovery.put_back(encrypted, backups.copies(encrypted)[0])
    assert bodies(encrypted) == [f"{MARKER} laughed."]
    assert clear_files(folder) == []


def written(path: Path, times: int = 3) -> Path:
    """A clear caseload with the marker in it, saved so often."""
    for number in range(times):
        caseload = Caseload.open(path) if number else Caseload.create(path, service=MARKER)
        caseload.save(Note(about=str(number), body=f"{MARKER} {number}"))
        caseload.close()
    return path


def test_encrypting_leaves_no_clear_version_and_decrypting_brings_all_back(path: Path) -> None:
    """Whoever encrypts believes that nothing of it is left."""
    written(path)
    recovery.put_back(path, backups.copies(path)[0])
    (path.parent / "notes.json").write_text('{"mine": 1}')
    before = contents(path.parent)
    assert len(before) == 5
    done = encrypting.encrypt(path, WORDS, CHEAP)
    assert (done.earlier, done.left) == (3, ())
    assert clear_files(path.parent) == []
    assert {each.name for each in before if not is_encrypted(each)} == {"notes.json"}
    with pytest.raises(CaseloadError, match="encrypted already"):
        encrypting.encrypt(path, WORDS, CHEAP)
    assert encrypting.decrypt(path, Keyring(WORDS)).earlier == 3
    assert contents(path.parent) == before
    with pytest.raises(CaseloadError, match="is not encrypted"):
        encrypting.decrypt(path, Keyring(WORDS))


def test_of_two_files_with_one_caseload_the_one_that_is_named_is_turned(path: Path) -> None:
    """Somebody makes a clear copy for one evening: the caseload itself must stay encrypted."""
    written(path)
    encrypting.encrypt(path, WORDS, CHEAP)
    copy = path.with_name("for tonight.vig.json")
    copy.write_bytes(path.read_bytes())
    before = contents(path.parent)
    assert encrypting.decrypt(copy, Keyring(WORDS)) == encrypting.EncryptionChanged()
    assert not is_encrypted(copy)
    after = contents(path.parent)
    assert {each for each in before if after[each] != before[each]} == {copy}
    encrypting.encrypt(copy, WORDS, CHEAP)
    assert {each for each in before if contents(path.parent)[each] != before[each]} == {copy}


def test_the_others_are_found_whatever_they_are_called_and_turned_when_they_are_named(path: Path) -> None:
    folder = written(path).parent
    for name in ("Copy of it.json", "fenland-LAPTOP.vig.json"):
        (folder / name).write_bytes(path.read_bytes())
    backups.keep(folder / "fenland-LAPTOP.vig.json", path.read_bytes())
    backups.keep(folder / "renamed.vig.json", path.read_bytes())
    Caseload.create(folder / "another.vig.json").close()
    (folder / "torn.vig.json").write_bytes(path.read_bytes()[:-30])
    (folder / "link.vig.json").symlink_to(path)
    os.mkfifo(folder / "pipe.vig.json")
    found = encrypting.siblings(path, Keyring(), encrypted=False)
    assert [(each.name, len(each.files)) for each in found] == [
        ("Copy of it.json", 1),
        ("fenland-LAPTOP.vig.json", 2),
        ("renamed.vig.json", 1),
    ]
    encrypting.encrypt(path, WORDS, CHEAP, also=found)
    assert encrypting.siblings(path, Keyring(WORDS), encrypted=False) == []
    assert encrypting.siblings(path, Keyring(WORDS), encrypted=True) == found
    assert clear_files(folder) == ["torn.vig.json"]
    encrypting.decrypt(path, Keyring(WORDS), also=found)
    assert not any(map(is_encrypted, (path, *(each for other in found for each in other.files))))


def test_a_changed_passphrase_leaves_nothing_that_the_old_key_opens(encrypted: Path, key: Key) -> None:
    """Somebody who has left the service still knows the old words, and may have kept the key itself."""
    caseload = Caseload.open(encrypted, key=key)
    caseload.save(Note(about="y", body="more"))
    caseload.close()
    (encrypted.parent / "copy of it.vig.json").write_bytes(encrypted.read_bytes())
    for new in ("another sentence", "another sentence", WORDS):
        old_files = contents(encrypted.parent)
        assert len(old_files) == 3
        old_words = WORDS if key.is_of(WORDS) else "another sentence"
        also = encrypting.siblings(encrypted, Keyring(key), encrypted=True)
        assert encrypting.change_passphrase(encrypted, Keyring(old_words), new, CHEAP, also=also).earlier == 1
        for each in old_files:
            with pytest.raises(WrongKeyError):
                key.decrypt(each.read_bytes())
            assert unlock(each, new) is not None
        key = Keyring(new).key_to(encrypted.read_bytes())
        assert key is not None
    assert len(bodies(encrypted)) == 2


def test_a_program_that_has_it_open_while_the_passphrase_changes_saves_nothing_with_the_old_key(
    encrypted: Path, key: Key
) -> None:
    """And loses nothing: with the new passphrase it goes on where it was."""
    caseload = Caseload.open(encrypted, key=key)
    caseload.save(Note(about="y", body="typed before"))
    caseload.flush()
    encrypting.change_passphrase(encrypted, Keyring(WORDS), "another sentence", CHEAP)
    with pytest.raises(CaseloadLockedError, match="has been changed"):
        CaseloadFile(encrypted, key).read()
    caseload.save(Note(about="z", body="typed after"))
    assert caseload.flush().state == "not_saved"
    assert caseload.locked_out
    assert bodies(encrypted, "another sentence") == [f"{MARKER} laughed.", "typed before"]
    with pytest.raises(CaseloadLockedError, match="This is not the passphrase"):
        caseload.unlock(WORDS)
    caseload.unlock("another sentence")
    assert caseload.flush().state == "saved"
    caseload.close()
    assert bodies(encrypted, "another sentence") == [f"{MARKER} laughed.", "typed before", "typed after"]


def test_a_program_that_has_it_open_while_it_is_encrypted_writes_nothing_clear(path: Path) -> None:
    caseload = Caseload.create(path, service=MARKER)
    encrypting.encrypt(path, WORDS, CHEAP)
    caseload.save(Note(about="z", body=f"{MARKER} typed after"))
    assert caseload.flush().why.startswith("fenland.vig.json is encrypted")
    assert clear_files(path.parent) == []
    caseload.unlock(WORDS)
    assert caseload.flush().state == "saved"
    caseload.close()
    assert bodies(path) == [f"{MARKER} typed after"]
    assert clear_files(path.parent) == []


def test_encrypting_that_was_broken_off_is_completed_by_doing_it_again(path: Path) -> None:
    written(path)
    first = backups.copies(path)[0]
    first.write_bytes(b"".join(new_key(WORDS, CHEAP).encrypt([first.read_bytes()])))
    assert encrypting.encrypt(path, WORDS, CHEAP).earlier == 2
    assert clear_files(path.parent) == []
    other = backups.copies(path)[0]
    other.write_bytes(b"".join(new_key("never told", CHEAP).encrypt([b"{}"])))
    assert encrypting.decrypt(path, Keyring(WORDS)).left == (other,)


_KILLED_IN_A_SAVE = """
import os, signal, sys; from pathlib import Path
from vigtui.domain.records import Note; from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
path = Path(sys.argv[1]); caseload = Caseload.open(path, key=unlock(path, sys.argv[2]))
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
caseload.save(Note(about="x", body=sys.argv[3] * 3000)); caseload.flush()
"""


def test_killed_in_the_middle_of_a_save_nothing_clear_is_left(encrypted: Path) -> None:
    """What a dead program leaves behind lies on the disk until somebody opens the caseload again."""
    command = [sys.executable, "-c", _KILLED_IN_A_SAVE, str(encrypted), WORDS, MARKER]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert [each for each in encrypted.parent.rglob(".vigtui-*.tmp") if each.stat().st_size]
    assert clear_files(encrypted.parent) == []
    assert bodies(encrypted) == [f"{MARKER} laughed."]


def test_the_whole_header_is_authenticated_and_belongs_to_its_data(key: Key) -> None:
    """Its parts are compared, too; this holds for all that a later version may put there."""
    one, other = (json.loads(b"".join(key.encrypt([words]))) for words in (b"words", b"other"))
    for name in one.keys() - {"vigtui-vault", "commitment", "cipher"}:
        mixed = json.dumps(one | {name: other[name]}, separators=(",", ":")).encode() + b"\n"
        assert mixed != json.dumps(one, separators=(",", ":")).encode() + b"\n" or name == "ways"
        if name != "ways":
            with pytest.raises(WrongKeyError):
                key.decrypt(mixed)


@pytest.fixture(autouse=True)
def _core_limit() -> Iterator[None]:
    """Other tests of this process may want a core file after all."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


def test_a_program_with_a_key_leaves_no_core_file() -> None:
    """When libmpv crashes, the system would write all memory to the disk: the key, and every word."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    new_key(WORDS, CHEAP)
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, hard)


@pytest.mark.skipif(sys.platform != "linux", reason="the question is Linux's")
def test_a_program_with_a_key_lets_no_other_read_its_memory() -> None:
    code = (
        "import ctypes; from vigtui.vault.derivation import Cost; from vigtui.vault.unlocking import new_key;"
        "ask = lambda: ctypes.CDLL(None).prctl(3, 0, 0, 0, 0);"
        "before = ask(); new_key('words', Cost(2, 1, 1)); print(before, ask())"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.split() == ["1", "0"]


def test_the_key_is_overwritten_when_the_caseload_closes(encrypted: Path, key: Key) -> None:
    secrets = list(key.secrets.values())
    workspace = Workspace(
        Caseload.open(encrypted, key=key), Settings(), Places(encrypted.with_name("places"))
    )
    workspace.close()
    assert not any(map(any, secrets))
    with pytest.raises(WrongKeyError):
        key.encrypt([b"words"])


def test_a_clear_caseload_needs_no_cryptography(path: Path) -> None:
    """It costs a tenth of a second and five megabytes at every start."""
    code = (
        "import sys; from pathlib import Path; from vigtui.store.caseload import Caseload;"
        "Caseload.create(Path(sys.argv[1])).close(); Caseload.open(Path(sys.argv[1])).close();"
        "print('cryptography' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "False"


def test_an_edit_goes_on_where_it_was(encrypted: Path, key: Key) -> None:
    caseload = Caseload.open(encrypted, key=key)
    assert caseload.encrypted
    assert caseload.opens_with(WORDS)
    assert not caseload.opens_with("else")
    (note,) = caseload.all(Note)
    caseload.save(replace(note, body="changed"))
    caseload.close()
    assert bodies(encrypted) == ["changed"]


def test_a_script_that_never_looked_writes_nothing_clear_over_it(encrypted: Path) -> None:
    before = encrypted.read_bytes()
    with TinyDB(encrypted, storage=FileStorage) as database, pytest.raises(CaseloadError):
        database.drop_tables()
    assert encrypted.read_bytes() == before
