"""`vigtui pack`, as a person runs it: what it tells before it writes, and how it ends."""

import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.unit.cli.test_main import TELL_LOADED, run
from tests.unit.exchange.conftest import SECRET, TODAY
from vigtui.cli.main import main
from vigtui.domain.records import Copy
from vigtui.domain.vocabulary import CopyKind
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.encrypting import encrypt
from vigtui.vault import unlocking as vault
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key

PASSPHRASE = "five words that fit"
OTHER = "five others for Ros"


@pytest.fixture
def passphrases(tmp_path: Path) -> tuple[str, str]:
    """Files with the passphrase of the caseload and another."""
    for name, words in (("own", PASSPHRASE), ("other", OTHER)):
        (tmp_path / name).write_text(words)
        (tmp_path / name).chmod(0o600)
    return str(tmp_path / "own"), str(tmp_path / "other")


def test_it_is_told_what_goes_in_and_what_stays_before_anything_is_written(home: Path) -> None:
    out = home.parent / "out.zip"
    words = ("pack", str(home), str(out), "--session", TODAY.isoformat(), "--dry-run")
    done = run(*words, code=TELL_LOADED)
    lines = done.stdout.splitlines()
    assert lines[-1] == "LOADED []", done.stderr
    assert lines[0].endswith("Ellis Marr and Ros Tiverton: this goes in")
    assert "  F-heron SR1-1: 0:00.7 of film" in lines
    names = f"{SECRET}-heron-1-C.mp4, {SECRET}-heron-1-SR.mp4"
    assert f"  What the films are called here: {names}" in lines
    assert any(line.startswith("  Everything else, and always notes marked “only me”: ") for line in lines)
    assert not out.exists()
    assert done.stdout.count(SECRET) == names.count(SECRET)


def test_a_pack_is_made_and_its_limits_are_said(home: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out.zip")
    done = CliRunner().invoke(main, ["pack", str(home), out, "--session", "short", "--clear"])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-3:] == [
        "This pack is not encrypted: whoever has it can read it and watch its film.",
        "out.zip is made, with the film of one clip. `vigtui merge` takes it back.",
        "It is in the register of film and copies, where you can say who has it.",
    ]
    caseload = Caseload.open(home)
    caseload.close()
    [copy] = caseload.all(Copy)
    assert (copy.kind, copy.family, copy.file) == (CopyKind.PACK, "heron", "out.zip")
    again = CliRunner().invoke(main, ["pack", str(home), out, "--session", "short", "--clear"])
    assert (again.exit_code, again.output.count("exists already")) == (1, 1)


def test_a_pack_that_cannot_be_entered_is_made_all_the_same_and_that_is_said(
    home: Path, tmp_path: Path
) -> None:
    tables = json.loads(home.read_text())
    tables["meta"]["1"]["schema"] += 1
    home.write_text(json.dumps(tables))
    done = CliRunner().invoke(
        main, ["pack", str(home), str(tmp_path / "out.zip"), "--session", "short", "--clear"]
    )
    assert done.exit_code == 0, done.output
    assert "It could not be entered in the register." in done.stderr
    assert "out.zip is made" in done.stdout
    assert "It is in the register" not in done.stdout
    assert not json.loads(home.read_text()).get("copies")


def test_one_of_session_and_family_is_needed(home: Path, tmp_path: Path) -> None:
    for words in ([], ["--session", "today", "--family", "heron"]):
        done = CliRunner().invoke(main, ["pack", str(home), str(tmp_path / "out"), *words])
        assert done.exit_code == 2
        assert "Give either --session or --family." in done.output


def test_a_pack_is_encrypted_with_a_passphrase_of_its_own(
    home: Path, tmp_path: Path, passphrases: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cost = Cost(n=2, r=1, p=1)  # What a real one costs is tried elsewhere.
    encrypt(home, PASSPHRASE, cost)
    monkeypatch.setattr(vault, "new_key", partial(new_key, cost=cost))
    words = [
        "pack",
        str(home),
        str(tmp_path / "out"),
        "--session",
        "short",
        "--passphrase-file",
        passphrases[0],
    ]
    asked = CliRunner().invoke(main, words)
    assert (asked.exit_code, "--clear" in asked.output) == (2, True)
    done = CliRunner().invoke(main, [*words, "--pack-passphrase-file", passphrases[1]])
    assert done.exit_code == 0, done.output
    assert "Say the passphrase" in done.output
    encrypted = tmp_path / "out" / "out.vig.json"
    Caseload.open(encrypted, key=unlock(encrypted, OTHER)).close()
    for path in (tmp_path / "out").rglob("*.*"):
        assert not any(sign in path.read_bytes() for sign in (b'"Dana"', b"ftyp", b"heron"))
