"""There is always an older version to go back to, and it is a good one."""

import datetime as dt
import shutil
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.errors import CaseloadDamagedError, CaseloadMissingError, NotACaseloadError

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def change(path: Path, code: str) -> None:
    caseload = Caseload.open(path)
    caseload.save(Family(code=code))
    caseload.close()


def test_what_stood_in_the_file_is_kept_before_the_first_change(caseload: Caseload, path: Path) -> None:
    caseload.save(Family(code="F-017"))
    caseload.close()
    before = path.read_bytes()
    assert backups.copies(path) == []
    change(path, "F-018")
    (copy,) = backups.copies(path)
    assert copy.read_bytes() == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(copy.parent.parent.stat().st_mode) == 0o700
    opened = Caseload.open(path)
    opened.close()
    assert backups.copies(path) == [copy]


def test_many_changes_in_ten_minutes_make_one_copy(caseload: Caseload, path: Path) -> None:
    caseload.close()
    again = Caseload.open(path)
    for number in range(5):
        again.save(Family(code=f"F-{number}"))
        again.flush()
    assert len(backups.copies(path)) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "SECONDS_BETWEEN", 0)
        again.save(Family(code="F-9"))
        again.flush()
    assert len(backups.copies(path)) == 2
    again.close()


def test_the_oldest_copies_go(caseload: Caseload, path: Path) -> None:
    """The folder must not fill the disk."""
    caseload.close()
    for number in range(14):
        change(path, f"F-{number}")
    assert len(backups.copies(path)) == backups.NEWEST + 1  # and the last of those of today before them
    codes = Caseload.open(backups.copies(path)[-1])
    codes.close()
    assert len(codes.all(Family)) == 13


@given(st.lists(st.integers(0, 60 * 24 * 30), unique=True, max_size=60))
def test_the_newest_ten_are_kept_and_one_of_each_day_for_two_weeks(minutes: list[int]) -> None:
    stamps = {NOW - dt.timedelta(minutes=each) for each in minutes}
    kept = backups.kept_of(stamps, NOW)
    assert kept <= stamps
    assert set(sorted(stamps)[-10:]) <= kept
    assert len(kept) <= 10 + 15
    recent = {stamp for stamp in stamps if NOW - stamp < dt.timedelta(days=14)}
    assert {stamp.date() for stamp in recent} <= {stamp.date() for stamp in kept}


def test_copies_from_a_day_still_to_come_push_out_no_real_ones(caseload: Caseload, path: Path) -> None:
    """The clock was wrong for a day: without this, no backup would be kept until that day comes."""
    caseload.save(Family(code="F-017"))
    caseload.close()
    folder = backups.make_folder(path)
    wrong = [folder / f"2097-01-01T0000{number:02}.000000Z.vig.json" for number in range(12)]
    for copy in wrong:
        copy.write_bytes(path.read_bytes())
    for number in range(12):
        change(path, f"G-{number}")
    real = [copy for copy in backups.copies(path) if copy not in wrong]
    assert len(real) == backups.NEWEST + 1
    assert backups.newest_good(path, lambda _: True) == real[-1]
    assert 10 <= len(set(wrong) & set(backups.copies(path))) <= 12


def test_a_link_in_the_place_of_the_hidden_folder_is_not_followed(caseload: Caseload, path: Path) -> None:
    """Whoever can write the folder could have copies of the caseload written, and read, somewhere else."""
    caseload.close()
    elsewhere = path.parent.with_name("elsewhere")
    elsewhere.mkdir()
    planted = elsewhere / path.name / "2026-01-01T000000.000000Z.vig.json"
    planted.parent.mkdir()
    planted.write_bytes(path.read_bytes())
    for link, target in (
        (path.parent / ".vigtui-backups", elsewhere),
        (backups.folder_of(path), planted.parent),
    ):
        shutil.rmtree(path.parent / ".vigtui-backups", ignore_errors=True)
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(target)
        again = Caseload.open(path)
        again.save(Family(code="F-018"))
        status = again.flush()
        assert status.words().endswith(", no backup, no lock")
        assert f"{link.name} is a link to somewhere else" in status.caveats[0].sentence
        again.close()
        assert backups.copies(path) == []
        assert [each.name for each in elsewhere.rglob("*")] == [path.name, planted.name]
        link.unlink()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", CaseloadDamagedError),
        (b'{"meta": {"1": {"sch', CaseloadDamagedError),
        (b'{"meta": {"1": {"schema": 1, "film_kept_days": "x"}}}', CaseloadDamagedError),
        (b'{"shopping": {}}', NotACaseloadError),
        (None, CaseloadMissingError),
    ],
)
def test_the_newest_good_copy_is_offered(
    caseload: Caseload,
    path: Path,
    content: bytes | None,
    kind: type[CaseloadDamagedError | NotACaseloadError | CaseloadMissingError],
) -> None:
    """A torn copy is passed over: an offer that fails too helps nobody."""
    caseload.close()
    for number in range(3):
        change(path, f"F-{number}")
    *_, good, torn = backups.copies(path)
    torn.write_bytes(torn.read_bytes()[:-20])
    (path.unlink if content is None else lambda: path.write_bytes(content))()
    with pytest.raises(kind) as refused:
        Caseload.open(path)
    assert refused.value.backup == good
    offered = Caseload.open(good)
    offered.close()
    assert len(offered.all(Family)) == 1


def test_without_copies_none_is_offered(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(CaseloadDamagedError) as refused:
        Caseload.open(path)
    assert refused.value.backup is None


def test_a_change_by_somebody_else_is_not_kept_as_ours(caseload: Caseload, path: Path) -> None:
    caseload.close()
    again = Caseload.open(path)
    path.write_bytes(b"half of somebody's wri")
    again.save(replace(Family(code="F-017")))
    assert again.flush().state == "not_saved"
    assert backups.copies(path) == []
    again.close()
