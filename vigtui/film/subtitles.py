"""What is said in a film, from a subtitle file beside it: SubRip (.srt), WebVTT (.vtt) or ASS (.ass).

The files are read here and not by libmpv: what a caseload from somebody else brings along is text and stays
text.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vigtui.film.source import FilmSource
from vigtui.foreign.files import NotAnOrdinaryFileError, TooLargeError, entries, read_file
from vigtui.foreign.text import decode_text
from vigtui.values.text import clean, folded_name

ENDINGS = (".srt", ".vtt", ".ass")
MOST_BYTES = 4 << 20
"""How large a subtitle file may be."""
_LONGEST = 300
# Of one line, with what says how it looks.
_LONGEST_WRITTEN = 4000
_AT_ONCE = 20
_LANGUAGE = re.compile(r"\.[a-z]{2,3}(-[a-z0-9]+)?", re.IGNORECASE)
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}")
_DIALOGUE = re.compile(rf"Dialogue:[^,]*,\s*{_TIME}\s*,\s*{_TIME}\s*,(.*)")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")
_HEADING, _ASIDE = "WEBVTT", re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
# No pattern looks beyond the next bracket of its kind: then reading takes as long as the file is, no longer.
# What is in brackets and none of these is text: "<laughs>", "{Jam}".
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|s|c|ruby|rt)(?:\.[^\s<>]*)?\s*/?>"
    r"|<font(?:\s[^<>=]*=[^<>]*)?>|<lang(?:\.[^\s<>]*)?\s[^<>]*>|</(?:font|lang|v)>"
    r"|<\d+:[\d:.]*>|\{\*?\\[^{}]*\}",
    re.IGNORECASE,
)
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9]")


@dataclass(frozen=True)
class Line:
    """Words, and when they are said: from `start_ms` up to `end_ms`. Plain text, of one or more lines."""

    start_ms: int
    end_ms: int
    text: str


def lines_of(source: FilmSource) -> tuple[Line, ...]:
    """Return what is said in a film by its subtitles, in the order of its times; nothing where it has none.
    Blocks. Raises OSError or `FilmError`."""
    return parse(decode_text(source.subtitles(), "cp1252"))


def subtitles_beside(film: Path) -> bytes:
    """Return what is in the subtitle file beside a film; nothing without one.

    It has the film's name, and may name a language before its ending: `film.srt`, `film.en.vtt`. It must be
    a regular file in the film's own folder. Blocks. Raises OSError.
    """
    film = film.resolve()
    files = sorted(_candidates(film), key=lambda path: (len(path.name), path.name))
    return next(filter(None, map(_read, files)), b"")


def files_beside(film: Path) -> list[Path]:
    """Return the subtitle files that go by a film's name. Blocks. Raises OSError."""
    return list(_candidates(film.resolve()))


def parse(text: str, *, longest: int = _LONGEST) -> tuple[Line, ...]:
    """Return the lines in the text of a subtitle file, whatever its kind, each of at most `longest`
    characters; what is not understood is left out."""
    rows = clean(text).split("\n")
    is_timed = any(map(_TIMES.match, rows))
    lines = _timed(rows) if is_timed else _ass(rows)
    shortened = (replace(line, text=line.text[:longest]) for line in lines)
    return tuple(sorted(shortened, key=lambda line: line.start_ms))


def text_at(lines: tuple[Line, ...], ms: int) -> str:
    """Return what is said at a moment; "" when nothing is. `lines` are in the order of their times."""
    after = bisect_right(lines, ms, key=lambda line: line.start_ms)
    return "\n".join(line.text for line in lines[max(after - _AT_ONCE, 0) : after] if ms < line.end_ms)


def part_of(lines: tuple[Line, ...], start_ms: int, end_ms: int) -> tuple[Line, ...]:
    """Return what is said from `start_ms` up to `end_ms`, in times that count from there."""
    return tuple(
        Line(max(line.start_ms, start_ms) - start_ms, min(line.end_ms, end_ms) - start_ms, line.text)
        for line in lines
        if line.start_ms < end_ms and line.end_ms > start_ms
    )


