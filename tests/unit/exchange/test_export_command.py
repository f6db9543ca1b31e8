"""What would be lost: words about film leave only as everybody in it agreed, and it is known they left."""

import datetime as dt
import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import caseloads
from tests.caseloads import FOR_WORK, consents, read
from vigtui.cli.main import main
from vigtui.domain.records import (
    Clip,
    Consent,
    Copy,
    Cycle,
    Deletion,
    Family,
    Member,
    Note,
    Person,
    Recording,
    Tag,
)
from vigtui.domain.vocabulary import Decision, Purpose, RecordingKind, RecordingState, Visibility
from vigtui.store.caseload import Caseload

DAY = dt.date(2026, 1, 5)
HERON = Family(
    id="heron",
    code="F-017",
    guider="ellis",
    members=(Member(id="dana", label="Dana"), Member(id="jory", label="Jory")),
)
SECRET = "kingfisher"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return caseloads.make(
        tmp_path / "fen.vig.json",
        Person(id="ellis", name=f"Ellis {SECRET}"),
        HERON,
        *consents(HERON, DAY, FOR_WORK),
        Cycle(id="c1", family="heron", number=1),
        Recording(id="film", cycle="c1", path="media/a.mp4", duration_ms=9000, people=("dana", "jory")),
        Recording(
            id="talk", cycle="c1", kind=RecordingKind.SHARED_REVIEW, duration_ms=9000, people=("dana",)
        ),
        Clip(
            id="one", recording="film", in_ms=1000, out_ms=3000, order=1, title="Wonky", caption="Both laugh."
        ),
        Clip(id="two", recording="talk", in_ms=0, out_ms=3000, order=1, caption="=1+1"),
        Tag(clip="one", at_ms=2000, who="dana", principle="receiving", item="words"),
        Tag(clip="two", at_ms=2000, who="ellis", principle="guiding"),
        *(
            Note(about=about, author="ellis", visibility=who, body=SECRET)
            for about in ("one", "film", "heron")
            for who in Visibility
        ),
    )


def run(file: Path, out: str, kind: str, *more: str) -> Result:
    return CliRunner().invoke(main, ["export", str(file), str(file.parent / out), "--format", kind, *more])


def withdraw(file: Path, member: str) -> None:
    no = Consent(
        family="heron", member=member, purpose=Purpose.SUPERVISION, decision=Decision.WITHDRAWN, date=DAY
    )
    caseloads.write(file, no)


def everything(folder: Path) -> str:
    files = [folder] if folder.is_file() else sorted(folder.iterdir())
    return "\n".join(each.read_text(encoding="utf-8") for each in files)


@pytest.mark.parametrize("kind", ["eaf", "boris", "csv", "vtt"])
def test_clips_leave_and_notes_and_names_of_colleagues_do_not(file: Path, kind: str) -> None:
    result = run(file, "out", kind, "--family", "F-017")
    assert result.exit_code == 0, result.output
    written = everything(file.parent / "out")
    assert "Both laugh." in written
    assert SECRET not in written
    if kind != "vtt":
        assert "receiving: in words" in written
        assert "guider" in written
    for each in [file.parent / "out"] if kind in ("boris", "csv") else (file.parent / "out").iterdir():
        assert each.stat().st_mode & 0o077 == 0


def test_what_left_is_in_the_register(file: Path) -> None:
    assert run(file, "out.csv", "csv").exit_code == 0
    (copy,) = Caseload.open(file).all(Copy)
    assert (copy.family, copy.file, copy.about) == ("heron", "out.csv", "clips, captions and tags, as CSV")


def test_a_film_stays_behind_whose_people_do_not_all_agree(file: Path) -> None:
    """The rest leaves all the same, and the exit status tells."""
    withdraw(file, "jory")
    result = run(file, "out", "eaf")
    assert result.exit_code == 2
    assert "Left out: F-017 C1: " in result.output
    assert "Jory" in result.output
    assert "Both laugh." not in everything(file.parent / "out")


