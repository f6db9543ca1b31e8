"""What would be lost: families of a list, and what was marked elsewhere, taken in as the preview says."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import caseloads
from tests.caseloads import read
from tests.unit.exchange.formats.test_elan import aligned, eaf, tier
from vigtui.cli.main import main
from vigtui.domain.records import Clip, CodeMeaning, Cycle, Family, Member, Person, Recording, StatusSpan, Tag
from vigtui.domain.vocabulary import CodeUse, FamilyState, Setting, StatusKind
from vigtui.exchange.formats.caseload_list import CaseloadList, DayOrder, day_order
from vigtui.exchange.importing.family_plan import plan_families
from vigtui.exchange.importing.plan import carry_out
from vigtui.exchange.importing.reading import read_source
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.encrypting import encrypt
from vigtui.vault.derivation import Cost

DANA = Member(id="dana", label="Dana")
HERON = Family(id="heron", code="F-017", pseudonym="Heron", guider="ellis", members=(DANA,))
CODED = tier("Dana", "top", aligned("a1", "ts1", "ts4", "smile"), aligned("a2", "ts4", "ts5", "gaze"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return caseloads.make(
        tmp_path / "fen.vig.json",
        Person(id="ellis", name="Ellis Marr"),
        HERON,
        Cycle(id="c1", family="heron", number=1),
        Recording(id="film", cycle="c1", path="media/film.mp4", duration_ms=5000),
        Clip(id="there", recording="film", in_ms=500, out_ms=3000, order=1),
    )


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, words)])


def source(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def records(file: Path) -> Caseload:
    return Caseload.open(file)


def test_a_list_of_families_becomes_families(file: Path, tmp_path: Path) -> None:
    """As a spreadsheet of another country writes it: semicolons, Windows' letters, a formula that is none."""
    rows = (
        "Family code;Pseudonym;Practitioner;Setting;State;"
        "Referral date;Status;Status since;Members;Surname\r\n"
        "F-020;Größe;Ros Tiverton;foster carers;active;31/03/2026;CIN;2026-04-01;Mo (aunt, 40); Bo;Smith\r\n"
        'F-021;\'=Wren;ellis marr;castle;;3 Apr 2026;CP;;"Ash (parent); Kit (4); ash";Jones\r\n'
        "f-017;Again;;;;;;;;\r\n;Nobody;;;;;;;;\r\nF-020;Twice;;;;;;;;\r\n"
    )
    rows = rows.replace("Mo (aunt, 40); Bo", '"Mo (aunt, 40); Bo"')
    result = run(file, source(tmp_path, "list.csv", rows.encode("cp1252")))
    assert result.exit_code == 0, result.output
    caseload = records(file)
    by_code = {each.code: each for each in caseload.all(Family)}
    assert set(by_code) == {"F-017", "F-020", "F-021"}
    first, second = by_code["F-020"], by_code["F-021"]
    assert (first.pseudonym, first.setting, first.state) == ("Größe", Setting.FOSTER, FamilyState.ACTIVE)
    assert first.referred == dt.date(2026, 3, 31)
    assert [(each.label, each.relation) for each in first.members] == [("Mo", "aunt, 40"), ("Bo", "")]
    assert caseload.need(Person, first.guider).name == "Ros Tiverton"
    assert (second.guider, second.pseudonym, second.referred) == ("ellis", "=Wren", dt.date(2026, 4, 3))
    assert [each.label for each in second.members] == ["Ash", "Kit"]
    (span,) = caseload.all(StatusSpan)
    assert (span.family, span.kind, span.start) == (first.id, StatusKind.CIN, dt.date(2026, 4, 1))
    for told in (
        "semicolons between columns, Windows-1252",
        "Column “Surname”: Real names",
        "setting “castle”: It is none of birth family",
        "status “CP”: A status needs the day",
        "(f-017): A family with this code is here already",
        "row 5: It has no code",
        "row 6 (F-020): This code is in the list twice",
        "row 3 (F-021), ash: Two members",
    ):
        assert told in result.output
    caseload.close()


