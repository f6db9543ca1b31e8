"""What would be lost: a family whose words go while its film stays, and nobody is told."""

import io
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import MP4, make, with_films
from vigtui.casefilm import erasing
from vigtui.casefilm.encrypted.files import encrypt_beside
from vigtui.casefilm.encrypted.turning import encrypt_films
from vigtui.casefilm.home import film_in
from vigtui.casefilm.listening import sound_kept
from vigtui.casefilm.working_copies import keep_copy, unfinished_copy
from vigtui.cli.check import check
from vigtui.domain.records import Cycle, Family, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.sound.kept_sound import stamp
from vigtui.film.sound.waveform import Loudness
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.errors import CaseloadError
from vigtui.vault.derivation import Cost
from vigtui.vault.keyring import Keyring

CHEAP = Cost(n=2, r=1, p=1)


def test_a_disk_that_keeps_the_film_keeps_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is a stand-in: whoever runs the tests as root is refused nothing."""
    path = make(
        tmp_path / "c.vig.json",
        Family(id="heron", code="F-017"),
        Cycle(id="cycle", family="heron", number=1),
        Recording(id="film", cycle="cycle", path="media/film.mp4"),
    )
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "film.mp4").write_bytes(MP4)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(erasing, "delete_film", refuse)
    caseload = Caseload.open(path)
    erasure = erasing.plan_erasure(caseload, caseload.need(Family, "heron"))
    with pytest.raises(CaseloadError, match=r"No word was erased: media/film\.mp4 .*Permission denied"):
        erasing.erase(caseload, erasure, Keyring())
    assert caseload.get(Family, "heron") is not None
    caseload.close()


def test_of_encrypted_film_nothing_is_left_wherever_it_lies(tmp_path: Path) -> None:
    """What was kept in clear, moved, made of it, or said in it goes with the family; the other's stays."""
    path = with_films(tmp_path / "c.vig.json", "jigsaw", "toast")
    media = path.parent / "media"
    (media / "jigsaw.en.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nWonky.\n")
    encrypting.encrypt(path, "toast and honey", CHEAP)
    caseload = Caseload.open(path, key=unlock(path, "toast and honey"))
    encrypt_films(caseload, lambda *_: None)
    other = Cycle(family=caseload.save(Family(code="F-002")).id, number=1)
    toast = caseload.save(replace(caseload.need(Recording, "toast"), cycle=caseload.save(other).id))
    film = film_in(caseload, caseload.need(Recording, "jigsaw").path)
    sound_kept(caseload).keep(film, stamp(film), Loudness(b"loud"))
    copy = unfinished_copy(path.parent, film)
    encrypt_beside(caseload, film.path, io.BytesIO(MP4), ".mp4", copy)
    keep_copy(path.parent, film, copy)
    (path.parent / "moved").mkdir()
    film.path.rename(path.parent / "moved" / film.path.name)
    caseload.enter(replace(caseload.need(Recording, "jigsaw"), state=RecordingState.MISSING))
    left = {toast.path, "media/toast.mp4"}
    erasing.erase(
        caseload, erasing.plan_erasure(caseload, caseload.need(Family, "family")), Keyring(caseload.key)
    )
    caseload.close()
    found = {each.relative_to(path.parent).as_posix() for each in path.parent.rglob("*") if each.is_file()}
    assert {each for each in found if not each.startswith((".vigtui-backups", "c.vig.json"))} == left


@pytest.mark.parametrize("state", [RecordingState.MISSING, RecordingState.PRESENT])
@pytest.mark.parametrize("name", ["gone.mp4", f"{'0' * 32}.vigfilm"])
def test_a_family_whose_film_is_missing_is_erased_with_what_was_said_in_it(
    tmp_path: Path, name: str, state: RecordingState
) -> None:
    """A supervisor's machine has none of the film that a trainee's has."""
    path = make(
        tmp_path / "c.vig.json",
        Family(id="heron", code="F-017"),
        Cycle(id="cycle", family="heron", number=1),
        Recording(id="film", cycle="cycle", path=f"media/{name}", state=state),
    )
    stem = name.partition(".")[0]
    (tmp_path / "media").mkdir()
    for words in (f"{stem}.en.srt", f"{stem}.words-1.vigfilm"):
        (tmp_path / "media" / words).write_text("Wonky.")
    caseload = Caseload.open(path)
    erasure = erasing.plan_erasure(caseload, caseload.need(Family, "heron"))
    assert erasing.missing_films(caseload, erasure) == [f"media/{name}"]
    erasing.erase(caseload, erasure, Keyring())
    assert caseload.get(Family, "heron") is None
    caseload.close()
    assert len(list((tmp_path / "media").iterdir())) == 1  # What belongs to a film of the other kind.


