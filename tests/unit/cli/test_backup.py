"""What would be lost: the one command that a service trusts its film to, in words that can be followed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.caseloads import MP4, make
from vigtui.domain.records import Cycle, Family, Recording
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock

WORDS = "seven wet herons wait"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make(
        tmp_path / "here" / "cases.vig.json",
        Family(id="heron", code="F-017", reasons="Goldammer"),
        Cycle(id="cycle", family="heron", number=1),
        Recording(id="a", cycle="cycle", path="media/a.mp4"),
    )
    (path.parent / "media").mkdir()
    (path.parent / "media" / "a.mp4").write_bytes(MP4)
    (tmp_path / "stick").mkdir()
    return path


def vigtui(*words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vigtui", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, input=typed, check=False)


def test_a_backup_is_made_brought_up_to_date_and_put_back(path: Path, tmp_path: Path) -> None:
    stick, other = tmp_path / "stick", tmp_path / "other" / "cases.vig.json"
    refused = vigtui("backup", path, stick, typed="n\n")  # The stick may just not be in.
    assert refused.returncode == 1
    assert "Make the first one there?" in refused.stdout
    assert not list(stick.iterdir())
    first = vigtui("backup", path, stick, typed="y\n")
    assert first.returncode == 0, first.stderr
    assert "1 file of film copied" in first.stdout
    assert "register of film and copies" in first.stdout
    again = vigtui("backup", path, stick, "--verify")
    assert "No film was new" in again.stdout
    done = vigtui("restore", other, stick, "--yes")
    assert done.returncode == 0, done.stderr
    assert "1 file of film came back" in done.stdout
    assert (other.parent / "media" / "a.mp4").read_bytes() == MP4


def test_an_encrypted_caseload_is_as_encrypted_in_its_backup(path: Path, tmp_path: Path) -> None:
    stick, other, secret = tmp_path / "stick", tmp_path / "other.vig.json", tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text(WORDS)
    assert vigtui("encrypt", path, "--passphrase-file", secret).returncode == 0
    done = vigtui("backup", path, stick, "--yes", "--passphrase-file", secret)
    assert done.returncode == 0, done.stderr
    everything = b"".join(each.read_bytes() for each in stick.rglob("*") if each.is_file())
    assert b"Goldammer" not in everything
    assert vigtui("restore", other, stick, "--yes", "--passphrase-file", secret).returncode == 0
    caseload = Caseload.open(other, key=unlock(other, WORDS))
    caseload.close()
    assert caseload.need(Family, "heron").reasons == "Goldammer"


def test_another_caseload_is_not_mixed_with_it(path: Path, tmp_path: Path) -> None:
    vigtui("backup", path, tmp_path / "stick", "--yes")
    other = make(tmp_path / "other.vig.json", Family(id="wren", code="F-021"))
    before = other.read_bytes()
    done = vigtui("restore", other, tmp_path / "stick", "--yes")
    assert done.returncode == 1
    assert "another caseload" in done.stderr
    assert other.read_bytes() == before


def test_a_pack_is_no_caseload_to_back_up(path: Path, tmp_path: Path) -> None:
    (path.parent / "pack.json").write_text("{}")
    done = vigtui("backup", path, tmp_path / "stick", "--yes")
    assert done.returncode == 1
    assert "made from" in done.stderr
