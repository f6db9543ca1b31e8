"""An encrypted caseload with film that nobody else has, and what is done with it, step by step."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.caseloads import consents
from vigtui.casefilm.encrypted.turning import delete_clear, encrypt_films, same_in_clear
from vigtui.casefilm.erasing import finish_erasing
from vigtui.casefilm.home import Folder, film_in
from vigtui.casefilm.pack_list import read_list
from vigtui.casefilm.working_copies import needs_copy, seen_of
from vigtui.domain.records import Clip, Cycle, Family, Member, Person, Recording, Session, SessionItem
from vigtui.domain.vocabulary import Purpose, Role
from vigtui.exchange.packs.gathering import for_session
from vigtui.exchange.packs.packing import pack
from vigtui.film.files import fingerprint
from vigtui.film.making.encode import SOUND_RATE, encode
from vigtui.film.subtitles import lines_of
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import today
from vigtui.vault.derivation import Cost
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key
from vigtui.workspace.copying import FilmCopies

WORDS, OTHER_WORDS, PACK_WORDS = "toast and honey", "honey and toast", "owl noise story"
# Put together here, so that they do not stand in this file, nor in what Python keeps of it.
BIRD, WHO, TITLE, CODE = (
    "".join(parts) for parts in (["Merg", "anzer"], ["Quill", "onwood"], ["Wonky", "wobble"], ["F-", "73194"])
)
SAID = f"{WHO} said: {TITLE}."
MARKS = tuple(each.encode() for each in (BIRD, BIRD.lower(), WHO, TITLE, CODE))
"""What stands in the caseload, in what is said in its film and in the names of its files; nowhere else."""
CHEAP = Cost(n=2, r=8, p=1)
RATE = 10
_LIGHT, _HEAVY = (320, 192), (2048, 1152)
_PATIENCE = 120.0


def make(path: Path, *, heavy: bool = True) -> None:
    """Make the caseload in a new folder, encrypted, with its film in clear: one film with subtitles, and one
    that is heavy, if wanted."""
    media = path.parent / "media"
    media.mkdir(parents=True)
    names = ("toast", "jigsaw") if heavy else ("toast",)
    for name in names:
        film = media / f"{BIRD.lower()}-{name}.mp4"
        encode_film(film, heavy=name == "jigsaw")
    words = f"1\n00:00:00,000 --> 00:00:05,000\n{SAID}\n"
    (media / f"{BIRD.lower()}-toast.en.srt").write_text(words)
    caseload = Caseload.create(path, by="Ros", key=new_key(WORDS, CHEAP))
    ros = caseload.save(Person(id="ros", name=f"Ros {WHO}", roles=(Role.SUPERVISOR,)))
    family = Family(id="family", code=CODE, pseudonym=BIRD, members=(Member(id="dana", label=WHO),))
    for record in (family, *consents(family, today(), tuple(Purpose))):
        caseload.save(record)
    caseload.save(Cycle(id="cycle", family="family", number=1))
    caseload.save(Session(id="session", supervisor=ros.id, date=today()))
    for order, name in enumerate(names, start=1):
        caseload.save(recording(media / f"{BIRD.lower()}-{name}.mp4", name))
        clip = Clip(id=f"clip-{name}", recording=name, in_ms=500, out_ms=1500, title=TITLE)
        caseload.save(clip)
        caseload.save(SessionItem(session="session", clip=clip.id, order=order))
    caseload.close()


def recording(film: Path, name: str) -> Recording:
    """The record of a film in the media folder."""
    return Recording(
        id=name,
        cycle="cycle",
        path=f"media/{film.name}",
        size=film.stat().st_size,
        fingerprint=fingerprint(film),
    )


def encode_film(film: Path, *, heavy: bool) -> None:
    """Make a film of a few seconds, with sound, that nobody has made before."""
    (width, height), count = (_HEAVY, RATE * 2) if heavy else (_LIGHT, RATE * 6)
    sound = np.random.default_rng().integers(-99, 99, SOUND_RATE * count // RATE, np.int16)
    encode(
        film,
        width=width,
        height=height,
        frames_per_second=RATE,
        frames=_noise(count, width, height),
        sound=sound.tobytes(),
    )


def _noise(count: int, width: int, height: int) -> Iterator[bytes]:
    chance = np.random.default_rng()
    for _ in range(count):
        coarse = chance.integers(0, 256, (height // 32, width // 32, 3), np.uint8)
        yield np.kron(coarse, np.ones((32, 32, 1), np.uint8)).tobytes()


def clear_films(path: Path) -> list[Path]:
    """The clear files in the media folder: film, and what is said in it."""
    return sorted((path.parent / "media").glob(f"{BIRD.lower()}-*"))


def content_of(path: Path) -> dict[str, bytes]:
    """The clear bytes of the film of each recording, which must be all there, by the recording's id."""
    films_there = {}
    for each in read_snapshot(path, _key(path)).index.all(Recording):
        film = film_in(_home(path), each.path)
        with film.open() as file:
            films_there[each.id] = file.read()
        if each.id == "toast" and [line.text for line in lines_of(film)] != [SAID]:
            raise ValueError("what is said in the film is lost")
    return films_there


