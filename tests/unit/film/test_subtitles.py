"""What would be lost: reading what is said where it cannot be heard or understood."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.files import FileSource
from vigtui.film.subtitles import Line, lines_of, parse, part_of, text_at, written

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Jam</i> or <font color="#ff0000">honey</font>?

2
00:00:02,000 --> 00:00:04,000
{\\an8}You choose.
Both &amp; more
"""
VTT = """WEBVTT

NOTE nothing

first
01:02.000 --> 01:03.500 align:start
<v.loud Dana>Look <00:01:02.500>here</v>
"""
ASS = """[Script Info]
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:05.50,0:00:06.00,Default,,0,0,0,,{\\b1}One, two\\Nthree\\hfour
Dialogue: 0,0:00:05.50,0:00:06.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0 100 100
"""


def test_each_kind_is_read_as_plain_text_at_its_time() -> None:
    assert parse(SRT) == (
        Line(1000, 2500, "Jam or honey?"),
        Line(2000, 4000, "You choose.\nBoth & more"),
    )
    assert parse(VTT) == (Line(62_000, 63_500, "Dana: Look here"),)
    assert parse(ASS) == (Line(5500, 6000, "One, two\nthree four"),)


_WORDS = st.sampled_from(
    [
        *("Jam", "<laughs>", "<Dana>", "{honey}", "3 < 4", "a > b", "}{", "<", "<i think>", "<3", "7", "?"),
        "AT&T",
        "->",
    ]
)
_ROW = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join).filter(lambda row: not row.isdigit())


@given(st.lists(st.lists(_ROW | st.just(""), min_size=1, max_size=4), min_size=1, max_size=5), st.data())
def test_no_words_are_lost_whatever_their_brackets_empty_rows_and_numbers(
    said: list[list[str]], data: st.DataObject
) -> None:
    """Of numbers all or some may be missing, but not the first alone: who knows then what "2" is."""
    written, expected = "", []
    numbered = data.draw(st.booleans(), "numbered")
    for number, rows in enumerate(said, start=1):
        is_headed = numbered and (number == 1 or data.draw(st.booleans(), "headed"))
        heading = f"{number}\n" if is_headed else ""
        between = data.draw(st.sampled_from(["\n", "\n\n", ""]), "between")
        words = "\n".join(rows)
        written += f"{heading}00:00:0{number},000 --> 00:00:0{number},900\n{words}\n{between}"
        if any(rows):
            text = "\n".join(filter(None, rows))
            expected.append(Line(number * 1000, number * 1000 + 900, text))
    assert parse(written) == tuple(expected)


def test_a_number_alone_is_said_where_it_heads_nothing() -> None:
    numbered = "1\n00:00:01,000 --> 00:00:02,000\n7\n\n2\n00:00:03,000 --> 00:00:04,000\n3\n"
    assert [line.text for line in parse(numbered)] == ["7", "3"]
    without = "00:00:01,000 --> 00:00:02,000\n2\n00:00:03,000 --> 00:00:04,000\nYes\n"
    assert [line.text for line in parse(without)] == ["2", "Yes"]


def test_notes_and_names_of_a_webvtt_file_are_not_said_and_what_follows_an_empty_row_is() -> None:
    vtt = (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nfirst\n00:01.000 --> 00:02.000\nLook\n\nhere\n\n"
        "NOTE he smiles\nfor long\n\nsecond\n00:03.000 --> 00:04.000\nNOTE it\n"
    )
    assert [line.text for line in parse(vtt)] == ["Look\nhere", "NOTE it"]