def test_a_machine_that_never_had_any_film_erases_a_family(tmp_path: Path) -> None:
    path = make(
        tmp_path / "c.vig.json",
        Family(id="heron", code="F-017"),
        Cycle(id="cycle", family="heron", number=1),
        Recording(id="film", cycle="cycle", path=f"media/{'0' * 32}.vigfilm"),
    )
    caseload = Caseload.open(path)
    erasing.erase(caseload, erasing.plan_erasure(caseload, caseload.need(Family, "heron")), Keyring())
    assert caseload.get(Family, "heron") is None
    caseload.close()


def test_what_a_killed_program_left_of_an_erasure_goes_at_the_next_opening(tmp_path: Path) -> None:
    """Also where the passphrase was changed in between; what another recording names, or is held, stays."""
    path = with_films(tmp_path / "c.vig.json", "jigsaw", "toast", "story")
    encrypting.encrypt(path, "toast and honey", CHEAP)
    caseload = Caseload.open(path, key=unlock(path, "toast and honey"))
    other = Cycle(family=caseload.save(Family(code="F-002")).id, number=1)
    shared = replace(caseload.need(Recording, "toast"), id="other", cycle=caseload.save(other).id)
    caseload.save(shared)
    caseload.save(replace(caseload.need(Recording, "story"), hold_reason="A court asks for it."))
    caseload.flush()
    elsewhere = path.with_name("elsewhere") / path.name
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(path.read_bytes())
    colleague = Caseload.open(elsewhere, key=caseload.key)
    colleague.erase(colleague.need(Family, "family"))
    caseload.merge(colleague.snapshot(), "Merge")
    colleague.close()
    caseload.close()  # And nobody has deleted anything.
    told = check(path, lambda _: None, unlock(path, "toast and honey")).findings
    assert "media/jigsaw.mp4: film of what was erased. vigtui deletes it at the next opening." in told
    assert sorted(each.stem for each in (tmp_path / "media").iterdir()) == ["jigsaw", "story", "toast"]
    encrypting.change_passphrase(path, Keyring("toast and honey"), "honey and toast", CHEAP)
    again = Caseload.open(path, key=unlock(path, "honey and toast"))
    assert erasing.finish_erasing(again)
    assert sorted(each.stem for each in (tmp_path / "media").iterdir()) == ["story", "toast"]
    keyring = Keyring(again.key)
    kept = [each for each in (tmp_path / ".vigtui-backups" / path.name).iterdir() if each.suffix == ".json"]
    assert kept
    assert not any(b"F-001" in keyring.open(each.read_bytes()) for each in (*kept, path))
    assert again.erasing.left() is None
    again.close()


def test_a_film_that_the_disk_keeps_keeps_nothing_else_of_what_was_erased(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_films(tmp_path / "c.vig.json", "jigsaw", "toast")
    caseload = Caseload.open(path)
    caseload.erase(caseload.need(Family, "family"))
    delete = erasing.delete_what_is_there

    def refuse_one(home: Caseload, film: str) -> None:
        if film == "media/jigsaw.mp4":
            raise PermissionError(13, "Permission denied")
        delete(home, film)

    with monkeypatch.context() as refusing:
        refusing.setattr(erasing, "delete_what_is_there", refuse_one)
        assert not erasing.finish_erasing(caseload)
    assert [each.name for each in (tmp_path / "media").iterdir()] == ["jigsaw.mp4"]
    kept = [*(tmp_path / ".vigtui-backups" / path.name).glob("2*.json"), path]
    assert not any("F-001" in each.read_text() for each in kept)
    assert erasing.finish_erasing(caseload)
    assert not list((tmp_path / "media").iterdir())
    caseload.close()