def test_nothing_is_written_where_nothing_may_leave(file: Path) -> None:
    withdraw(file, "dana")
    result = run(file, "out", "boris")
    assert result.exit_code == 2
    assert "Error: Nothing may leave." in result.output
    assert not (file.parent / "out").exists()
    assert not Caseload.open(file).all(Copy)


def test_another_purpose_has_consents_of_its_own(file: Path) -> None:
    assert run(file, "out", "csv", "--purpose", "training_event").exit_code == 2


def test_deleted_film_leaves_its_words(file: Path) -> None:
    caseloads.change(file, Recording, "film", state=RecordingState.DELETED, path="")
    caseloads.write(file, Deletion(recording="film", date=DAY, why="its day had come"))
    assert run(file, "out.csv", "csv").exit_code == 0
    assert "Both laugh." in everything(file.parent / "out.csv")


def test_what_is_there_is_not_replaced(file: Path) -> None:
    (file.parent / "out").write_text("mine")
    result = run(file, "out", "csv")
    assert result.exit_code == 2
    assert "out is already there" in result.output
    assert (file.parent / "out").read_text() == "mine"


def test_what_went_to_boris_and_elan_comes_back_into_a_copy_that_lost_it(file: Path) -> None:
    """Clips, words and tags are as they were, in the film they were in."""
    assert run(file, "out.boris", "boris").exit_code == 0
    for clip in ("one", "two"):
        caseload = Caseload.open(file)
        caseload.delete(caseload.need(Clip, clip))
        caseload.close()
    caseloads.change(file, Recording, "talk", path="media/b.mp4")
    result = CliRunner().invoke(main, ["import", str(file), str(file.parent / "out.boris")])
    assert result.exit_code == 0, result.output
    caseload = Caseload.open(file)
    (clip,) = caseload.where(Clip, recording="film")
    assert (clip.in_ms, clip.out_ms, clip.title, clip.caption) == (1000, 3000, "Wonky", "Both laugh.")
    (tag,) = caseload.where(Tag, clip=clip.id)
    assert (tag.at_ms, tag.who, tag.principle, tag.item) == (2000, "dana", "receiving", "words")
    caseload.close()
    assert read(file, Recording, "film").path == "media/a.mp4"


def test_families_whose_codes_make_one_file_name_leave_in_two_files(file: Path) -> None:
    for number, sign in enumerate("/:"):
        member = Member(id=f"ash-{number}", label="Ash")
        family = Family(id=f"of-{sign}", code=f"f{sign}017 " + "x" * 300, members=(member,))
        caseloads.write(
            file,
            family,
            Cycle(id=f"of-{number}", family=family.id, number=1),
            Recording(id=f"film-{number}", cycle=f"of-{number}", duration_ms=9000, people=(member.id,)),
            Clip(recording=f"film-{number}", in_ms=0, out_ms=900, caption=f"Film {number}."),
            *consents(family, DAY, FOR_WORK),
        )
    result = run(file, "out", "vtt")
    assert "Film 0." in everything(file.parent / "out"), result.output
    assert "Film 1." in everything(file.parent / "out")


def test_what_left_is_in_the_register_even_if_nobody_listens(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`vigtui export … | head` closes the output while it is told what left."""

    def closed(*_words: object, **_more: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("vigtui.cli.exchange.exporting.click.echo", closed)
    run(file, "out.csv", "csv")
    monkeypatch.undo()
    assert [each.file for each in Caseload.open(file).all(Copy)] == ["out.csv"]


@pytest.mark.parametrize("kind", ["eaf", "csv"])
def test_a_full_disk_is_told_and_nothing_half_stays(
    file: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    there = set(file.parent.iterdir())
    monkeypatch.setattr(os, "fsync", full)
    result = run(file, "out", kind)
    monkeypatch.undo()
    assert result.exit_code == 2
    assert "out cannot be written: No space left on device." in result.output
    assert set(file.parent.iterdir()) == there
    assert not Caseload.open(file).all(Copy)
