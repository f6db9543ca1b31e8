"""What would be lost: erasure that can be shown. None of a family's words comes back, from anywhere."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import change, consents, make
from vigtui.domain.records import Clip, Cycle, Family, HelpingQuestion, Member, Note, Recording
from vigtui.exchange.packs.gathering import for_family
from vigtui.exchange.packs.packing import pack
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.temporary import program
from vigtui.store.encrypting import encrypt
from vigtui.store.erasing import erase_everywhere
from vigtui.store.snapshot import read_snapshot
from vigtui.vault.key import Cost
from vigtui.vault.keyring import Keyring

DAY = dt.date(2026, 11, 1)
WORD = "Zaunkönig"
FAMILY = Family(
    id="heron",
    code=f"F-{WORD}",
    reasons=f"{WORD} reasons",
    members=(Member(id="dana", label=f"{WORD} Dana"),),
)
RECORDS = (
    FAMILY,
    Family(id="wren", code="F-021", reasons="Of others"),
    *consents(FAMILY, DAY),
    HelpingQuestion(id="question", family="heron", owner="dana", words=f"What of {WORD}?", agreed=DAY),
    Cycle(id="cycle", family="heron", number=1, activity=f"{WORD} toast"),
    Recording(id="film", cycle="cycle"),
    Clip(id="clip", recording="film", in_ms=0, out_ms=1000, caption=f"{WORD} looks up"),
    Note(id="note", about="clip", body=f"{WORD} in a note"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A caseload with backups, a version that was put aside, and a copy that a sync service made."""
    path = make(tmp_path / "ours" / "c.vig.json", *RECORDS)
    for number in range(3):
        change(path, Family, "wren", reasons=f"Of others, {number}")
    recovery.put_back(path, backups.copies(path)[0])
    change(path, Family, "heron", reasons=f"{WORD}, changed")
    shutil.copy(path, path.with_name("c (Ros's conflicted copy 2026-11-20).vig.json"))
    return path


def holding(folder: Path, word: str = WORD) -> list[str]:
    """The files below a folder in which a word stands."""
    files = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return [str(each.relative_to(folder)) for each in files if word.encode() in each.read_bytes()]


def erase(path: Path, *secrets: str) -> tuple[int, tuple[Path, ...]]:
    keyring = Keyring(*secrets)
    caseload = Caseload.open(path, by="Ros", key=keyring.key_to(path.read_bytes()))
    done = erase_everywhere(caseload, [caseload.need(Family, "heron")], keyring)
    caseload.close()
    return done.changed, done.left


def test_none_of_an_erased_family_s_words_is_left_in_any_file_of_the_folder(path: Path) -> None:
    before = holding(path.parent)
    assert len(before) >= 5
    changed, left = erase(path)
    assert holding(path.parent) == []
    assert changed >= len(before) - 1
    assert left == ()
    assert len(holding(path.parent, "Of others")) >= len(before) - 1
    for copy in recovery.copies(path):
        assert recovery.contents(copy.path).readable
    [again] = read_snapshot(path).where(Family)
    assert again.id == "wren"


def test_no_copy_from_before_brings_a_word_of_it_back(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(backups.copies(path)[-1], elsewhere / "backup.vig.json")
    colleague = Path(shutil.copy(path, elsewhere / "colleague.vig.json"))
    change(colleague, Clip, "clip", caption=f"{WORD}, seen by a colleague")
    change(colleague, HelpingQuestion, "question", words=f"{WORD}, in other words")
    source = read_snapshot(path)
    choose = for_family(FAMILY.code)
    packed = pack(source, choose, choose(source, DAY), elsewhere / "pack", None, lambda _, __: None)
    erase(path)
    caseload = Caseload.open(path, by="Ellis")
    for other in (*elsewhere.glob("*.json"), *packed.path.glob("*.vig.json")):
        caseload.merge(read_snapshot(other).tables, "Merge")
    caseload.close()
    assert holding(path.parent) == []
    assert caseload.conflicts() == []
    erase_again = Caseload.open(colleague)
    erase_again.merge(read_snapshot(path).tables, "Merge")
    erase_again.close()
    assert WORD not in colleague.read_text()


def test_encrypted_versions_are_opened_written_again_and_stay_encrypted(path: Path) -> None:
    encrypt(path, "a long passphrase", Cost(n=2, r=8, p=1))
    erase(path, "a long passphrase")
    keyring = Keyring("a long passphrase")
    for each in (path, *backups.copies(path)):
        data = each.read_bytes()
        assert b"families" not in data
        assert WORD.encode() not in keyring.open(data)


def test_a_version_that_nobody_can_open_is_named(path: Path) -> None:
    broken = backups.copies(path)[0]
    broken.write_bytes(f'{{"families": "{WORD}"'.encode())
    _, left = erase(path)
    assert left == (broken,)


def test_what_others_have_written_into_an_earlier_version_stays(path: Path) -> None:
    copy = backups.copies(path)[0]
    before = read_snapshot(copy).where(Family)
    erase(path)
    after = read_snapshot(copy).where(Family)
    assert [replace(each) for each in before if each.id == "wren"] == after


def new_file(target: Path, *, ended: bool) -> Path:
    """A new file beside a caseload, half written, with words of the family; by a program of this machine that
    has ended, or of another one that may still write."""
    machine, _ = program().split("-")
    process = subprocess.Popen(["true"])
    process.wait()
    path = target.with_name(f".vigtui-{machine if ended else '01234567'}-{process.pid}-00000000-00000000.tmp")
    path.write_bytes(target.read_bytes()[:-20])
    return path


def test_what_a_killed_program_left_half_written_goes_too(path: Path) -> None:
    new_file(path, ended=True)
    new_file(backups.copies(path)[0], ended=True)
    assert erase(path)[1] == ()
    assert holding(path.parent) == []


def test_what_another_machine_may_still_be_writing_is_named(path: Path) -> None:
    there = new_file(path, ended=False)
    assert erase(path)[1] == (there.resolve(),)