def test_days_in_doubt_are_asked_about(file: Path, tmp_path: Path) -> None:
    path = source(tmp_path, "list.csv", "code,referred\nF-1,03/04/2026\n")
    result = run(file, path)
    assert result.exit_code == 2
    assert "“03/04/2026” is 3 April 2026 or 4 March 2026" in result.output
    assert run(file, path, "--dates", "month-first").exit_code == 0
    (family,) = (each for each in records(file).all(Family) if each.code == "F-1")
    assert family.referred == dt.date(2026, 3, 4)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2026", "13/04/2026"], DayOrder.DAY_FIRST),
        (["03/04/2026", "04/13/26"], DayOrder.MONTH_FIRST),
        (["13/04/2026", "04/13/2026", "01/02/2026"], "01/02/2026"),
        (["04/13/2026"], DayOrder.MONTH_FIRST),
        (["03/03/2026"], DayOrder.DAY_FIRST),
        (["2026-04-03", "3 Apr 2026", ""], None),
    ],
)
def test_the_order_of_days_is_told_by_those_that_can_be_only_one(cells: list[str], order: object) -> None:
    assert day_order(cells) == order


def test_a_list_is_one_undo(file: Path, tmp_path: Path) -> None:
    found = read_source(source(tmp_path, "list.tsv", "code\tguider\nF-1\tNew One\nF-2\tNew One\n"))
    assert isinstance(found, CaseloadList)
    caseload = records(file)
    carry_out(caseload, plan_families(caseload.where, found, "list.tsv", dt.date(2026, 11, 30)))
    assert len(caseload.all(Family)) == 3
    caseload.undo()
    assert [each.code for each in caseload.all(Family)] == ["F-017"]
    assert [each.name for each in caseload.all(Person)] == ["Ellis Marr"]
    caseload.close()


def test_marks_become_tags_of_the_clips_they_are_in(file: Path, tmp_path: Path) -> None:
    """The film is known by its name, Dana by hers; where no clip is, one is made that ends with the film."""
    path = source(tmp_path, "film.eaf", eaf(CODED))
    result = run(file, path, "--code", "smile=receiving/body", "--code", "gaze=attentive")
    assert result.exit_code == 0, result.output
    assert "F-017 C1: 1 clip, 2 tags" in result.output
    assert "The film ends before it does" in result.output
    caseload = records(file)
    smile, gaze = sorted(caseload.all(Tag), key=lambda tag: tag.at_ms)
    assert (smile.clip, smile.at_ms, smile.who, smile.principle, smile.item) == (
        "there", 1000, "dana", "receiving", "body",
    )  # fmt: skip
    made = caseload.need(Clip, gaze.clip)
    assert (made.in_ms, made.out_ms, made.order, gaze.principle) == (4000, 5000, 2, "attentive")
    caseload.close()
    again = run(file, path)
    assert again.exit_code == 0, "what a code means is said once"
    assert "F-017 C1: nothing new" in again.output
    assert "It is here already" in again.output


def test_nothing_is_changed_by_a_dry_run_and_codes_are_asked_for(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    result = run(file, source(tmp_path, "film.eaf", eaf(CODED)), "--dry-run", "--code", "smile=clip")
    assert result.exit_code == 0
    assert "what these codes mean here: “gaze”" in result.output
    assert "“gaze” at 00:04: Nobody has said what its code means here." in result.output
    assert file.read_bytes() == before


def test_a_meaning_that_is_said_anew_is_kept(file: Path, tmp_path: Path) -> None:
    path = source(tmp_path, "film.eaf", eaf(CODED))
    for said in ("smile=clip", "SMILE=nothing"):
        assert run(file, path, "--code", said).exit_code == 0
    (kept,) = records(file).all(CodeMeaning)
    assert kept.use is CodeUse.NOTHING


def test_captions_are_those_of_the_clips_they_are_in(file: Path, tmp_path: Path) -> None:
    """Of several in one clip each is a line; where no clip is, none is made unless somebody wants that."""
    cues = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nJory: Wonky.\n\n00:02.000 --> 00:03.000\nBoth laugh.\n\n"
        "00:04.000 --> 00:04.500\nLater.\n"
    )
    path = source(tmp_path, "words.vtt", cues)
    assert "Say which it is: --family CODE --film C1" in run(file, path).output
    result = run(file, path, "--family", "F-017", "--film", "c1")
    assert result.exit_code == 0, result.output
    assert read(file, Clip, "there").caption == "Jory: Wonky.\nBoth laugh."
    assert "There is no clip at its time" in result.output
    assert run(file, path, "--family", "F-017", "--film", "C1", "--code", "captions=clip").exit_code == 0
    clips = records(file).all(Clip)
    assert ("Later.", 4000, 4500) in [(each.caption, each.in_ms, each.out_ms) for each in clips]


