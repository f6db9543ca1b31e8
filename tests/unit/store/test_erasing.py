"""What would be lost: erasure that can be shown. None of a family's words comes back, from anywhere."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import change, consents, make
from vigtui.domain.records import (
    Clip,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Note,
    PointStep,
    Record,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
)
from vigtui.domain.vocabulary import PointState
from vigtui.exchange.packs.gathering import for_family
from vigtui.exchange.packs.packing import pack
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.temporary import program
from vigtui.store.encrypting import encrypt
from vigtui.store.erasing import erase_everywhere
from vigtui.store.errors import RecordInvalidError
from vigtui.store.snapshot import read_snapshot
from vigtui.vault.derivation import Cost
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


SUPERVISION = (
    Session(id="session", supervisor="", date=DAY),
    SessionItem(id="other", session="session"),
    Reflection(id="early", person="", body="Of others"),
)
ABOUT_THE_CLIP = (
    SessionItem(id="item", session="session", clip="clip", trainee_question=f"{WORD} asked"),
    SessionItem(id="beside", session="session", companion="clip", next_step=f"{WORD} next"),
    Seeing(id="seeing", item="item", person="", words=f"{WORD} seen"),
    PointStep(id="step", item="other", state=PointState.PRACTISED, date=DAY, clip="clip", words=f"{WORD}!"),
    Reflection(id="piece", person="", body=f"{WORD} written", clips=("clip",)),
    replace(SUPERVISION[-1], body=f"{WORD} written later", clips=("clip",)),
)


def save(path: Path, *records: Record) -> None:
    caseload = Caseload.open(path, by="Ellis")
    for each in records:
        present = caseload.get(type(each), each.id)
        caseload.save(replace(each, rev=present.rev) if present else each)
    caseload.close()


def test_what_a_colleague_wrote_about_its_clips_elsewhere_comes_in_without_a_word(
    path: Path, tmp_path: Path
) -> None:
    save(path, *SUPERVISION)
    colleague = Path(shutil.copy(path, tmp_path / "colleague.vig.json"))
    save(colleague, *ABOUT_THE_CLIP)
    erase(path)
    caseload = Caseload.open(path, by="Ros")
    caseload.merge(read_snapshot(colleague).tables, "Merge")
    assert [each.id for each in caseload.all(SessionItem)] == ["other"]
    caseload.close()
    assert holding(path.parent) == []
    theirs = Caseload.open(colleague)
    theirs.merge(read_snapshot(path).tables, "Merge")
    theirs.close()
    assert WORD not in colleague.read_text()


def test_what_was_written_about_its_clips_and_removed_goes_from_earlier_versions(path: Path) -> None:
    save(path, *SUPERVISION, *ABOUT_THE_CLIP)
    change(path, Family, "wren", reasons="Of others, later")
    caseload = Caseload.open(path)
    for each in ABOUT_THE_CLIP:
        if (found := caseload.get(type(each), each.id)) is not None:
            caseload.delete(found)
    caseload.close()
    change(path, Family, "wren", reasons="Of others, later still")
    assert any(f"{WORD} written" in each.path.read_text() for each in recovery.copies(path))
    erase(path)
    assert holding(path.parent) == []


def test_what_was_written_about_its_clips_in_one_of_two_versions_goes(path: Path, tmp_path: Path) -> None:
    save(path, *SUPERVISION, Clip(id="of-wren", recording="", in_ms=0, out_ms=1))
    colleague = Path(shutil.copy(path, tmp_path / "colleague.vig.json"))
    save(colleague, replace(SUPERVISION[1], clip="clip", seen_together=f"{WORD} seen"))
    save(path, replace(SUPERVISION[1], clip="of-wren"))
    caseload = Caseload.open(path)
    caseload.merge(read_snapshot(colleague).tables, "Merge")
    caseload.close()
    erase(path)
    assert holding(path.parent) == []


def test_what_was_written_elsewhere_about_a_clip_that_was_removed_before_goes(
    path: Path, tmp_path: Path
) -> None:
    """The recording is removed, then the family erased: nothing below it is there any more to be erased, and
    a colleague has written about the clip meanwhile."""
    save(path, *SUPERVISION)
    colleague = Path(shutil.copy(path, tmp_path / "colleague.vig.json"))
    save(colleague, *ABOUT_THE_CLIP)
    caseload = Caseload.open(path, by="Ros")
    caseload.delete(caseload.need(Recording, "film"))
    caseload.close()
    erase(path)
    for ours, theirs in ((path, colleague), (colleague, path)):
        caseload = Caseload.open(ours, by="Ros")
        caseload.merge(read_snapshot(theirs).tables, "Merge")
        assert [each.id for each in caseload.all(SessionItem)] == ["other"]
        caseload.close()
        assert WORD not in ours.read_text()


def test_undo_brings_nothing_back_that_was_about_its_clips(path: Path) -> None:
    save(path, *SUPERVISION)
    caseload = Caseload.open(path, by="Ros")
    piece = caseload.save(replace(caseload.need(Reflection, "early"), body=WORD, clips=("clip",)))
    caseload.save(replace(piece, body="Of others", clips=()))
    erase_everywhere(caseload, [caseload.need(Family, "heron")], Keyring())
    with pytest.raises(RecordInvalidError):
        caseload.undo()
    caseload.close()
    assert holding(path.parent) == []


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


def test_screens_and_a_space_are_told_what_a_merge_erased(tmp_path: Path) -> None:
    """Else a list goes on showing a family that is gone, and nobody else loses it."""
    path = make(tmp_path / "c.vig.json", Family(id="heron", code="F-017"))
    other = Caseload.open(shutil.copy(path, tmp_path / "other.vig.json"))
    other.erase(other.need(Family, "heron"))
    caseload, told = Caseload.open(path), set[str]()
    caseload.subscribe(lambda step: told.update(step.ids))
    caseload.merge(other.snapshot(), "Merge")
    assert told == {"heron"}
    assert caseload.to_undo is None
    caseload.close()
    other.close()
