"""Text that is safe to show: what a person typed, without what would steer a terminal."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

# C0 and C1 controls (tab and newline apart), DEL, the controls that override the direction of text
# after them, and lone surrogates, which no terminal can encode.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_PATH = 200
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return `text` with line breaks as newlines and without control characters. Idempotent."""
    return _UNSAFE.sub("", _BREAKS.sub("\n", text))


def capitalised(words: str) -> str:
    """Return words that begin with a capital letter; all others stay as they are."""
    return words[:1].upper() + words[1:]


def counted(number: int, one: str, several: str = "") -> str:
    """Return "1 clip", "12 clips"."""
    return f"1 {one}" if number == 1 else f"{number:,} {several or one + 's'}"


def one_line(text: str) -> str:
    """Return `text` cleaned and folded onto one line, for lists and titles."""
    return " ".join(clean(text).split())


def shortened(text: str, longest: int = 120) -> str:
    """Return `one_line(text)`, cut where it would push the lines around it off the screen."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def and_list(words: Sequence[str]) -> str:
    """Return "Dana", "Dana and Jory" or "Dana, Jory and Mo"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def folded(text: str) -> str:
    """Return `text` as it is compared when searching: without case or accents."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def folded_name(name: str) -> str:
    """Return a file's name as it is compared: without case, and however its accents were composed."""
    return unicodedata.normalize("NFC", name).casefold()


def whole_words(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these names where they stand as words of their own, whatever their case and however
    the blanks within them are; of names within one another the longest. None of them is empty."""
    # Also as they are written: some letters have no other case of the same length.
    both = {each for name in names for each in (name, name.casefold())}
    longest_first = sorted(both, key=lambda name: (-len(name), name))
    pattern = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    # In Markdown "_" marks words, and is no part of them.
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE)


def first_free(name: str, is_free: Callable[[str], bool]) -> str:
    """Return the name, or the first of "name (2)", "name (3)" that is free."""
    numbered = (f"{name} ({number})" for number in itertools.count(2))
    return next(each for each in itertools.chain([name], numbered) if is_free(each))


def shown_path(path: str) -> str:
    """Return a path on one line, not too long, with � for each character that must not reach a terminal."""
    return shortened("".join(each if clean(each) == each else "\ufffd" for each in path), _LONGEST_PATH)


def shown_size(size: int) -> str:
    """Return bytes as people say them: "32 MB", "1.2 GB"."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)} kB"
    return f"{size / 1_000_000:.0f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:.1f} GB"


def moved_place(place: int, before: str, after: str) -> int:
    """Where a cursor at `place` in the text `before` belongs in `after`: at the same words, if they stand."""
    start = _alike(before, after)
    end = min(_alike(before[::-1], after[::-1]), len(before) - start, len(after) - start)
    if place <= start:
        return place
    return place + len(after) - len(before) if place >= len(before) - end else min(place, len(after) - end)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