def test_of_several_films_each_can_be_named(file: Path, tmp_path: Path) -> None:
    events = {"type": "MEDIA", "events": [[1, "Dana", "smile", "", ""]]}
    films = {name: {**events, "file": {"1": [f"{name}.avi"]}} for name in ("first", "second")}
    path = source(tmp_path, "two.boris", json.dumps({"observations": films}))
    more = ("--family", "F-017", "--code", "smile=receiving")
    asked = run(file, path, *more, "--film", "C1")
    assert asked.exit_code == 2
    assert "There is “first” and “second”" in asked.output
    named = run(file, path, *more, "--film", "second=C1")
    assert named.exit_code == 0
    assert "F-017 C1: 1 tag" in named.output
    assert "first (1 mark): It is no recording here" in named.output


def test_a_film_that_two_recordings_may_be_is_asked_for(file: Path, tmp_path: Path) -> None:
    """Cameras call the first film of every family 00001.MTS: words of one child are not another's."""
    other = Recording(id="wren-film", cycle="wren-1", path="media/wren/film.mp4", duration_ms=5000)
    caseloads.write(file, Family(id="wren", code="F-021"), Cycle(id="wren-1", family="wren", number=1), other)
    path = source(tmp_path, "coded.eaf", eaf(CODED, media="file:///D:/film.mp4"))
    more = ("--code", "smile=receiving", "--code", "gaze=nothing")
    asked = run(file, path, *more)
    assert asked.exit_code == 2
    assert "“film.mp4” is what the film of F-017 C1 and F-021 C1 is called." in asked.output
    assert "--family CODE --film C1" in asked.output
    assert not records(file).all(Tag)
    assert run(file, path, "--family", "F-017", "--dry-run", *more).exit_code == 0
    assert run(file, path, "--family", "F-021", "--film", "C1", "--dry-run", *more).exit_code == 0


@pytest.mark.parametrize(
    ("folder", "seconds", "why"),
    [("F-021", 5, "lies in F-021"), ("drafts", 60, "is of another length"), ("drafts", 5, "")],
)
def test_a_film_of_that_name_that_seems_another_is_asked_for(
    file: Path, tmp_path: Path, folder: str, seconds: int, why: str
) -> None:
    caseloads.write(file, Family(id="wren", code="F-021"))
    film = f"D:\\{folder}\\film.mp4"
    observation = {
        "type": "MEDIA",
        "file": {"1": [film]},
        "media_info": {"length": {film: seconds}},
        "events": [[1, "Dana", "smile", "", ""]],
    }
    path = source(tmp_path, "one.boris", json.dumps({"observations": {"one": observation}}))
    more = ("--code", "smile=receiving")
    result = run(file, path, *more, "--dry-run")
    assert result.exit_code == (2 if why else 0)
    if why:
        assert f"but the one that is meant {why}. Say which" in result.output
        assert run(file, path, *more, "--family", "F-017", "--film", "C1").exit_code == 0


def test_a_file_in_which_no_film_is_marked_is_told_why(file: Path, tmp_path: Path) -> None:
    path = source(tmp_path, "live.boris", '{"observations": {"day": {"type": "LIVE"}}}')
    result = run(file, path, "--family", "F-017", "--film", "C1")
    assert result.exit_code == 2
    assert "nothing in it is marked in a film. Observation “day”: It was not coded on film." in result.output


def test_a_caption_that_says_something_else_stays(file: Path, tmp_path: Path) -> None:
    caseloads.change(file, Clip, "there", caption="Dana waits.")
    path = source(tmp_path, "words.srt", "1\n00:00:01,000 --> 00:00:02,000\nJory: Wonky.\n")
    result = run(file, path, "--family", "F-017", "--film", "C1")
    assert "Its clip has a caption already" in result.output
    assert read(file, Clip, "there").caption == "Dana waits."


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--code", "smile=happiness"), "“happiness” is nothing that a code can mean"),
        (("--code", "smile"), "is not two things"),
        (("--code", "smile=receiving", "--who", "Dana=Zoe"), "Zoe is not in F-017: Dana and Ellis Marr"),
        (("--film", "C1"), "Name the family of the film as well"),
        (("--family", "F-017", "--film", "C9"), "No film is called C9 there"),
    ],
)
def test_what_is_said_wrongly_is_refused(file: Path, tmp_path: Path, more: tuple[str, ...], why: str) -> None:
    result = run(file, source(tmp_path, "film.eaf", eaf(CODED)), *more)
    assert result.exit_code == 2
    assert why in result.output
    assert "Traceback" not in result.output