def test_words_that_look_like_another_kind_of_file_are_said() -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\nDialogue: 0,0:00:05.00,0:00:06.00,,,0,0,0,,Jam\n"
    assert [line.start_ms for line in parse(srt)] == [1000]


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("<b>Jam</B> <i>or</i> <u>honey</u>", "Jam or honey"),
        ("<c.yellow.loud>Jam</c> <00:00:01.500>or <lang en-GB>honey</lang>", "Jam or honey"),
        ("{\\an8}{\\i1}Jam{\\i0}", "Jam"),
        ("<ruby>Jam<rt>jam</rt></ruby>", "Jamjam"),
        ('<font face="Arial" size=12>Jam</font><br/>honey', "Jam\nhoney"),
    ],
)
def test_what_says_how_words_look_is_not_said(words: str, plain: str) -> None:
    [line] = parse(f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n")
    assert line.text == plain


def test_what_is_said_at_a_moment() -> None:
    lines = parse(SRT)
    assert text_at(lines, 999) == text_at(lines, 4000) == ""
    assert text_at(lines, 1000) == "Jam or honey?"
    assert text_at(lines, 2200) == "Jam or honey?\nYou choose.\nBoth & more"


@given(st.text(alphabet=st.characters() | st.sampled_from("\x1b\x07\x9d<>{}\\&#\n")))
def test_nothing_that_steers_a_terminal_comes_out(words: str) -> None:
    for head in ("1\n00:00:01,000 --> 00:00:02,000\n", "Dialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,"):
        for line in parse(head + words + "&#27;]0;x&#7;"):
            assert not any((ord(sign) < 32 and sign != "\n") or 127 <= ord(sign) < 160 for sign in line.text)


@given(st.text())
def test_any_text_is_read_or_left_out(text: str) -> None:
    parse(text)


@pytest.mark.parametrize("name", ["film.srt", "FILM.SRT", "film.en.srt", "film.pt-BR.srt"])
def test_the_file_beside_the_film_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SRT)
    assert len(lines_of(FileSource(tmp_path / "film.mp4"))) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_accents_are_read_however_they_were_written(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "film.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nÉtonné\n", encoding=encoding)
    assert text_at(lines_of(FileSource(tmp_path / "film.mp4")), 0) == "Étonné"


def test_only_a_plain_file_of_the_film_s_own_folder_is_read(tmp_path: Path) -> None:
    """A caseload from somebody else must not show a file from outside it, or wait for a pipe."""
    (tmp_path / "secret.srt").write_text(SRT)
    folder = tmp_path / "media"
    folder.mkdir()
    film = folder / "film.mp4"
    (folder / "film.srt").symlink_to(tmp_path / "secret.srt")
    (folder / "filmed.srt").write_text(SRT)
    (folder / "film.notes.srt").write_text(SRT)
    (folder / "film.vtt").mkdir()
    assert lines_of(FileSource(film)) == ()
    os.mkfifo(folder / "film.en.srt")
    assert lines_of(FileSource(film)) == ()
    with (folder / "film.de.srt").open("wb") as huge:
        huge.truncate(5 << 20)
    assert lines_of(FileSource(film)) == ()


def test_what_is_said_in_a_clip_goes_along_at_its_own_times_and_nothing_else() -> None:
    lines = (
        Line(0, 900, "Before"),
        Line(800, 1500, "{Jam} <or> honey\n& more"),
        Line(3_700_000, 3_700_500, "Late"),
    )
    part = part_of(lines, 1000, 3_700_200)
    assert part == (Line(0, 500, "{Jam} <or> honey\n& more"), Line(3_699_000, 3_699_200, "Late"))
    assert parse(written(part)) == part
    assert part_of(lines, 900, 1000)[0].text.startswith("{Jam}")
    assert part_of(lines, 1500, 3_700_000) == ()


@pytest.mark.parametrize(
    "words",
    [
        "<v",
        "<v ",
        "<v.",
        "<a",
        "<1",
        "{",
        "{\\p",
        "&#",
        "&",
        "\\N",
        " ",
        "0",
        "00:00:01,000 --> 00:00:02,000\n",
        "00:00:01,000 --> 00:00:02,000\n<font " + 3900 * "=" + "\n",
        "\n",
    ],
    ids=lambda words: words[-9:],
)
@pytest.mark.parametrize("then", ["", " ", "0"], ids=["alone", "spaces", "noughts"])
def test_no_file_takes_longer_than_in_proportion_to_its_size(words: str, then: str) -> None:
    """Twenty kilobytes held the program up for twenty seconds; this would take days."""
    size = 2_000_000
    for head in ("1\n00:00:01,000 --> 00:00:59,000\n", "Dialogue: 0,0:00:01.00,0:00:59.00,,,0,0,0,,"):
        parse(head + words * (size // len(words)))
        parse(head + words + then * size)


def test_what_is_spelt_out_in_a_thousand_digits_is_left_out() -> None:
    [line] = parse(f"00:00:01,000 --> 00:00:02,000\n&#{'9' * 6000}; and more\n")
    assert len(line.text) <= 300
