"""One data key for a caseload, several ways in: each opens it, none that was taken away does."""

import base64
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.domain.records import Note
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.file import CaseloadFile, unlock
from vigtui.store.errors import CaseloadLockedError
from vigtui.vault.data_key import DataKey, TooManyWaysError
from vigtui.vault.derivation import Cost
from vigtui.vault.envelope import DamagedError, is_encrypted, parse
from vigtui.vault.headers import MOST_WAYS
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key, recover
from vigtui.vault.unlocking import unlock as unlocked

CHEAP = Cost(n=2, r=1, p=1)
ROS, NOOR, SAFE = "heron toast marsh", "owl noise story", "the words in the safe"


@pytest.fixture
def key() -> DataKey:
    """Two passphrases and a recovery key."""
    own = new_key(ROS, CHEAP, "Ros")
    own.add_way("passphrase", NOOR, "Noor", CHEAP)
    own.add_way("recovery", SAFE, "safe", CHEAP)
    return own


def encrypted(own: Key, content: bytes = b"words", generation: int = 1) -> bytes:
    return b"".join(own.encrypt([content], generation))


def opened(data: bytes, words: str) -> bytes:
    return Keyring(words).open(data)


def test_each_way_opens_it_and_says_how_often_it_was_written(key: DataKey) -> None:
    data = encrypted(key, generation=7)
    for words in (ROS, NOOR):
        other = unlocked(parse(data), words)
        assert other.decrypt(data) == b"words"
        assert other.generation_of(parse(data)) == 7
        assert isinstance(other, DataKey)
        assert [way.name for way in other.ways] == ["Ros", "Noor", "safe"]
        assert other.is_of(ROS)
        assert other.is_of(NOOR)
        assert not other.is_of(SAFE), "recovery words are no passphrase"
    assert recover(parse(data), SAFE).decrypt(data) == b"words"
    with pytest.raises(WrongKeyError):
        recover(parse(data), ROS)
    with pytest.raises(WrongKeyError):
        opened(data, SAFE)


def test_names_and_generation_are_not_to_be_read_without_a_key(key: DataKey) -> None:
    """The names of colleagues are nobody's business who finds a stick."""
    data = encrypted(key, generation=1234567)
    clear = data + b"".join(map(base64.b64decode, json.loads(data)["sealed"].split("\n")))
    for word in (b"Ros", b"Noor", b"safe", b"1234567"):
        assert word not in clear
    short, long = new_key(ROS, CHEAP, "R"), new_key(ROS, CHEAP, "Rosamund Tiverton")
    assert len(encrypted(short)) == len(encrypted(long))


def test_adding_a_way_leaves_the_data_as_they_are(key: DataKey) -> None:
    data = encrypted(key, b"x" * 100_000, generation=3)
    key.add_way("passphrase", "a third one", "Ellis", CHEAP)
    after = b"".join(key.with_present_ways(data, 4))
    assert parse(after).data == parse(data).data
    assert opened(after, "a third one") == opened(after, ROS) == b"x" * 100_000
    assert key.generation_of(parse(after)) == 4
    mixed = b"".join(parse(encrypted(key)).with_header(parse(after).header))
    with pytest.raises(WrongKeyError):
        key.decrypt(mixed)


def test_taken_away_a_way_opens_nothing_that_is_encrypted_from_then_on(key: DataKey) -> None:
    """Whoever has left the service knows a passphrase, and may have kept the old data key itself."""
    (noor,) = [way for way in key.ways if way.name == "Noor"]
    new = key.renewed([noor])
    data = encrypted(new)
    assert opened(data, ROS) == recover(parse(data), SAFE).decrypt(data) == b"words"
    with pytest.raises(WrongKeyError):
        opened(data, NOOR)
    with pytest.raises(WrongKeyError):
        key.decrypt(data)
    with pytest.raises(WrongKeyError):
        Keyring(unlocked(parse(encrypted(key)), NOOR)).open(data)


def test_more_ways_than_may_be_are_refused(key: DataKey) -> None:
    while len(key.ways) < MOST_WAYS:
        key.add_way("passphrase", "more", "", CHEAP)
    with pytest.raises(TooManyWaysError):
        key.add_way("passphrase", "more", "", CHEAP)
    assert parse(encrypted(key)).header.locks


def test_a_wiped_key_encrypts_nothing(key: DataKey) -> None:
    """With a key of zeros everybody could read it."""
    key.wipe()
    with pytest.raises(WrongKeyError):
        key.encrypt([b"words"])


_FLIPPED = encrypted(new_key(ROS, CHEAP, "Ros"), b"words " * 9)
_KEY = unlocked(parse(_FLIPPED), ROS)