def made_content_of(path: Path) -> dict[str, bytes]:
    """The clear bytes of the working copies, and of the films of the pack."""
    home = _home(path)
    found = {}
    for film in (path.parent / "media").glob("*.vigfilm"):
        copy = seen_of(home, film_in(home, f"media/{film.name}")) if "words" not in film.name else None
        if copy is not None and copy.is_copy:
            with copy.open() as file:
                found["the working copy"] = file.read()
    out = path.parent.with_name("pack")
    made = Folder(out, unlock(out / "pack.vig.json", PACK_WORDS))
    listed = read_list(made)
    for number, piece in enumerate(listed.pieces if listed else (), start=1):
        with film_in(made, piece.path).open() as file:
            found[f"clip {number} of the pack"] = file.read()
    return found


def _home(path: Path) -> Caseload:
    caseload = Caseload.open(path, key=_key(path))
    caseload.close()
    return caseload


def words_of(path: Path) -> str:
    """The passphrase that opens the caseload."""
    for words in (WORDS, OTHER_WORDS):
        if (key := unlock_or_none(path, words)) is not None:
            key.wipe()
            return words
    raise ValueError("neither passphrase opens it")


def unlock_or_none(path: Path, words: str) -> Key | None:
    try:
        return unlock(path, words)
    except Exception:
        return None


def _key(path: Path) -> Key | None:
    return unlock(path, words_of(path))


def encrypt(path: Path) -> None:
    """Encrypt the film, and delete what is clear of it, as `vigtui encrypt --delete-clear` does."""
    caseload = Caseload.open(path, key=_key(path))
    encrypt_films(caseload, lambda *_: None)
    delete_clear(caseload, same_in_clear(caseload, caseload.all(Recording)))
    caseload.close()


def make_copies(path: Path) -> None:
    """Have working copies made, as an open caseload does, until there is one."""
    caseload = Caseload.open(path, key=_key(path))
    told, changed = [], threading.Condition()

    def note() -> None:
        with changed:
            told.append(copies.words)
            changed.notify_all()

    copies = FilmCopies(caseload, 1 << 30, lambda: False, note)
    films = [film_in(caseload, each.path) for each in caseload.all(Recording)]
    if any(needs_copy(caseload, film) for film in films):
        copies.start()
        with changed:
            changed.wait_for(lambda: told and told[-1] == "", _PATIENCE)
        copies.stop()
    caseload.close()


def make_pack(path: Path) -> None:
    """Make a pack for the session, encrypted with a passphrase of its own, beside the caseload's folder."""
    source, choose = read_snapshot(path, _key(path)), for_session("session")
    out = path.parent.with_name("pack")
    shutil.rmtree(out, ignore_errors=True)
    pack(source, choose, choose(source, today()), out, new_key(PACK_WORDS, CHEAP), lambda *_: None)


def erased_elsewhere(path: Path) -> Path:
    """Where another file of the caseload is, in which the family was erased; it has no film beside it."""
    return path.parent.with_name("elsewhere") / path.name


def erase_elsewhere(path: Path) -> None:
    """Make a copy of the caseload in which somebody erases the family."""
    other = erased_elsewhere(path)
    other.parent.mkdir()
    shutil.copy(path, other)
    caseload = Caseload.open(other, by="Ellis", key=_key(path))
    caseload.erase(caseload.need(Family, "family"))
    caseload.close()


def take_in_erasure(path: Path) -> None:
    """Take in that the family was erased, unless that is done; then finish it, as every opening does."""
    caseload = Caseload.open(path, key=_key(path))
    if caseload.get(Family, "family") is not None:
        caseload.merge(read_snapshot(erased_elsewhere(path), caseload.key).tables, "Merge")
        caseload.flush()
    finish_erasing(caseload)
    caseload.close()


def left_of_erased(path: Path) -> list[str]:
    """What there is still of the family: its film, encrypted or not, its copies, and its words, in the file
    or its earlier versions."""
    folder = path.parent
    films = [each for each in folder.rglob("*") if each.suffix in (".vigfilm", ".mp4", ".srt", ".none")]
    files = [path, *sorted((folder / ".vigtui-backups" / path.name).glob("*.json"))]
    keyring = Keyring(_key(path))
    marks = [each.encode() for each in (BIRD, CODE, TITLE)]  # A colleague has the other name.
    said = [each for each in files if any(mark in keyring.open(each.read_bytes()) for mark in marks)]
    return [f"{each.relative_to(folder)} is still there" for each in (*films, *said)]


def change_passphrase(path: Path) -> None:
    """Change the passphrase to the other one of two, unless that is done; then open the caseload."""
    if words_of(path) == WORDS:
        encrypting.change_passphrase(path, Keyring(WORDS), OTHER_WORDS, CHEAP)
    encrypting.settle_broken_off(path, _key(path))