def written(lines: tuple[Line, ...]) -> str:
    """Return the text of a SubRip file that says these lines."""
    entries = []
    for number, line in enumerate(lines, start=1):
        words = html.escape(line.text, quote=False).replace("{", "&#123;")
        times = f"{_srt_time(line.start_ms)} --> {_srt_time(line.end_ms)}"
        entries.append(f"{number}\n{times}\n{words}\n")
    return "\n".join(entries)


def _srt_time(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02},{rest:03}"


def _candidates(film: Path) -> Iterator[Path]:
    stem = folded_name(film.stem)
    for path in entries(film.parent):
        name = folded_name(path.name)
        if name.startswith(stem) and name.endswith(ENDINGS) and not path.is_symlink():
            between = name[len(stem) : name.rindex(".")]
            if not between or _LANGUAGE.fullmatch(between):
                yield path


def _read(path: Path) -> bytes:
    """What is in an ordinary file of a likely size, else nothing."""
    try:
        return read_file(path, MOST_BYTES, follow_links=False)
    except (NotAnOrdinaryFileError, TooLargeError):
        return b""


def _timed(rows: list[str]) -> Iterator[Line]:
    """SubRip and WebVTT: a row with two times, then the words, up to the next times and what heads those.
    There may be empty rows among the words, and none behind them, and numbers may be missing."""
    is_vtt = rows[0].startswith(_HEADING)
    times: re.Match[str] | None = None
    words, number = [""], None
    for row in rows:
        if found := _TIMES.match(row):
            number = _drop_heading(words, number, is_vtt=is_vtt)
            yield from _said(times, words, is_vtt=is_vtt)
            times, words = found, []
        else:
            words.append(row)
    yield from _said(times, words, is_vtt=is_vtt)


def _drop_heading(words: list[str], number: int | None, *, is_vtt: bool) -> int | None:
    """Take what heads the next words away from the end of these, and return its number, if there are numbers.

    It is a number, or in WebVTT anything, after an empty row; or else the number that comes next. `number` is
    the one before.
    """
    follows = None if number is None else number + 1
    last = words[-1] if words else ""
    named = int(last) if _NUMBER.fullmatch(last) else None
    after_empty = len(words) > 1 and not words[-2].strip()
    if named is not None and (after_empty or named == follows):
        words.pop()
        return named
    if is_vtt and after_empty and last.strip():
        words.pop()
    return follows


def _said(times: re.Match[str] | None, words: list[str], *, is_vtt: bool) -> Iterator[Line]:
    if times is None:
        return
    if is_vtt:
        words = _without_asides(words)
    written = "\n".join(words)[:_LONGEST_WRITTEN]
    yield from _line(times.groups(), html.unescape(_plain(written)))


def _without_asides(words: list[str]) -> list[str]:
    """The words without WebVTT's notes and styles, each from an empty row to the next."""
    kept: list[str] = []
    aside, before = False, "words"
    for row in words:
        aside = bool(row.strip()) and (aside or (not before.strip() and bool(_ASIDE.match(row))))
        before = row
        if not aside:
            kept.append(row)
    return kept


def _ass(rows: list[str]) -> Iterator[Line]:
    """ASS: layer, start, end, then style, name, three margins and effect before the words."""
    for row in rows:
        found = _DIALOGUE.match(row)
        fields = found.group(9).split(",", 6) if found else []
        if found and len(fields) == 7 and not _DRAWING.search(fields[6]):
            written = fields[6][:_LONGEST_WRITTEN]
            words = re.sub(r"\\[Nn]", "\n", written).replace(r"\h", " ")
            yield from _line(found.groups()[:8], _plain(words))


def _line(times: tuple[str | None, ...], words: str) -> Iterator[Line]:
    text = "\n".join(filter(None, (" ".join(row.split()) for row in clean(words).split("\n"))))
    start, end = _ms(times[:4]), _ms(times[4:])
    if text and start < end:
        yield Line(start, end, text)


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))


def _plain(words: str) -> str:
    """The words without what says how they look; a speaker that WebVTT names stays."""
    return _TAG.sub("", _BREAK.sub("\n", _VOICE.sub(r"\1: ", words)))