@given(st.integers(0, len(_FLIPPED) * 8 - 1), st.sampled_from(["flip", "cut", "twice", "drop"]))
def test_a_spoiled_file_is_refused_in_a_sentence(bit: int, how: str) -> None:
    """Each bit counts; nothing but the two errors that are told to a person comes of it."""
    place = bit // 8
    spoiled = bytearray(_FLIPPED)
    if how == "flip":
        spoiled[place] ^= 1 << bit % 8
    elif how == "cut":
        del spoiled[place:]
    elif how == "twice":
        spoiled[place:place] = spoiled[place : place + 40]
    else:
        del spoiled[place]
    data = bytes(spoiled)
    if not is_encrypted(data):
        return  # It says that it is no encrypted file: then it is no caseload either.
    for attempt in (lambda: _KEY.decrypt(data), lambda: unlocked(parse(data), ROS).decrypt(data)):
        with pytest.raises((DamagedError, WrongKeyError)):
            attempt()


@given(
    st.dictionaries(
        st.sampled_from(["n", "r", "p", "salt"]), st.integers(-1, 2**70) | st.text(max_size=99), min_size=1
    ),
    st.integers(1, 40),
)
def test_no_header_makes_vigtui_spend_more_than_a_laptop_has(spoiled: dict[str, object], times: int) -> None:
    """A file from a stranger asks for a terabyte, or for a thousand tries."""
    whole = json.loads(_FLIPPED)
    whole["ways"] = [{**whole["ways"][0], "kdf": whole["ways"][0]["kdf"] | spoiled}] * times
    data = json.dumps(whole, separators=(",", ":")).encode() + b"\n"
    tracemalloc.start()
    try:
        try:
            locks = parse(data).header.locks
        except DamagedError:
            locks = ()
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 1_000_000
    assert all(128 * lock.n * lock.r <= 2**28 for lock in locks)
    assert sum(lock.work for lock in locks) <= 2**24


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    path = tmp_path / "fenland.vig.json"
    Caseload.create(path, service="Fenland VIG", key=new_key(ROS, CHEAP, "Ros")).close()
    return path


def test_a_way_that_a_second_program_adds_stays_when_the_first_one_saves(shared: Path) -> None:
    first = Caseload.open(shared, key=unlock(shared, ROS))
    other = unlock(shared, ROS)
    assert isinstance(other, DataKey)
    other.add_way("passphrase", NOOR, "Noor", CHEAP)
    encrypting.go_on_with(shared, Keyring(other), other)
    first.save(Note(about="x", body="typed meanwhile"))
    first.close()
    caseload = Caseload.open(shared, key=unlock(shared, NOOR))
    caseload.close()
    assert [note.body for note in caseload.all(Note)] == ["typed meanwhile"]
    assert isinstance(caseload.key, DataKey)
    assert [way.name for way in caseload.key.ways] == ["Ros", "Noor"]


def test_a_program_goes_on_when_another_takes_somebody_elses_way_away(shared: Path) -> None:
    """It is asked for nothing: its own passphrase opens the file as before."""
    key = unlock(shared, ROS)
    assert isinstance(key, DataKey)
    key.add_way("passphrase", NOOR, "Noor", CHEAP)
    encrypting.go_on_with(shared, Keyring(key), key)
    caseload, locked = (Caseload.open(shared, key=unlock(shared, words)) for words in (ROS, NOOR))
    encrypting.go_on_with(shared, Keyring(ROS), key.renewed(key.ways[1:]))
    for each in (caseload, locked):
        each.save(Note(about="x", body="typed after"))
    assert caseload.flush().state == "saved"
    assert locked.flush().state == "not_saved"
    assert locked.locked_out
    caseload.close()
    with pytest.raises(CaseloadLockedError):
        unlock(shared, NOOR)
    locked.unlock(ROS)
    locked.close()
    again = Caseload.open(shared, key=unlock(shared, ROS))
    again.close()
    assert [note.body for note in again.all(Note)] == ["typed after"] * 2


def test_earlier_versions_get_a_new_way_too_and_lose_one_that_is_taken_away(shared: Path) -> None:
    for number in range(2):
        caseload = Caseload.open(shared, key=unlock(shared, ROS))
        caseload.save(Note(about=str(number), body="more"))
        caseload.close()
    key = unlock(shared, ROS)
    assert isinstance(key, DataKey)
    key.add_way("passphrase", NOOR, "Noor", CHEAP)
    encrypting.go_on_with(shared, Keyring(key), key)
    copies = backups.copies(shared)
    assert len(copies) == 2
    for path in copies:
        assert b"Fenland" in opened(path.read_bytes(), NOOR)
    encrypting.go_on_with(shared, Keyring(ROS), key.renewed(key.ways[:1]))
    for path in (shared, *copies):
        with pytest.raises(WrongKeyError):
            opened(path.read_bytes(), ROS)
        assert opened(path.read_bytes(), NOOR)


def test_each_save_adds_one_to_the_generation(shared: Path) -> None:
    def generation() -> int:
        file = CaseloadFile(shared, unlock(shared, ROS))
        file.read()
        return file.generation

    first = generation()
    for number in range(3):
        caseload = Caseload.open(shared, key=unlock(shared, ROS))
        caseload.save(Note(about=str(number), body="more"))
        caseload.close()
    assert generation() == first + 3
    encrypting.change_passphrase(shared, Keyring(ROS), ROS, CHEAP)
    assert generation() == first + 4
