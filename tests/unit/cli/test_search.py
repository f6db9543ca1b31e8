"""What would be lost: a script that finds what was written, and tells nobody what is not for them."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.caseloads import make
from vigtui.cli.main import main
from vigtui.domain.records import (
    Clip,
    Cycle,
    Family,
    Member,
    Note,
    Person,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
)
from vigtui.domain.vocabulary import Role, Visibility
from vigtui.values.identity import id_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    members = (Member(id="dana", label="Dana"),)
    return make(
        tmp_path / "c.vig.json",
        Family(id="heron", code="F-017", pseudonym="He\tron\x1b[31m", members=members),
        Cycle(id="one", family="heron", number=1, next_step="More jam"),
        Recording(id="film", cycle="one", path="film.mp4"),
        Clip(id="clip", recording="film", in_ms=0, out_ms=9, caption="Jam\tor\nhoney"),
        Note(about="clip", body="[00:07] He points at the jam."),
        Note(about="clip", author="ros", visibility=Visibility.AUTHOR, body="Quince jam"),
        Person(id="ros", name="Ros", roles=(Role.SUPERVISOR,)),
        Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,), supervisor="ros"),
        Session(id="s", supervisor="ros", trainees=("ellis",), date=dt.date(2026, 1, 5), strengths="Quince"),
        SessionItem(id="item", session="s", clip="clip", seen_together="Quince", working_point="Quince"),
        Seeing(id=id_of("seeing", "item", "ellis"), item="item", person="ellis", words="Quince", begun=True),
        Reflection(person="ellis", body="Quince"),
    )


def search(path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["search", str(path), *words])


def test_each_place_is_a_line_of_cells_that_nothing_typed_can_break(path: Path) -> None:
    done = search(path, "JAM")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "F-017 He ron[31m\tnext step\tcycle 1\tMore jam",
        "F-017 He ron[31m\tcaption\tclip C1-0\tJam or honey\tfilm closed",
        "F-017 He ron[31m\tnote\tnote about clip C1-0 at 00:07\t[00:07] He points at the jam.\tfilm closed",
    ]
    assert len(search(path, "he", "points").output.splitlines()) == 1


def test_what_is_for_one_person_alone_or_comes_later_is_nowhere(path: Path) -> None:
    """Notes for oneself, what a trainee sees before they are asked, and what others wrote before that."""
    done = search(path, "quince")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Nothing is found." in done.stderr


def test_signs_alone_are_no_words(path: Path) -> None:
    done = search(path, "…", "“")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no letter" in done.stderr
