"""What would be lost: a service's figures without anybody asking for them, and knowing which are missing."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.caseloads import make
from vigtui.cli.main import main
from vigtui.domain.records import Family
from vigtui.domain.vocabulary import FamilyState
from vigtui.exchange.audits.exports import AuditFileError, read_export
from vigtui.exchange.audits.known import KnownFileError, read_known
from vigtui.exchange.audits.weekly import place_in, put_counts, week_before
from vigtui.store.caseload import Caseload
from vigtui.values.days import today

MONDAY = dt.date(2026, 11, 30)
NOW = dt.datetime(2026, 11, 30, 9, 0, tzinfo=dt.UTC)


def families(number: int, of: str = "F") -> list[Family]:
    return [Family(code=f"{of}-{each}", state=FamilyState.ACTIVE) for each in range(number)]


def put(path: Path, folder: Path, day: dt.date = MONDAY) -> bool:
    caseload = Caseload.open(path)
    caseload.close()
    return put_counts(caseload, folder, day, dt.datetime.combine(day, NOW.time(), dt.UTC))


def audit(*words: object) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, words)])


def test_everybodys_week_ends_with_the_same_sunday() -> None:
    days = [MONDAY + dt.timedelta(days=each) for each in range(7)]
    assert {week_before(day).end for day in days} == {dt.date(2026, 11, 29)}
    assert week_before(MONDAY - dt.timedelta(days=1)).end == dt.date(2026, 11, 22)


def test_counts_are_put_once_a_week_without_small_numbers_and_names(tmp_path: Path) -> None:
    path, folder = make(tmp_path / "fenland.vig.json", *families(3)), tmp_path / "collected"
    folder.mkdir(mode=0o770)
    folder.chmod(0o770)
    assert put(path, folder)
    assert not put(path, folder, MONDAY + dt.timedelta(days=6))
    [written] = folder.iterdir()
    assert written.stat().st_mode & 0o777 == 0o660
    [counts] = read_export(written).caseloads
    assert written == place_in(folder, counts.id)
    assert 3 not in counts.counts.values()  # Under the limit of the caseload: left out, as on papers.
    assert "F-1" not in written.read_text()
    assert put(path, folder, MONDAY + dt.timedelta(days=7))
    assert read_export(written).end == MONDAY + dt.timedelta(days=6)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = make(tmp_path / "fenland.vig.json", *families(3))
    with pytest.raises(AuditFileError, match="cannot be written"):
        put(path, tmp_path / "gone")


def test_late_and_missing_counts_are_told_and_not_guessed(tmp_path: Path) -> None:
    folder, known, day = tmp_path / "collected", tmp_path / "known.txt", today()
    folder.mkdir()
    for name in ("one", "two", "three"):
        put(make(tmp_path / name / "own.vig.json", *families(9, name)), folder, day)
    first = audit(folder, "--known", known, "--older-than", "3")
    assert first.exit_code == 0
    assert "not there" not in first.stderr
    gone, late, _ = sorted(folder.iterdir())
    identity = gone.name.partition(".")[0]
    lines = known.read_text().splitlines()
    known.write_text("\n".join(f"{each} Ellis" if identity in each else each for each in lines))
    gone.unlink()
    old = late.read_text().replace(f'"made": "{day.isoformat()}', '"made": "2026-01-05')
    late.write_text(old)
    told = audit(folder, "--known", known, "--older-than", "3").stderr
    assert f"{identity} (Ellis) is not there this time: its last counts are of" in told
    assert f"{late.name.partition('.')[0]}: its counts are of 5 January" in told
    assert read_known(known)[identity].about == "Ellis"


def test_counts_of_an_earlier_week_are_late_and_not_missing_and_do_not_stop_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "collected"
    folder.mkdir()
    late, own = (make(tmp_path / name / "own.vig.json", *families(9)) for name in ("late", "own"))
    put(late, folder, MONDAY - dt.timedelta(days=7))
    assert audit(folder, "--known", tmp_path / "known.txt").exit_code == 0
    put(own, folder, MONDAY)
    result = audit(folder, "--known", tmp_path / "known.txt")
    assert result.exit_code == 2
    assert "to 2026-11-22: it is late." in result.stderr
    assert "not there" not in result.stderr


def test_a_list_of_known_caseloads_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "known.txt"
    path.write_text("# a heading\n01a2 someday\n")
    with pytest.raises(KnownFileError, match="line 2"):
        read_known(path)
