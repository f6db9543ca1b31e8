"""WebVTT and SubRip: what is said, or what is seen, from a time to a time."""

from collections.abc import Iterable
from html import escape

from vigtui.exchange.formats.coded import CAPTIONS, Coded, CodedFilm, FormatError, Mark, words_of
from vigtui.film.subtitles import parse
from vigtui.foreign.text import decode_text
from vigtui.values.text import clean

_LONGEST = 4_000
_LAST_MS = 359_999_999


def read_captions(data: bytes) -> Coded:
    """Return the captions in a file, each a mark with the code `captions`. Raises FormatError."""
    try:
        lines = parse(decode_text(data, "cp1252"), longest=_LONGEST)
    except ValueError as error:
        raise FormatError(str(error)) from None
    if not lines:
        raise FormatError("there is no caption with a time in it")
    marks = (Mark(each.start_ms, each.end_ms, CAPTIONS, caption=words_of(each.text)) for each in lines)
    return Coded((CodedFilm("", (), tuple(marks)),))


def web_vtt(cues: Iterable[tuple[str, int, int, str]]) -> str:
    """Return a WebVTT file: a cue for each name, time in milliseconds from and to, and words. What looks like
    markup is text, and no blank line ends a cue."""
    return "\n".join(["WEBVTT\n", *(_cue(*each) for each in cues)])


def _cue(name: str, start_ms: int, end_ms: int, words: str) -> str:
    written = escape(clean(words), quote=False).replace("{", "&#123;")
    lines = [line.strip() for line in written.split("\n") if line.strip()]
    return "\n".join([name, f"{_time(start_ms)} --> {_time(end_ms)}", *lines, ""])


def _time(ms: int) -> str:
    seconds, rest = divmod(min(ms, _LAST_MS), 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}"
