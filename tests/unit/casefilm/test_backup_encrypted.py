"""The backup of a caseload whose film is encrypted: as encrypted as here, whatever becomes of the key."""

import datetime as dt
import io
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import MP4, with_films
from vigtui.casefilm.backup import description
from vigtui.casefilm.backup.errors import BackupError
from vigtui.casefilm.backup.making import Made, back_up, verify_backup
from vigtui.casefilm.backup.place import find_backup, find_place
from vigtui.casefilm.backup.restoring import Restored, has_another_key, restore
from vigtui.casefilm.encrypted.files import encrypt_into
from vigtui.casefilm.encrypted.turning import clear_films, delete_clear, encrypt_films
from vigtui.casefilm.home import film_in
from vigtui.domain.records import Family, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.subtitles import lines_of
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import Cost
from vigtui.vault.film.rewrapping import opens
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring

NOW = dt.datetime(2026, 11, 30, 10, tzinfo=dt.UTC)
WORDS, OTHER_WORDS = "toast and honey", "honey and toast"
CHEAP = Cost(n=2, r=1, p=1)
SAID = "1\n00:00:00,000 --> 00:00:01,000\nWonky.\n"


def quiet(*_: object) -> None:
    pass


@pytest.fixture
def clear(tmp_path: Path) -> Path:
    path = with_films(tmp_path / "here" / "c.vig.json", "jigsaw", "toast")
    (path.parent / "media" / "jigsaw.en.srt").write_text(SAID)
    return path


@pytest.fixture
def path(clear: Path) -> Path:
    encrypted(clear)
    return clear


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


def encrypted(path: Path) -> None:
    encrypting.encrypt(path, WORDS, CHEAP)
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    films = list(clear_films(caseload))
    encrypt_films(caseload, quiet)
    delete_clear(caseload, films)
    caseload.close()


def backed_up(path: Path, stick: Path, words: str | None = WORDS) -> Made:
    caseload = Caseload.open(path, key=unlock(path, words) if words else None)
    try:
        return back_up(caseload, find_place(caseload, stick), NOW, quiet)
    finally:
        caseload.close()


def unlocked(path: Path, words: str = WORDS) -> DataKey:
    key = unlock(path, words)
    assert isinstance(key, DataKey)
    return key


def put_back(path: Path, stick: Path, words: str = WORDS, then: Key | None = None) -> Restored:
    folder, held = find_backup(stick, path)
    key = unlock(path if path.exists() else folder / held.words.name, words)
    return restore(path, folder, held, key, quiet, then)


def shown(path: Path, words: str = WORDS) -> list[bytes | list[str]]:
    """What is seen and said in the films of a caseload."""
    caseload = Caseload.open(path, key=unlock(path, words))
    found: list[bytes | list[str]] = []
    for name in ("jigsaw", "toast"):
        film = film_in(caseload, caseload.need(Recording, name).path)
        with film.open() as file:
            found += [file.read(), [line.text for line in lines_of(film)]]
    caseload.close()
    return found


ALL: list[bytes | list[str]] = [MP4 + b"jigsaw", ["Wonky."], MP4 + b"toast", []]


def on_stick(stick: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in stick.glob("*/film/*")}


def in_clear(stick: Path) -> list[str]:
    return [path.name for path in stick.rglob("*") if path.is_file() and MP4 in path.read_bytes()]


def bodies(stick: Path) -> dict[str, int]:
    return {name: when for name, when in on_stick(stick).items() if name.endswith(".body")}


def openable(stick: Path, key: DataKey) -> list[bool]:
    return [opens(header, key) for header in stick.glob("*/film/*.header")]


def test_film_and_what_is_said_in_it_come_back_as_encrypted_as_they_were(
    path: Path, stick: Path, tmp_path: Path
) -> None:
    assert backed_up(path, stick).came == 3
    assert in_clear(stick) == []
    other = tmp_path / "other" / "c.vig.json"
    done = put_back(other, stick)
    assert (done.words, done.came, done.failed) == (True, 3, ())
    assert shown(other) == ALL
    assert in_clear(other.parent) == []


def test_another_passphrase_changes_headers_alone_and_the_old_key_opens_nothing_there(
    path: Path, stick: Path, tmp_path: Path
) -> None:
    backed_up(path, stick)
    before, old = bodies(stick), unlocked(path)
    assert openable(stick, old) == [True] * 3
    encrypting.change_passphrase(path, Keyring(WORDS), OTHER_WORDS, CHEAP)
    made = backed_up(path, stick, OTHER_WORDS)
    assert (made.came, made.rekeyed, bodies(stick)) == (0, 3, before)
    assert openable(stick, old) == [False] * 3
    assert openable(stick, unlocked(path, OTHER_WORDS)) == [True] * 3
    other = tmp_path / "other" / "c.vig.json"
    put_back(other, stick, OTHER_WORDS)
    assert shown(other, OTHER_WORDS) == ALL


