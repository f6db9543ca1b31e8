"""Every paper that can be written: what is not meant for its reader is never on it, in no format, and what
was typed is text."""

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from msgspec.structs import fields, replace

from tests.caseloads import make
from vigtui.cli.main import main
from vigtui.cli.papers.kinds import KINDS, Asked
from vigtui.demo.loader import load_demo
from vigtui.domain.records import (
    Clip,
    Copy,
    Cycle,
    Family,
    Note,
    Person,
    Record,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
    Voice,
)
from vigtui.domain.vocabulary import CopyKind, RecordingState, SessionState, Visibility
from vigtui.reports.formats.writing import CSV, HTML, MARKDOWN, TEXT, print_out
from vigtui.reports.paper import Paper
from vigtui.reports.templates import LANGUAGES
from vigtui.store.caseload import Caseload
from vigtui.values.text import clean

TODAY = dt.date(2026, 11, 30)
DEMO = load_demo(TODAY).records
HERON = next(each for each in DEMO if isinstance(each, Family) and each.code == "F-017")
ELLIS = next(each for each in DEMO if isinstance(each, Person) and each.name == "Ellis Marr")
HELD = next(each for each in DEMO if isinstance(each, Session) and each.state is SessionState.AGREED)
ONLY_ME = "xylophone"
HOSTILE = (
    "=1+1 <img src=x onerror=alert(1)> ![p](http://e.example/x) | a `b` {{ 7 * 7 }}\n"
    "```\n# top\n\x1b]0;t\x07 \u202eback\n- \\[c\\](javascript:x)"
)
TYPED = frozenset(
    [
        "about",
        "activity",
        "audience",
        "body",
        "caption",
        "child_view",
        "file",
        "goal",
        "heading",
        "hold_reason",
        "label",
        "next_step",
        "opening",
        "organisation",
        "piece",
        "pseudonym",
        "reason",
        "reasons",
        "relation",
        "seen_together",
        "strengths",
        "title",
        "trainee_question",
        "what",
        "why",
        "words",
        "working_point",
    ]
)


def caseload_of(path: Path, *records: Record) -> Caseload:
    changed = {each.id for each in records}
    make(path, *(each for each in DEMO if each.id not in changed), *records)
    caseload = Caseload.open(path)
    caseload.close()
    return caseload


def paper_of(caseload: Caseload, kind: str) -> Paper:
    family = caseload.need(Family, HERON.id)
    of_none = kind in ("portfolio", "evidence", "deletion")
    person = caseload.need(Person, ELLIS.id).name if of_none else ""
    member = family.members[0].label if kind == "letter" else ""
    return KINDS[kind].make(Asked(caseload, TODAY, None if of_none else family, HELD.date, person or member))


def written(paper: Paper, *languages: str) -> dict[tuple[str, str], str]:
    """The paper in every format, by language and ending."""
    found = {}
    for language in languages or LANGUAGES:
        printout = print_out(paper, "A paper", language, None)
        found |= {(language, ending): printout.written(ending) for ending in printout.endings}
    return found


def hostile(record: Any) -> Any:
    """The record with everything that can be typed in it hostile; what the file refers to stays."""
    changes = {}
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if field.name in TYPED and type(value) is str:
            changes[field.name] = HOSTILE if field.name != "label" else f"{HOSTILE} {value}"
        elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
            changes[field.name] = tuple(hostile(each) for each in value)
    return replace(record, **changes)


@pytest.fixture(scope="module")
def hostile_caseload(tmp_path_factory: pytest.TempPathFactory) -> Caseload:
    return caseload_of(tmp_path_factory.mktemp("hostile") / "c.vig.json", *map(hostile, DEMO))


@pytest.fixture(scope="module")
def private_caseload(tmp_path_factory: pytest.TempPathFactory) -> Caseload:
    """The demo, with something that somebody keeps for themselves about everything."""
    abouts = (Family, Cycle, Session, SessionItem, Recording, Clip)
    own = [
        *(
            Note(about=each.id, author=ELLIS.id, visibility=Visibility.AUTHOR, body=ONLY_ME)
            for each in DEMO
            if isinstance(each, abouts)
        ),
        *(
            Seeing(item=each.id, person=ELLIS.id, words=ONLY_ME, begun=True)
            for each in DEMO
            if isinstance(each, SessionItem)
        ),
        Reflection(person=ELLIS.id, piece="A draft", body=ONLY_ME),
    ]
    return caseload_of(tmp_path_factory.mktemp("private") / "c.vig.json", *own)


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_keeps_for_themselves_is_on_no_paper(private_caseload: Caseload, kind: str) -> None:
    paper = paper_of(private_caseload, kind)
    assert ONLY_ME not in str(paper)
    for words in written(paper).values():
        assert ONLY_ME not in words


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_text_on_every_paper_in_every_format(hostile_caseload: Caseload, kind: str) -> None:
    for (_, ending), words in written(paper_of(hostile_caseload, kind)).items():
        assert clean(words.replace("\r\n", "\n").removeprefix("\ufeff")) == words.replace(
            "\r\n", "\n"
        ).removeprefix("\ufeff")
        if ending == HTML:
            body = words.partition("<body>")[2]
            for markup in ("<img", "<a ", "<script", "onerror=alert(1)>", "href", "src="):
                assert markup not in body.replace("&lt;img src=x", "")
            assert "49" not in body or "{{ 7 * 7 }}" in body
        if ending == MARKDOWN:
            assert "\n# top" not in words
            assert "![p](" not in words
        if ending == CSV:
            rows = csv.reader(io.StringIO(words, newline=""))
            assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
        if ending == TEXT:
            assert "\x1b" not in words


