"""`vigtui merge`, as a person runs it: what came is told, nothing is lost, no other file is touched."""

import contextlib
import random
import shutil
import zipfile
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from tests.caseloads import read, write
from tests.unit.cli.test_main import TELL_LOADED, run
from tests.unit.exchange.conftest import LONG_AGO
from vigtui.cli.main import main
from vigtui.domain.records import Clip, Note, Rating, Record, SessionItem, Still, Tag
from vigtui.domain.vocabulary import Visibility
from vigtui.exchange.incoming import read_other
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.encrypting import encrypt
from vigtui.store.errors import CaseloadError
from vigtui.vault.derivation import Cost

R = TypeVar("R", bound=Record)
CHEAP = Cost(n=2, r=1, p=1)  # What a real one costs is tried elsewhere.
OWN, OTHER = "five words that fit", "five others for Ros"


def conflicting(ours: Path, theirs: Path) -> None:
    """Both change a caption; Alex does more besides."""
    clip = read(ours, Clip, "heron-1-C-1")
    write(ours, replace(clip, caption="He points."), by="Ros")
    rating = Rating(
        id="new", question="heron-question", rater="heron-a", date=LONG_AGO, cycle="heron-2", value=6
    )
    secret = Note(about=clip.id, author="ellis", visibility=Visibility.AUTHOR, body="SECRET")
    tag, still = read(ours, Tag, "heron-1-C-1-tag"), read(ours, Still, "heron-1-C-2-still")
    written = (replace(clip, caption="She nods.\nHe smiles."), rating, secret)
    write(theirs, *written, replace(still, caption="Both laugh"), removed=(tag,), by="Alex")


def merge(*words: object) -> Result:
    return CliRunner().invoke(main, ["merge", *map(str, words)])


def held(folder: Path) -> dict[str, bytes]:
    """Every file in and below the folder, copies of before included."""
    return {str(path): path.read_bytes() for path in folder.rglob("*.vig.json") if path.is_file()}


def test_what_came_and_what_conflicts_is_told_by_family_and_both_versions_are_kept(
    ours: Path, theirs: Path
) -> None:
    conflicting(ours, theirs)
    before = held(theirs.parent)
    done = merge(ours, theirs)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("alex.vig.json: ")
    assert lines[2] == "F-heron"
    told = "\n".join(lines)
    for words in (
        "  New rating by Dana: 6 at C2 (Alex, ",
        "  Still at 00:02 of clip C1-2: caption changed by Alex, ",
        "    before: (nothing)\n    now: Both laugh",
        "  Removed: tag at 00:00 of clip C1-1: Dana, ",
        "  New note about clip C1-1: (only its author reads it) (Alex, ",
        "One thing is to be decided in vigtui, under Merge:\n\nF-heron\n  Clip C1-1: c",
    ):
        assert words in told
    assert ": He points.\n" in told
    assert ": She nods.\n      He smiles.\n" in told
    assert "SECRET" not in told
    caseload = Caseload.open(ours)
    caseload.close()
    assert caseload.need(Rating, "new").by == "Alex"
    assert caseload.get(Tag, "heron-1-C-1-tag") is None
    assert {each.value for each in caseload.conflicts()[0].fields["caption"]} == {
        "He points.",
        "She nods.\nHe smiles.",
    }
    assert held(theirs.parent) == before
    again = merge(ours, theirs)
    assert again.stdout.startswith("alex.vig.json: nothing new.\nOne thing is")


def test_a_dry_run_tells_the_same_and_changes_nothing(ours: Path, theirs: Path) -> None:
    conflicting(ours, theirs)
    before = held(ours.parent)
    done = merge(ours, theirs, "--dry-run")
    assert held(ours.parent) == before
    assert done.stdout.endswith("This was a dry run: nothing was changed.\n")
    told = done.stdout.replace("would come in", "came in").splitlines()[:-1]
    assert told == merge(ours, theirs).stdout.splitlines()
    assert held(ours.parent) != before


def test_what_cannot_be_merged_is_said_and_the_rest_is_merged(
    ours: Path, theirs: Path, tmp_path: Path
) -> None:
    conflicting(ours, theirs)
    other, torn, empty = tmp_path / "other.vig.json", tmp_path / "torn.vig.json", tmp_path / "folder"
    Caseload.create(other).close()
    torn.write_bytes(ours.read_bytes()[:999])
    empty.mkdir()
    done = merge(ours, tmp_path / "nowhere.json", other, torn, empty, theirs)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[:2] == [
        f"nowhere.json is not merged. There is no {tmp_path / 'nowhere.json'}.",
        "other.vig.json is not merged. It is another caseload, not another copy of this one.",
    ]
    assert "torn.vig.json is not merged. torn.vig.json is not complete JSON" in done.stderr
    assert "folder is not merged. There is no caseload in folder" in done.stderr
    assert read(ours, Rating, "new").by == "Alex"
    assert merge(tmp_path / "nowhere.json", theirs).exit_code == 1


