"""What somebody sends to be merged costs a sentence when it is not what it should be: no time, no memory."""

import os
import shutil
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from vigtui.exchange import incoming
from vigtui.exchange.incoming import MOST_BYTES, read_other
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadDamagedError, CaseloadError, CaseloadUnreadableError
from vigtui.vault.derivation import Cost
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=1, p=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "fenland.vig.json"
    Caseload.create(path).close()
    return path


def zipped(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def test_a_zip_that_would_fill_the_memory_is_refused_by_what_it_claims(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "x.zip", "x/x.vig.json", b" " * (MOST_BYTES + 1))
    tracemalloc.start()
    try:
        with pytest.raises(CaseloadDamagedError, match="larger than 64 MB"):
            read_other(bomb)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_small_file_that_would_become_a_large_one_is_refused_before_it_is_read(
    encrypted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three bytes of JSON become sixty in memory."""
    monkeypatch.setattr(incoming, "MOST_VALUES", 1000)
    data, key = b'{"meta": {"1": {"x": [' + b"[]," * 1000 + b"[]]}}}", new_key("words", CHEAP)
    path = tmp_path / "x.vig.json"
    path.write_bytes(b"".join(key.encrypt([data])) if encrypted else data)
    with pytest.raises(CaseloadDamagedError, match="more than 1,000 values"):
        read_other(path).tables(Keyring(key))


def test_what_is_no_file_is_told_and_not_waited_for(path: Path, tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe.vig.json", tmp_path / "pack"
    os.mkfifo(pipe)
    folder.mkdir()
    (folder / "pack.vig.json").symlink_to(path)
    (tmp_path / "hole.vig.json").touch()
    os.truncate(tmp_path / "hole.vig.json", 1 << 40)
    for given, sentence in (
        (pipe, "it is a pipe, not an ordinary file"),
        (Path("/dev/zero"), "it is a device"),
        (tmp_path / "hole.vig.json", "larger than"),
    ):
        with pytest.raises(CaseloadUnreadableError, match=sentence):
            read_other(given)
    with pytest.raises(CaseloadError, match="There is no caseload in pack"):
        read_other(folder)


def test_a_file_that_is_nested_too_deeply_is_told(tmp_path: Path) -> None:
    path = tmp_path / "deep.vig.json"
    path.write_bytes(b'{"meta": {"1": ' + b"[" * 100_000)
    with pytest.raises(CaseloadDamagedError, match=r"^deep\.vig\.json "):
        read_other(path).tables()


def test_a_pack_is_read_in_a_folder_and_in_a_zip_whatever_way_its_names_are_written(
    path: Path, tmp_path: Path
) -> None:
    (tmp_path / "pack").mkdir()
    shutil.copy(path, tmp_path / "pack")
    for pack in (
        tmp_path / "pack",
        zipped(tmp_path / "pack.zip", "pack/fenland.vig.json", path.read_bytes()),
        zipped(tmp_path / "dots.zip", "./fenland.vig.json", path.read_bytes()),
    ):
        assert read_other(pack).tables() == read_other(path).tables()
