"""The audit of many caseloads: what would be lost is that a county's figures are of every family, once."""

import datetime as dt
import errno
import itertools
import os
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from tests.caseloads import change, make, read, write
from vigtui.cli.main import main
from vigtui.demo.loader import load_demo
from vigtui.domain.records import Cycle, Family, Note, Person, Session
from vigtui.domain.vocabulary import FamilyState, Role, SessionState, Setting, Visibility
from vigtui.exchange.audits.exports import AuditFileError, Export, read_export
from vigtui.exchange.audits.finding import files_in
from vigtui.exchange.audits.gathering import Gathered, gather
from vigtui.exchange.audits.reading import read_caseload
from vigtui.exchange.incoming import read_other
from vigtui.queries.audit.counting import count_caseload
from vigtui.queries.audit.records import audit_records
from vigtui.queries.audit.span import months
from vigtui.store.caseload import Caseload
from vigtui.store.encrypting import encrypt
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import today
from vigtui.vault.derivation import Cost
from vigtui.vault.keyring import Keyring
from vigtui.wording.audit import count_words

TODAY = today()
SPAN = months(6, TODAY)
NOW = dt.datetime.now(dt.UTC)
CHEAP = Cost(n=2, r=1, p=1)  # What a real one costs is tried elsewhere.
WORDS = "five words that fit"
ELLIS = Person(id="ellis", name="Ellis Marr", roles=(Role.TRAINEE,))
HELD = Session(id="s", supervisor="ros", trainees=("ellis",), date=TODAY, minutes=60, state=SessionState.HELD)


def caseload(path: Path, *codes: str, setting: Setting = Setting.BIRTH) -> Path:
    """Make a caseload of these families, one cycle each, with a supervision that several files know of."""
    families = [
        Family(id=code, code=code, pseudonym="Heron", setting=setting, state=FamilyState.ACTIVE)
        for code in codes
    ]
    cycles = [Cycle(id=f"{code}-1", family=code, number=1, filmed=TODAY, reviewed=TODAY) for code in codes]
    return make(path, *families, *cycles, ELLIS, HELD)


def many(number: int, of: str = "F") -> list[str]:
    return [f"{of}-{each}" for each in range(number)]


def gathered(*paths: Path, words: str = "") -> Gathered:
    return gather(files_in(paths), SPAN, TODAY, lambda _: Keyring(words) if words else None)


def total(found: Gathered, name: str) -> int:
    return sum(each[name] for each in found.caseloads.values())


def audit(*words: object) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, words)])


def test_a_folder_is_counted_with_those_in_it(tmp_path: Path) -> None:
    caseload(tmp_path / "one.vig.json", "F-1")
    caseload(tmp_path / "team" / "two.vig.json", "F-2", "F-3")
    caseload(tmp_path / ".hidden" / "three.vig.json", "F-4")
    found = gathered(tmp_path)
    assert [total(found, name) for name in ("families", "cycles/done")] == [3, 3]
    assert found.told == found.refused == []
    assert [total(found, name) for name in ("trainees", "sessions", "minutes")] == [
        1,
        1,
        60,
    ]  # once, by their ids


def test_a_family_in_several_files_is_counted_once_as_its_newest_version_says(tmp_path: Path) -> None:
    old = caseload(tmp_path / "old.vig.json", "F-1", "F-2")
    new = tmp_path / "new.vig.json"
    shutil.copy(old, new)
    change(new, Family, "F-1", state=FamilyState.PAUSED)
    write(new, Cycle(family="F-1", number=2, filmed=TODAY), removed=[read(new, Family, "F-2")])
    for paths in ((old, new), (new, old)):
        found = gathered(*paths)
        assert [total(found, each) for each in ("families", "state/paused", "cycles")] == [1, 1, 2]
        [told] = found.told
        assert told.endswith("vig.json hold some of the same families: each is counted once.")


