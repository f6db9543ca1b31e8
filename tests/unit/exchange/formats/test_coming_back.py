"""What would be lost: clips, captions and tags that other tools open, and that come back as they went."""

import csv
import datetime as dt
import html
import io
import itertools
import tempfile
from pathlib import Path

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pympi.Elan import Eaf

from vigtui.exchange.formats.boris import read_boris
from vigtui.exchange.formats.boris_writing import boris
from vigtui.exchange.formats.captions import read_captions, web_vtt
from vigtui.exchange.formats.clips_csv import HEADINGS, clips_csv
from vigtui.exchange.formats.coded import CLIP, CodedFilm, Mark, code_of, in_order, lanes, words_of
from vigtui.exchange.formats.elan import read_elan
from vigtui.exchange.formats.elan_writing import elan
from vigtui.values.spreadsheets import without_mark

NOW = dt.datetime(2026, 11, 30, 9, 15)  # ELAN and BORIS have the time here
HOSTILE = (
    '=HYPERLINK("http://x")',
    "@SUM(1)",
    "-2+3\n\n--> 00:01.000",
    "<b>&amp;]]><!--</ANNOTATION_VALUE>",
    "NOTE\nWEBVTT\n\n1\n00:00.000 --> 00:01.000",
    "\x1b]0;x\x07{\\an8}\u202e\ufffe'\"",
    "“Wonky.” 日本語 é",
)

words = st.sampled_from(HOSTILE) | st.text(max_size=60)


@st.composite
def films(draw: st.DrawFn) -> CodedFilm:
    """A film whose clips may overlap, each with tags, in whatever words."""
    spans = draw(
        st.lists(st.tuples(st.integers(0, 9_000), st.integers(1, 900)), min_size=1, max_size=6, unique=True)
    )
    clips = sorted((start, start + length) for start, length in spans)
    marks = []
    for number, ((start, end), lane) in enumerate(zip(clips, lanes(clips), strict=True), start=1):
        title, caption = code_of(draw(words)), words_of(draw(words))
        marks.append(Mark(start, end, CLIP, title=title, caption=caption, lane=lane, name=f"C1-{number}"))
        for at in draw(st.lists(st.integers(start, end), max_size=3)):
            who = draw(st.sampled_from(("Dana", "Clips 1", "Jory & <Co>", "guider")))
            did = draw(st.sampled_from(("receiving: in words", "naming what you see, do", "a|b")))
            marks.append(Mark(at, at, did, who, lane=lane))
    return CodedFilm("C1", ("F-017 C1 ü.mp4",), in_order(marks), 12_000)


def of(film: CodedFilm) -> set[Mark]:
    """What a format without names for clips can bring back of a film's marks. What XML cannot hold, no
    format brings."""
    kept = (replace(mark, name="") for mark in film.marks)
    return {replace(each, title=_held(each.title), caption=_held(each.caption)) for each in kept}


def _held(text: str) -> str:
    return words_of(text.replace("\ufffe", "").replace("\uffff", ""))


@given(films())
def test_elan_brings_back_what_went_out(film: CodedFilm) -> None:
    (back,) = read_elan(elan(film, NOW).encode()).films
    assert set(back.marks) == of(film)
    assert back.media == film.media


@given(films())
def test_boris_brings_back_what_went_out(film: CodedFilm) -> None:
    (back,) = read_boris(boris([film], "x", NOW)).films
    assert {replace(each, title=_held(each.title), caption=_held(each.caption)) for each in back.marks} == of(
        film
    )
    assert back.name == film.name


@given(films())
def test_pympi_opens_what_is_written_for_elan(film: CodedFilm) -> None:
    """A tool that others use finds every clip and tag, and on no tier do two annotations overlap."""
    eaf = _pympi(elan(film, NOW))
    found = {
        (start, end, value)
        for tier in eaf.get_tier_ids_for_linguistic_type("vigtui clip")
        for start, end, value in eaf.get_annotation_data_for_tier(tier)
    }
    assert found == {(m.start_ms, m.end_ms, _held(m.title)) for m in film.marks if m.code == CLIP}
    tags = [
        sorted(eaf.get_annotation_data_for_tier(tier))
        for tier in eaf.get_tier_ids_for_linguistic_type("vigtui tag")
    ]
    assert sum(map(len, tags)) == sum(mark.code != CLIP for mark in film.marks)
    for tier in tags:
        assert all(
            before[1] <= after[0] and before[0] < before[1] for before, after in itertools.pairwise(tier)
        )


def _pympi(text: str) -> Eaf:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.eaf"
        path.write_text(text, encoding="utf-8")
        return Eaf(str(path))


@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(1, 9_000), words), min_size=1, max_size=5))
def test_captions_are_what_webvtt_readers_find(given_cues: list[tuple[int, int, str]]) -> None:
    cues = [
        (f"C1-{number}", start, start + length, said)
        for number, (start, length, said) in enumerate(sorted(given_cues), start=1)
        if words_of(said)
    ]
    if not cues:
        return
    written = web_vtt(cues)
    found = list(webvtt.from_buffer(io.StringIO(written)))
    assert [html.unescape(each.raw_text) for each in found] == [_cue(said) for *_, said in cues]
    assert [each.identifier for each in found] == [name for name, *_ in cues]
    (back,) = read_captions(written.encode()).films
    assert [(m.start_ms, m.end_ms) for m in back.marks] == [(start, end) for _, start, end, _ in cues]


def _cue(said: str) -> str:
    lines = (line.strip() for line in words_of(said).split("\n"))
    return "\n".join(line for line in lines if line)


@given(films())
def test_no_cell_of_a_spreadsheet_is_a_formula(film: CodedFilm) -> None:
    rows = list(csv.reader(io.StringIO(clips_csv([film]).removeprefix("\ufeff"), newline="")))
    assert tuple(rows[0]) == HEADINGS
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\n"))]
    said = {(without_mark(row[7]), without_mark(row[8])) for row in rows[1:]}
    assert said == {(mark.title, mark.caption) for mark in film.marks if mark.code == CLIP}
    assert sum(bool(row[5]) for row in rows[1:]) == sum(mark.code != CLIP for mark in film.marks)


@pytest.mark.parametrize("said", HOSTILE)
def test_no_control_character_leaves(said: str) -> None:
    film = CodedFilm(
        said, (said,), (Mark(0, 9, CLIP, title=said, caption=said, lane=1), Mark(1, 1, said, said, lane=1))
    )
    for written in (
        elan(film, NOW),
        boris([film], said, NOW).decode(),
        clips_csv([film]),
        web_vtt([("C1-1", 0, 9, said)]),
    ):
        assert not {"\x1b", "\x07", "\u202e"} & set(written)


def test_what_is_long_and_ends_differently_stays_apart() -> None:
    """Codes, names and films whose first hundred letters are the same."""
    long = "receiving: " + "with body, eyes, smile, nod, " * 9
    marks = [Mark(0, 9, CLIP, lane=1)]
    marks += [Mark(each, each, f"{long}{each}", f"{long}{each}", lane=1) for each in (1, 2)]
    two = [CodedFilm(f"{long}{each}", ("a.mp4",), in_order(marks)) for each in (1, 2)]
    for back in (read_boris(boris(two, "x", NOW)).films, read_elan(elan(two[0], NOW).encode()).films):
        assert len({each.code for film in back for each in film.marks}) == 3
        assert len({each.who for film in back for each in film.marks}) == 3
    assert len(read_boris(boris(two, "x", NOW)).films) == 2
    assert code_of(code_of(long)) == code_of(long)
