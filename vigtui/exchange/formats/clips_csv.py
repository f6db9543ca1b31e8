"""Clips and tags as CSV, for a spreadsheet: a row for each tag, and one for a clip that has none."""

import csv
import io
from collections.abc import Iterable, Iterator

from vigtui.exchange.formats.coded import CLIP, CodedFilm, Mark
from vigtui.values.spreadsheets import no_formula
from vigtui.values.text import clean
from vigtui.values.timecode import format_timecode

HEADINGS = ("film", "clip", "from", "to", "at", "who", "what they did", "title", "caption")


def clips_csv(films: Iterable[CodedFilm]) -> str:
    """Return the CSV (RFC 4180), with the mark by which spreadsheets know UTF-8; every cell is quoted, so
    that none is cut in two where another sign parts the columns."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    for film in films:
        writer.writerows([no_formula(clean(cell)) for cell in row] for row in _rows(film))
    return "\ufeff" + written.getvalue()


def _rows(film: CodedFilm) -> Iterator[tuple[str, ...]]:
    clips = [mark for mark in film.marks if mark.code == CLIP]
    for clip in clips:
        first = (film.name, clip.name, _time(clip.start_ms), _time(clip.end_ms))
        last = (clip.title, clip.caption)
        tags = [mark for mark in film.marks if _is_of(mark, clip)]
        for tag in tags:
            yield (*first, _time(tag.start_ms), tag.who, tag.code, *last)
        if not tags:
            yield (*first, "", "", "", *last)


def _is_of(mark: Mark, clip: Mark) -> bool:
    """Whether a mark is a tag of this clip: clips of a lane do not touch."""
    return mark.code != CLIP and mark.lane == clip.lane and clip.start_ms <= mark.start_ms <= clip.end_ms


def _time(ms: int) -> str:
    return format_timecode(ms, 3)