def test_files_that_share_many_families_are_counted_once_in_any_order(tmp_path: Path) -> None:
    """The last holds families of both others: all three are taken together."""
    one = caseload(tmp_path / "one.vig.json", "F-1", "F-2")
    two = caseload(tmp_path / "two.vig.json", "F-3", "F-4")
    three = caseload(tmp_path / "three.vig.json", "F-1", "F-2", "F-3", "F-4", "F-5")
    for paths in itertools.permutations((one, two, three)):
        found = gathered(*paths)
        assert [total(found, each) for each in ("families", "cycles")] == [5, 5]
        assert len(found.told) == 1


def test_competing_versions_are_told_and_counted_once(tmp_path: Path) -> None:
    one = caseload(tmp_path / "one.vig.json", "F-1")
    other = Path(shutil.copy(one, tmp_path / "other.vig.json"))
    change(one, Family, "F-1", state=FamilyState.PAUSED)
    change(other, Family, "F-1", state=FamilyState.CONTRACTING)
    found = gathered(one, other)
    assert [total(found, each) for each in ("families", "state/at_work")] == [1, 1]
    assert found.told[-1].startswith("These files: 1 record has competing versions")


def test_what_was_erased_is_counted_nowhere(tmp_path: Path) -> None:
    one = caseload(tmp_path / "one.vig.json", "F-1", "F-2")
    other = Path(shutil.copy(one, tmp_path / "other.vig.json"))
    opened = Caseload.open(one)
    opened.erase(opened.need(Family, "F-1"))
    opened.close()
    assert total(gathered(one, other), "families") == 1


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_counted(tmp_path: Path) -> None:
    caseload(tmp_path / "good.vig.json", *many(7))
    (tmp_path / "broken.vig.json").write_text('{"families": {"1"')
    (tmp_path / "empty.vig.json").write_bytes(b"")
    result = audit(tmp_path)
    assert result.exit_code == 2
    assert "broken.vig.json is not counted. broken.vig.json is not complete JSON" in result.stderr
    assert "empty.vig.json is not counted." in result.stderr
    assert "Families by setting: 7" in result.stdout
    missing = audit(tmp_path / "none.vig.json")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "None of these could be counted." in missing.stderr


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    caseload(tmp_path / "good.vig.json", "F-1")
    caseload(tmp_path / "closed" / "theirs.vig.json", "F-2")
    look = os.scandir

    def forbidden(path: object) -> object:
        if Path(str(path)).name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return look(str(path))

    monkeypatch.setattr(os, "scandir", forbidden)
    found = gathered(tmp_path)
    assert total(found, "families") == 1
    assert found.refused == ["closed is not counted. closed cannot be read: Permission denied."]


def test_an_encrypted_caseload_opens_with_the_passphrase_file_beside_it(tmp_path: Path) -> None:
    """Or in a folder, or with one for all; without any the sentence says what is missing."""
    path = caseload(tmp_path / "team.vig.json", *many(6))
    encrypt(path, WORDS, CHEAP)
    result = audit(path)
    assert "team.vig.json is encrypted: its passphrase opens it." in result.stderr
    for place in (tmp_path / "team.vig.json.pass", tmp_path / "keys" / "team.vig.json.pass"):
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"{WORDS}\n")
        place.chmod(0o600)
        result = audit(path, "--passphrases", tmp_path / "keys")
        assert (result.exit_code, result.stderr) == (0, "")
        shutil.move(place, tmp_path / "words")
        assert audit(path, "--passphrase-file", tmp_path / "words").exit_code == 0
    (tmp_path / "team.vig.json.pass").write_text(WORDS)
    (tmp_path / "team.vig.json.pass").chmod(0o644)
    assert "Others may read" in audit(path).stderr


def test_counts_are_added_up_and_each_caseload_once(tmp_path: Path) -> None:
    """What is left out of each stays out: a sum says that it is more."""
    one = caseload(tmp_path / "one.vig.json", *many(9))
    two = caseload(tmp_path / "two.vig.json", *many(8, "G"), setting=Setting.FOSTER)
    for path in (one, two):
        assert audit(path, "--export", tmp_path / f"{path.stem}.audit.json").exit_code == 0
    counts = [tmp_path / "one.vig.audit.json", tmp_path / "two.vig.audit.json"]
    both = gather(files_in([*counts, two]), SPAN, TODAY, lambda _: None)
    assert both.told == [
        "A caseload came twice: the caseload itself counts, and not the counts in two.vig.audit.json."
    ]
    told = both.for_others()
    assert [told.of(each) for each in ("families", "setting/birth", "setting/foster")] == [17, 9, 8]
    assert "sessions" in told.left_out
    assert "Families by setting: 17" in audit(*counts).stdout


