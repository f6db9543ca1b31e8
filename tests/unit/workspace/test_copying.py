"""Heavy film gets its lighter copy while a caseload is open, whole or not at all."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import make
from tests.permissions import permission
from tests.unit.film.numbered import case
from vigtui.casefilm.encrypted.turning import delete_clear, encrypt_films
from vigtui.casefilm.home import Folder
from vigtui.casefilm.opening import open_film
from vigtui.casefilm.working_copies import FOLDER, UNFINISHED, unfinished_copy
from vigtui.domain.records import Consent, Cycle, Family, Member, Recording
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.film.files import fingerprint
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.values.days import today
from vigtui.vault.derivation import Cost
from vigtui.vault.film.layout import is_encrypted_film
from vigtui.vault.key import Key
from vigtui.workspace.copying import FilmCopies

pytestmark = pytest.mark.slow

FAMILY = Family(id="heron", code="F-017", members=(Member(id="dana", label="Dana"),))
CYCLE = Cycle(id="cycle", family="heron", number=1)
YES = Consent(family="heron", member="dana", purpose=Purpose.FILM, decision=Decision.GIVEN, date=today())
PATIENCE = 120.0


class Making:
    """The copies of an open caseload as they are made, and waiting for what is told of them."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self.caseload = Caseload.open(path, key=key)
        self.changed = threading.Condition()
        self.told: list[str] = []
        self.while_made: Callable[[], object] = bool
        self.copies = FilmCopies(self.caseload, 1 << 30, lambda: False, self._note)

    def _note(self) -> None:
        self.while_made()
        with self.changed:
            self.told.append(self.copies.words)
            self.changed.notify_all()

    def folder(self) -> list[str]:
        found = self.caseload.folder / FOLDER
        return sorted(each.name for each in found.iterdir()) if found.exists() else []


@pytest.fixture
def heavy(tmp_path: Path) -> tuple[Path, Recording]:
    """A caseload with a film that has no index."""
    film = tmp_path / "media" / "film.mts"
    film.parent.mkdir()
    shutil.copy(case("gop13.mts"), film)
    recording = Recording(
        id="film", cycle="cycle", path="media/film.mts", fingerprint=fingerprint(film), duration_ms=10_000
    )
    return make(tmp_path / "case.json", FAMILY, CYCLE, YES, recording), recording


@pytest.fixture
def making(heavy: tuple[Path, Recording]) -> Iterator[Making]:
    making = Making(heavy[0])
    yield making
    making.copies.stop()
    making.caseload.close()


def test_heavy_film_gets_a_copy_and_says_so_in_the_title(
    making: Making, heavy: tuple[Path, Recording]
) -> None:
    assert not open_film(making.caseload, permission(heavy[1])).is_copy
    making.copies.start()
    with making.changed:
        assert making.changed.wait_for(lambda: making.told and making.told[-1] == "", PATIENCE)
    assert any("lighter copy of a film" in words for words in making.told)
    assert open_film(making.caseload, permission(heavy[1])).is_copy
    assert not any(name.startswith(UNFINISHED) for name in making.folder())


def test_a_consent_taken_back_while_a_copy_is_made_leaves_none(
    making: Making, heavy: tuple[Path, Recording]
) -> None:
    no = replace(YES, id="no", decision=Decision.WITHDRAWN)
    making.while_made = lambda: making.caseload.get(Consent, "no") or making.caseload.save(no)
    making.copies.start()
    with making.changed:
        assert making.changed.wait_for(lambda: making.told and making.told[-1] == "", PATIENCE)
    making.copies.stop()
    assert all(name.startswith(UNFINISHED) for name in making.folder())
    assert not open_film(making.caseload, permission(heavy[1])).is_copy


def test_leaving_the_program_leaves_nothing_half_made(making: Making) -> None:
    making.copies.start()
    with making.changed:
        assert making.changed.wait_for(lambda: making.told, PATIENCE)
    making.copies.stop()
    assert not any(name.startswith(UNFINISHED) for name in making.folder())


def test_the_copy_of_encrypted_film_is_encrypted(heavy: tuple[Path, Recording]) -> None:
    encrypting.encrypt(heavy[0], "toast and honey", Cost(n=2, r=1, p=1))
    making = Making(heavy[0], unlock(heavy[0], "toast and honey"))
    encrypt_films(making.caseload, lambda *_: None)
    delete_clear(making.caseload, ["media/film.mts"])
    making.copies.start()
    with making.changed:
        assert making.changed.wait_for(lambda: making.told[-1:] == [""], PATIENCE)
    making.copies.stop()
    film = open_film(making.caseload, permission(making.caseload.need(Recording, "film")))
    assert film.is_copy
    with film.open() as file:
        assert b"ftyp" in file.read(16)
    for path in making.caseload.folder.rglob("*.vigfilm"):
        assert is_encrypted_film(path.read_bytes())
    assert [each.suffix for each in (making.caseload.folder / FOLDER).iterdir()] == [".vigfilm"]
    making.caseload.close()


def test_a_kill_leaves_no_half_copy_in_use(heavy: tuple[Path, Recording]) -> None:
    folder = heavy[0].parent
    film = open_film(Folder(folder), permission(heavy[1]))
    target = unfinished_copy(folder, film)
    worker = subprocess.Popen(
        [sys.executable, "-m", "vigtui.casefilm.copy_worker", str(film.path), str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().startswith(b"part")
        worker.kill()
    assert not open_film(Folder(folder), permission(heavy[1])).is_copy
    assert {each.name for each in (folder / FOLDER).iterdir()} <= {target.name}


def test_nobody_left_to_see_the_copy_ends_its_making(heavy: tuple[Path, Recording]) -> None:
    """A program that was killed leaves no other behind that decodes film."""
    folder = heavy[0].parent
    film = open_film(Folder(folder), permission(heavy[1]))
    target = unfinished_copy(folder, film)
    worker = subprocess.Popen(
        [sys.executable, "-m", "vigtui.casefilm.copy_worker", str(film.path), str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    said, _ = worker.communicate(b"wait\n", PATIENCE)
    assert b"made" not in said
