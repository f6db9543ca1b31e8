"""Conflicted copies beside a caseload: those of this caseload are found, and one that is merged is kept."""

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from vigtui.domain.records import Family, Note
from vigtui.domain.vocabulary import Visibility
from vigtui.exchange import synced_copies
from vigtui.exchange.incoming import read_other
from vigtui.exchange.synced_copies import find_copies, put_away
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.file import unlock
from vigtui.store.encrypting import change_passphrase, encrypt
from vigtui.store.errors import CannotSaveError
from vigtui.vault.derivation import Cost
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring
from vigtui.wording.arrivals import Foreseen, foresee, questions
from vigtui.wording.names import Names

CHEAP = Cost(n=2, r=1, p=1)  # What a real one costs is tried elsewhere.
TODAY = dt.date(2026, 11, 22)
OWN, OTHER = "five words that fit", "five others for Ros"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    path = tmp_path / "work" / "fenland.vig.json"
    caseload = Caseload.create(path, by="Ellis")
    caseload.save(Family(id="heron", code="F-017"))
    caseload.close()
    return path


def identity(path: Path, key: Key | None = None) -> str:
    caseload = Caseload.open(path, key=key)
    caseload.close()
    return caseload.meta.id


def copied(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(name)))


NAMES = ("Copy of it.vig.json", "fenland (1).vig.json", "fenland 2.vig.json", "fenland.vig - Kopie.json")


@pytest.mark.parametrize("encrypted", [False, True])
def test_copies_of_this_caseload_are_found_whatever_they_are_called_and_nothing_else(
    encrypted: bool, path: Path
) -> None:
    if encrypted:
        encrypt(path, OWN, CHEAP)
    own = unlock(path, OWN)
    for name in NAMES:
        copied(path, name)
    copied(path, "fenland (put aside, 2026-11-22 10.15.00).vig.json")
    Caseload.create(path.with_name("fenland (other).vig.json")).close()
    path.with_name("fenland (torn).vig.json").write_bytes(path.read_bytes()[:100])
    path.with_name("fenland (list).vig.json").write_text('{"meta": {"1": []}}')
    path.with_name("fenland (deep).vig.json").write_text('{"meta": {"1": ' + "[" * 30_000)
    path.with_name("fenland (empty).vig.json").touch()
    path.with_name("fenland (folder).vig.json").mkdir()
    path.with_name("fenland (link).vig.json").symlink_to(path)
    os.mkfifo(path.with_name("fenland (pipe).vig.json"))
    copies = find_copies(path, identity(path, own), Keyring(own))
    assert [copy.name for copy in copies] == list(NAMES)
    assert find_copies(path.parent / "nowhere" / path.name, "x", Keyring()) == []


def test_of_those_that_are_encrypted_otherwise_only_what_is_called_alike_is_told(
    path: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(path, tmp_path / "other.vig.json"))
    encrypt(other, OTHER, CHEAP)
    for name in ("fenland - Copy.vig.json", "marsh.vig.json"):
        shutil.copy(other, path.with_name(name))
    copies = find_copies(path, identity(path), Keyring())
    assert [(copy.name, copy.locked) for copy in copies] == [("fenland - Copy.vig.json", True)]


def test_a_folder_full_of_large_files_is_not_read_to_the_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synced_copies, "_MOST_BYTES", int(2.5 * path.stat().st_size))
    for number in range(5):
        copied(path, f"fenland ({number}).vig.json")
    assert len(find_copies(path, identity(path), Keyring())) == 2


def test_a_copy_is_kept_as_it_was_and_takes_no_others_place(path: Path) -> None:
    words = path.read_bytes()
    kept = [
        put_away(path, read_other(copied(path, "fenland (1).vig.json")), Keyring(), None) for _ in range(3)
    ]
    assert [each.name for each in kept] == [f"fenland (1).vig{more}.json" for more in ("", " 2", " 3")]
    assert {each.read_bytes() for each in kept} == {words}
    assert not path.with_name("fenland (1).vig.json").exists()
    assert not set(kept) & set(backups.copies(path)), "it must not go when copies are thinned out"


def test_a_copy_that_was_changed_meanwhile_stays(path: Path) -> None:
    """A synced folder may write it again while it is looked at."""
    copy = copied(path, "fenland (1).vig.json")
    other = read_other(copy)
    copy.write_bytes(copy.read_bytes() + b"\n")
    with pytest.raises(CannotSaveError, match="was changed meanwhile"):
        put_away(path, other, Keyring(), None)
    assert copy.exists()


@pytest.mark.parametrize("clear", [True, False])
def test_beside_an_encrypted_caseload_no_copy_is_kept_clear_or_under_the_old_passphrase(
    clear: bool, path: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(path, tmp_path / "fenland (1).vig.json"))
    if not clear:
        encrypt(copy, OTHER, CHEAP)
    encrypt(path, OTHER, CHEAP)
    change_passphrase(path, Keyring(OTHER), OWN, CHEAP)
    copy = Path(shutil.move(copy, path.with_name(copy.name)))
    own, other = unlock(path, OWN), read_other(copy)
    assert [each.locked for each in find_copies(path, identity(path, own), Keyring(own))] == [not clear]
    kept = put_away(path, other, Keyring(OTHER), own)
    assert not copy.exists()
    assert own is not None
    assert read_other(kept).opens_with(Keyring(own))
    assert b"F-017" in own.decrypt(kept.read_bytes())


def test_what_a_merge_would_bring_is_known_before_anything_is_changed(path: Path) -> None:
    copy = copied(path, "fenland (1).vig.json")
    for file, by in ((path, "Ellis"), (copy, "Alex")):
        there = Caseload.open(file, by=by)
        there.save(replace(there.need(Family, "heron"), reasons=f"{by}'s words"))
        there.save(Note(about="heron", body=f"By {by}"))
        there.close()
    before, tables = path.read_bytes(), read_other(copy).tables()
    caseload = Caseload.open(path)
    foreseen = foresee(caseload, tables, lambda find: Names(find, TODAY))
    [new] = [each.line for each in foreseen.told if each.what == "new"]
    assert new.startswith("New note about family F-017: By Alex (Alex, ")
    assert [each.line.partition(" changed")[0] for each in foreseen.questions] == ["Family F-017: reasons"]
    assert (caseload.conflicts(), len(caseload.all(Note))) == ([], 1)
    caseload.flush()
    assert path.read_bytes() == before
    caseload.merge(tables, "Merge")
    assert foresee(caseload, tables, lambda find: Names(find, TODAY)) == Foreseen((), ())
    caseload.close()


def test_what_two_wrote_in_a_note_for_its_author_alone_is_not_told(path: Path) -> None:
    """Merging must not show a supervisor what a trainee keeps for herself."""
    first = Caseload.open(path, by="Ellis")
    note = first.save(Note(about="heron", author="ellis", visibility=Visibility.AUTHOR, body="SECRET"))
    first.close()
    copy = copied(path, "fenland (1).vig.json")
    for file, words in ((path, "SECRET ours"), (copy, "SECRET theirs")):
        there = Caseload.open(file, by="Ellis")
        there.save(replace(there.need(Note, note.id), body=words))
        there.close()
    caseload = Caseload.open(path)
    caseload.merge(read_other(copy).tables(), "Merge")
    for reader, private in (("ros", True), ("", True), ("ellis", False)):
        [question] = questions(Names(caseload.get, TODAY, reader=reader), caseload.conflicts())
        assert question.private == private
        said = question.line + "".join(choice.words for choice in question.choices)
        assert ("SECRET" in said) != private
    caseload.close()