def test_of_several_limits_the_strictest_counts_and_is_told(tmp_path: Path) -> None:
    """Three and four would stand under a note that says there is no number under five."""
    one = caseload(tmp_path / "one.vig.json", *many(9))
    for code in many(4):
        change(one, Family, code, setting=Setting.FOSTER)
    opened = Caseload.open(one)
    opened.save_meta(replace(opened.meta, small_numbers=3))
    opened.close()
    counts = tmp_path / "one.audit.json"
    assert audit(one, "--export", counts).exit_code == 0
    assert read_export(counts).caseloads[0].told.of("setting/foster") == 4
    both = gathered(counts, caseload(tmp_path / "two.vig.json", *many(6, "G"), setting=Setting.FOSTER))
    assert both.limit == 5
    assert both.told == [
        "Small numbers differ in these files: under 3 and 5. Those under 5 are left out of all."
    ]
    assert count_words(both.for_others(), "setting/foster") == "6 or more"
    assert all(count >= 5 for each in both.export(NOW).caseloads for count in each.counts.values())


def test_counts_and_a_paper_of_the_same_caseloads_are_not_written_together(tmp_path: Path) -> None:
    """Of nine families and three, 12 on paper and 9 in the counts tell the three."""
    caseload(tmp_path / "one.vig.json", *many(9))
    caseload(tmp_path / "two.vig.json", *many(3, "G"))
    out, paper = tmp_path / "out.audit.json", tmp_path / "paper.html"
    for beside in (("-o", paper), ("--format", "csv")):
        result = audit(tmp_path, "--export", out, *beside)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "tell small numbers" in result.stderr
        assert not out.exists()
        assert not paper.exists()
    assert audit(tmp_path, "--export", out).exit_code == 0
    assert audit(out, "-o", paper).exit_code == 0
    assert "Families by setting: 9 or more" in paper.read_text()


def test_counts_hold_counts_alone_and_no_small_ones(tmp_path: Path) -> None:
    path = caseload(tmp_path / "one.vig.json", *many(9), "F-secret")
    write(path, Note(about="F-secret", author="ellis", visibility=Visibility.AUTHOR, body="SECRET"))
    change(path, Family, "F-0", setting=Setting.KINSHIP)
    out = tmp_path / "out.audit.json"
    assert audit(path, "--export", out).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    written = out.read_text()
    for word in ("F-", "Heron", "Ellis", "secret", "SECRET", "SERVICE"):
        assert word not in written
    [found] = read_export(out).caseloads
    assert {"setting/kinship", "setting/birth"} <= set(found.left_out)
    assert all(count >= 5 for count in found.counts.values())


@pytest.mark.parametrize(
    "spoiled",
    [
        b"{}",
        b"[" * 5000,
        b'{"audit":1,"start":"2026-01-02","end":"2026-01-01","made":"2026-01-01T00:00:00Z","limit":5,"caseloads":[]}',
        b'{"audit":9,"start":"2026-01-01","end":"2026-01-01","made":"2026-01-01T00:00:00Z","limit":5,"caseloads":[]}',
        b'{"audit":1,"start":"2026-01-01","end":"2026-01-01","made":"2026-01-01T00:00:00Z","limit":5,'
        b'"caseloads":[{"id":"x","counts":{"families":-1}}]}',
    ],
)
def test_counts_that_are_none_are_refused_with_a_sentence(tmp_path: Path, spoiled: bytes) -> None:
    path = tmp_path / "x.audit.json"
    path.write_bytes(spoiled)
    with pytest.raises(AuditFileError, match=r"^x\.audit\.json .*\.$"):
        read_export(path)


