"""What would be lost: a lead's sum of all caseloads, and knowing which are late, missing or spoilt."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from vigtui.cli.main import main
from vigtui.exchange.audits.collecting import Collected, Collecting, CountsState
from vigtui.exchange.audits.exports import AuditFileError, CaseloadCounts, Export, put_export, read_export
from vigtui.exchange.audits.known import read_known
from vigtui.exchange.audits.weekly import place_in, week_before
from vigtui.queries.audit.figures import FAMILIES

MONDAY = dt.date(2026, 11, 30)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where twelve caseloads of nine families have put their counts."""
    folder = tmp_path / "collected"
    folder.mkdir()
    for number in range(12):
        put(folder, f"case-{number:02}")
    return folder


def put(
    folder: Path, name: str, day: dt.date = MONDAY, number: int = 9, file: str = "", limit: int = 5
) -> Path:
    span, made = week_before(day), dt.datetime.combine(day, dt.time(9), dt.UTC)
    path = folder / file if file else place_in(folder, name)
    counts = [CaseloadCounts(name, {FAMILIES: number})]
    put_export(Export(1, span.start, span.end, made, limit, counts), path)
    return path


def collecting(folder: Path) -> Collecting:
    return Collecting(folder, folder.parent / "home" / "known.txt")


def named(caseloads: tuple[Collected, ...], state: CountsState) -> list[str]:
    return sorted(each.id for each in caseloads if each.state is state)


def test_each_caseload_counts_once_by_its_newest_counts_and_others_are_told(folder: Path) -> None:
    newer = put(folder, "case-00", MONDAY + dt.timedelta(days=2), 20, "Ellis’s laptop.audit.json")
    found = collecting(folder).look()
    assert found.told.of(FAMILIES) == 11 * 9 + 20
    [twice] = [each for each in found.caseloads if each.others]
    assert (twice.id, twice.path, twice.others) == ("case-00", newer, (place_in(folder, "case-00"),))
    assert named(found.caseloads, CountsState.COUNTED) == [f"case-{number:02}" for number in range(12)]


def test_late_missing_and_spoilt_counts_are_told_and_are_in_no_sum(folder: Path) -> None:
    looking = collecting(folder)
    looking.look()
    put(folder, "case-01", MONDAY - WEEK)
    put(folder, "case-02", MONDAY + WEEK)
    place_in(folder, "case-03").unlink()
    place_in(folder, "case-04").write_bytes(place_in(folder, "case-04").read_bytes()[:50])
    newer = place_in(folder, "case-05")
    newer.write_text(newer.read_text().replace('"audit": 1', '"audit": 2'))
    (folder / "theirs.audit.json").write_text('{"rows": []}')
    found = looking.look()
    assert found.told.of(FAMILIES) == 7 * 9
    assert named(found.caseloads, CountsState.LATE) == ["case-01"]
    assert named(found.caseloads, CountsState.AHEAD) == ["case-02"]
    assert named(found.caseloads, CountsState.MISSING) == ["case-03"]
    assert named(found.caseloads, CountsState.UNREADABLE) == ["case-04", "case-05", "theirs"]
    why = {each.id: each.why for each in found.caseloads}
    assert "was made by a newer vigtui" in why["case-05"]
    assert "holds no counts as vigtui writes them" in why["theirs"]


def test_on_the_first_days_of_a_week_the_sum_is_that_of_most_and_others_are_a_choice(folder: Path) -> None:
    put(folder, "case-00", MONDAY + WEEK, 50)
    looking = collecting(folder)
    found = looking.look()
    assert found.span == week_before(MONDAY)
    assert found.told.of(FAMILIES) == 11 * 9
    later = looking.look(found.spans[-1])
    assert (later.told.of(FAMILIES), later.number(CountsState.LATE)) == (50, 11)


def test_the_strictest_limit_counts_for_all(folder: Path) -> None:
    put(folder, "case-00", limit=10)
    found = collecting(folder).look()
    assert found.limit == 10
    assert found.told.of(FAMILIES) == 9  # Of the one whose own limit it is; in the others nine is small.
    assert FAMILIES in found.told.left_out
    assert "Those under 10 are left out of all." in found.notes[0]


def test_what_a_lead_wrote_stays_with_a_caseload_until_it_is_expected_no_more(folder: Path) -> None:
    looking = collecting(folder)
    looking.look()
    looking.describe("case-07", "Ellis and\nRos")
    place_in(folder, "case-07").unlink()
    [gone] = [each for each in looking.look().caseloads if each.state is CountsState.MISSING]
    assert (gone.id, gone.about, gone.made) == ("case-07", "Ellis and Ros", MONDAY)
    looking.expect_no_more("case-07")
    assert not named(looking.look().caseloads, CountsState.MISSING)
    put(folder, "case-07")
    assert looking.look().number(CountsState.COUNTED) == 12


def test_only_what_has_changed_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looking, read = collecting(folder), list[Path]()
    looking.look()

    def reading(path: Path) -> Export:
        read.append(path)
        return read_export(path)

    monkeypatch.setattr("vigtui.exchange.audits.collecting.read_export", reading)
    changed = put(folder, "case-03", number=30)
    assert looking.look().told.of(FAMILIES) == 11 * 9 + 30
    assert read == [changed]


def test_a_folder_that_is_gone_is_a_sentence_and_leaves_the_known_ones_alone(folder: Path) -> None:
    looking = collecting(folder)
    looking.look()
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(AuditFileError, match="moved, or a disk is missing"):
        looking.look()
    folder.mkdir()
    assert looking.look().number(CountsState.MISSING) == len(read_known(looking.known)) == 12


def test_a_list_of_known_caseloads_that_is_spoilt_is_told_and_left_as_it_is(folder: Path) -> None:
    looking = collecting(folder)
    looking.known.parent.mkdir()
    looking.known.write_text("my shopping list\n")
    found = looking.look()
    assert "line 1" in found.notes[0]
    assert looking.known.read_text() == "my shopping list\n"
    assert found.number(CountsState.COUNTED) == 12


def test_a_screen_is_of_one_folder_and_of_nothing_else(folder: Path, tmp_path: Path) -> None:
    for words in ([place_in(folder, "case-00")], [folder, tmp_path], [folder, "--format", "csv"]):
        result = CliRunner().invoke(main, ["audit", "--screen", *map(str, words)])
        assert result.exit_code == 2
        assert "--screen" in result.stderr


def test_an_id_that_would_be_several_words_of_the_list_is_refused(folder: Path) -> None:
    path = place_in(folder, "case-00")
    put_export(replace(read_export(path), caseloads=[CaseloadCounts("a 2026-01-01\nb")]), path)
    assert named(collecting(folder).look().caseloads, CountsState.UNREADABLE) == ["case-00"]


def test_more_than_a_machine_should_hold_is_not_read_and_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = collecting(folder)
    room = sum(each.stat().st_size for each in folder.iterdir())
    (folder / "zz.audit.json").write_bytes(b" " * 100)
    monkeypatch.setattr("vigtui.exchange.audits.collecting.MOST_TOGETHER", room)
    found = looking.look()
    assert found.told.of(FAMILIES) == 12 * 9
    [large] = [each for each in found.caseloads if each.state is CountsState.UNREADABLE]
    assert "MB of counts" in large.why
    (folder / "zz.audit.json").unlink()
    put(folder, "case-zz", number=20)
    monkeypatch.setattr("vigtui.exchange.audits.collecting.MOST_TOGETHER", 2 * room)
    assert looking.look().told.of(FAMILIES) == 12 * 9 + 20