def test_a_summary_describes_film_only_where_everybody_agreed_and_hides_no_risk(tmp_path: Path) -> None:
    caption = next(each for each in DEMO if isinstance(each, Clip) and "honey" in each.caption)
    silent = Voice(family=HERON.id, speaker=HERON.members[0].id, words=ONLY_ME, date=TODAY, may_quote=False)
    paper = paper_of(caseload_of(tmp_path / "c.vig.json", silent), "conference")
    for words in written(paper).values():
        assert caption.caption not in words
        assert ONLY_ME not in words
        assert "supervision" not in words.lower()
    text = written(paper, "en")["en", TEXT]
    assert "6 clips are not described" in text
    assert "CP plan from this day" in text
    assert "no assessment of risk" in " ".join(text.split())


def test_a_record_of_a_supervision_to_come_is_refused_with_status_2(tmp_path: Path) -> None:
    path = tmp_path / "c.vig.json"
    caseload_of(path)
    planned = next(each for each in DEMO if isinstance(each, Session) and each.state is SessionState.PLANNED)
    named = ["--session", planned.date.isoformat(), "--person", "Ellis Marr"]
    out = tmp_path / "out.txt"
    result = CliRunner().invoke(main, ["report", "supervision", str(path), *named, "-o", str(out)])
    assert result.exit_code == 2
    assert "still to come" in result.output
    assert not out.exists()


def test_names_are_asked_for_and_are_in_the_letter_alone(tmp_path: Path) -> None:
    path, out = tmp_path / "c.vig.json", tmp_path / "letter.html"
    caseload_of(path)
    wanted = ["report", "letter", str(path), "--family", "F-017", "--ask-names", "-o", str(out)]
    result = CliRunner().invoke(main, wanted, input="Marguerite\n\n")
    assert result.exit_code == 0, result.output
    assert "Dear Marguerite," in out.read_text()
    assert "Dana" not in out.read_text()
    assert "Marguerite" not in path.read_text()
    assert "letter.html" in path.read_text()  # It is in the register of copies.


@pytest.mark.parametrize(
    "wanted",
    [
        ["letter"],
        ["evidence"],
        ["supervision"],
        ["supervision", "--session", "nonsense"],
        ["letter", "--family", "F-017", "--format", "csv"],
        ["letter", "--family", "F-017", "--language", "xx"],
    ],
)
def test_what_is_not_named_is_asked_for_in_a_sentence(tmp_path: Path, wanted: list[str]) -> None:
    path, out = tmp_path / "c.vig.json", tmp_path / "out.txt"
    caseload_of(path)
    kind, *more = wanted
    result = CliRunner().invoke(main, ["report", kind, str(path), *more, "-o", str(out)])
    assert result.exit_code == 2
    assert "Error: " in result.output
    assert not out.exists()


def test_a_letter_without_names_has_blanks_and_no_label(private_caseload: Caseload) -> None:
    for words in written(paper_of(private_caseload, "letter")).values():
        assert "Dana" not in words
        assert "Jory" not in words


def test_a_deletion_record_says_who_deleted_by_name(private_caseload: Caseload) -> None:
    by = paper_of(private_caseload, "deletion").values["by"]
    assert by in {each.name for each in DEMO if isinstance(each, Person)}


def test_a_deletion_record_names_what_is_still_out_also_what_is_late(tmp_path: Path) -> None:
    films = [each for each in DEMO if isinstance(each, Recording) and each.state is RecordingState.DELETED]
    cycle = next(each for each in DEMO if isinstance(each, Cycle) and each.id == films[0].cycle)
    stick = Copy(family=cycle.family, about="on a stick", date=TODAY, until=TODAY - dt.timedelta(days=5))
    backup = Copy(
        kind=CopyKind.CASELOAD, about="on a disk", date=TODAY, films=tuple(each.id for each in films)
    )
    other = Copy(kind=CopyKind.CASELOAD, about="elsewhere", date=TODAY)
    caseload = caseload_of(tmp_path / "c.vig.json", stick, backup, other)
    told = written(paper_of(caseload, "deletion"), "en")["en", TEXT]
    assert "on a stick" in told
    assert "on a disk" in told
    assert "elsewhere" not in told


def test_the_list_of_disclosures_has_what_was_given_shown_and_watched(private_caseload: Caseload) -> None:
    words = " ".join(written(paper_of(private_caseload, "disclosures"), "en")["en", CSV].split())
    for told in ("pack, supervision 2", "cut clip, C2-2, 22 s", "clip C2-2,Kit Farrow", "watched here"):
        assert told in words
