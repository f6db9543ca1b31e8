"""What a family would lose: that nobody who finds the laptop sees their child, whatever was done with the
film, and whenever the machine died. `python -m tests.bench residue` kills two hundred times."""

from pathlib import Path

import pytest

from tests.bench.film_files.residue import killed
from tests.unit.casefilm.residue import Residue, runs_of

FILM = bytes(range(256)) * 1024


def test_what_is_searched_for_is_found(tmp_path: Path) -> None:
    residue = Residue(tmp_path, {"toast": FILM}, [b"Wonky"])
    assert residue.found() == []
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "log").write_bytes(b"." * 999 + FILM[4096:12288])
    (tmp_path / "Wonky.txt").write_text("he said Wonky")
    assert [each.split(" in ")[0] for each in sorted(residue.found())] == ["Wonky", "film toast", "“Wonky”"]
    assert residue.found([tmp_path / "state" / "log", tmp_path / "Wonky.txt"]) == []
    assert len(runs_of(FILM)) > 100


@pytest.mark.slow
def test_a_program_killed_while_it_encrypts_leaves_no_film_in_clear_and_loses_none(tmp_path: Path) -> None:
    [told] = killed(tmp_path, 5, 5, "encrypting").values()
    assert told["rounds"] == 5
    wrong = [told[what] for what in ("clear", "lost", "not completed", "open to the old")]
    assert wrong == [0, 0, 0, 0], told["said"]


@pytest.mark.slow
def test_a_program_killed_while_it_takes_in_an_erasure_leaves_nothing_once_opened_again(
    tmp_path: Path,
) -> None:
    [told] = killed(tmp_path, 5, 7, "taking in an erasure").values()
    assert told["rounds"] == 5
    wrong = [told[what] for what in ("clear", "not completed", "left")]
    assert wrong == [0, 0, 0], told["said"]