def test_counts_of_other_days_are_not_added(tmp_path: Path) -> None:
    path = caseload(tmp_path / "one.vig.json", *many(6))
    assert audit(path, "--export", tmp_path / "a.audit.json", "--from", "2026-01-01").exit_code == 0
    result = audit(tmp_path / "a.audit.json", path, "--from", "2025-01-01")
    assert "a.audit.json is not counted. It is over other days, from 2026-01-01" in result.stderr
    assert audit(tmp_path / "a.audit.json", path).exit_code == 0  # The counts say over which days.


def test_hostile_counts_reach_paper_as_text(tmp_path: Path) -> None:
    evil = "closure/reason: <script>alert(1)</script> =1+1 \x1b[2J **b** | [x](http://e.example)"
    export = Export(1, SPAN.start, SPAN.end, dt.datetime.now(dt.UTC), 5, [])
    written = msgspec.to_builtins(export) | {
        "caseloads": [
            {"id": "\x1b[2J", "counts": {evil: 7, "state/ended": 7, "families": 7}, "left_out": [evil * 3]}
        ]
    }
    path = tmp_path / "evil.audit.json"
    path.write_bytes(msgspec.json.encode(written))
    for form in ("html", "md", "csv", "txt"):
        shown = audit(path, "--format", form).stdout
        assert "\x1b" not in shown
        assert "alert(1)" in shown
        assert form != "html" or "<script" not in shown
        assert "\n=1" not in shown


def test_the_paper_tells_nobody_s_name_and_is_written_as_asked(tmp_path: Path) -> None:
    path = caseload(tmp_path / "one.vig.json", *many(9))
    for form in ("html", "md", "csv", "txt"):
        out = tmp_path / f"paper.{form}"
        assert audit(path, "-o", out).exit_code == 0
        paper = out.read_text()
        assert "birth family" in paper
        words = " ".join(paper.split())
        assert "Fewer than 5 practitioners are counted here" in words
        assert "stands for a number that is left out: one under 5" in words
        assert not any(word in paper for word in ("F-1", "Heron", "Ellis"))
    assert "<svg" in (tmp_path / "paper.html").read_text()
    assert audit(path, "-o", tmp_path / "paper.csv").exit_code == 1  # It is there already.
    assert "does not end in .md" in audit(path, "-o", tmp_path / "new.csv", "--format", "md").stderr


def test_a_paper_of_a_caseload_and_one_of_its_counts_are_the_same(tmp_path: Path) -> None:
    """Then whoever has both knows no more than from one."""
    path = make(tmp_path / "demo.vig.json", *load_demo(TODAY).records)
    counts = tmp_path / "demo.audit.json"
    assert audit(path, "--export", counts).exit_code == 0
    for form in ("html", "csv"):
        assert audit(path, "--format", form).stdout == audit(counts, "--format", form).stdout


def test_days_that_are_none_are_told(tmp_path: Path) -> None:
    path = caseload(tmp_path / "one.vig.json", "F-1")
    assert "is not a day" in audit(path, "--from", "someday").stderr
    assert "ends before it begins" in audit(path, "--from", "2026-02-01", "--until", "2026-01-01").stderr


def test_what_is_read_at_once_is_what_is_read_record_by_record(tmp_path: Path) -> None:
    """Also where somebody changed an agreed session past the program: what was agreed counts."""
    path = make(tmp_path / "demo.vig.json", *load_demo(TODAY).records)
    for minutes in (b'"minutes":90', b'"minutes":91'):
        path.write_bytes(path.read_bytes().replace(b'"minutes":90', minutes))
        at_once = count_caseload(read_caseload(read_other(path), None).records, SPAN, TODAY)
        assert at_once == count_caseload(audit_records(read_snapshot(path)), SPAN, TODAY)
        assert at_once["families"] == 10


def test_a_file_that_says_something_twice_is_not_counted(tmp_path: Path) -> None:
    """As it is not opened: which of the two is right, nobody knows."""
    path = caseload(tmp_path / "twice.vig.json", "F-1", "F-2")
    written = path.read_text()
    path.write_text(written.replace('"2": {"id":"F-2"', '"1": {"id":"F-2"'))
    assert path.read_text() != written
    [refused] = gathered(path).refused
    assert "twice where it may be only once" in refused