def test_a_quotation_mark_that_is_never_closed_swallows_no_families(file: Path, tmp_path: Path) -> None:
    result = run(file, source(tmp_path, "list.csv", 'code,pseudonym\nF-1,"Wren\nF-2,Owl\n'))
    assert "a quotation mark in row 2 is never closed" in result.output
    assert [each.code for each in records(file).all(Family)] == ["F-017"]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\u2028"])
def test_only_a_line_break_ends_a_row(file: Path, tmp_path: Path, sign: str) -> None:
    """Word processors leave signs in a cell that are a new line to some: what follows is no family."""
    assert run(file, source(tmp_path, "list.csv", f"code,reasons\nF-1,quiet{sign}calm\n")).exit_code == 0
    assert [each.code for each in records(file).all(Family)] == ["F-017", "F-1"]


def test_a_time_of_four_hundred_digits_is_no_event(file: Path, tmp_path: Path) -> None:
    digits = "1" + "0" * 400
    events = f'[[{digits},"Dana","smile","",""],[1,"Dana","smile","",""]]'
    project = f'{{"observations":{{"a":{{"type":"MEDIA","file":{{"1":["film.mp4"]}},"events":{events}}}}}}}'
    result = run(file, source(tmp_path, "one.boris", project), "--code", "smile=receiving")
    assert result.exit_code == 0, result.output
    assert "It is not an event as BORIS writes them" in result.output


def test_a_code_whose_principle_is_there_no_longer_is_asked_about_again(file: Path, tmp_path: Path) -> None:
    """No tag is made that says nothing to anybody."""
    path = source(tmp_path, "film.eaf", eaf(CODED))
    assert (
        run(file, path, "--code", "smile=receiving", "--code", "gaze=receiving", "--dry-run").exit_code == 0
    )
    assert run(file, path, "--code", "smile=nothing", "--code", "gaze=nothing").exit_code == 0
    kept = next(each for each in records(file).all(CodeMeaning) if each.code == "smile")
    caseloads.change(file, CodeMeaning, kept.id, use=CodeUse.TAG, principle="waiting", item="long")
    result = run(file, path)
    assert "what these codes mean here: “smile”" in result.output
    assert not records(file).all(Tag)


def test_nothing_is_called_made_that_cannot_be_saved(file: Path, tmp_path: Path) -> None:
    path = source(tmp_path, "list.csv", "code\nF-1\n")
    file.write_text(file.read_text(encoding="utf-8").replace('"schema":', '"schema":99'), encoding="utf-8")
    result = run(file, path)
    assert result.exit_code == 1
    assert "This is made" not in result.output


@pytest.mark.parametrize("encrypted", [False, True])
def test_what_another_program_writes_meanwhile_stays(file: Path, tmp_path: Path, *, encrypted: bool) -> None:
    """An import from a script, while a colleague has the caseload open."""
    words = source(tmp_path, "words", "heron toast marsh\n")
    words.chmod(0o600)
    if encrypted:
        encrypt(file, "heron toast marsh", Cost(n=2, r=8, p=1))
    key = unlock(file, "heron toast marsh") if encrypted else None
    other = Caseload.open(file, key=key)
    other.save(Family(code="F-900"))
    other.flush()
    more = ("--passphrase-file", words) if encrypted else ()
    assert run(file, source(tmp_path, "list.csv", "code\nF-050\n"), *more).exit_code == 0
    other.save(Family(code="F-901"))
    other.close()
    caseload = Caseload.open(file, key=key)
    caseload.close()
    assert {"F-900", "F-050", "F-901"} <= {each.code for each in caseload.all(Family)}


def test_names_of_files_in_no_known_letters_are_read_and_steer_nothing(file: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"l\xff\x1b[31m\xe2\x80\xae.csv")
    path.write_text("code\nF-050\nF-050\n")
    result = run(file, path)
    assert result.exit_code == 0
    assert not {"\x1b", "\u202e"} & set(result.output)
    missing = run(file, tmp_path / os.fsdecode(b"\xff\x1b[31m.eaf"))
    assert missing.exit_code == 2
    assert "There is no " in missing.output
    assert "\x1b" not in missing.output
