"""What a pack holds and what a merge would bring, whole, in `tests/golden`: a change of it is meant."""

import itertools
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.snapshot import same_golden
from tests.unit.exchange.conftest import LONG_AGO, TODAY, make_pack
from tests.unit.exchange.test_merge_command import conflicting
from vigtui.cli.main import main
from vigtui.domain.records import KINDS
from vigtui.exchange.packs.gathering import for_family, for_session
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import show_long_day

_UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


@pytest.mark.parametrize("about", ["session", "family"])
def test_a_pack_holds_what_its_supervision_needs(
    about: str,
    home: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    choose = for_session("today") if about == "session" else for_family("heron")
    contents = choose(read_snapshot(home), TODAY)
    made = make_pack(home, choose, tmp_path / "out")
    found = read_snapshot(tmp_path / "out" / "out.vig.json").loaded.index
    lines = [contents.about, f"in: {contents.words}", f"not in: {contents.rest}", f"clips: {made.clips}"]
    lines += [f"left out: {each}" for each in contents.left_out]
    for path in sorted((tmp_path / "out").rglob("*")):
        lines += [f"file: {path.relative_to(tmp_path / 'out')}"]
    lines += ["", (tmp_path / "out" / "pack.json").read_text(), ""]
    for kind in KINDS:
        lines += [f"{kind.table}: {each}" for each in sorted(record.id for record in found.all(kind))]
    lines = [line.replace(str(home.parent), "(home)") for line in lines]
    same_golden(f"pack_{about}", map(steady, lines), request)


def steady(line: str) -> str:
    """The line with words in place of today's date, the time of the test, and ids that are by chance."""
    line = re.sub(_UUID, "(an id)", line)
    line = line.replace(show_long_day(TODAY, TODAY), "(today)").replace(TODAY.isoformat(), "(today)")
    line = line.replace(LONG_AGO.isoformat(), "(long ago)")
    return re.sub(r"\d{1,2} [A-Z][a-z]{2}( \d{4})? \d\d:\d\d", "(a moment ago)", line)


def test_a_dry_merge_tells_what_would_come_in(
    ours: Path,
    theirs: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Which of two competing versions is shown depends on who wrote them, by names that are drawn by lot."""
    writers = (f"{number:08x}" for number in itertools.count(1))
    monkeypatch.setattr("vigtui.store.format.version.new_writer", lambda: next(writers))
    conflicting(ours, theirs)
    done = CliRunner().invoke(main, ["merge", "--dry-run", str(ours), str(theirs)])
    assert (done.exit_code, done.stderr) == (0, "")
    same_golden("merge_dry_run", map(steady, done.stdout.splitlines()), request)