def test_a_backup_that_is_broken_off_after_a_change_of_key_has_one_key(path: Path, stick: Path) -> None:
    """Else it would hold words of one passphrase and films of another, whose words are gone."""
    backed_up(path, stick)
    encrypting.change_passphrase(path, Keyring(WORDS), OTHER_WORDS, CHEAP)
    caseload = Caseload.open(path, key=unlock(path, OTHER_WORDS))
    (caseload.folder / "media" / "new.mp4").write_bytes(MP4)
    new = Recording(id="new", cycle="cycle", path="media/new.mp4", state=RecordingState.PRESENT)
    caseload.enter(new)
    caseload.flush()

    broken_off(caseload, stick)
    folder, held = find_backup(stick, path)
    assert not held.complete
    assert openable(stick, unlocked(path, OTHER_WORDS)) == [True] * 3
    assert unlock(folder / held.words.name, OTHER_WORDS)


def broken_off(caseload: Caseload, stick: Path) -> None:
    """A backup from which the stick is pulled at the first film."""

    def pulled(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(caseload, find_place(caseload, stick), NOW, pulled)
    caseload.close()


def test_film_that_was_exchanged_here_is_the_earlier_one_until_the_new_one_is_there(
    path: Path, stick: Path, tmp_path: Path
) -> None:
    backed_up(path, stick)
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    toast = caseload.need(Recording, "toast")
    film = encrypt_into(caseload, io.BytesIO(MP4 + b"another"), ".mp4")
    caseload.enter(replace(toast, path=f"media/{film.name}"))
    broken_off(caseload, stick)
    put_back(tmp_path / "one" / "c.vig.json", stick)
    assert shown(tmp_path / "one" / "c.vig.json") == ALL
    backed_up(path, stick)
    put_back(tmp_path / "two" / "c.vig.json", stick)
    assert shown(tmp_path / "two" / "c.vig.json")[2] == MP4 + b"another"


def test_film_that_only_the_stick_has_and_only_the_old_key_opens_is_never_lost(
    path: Path, stick: Path
) -> None:
    backed_up(path, stick)
    films = list((path.parent / "media").glob("*.vigfilm"))
    for film in films:
        film.unlink()
    encrypting.change_passphrase(path, Keyring(WORDS), OTHER_WORDS, CHEAP)
    with pytest.raises(BackupError, match=r"3 films that are not here.*passphrase of then"):
        backed_up(path, stick, OTHER_WORDS)
    folder, held = find_backup(stick, path)
    then = unlocked(folder / held.words.name, WORDS)
    assert has_another_key(folder / held.words.name, unlock(path, OTHER_WORDS))
    done = put_back(path, stick, OTHER_WORDS, then)
    assert (done.words, done.came, done.failed) == (False, 3, ())
    assert shown(path, OTHER_WORDS) == ALL
    assert not [film for film in films if opens(film, then)]
    assert backed_up(path, stick, OTHER_WORDS).rekeyed == 3


def test_clear_film_leaves_the_stick_once_the_caseload_is_encrypted(clear: Path, stick: Path) -> None:
    backed_up(clear, stick, None)
    assert len(in_clear(stick)) == 2
    encrypted(clear)
    made = backed_up(clear, stick)
    assert (made.clear_left, made.clear, in_clear(stick)) == (3, 0, [])
    assert b"Wonky" not in b"".join(path.read_bytes() for path in stick.rglob("*") if path.is_file())


def test_clear_film_is_encrypted_when_it_is_put_back_into_an_encrypted_caseload(
    clear: Path, stick: Path
) -> None:
    backed_up(clear, stick, None)
    encrypted(clear)
    shutil.rmtree(clear.parent / "media")
    done = put_back(clear, stick)
    assert (done.came, done.failed) == (3, ())
    assert in_clear(clear.parent) == []
    assert shown(clear) == ALL


def test_film_that_is_damaged_here_does_not_take_the_place_of_the_whole_one(path: Path, stick: Path) -> None:
    backed_up(path, stick)
    before = on_stick(stick)
    for film in (path.parent / "media").glob("*.vigfilm"):
        with film.open("r+b") as file:
            file.truncate(20_000)
    assert len(backed_up(path, stick).not_here) == 2
    assert on_stick(stick) == before
    assert verify_backup(*find_backup(stick, path), quiet) == []


def test_deleted_film_and_an_erased_family_leave_it_with_what_was_said(path: Path, stick: Path) -> None:
    backed_up(path, stick)
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    jigsaw = caseload.need(Recording, "jigsaw")
    caseload.enter(replace(jigsaw, state=RecordingState.DELETED))
    caseload.close()
    assert backed_up(path, stick).left == 1
    assert len(on_stick(stick)) == 2
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    caseload.erase(caseload.need(Family, "family"))
    caseload.close()
    backed_up(path, stick)
    assert on_stick(stick) == {}


def test_a_backup_with_film_in_one_file_as_it_was_at_first_goes_on_working(
    path: Path, stick: Path, tmp_path: Path
) -> None:
    backed_up(path, stick)
    folder, held = find_backup(stick, path)
    film = next(each for each in held.kept if each.recording == "toast")
    data = b"".join((folder / name).read_bytes() for name in reversed(list(film.files)))
    whole = replace(film, header="", suffix=".vigfilm", size=len(data), sha256=sha256(data).hexdigest())
    (folder / whole.name).write_bytes(data)
    kept = tuple(whole if each is film else each for each in held.kept)
    description.write(folder, replace(held, vigtui_backup=1, kept=kept))
    put_back(tmp_path / "other" / "c.vig.json", stick)
    assert shown(tmp_path / "other" / "c.vig.json") == ALL
    assert backed_up(path, stick).clear == 0
    assert not list(stick.glob("*/film/*.vigfilm"))