def test_a_pack_comes_back_as_a_folder_and_as_a_zip(home: Path, packed: Path, tmp_path: Path) -> None:
    away = tmp_path / "away" / "out"
    shutil.copytree(packed, away)
    item = read(away / "out.vig.json", SessionItem, "first")
    write(away / "out.vig.json", replace(item, seen_together="A wait"), by="Ellis")
    shutil.make_archive(str(tmp_path / "out"), "zip", away.parent, "out")
    before = held(away)
    for pack in (tmp_path / "out.zip", away):
        done = merge(home, pack)
        assert (done.exit_code, held(away)) == (0, before), done.output
        assert read(home, SessionItem, "first").seen_together == "A wait"
        assert merge(home, pack).stdout == f"{pack.name}: nothing new.\n"
        write(home, replace(read(home, SessionItem, "first"), next_step="On"), by="Ros")


def test_files_that_are_no_packs_are_refused_with_a_sentence(tmp_path: Path, packed: Path) -> None:
    several, bomb, dots = tmp_path / "several", tmp_path / "bomb.zip", tmp_path / "dots.zip"
    several.mkdir()
    for name in ("a", "b"):
        shutil.copy(packed / "out.vig.json", several / f"{name}.vig.json")
    bomb.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(CaseloadError, match=r"several caseloads \(a.vig.json, b.vig.json\)"):
        read_other(several)
    with pytest.raises(CaseloadError, match="cannot be unpacked"):
        read_other(bomb)
    shutil.make_archive(str(dots.with_suffix("")), "zip", tmp_path, "several")
    with pytest.raises(CaseloadError, match="several caseloads"):
        read_other(dots)


def test_a_damaged_zip_is_refused_with_a_sentence_wherever_it_is_damaged(tmp_path: Path) -> None:
    sound, damaged, chance = tmp_path / "sound.zip", tmp_path / "damaged.zip", random.Random(3)
    with zipfile.ZipFile(sound, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("out/é.vig.json", '{"meta": {}}' * 9)
    data = sound.read_bytes()
    for place in range(4, len(data)):
        damaged.write_bytes(data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :])
        with contextlib.suppress(CaseloadError):
            read_other(damaged)


@pytest.fixture
def passphrases(tmp_path: Path) -> tuple[str, str]:
    for name, words in (("own", OWN), ("other", OTHER)):
        (tmp_path / name).write_text(words)
        (tmp_path / name).chmod(0o600)
    return str(tmp_path / "own"), str(tmp_path / "other")


def test_encrypted_files_are_merged_with_one_passphrase_or_two(
    ours: Path, theirs: Path, passphrases: tuple[str, str]
) -> None:
    conflicting(ours, theirs)
    (theirs.parent / "ros").mkdir()
    other = Path(shutil.copy(theirs, theirs.parent / "ros" / "ros.vig.json"))
    write(other, Rating(id="third", question="heron-question", rater="heron-b", date=LONG_AGO), by="Ros")
    encrypt(ours, OWN, CHEAP)
    encrypt(theirs, OWN, CHEAP)
    encrypt(other, OTHER, CHEAP)
    done = merge(ours, theirs, other, "--passphrase-file", passphrases[0])
    assert (done.exit_code, done.stderr.count("The passphrase cannot be asked for here")) == (2, 1)
    options = ("--passphrase-file", passphrases[0], "--other-passphrase-file", passphrases[1])
    assert merge(ours, theirs, other, *options).exit_code == 0
    caseload = Caseload.open(ours, key=unlock(ours, OWN))
    caseload.close()
    assert caseload.get(Rating, "third")
    assert caseload.get(Rating, "new")


def test_hostile_words_steer_no_terminal(ours: Path, theirs: Path) -> None:
    clip = read(theirs, Clip, "heron-1-C-1")
    for words in ("\x1b]0;stolen\x07", "\u202egnp\x9b2J"):
        write(theirs, replace(clip, title=f"A{words}B", caption=f"a{words}"), by=f"Al{words}ex")
        name = Path(shutil.copy(theirs, theirs.with_name(f"x{words}.vig.json")))
        done = merge(ours, name, theirs.with_name(f"{words}.json"), "--dry-run")
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(done.output)


def test_it_starts_without_what_screens_and_film_need(ours: Path, theirs: Path) -> None:
    conflicting(ours, theirs)
    done = run("merge", str(ours), str(theirs), "--dry-run", code=TELL_LOADED)
    assert done.stdout.splitlines()[-1] == "LOADED []", done.stderr
