"""How a caseload is laid out on disk: as stock TinyDB does it, one document a line.

`{"families": {"1": {...}, "2": {...}}}`: tables of numbered documents, in UTF-8. Readable, editable by
hand, and easy on whoever compares two versions line by line.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import msgspec

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]

CHUNK = 64 * 1024


class LayoutError(Exception):
    """The bytes are no caseload. The message completes a sentence that begins with the file's name."""


def encode(tables: Tables) -> Iterator[bytes]:
    """Yield the file's bytes in chunks of about 64 KB."""
    parts: list[bytes] = []
    size = 0
    opening = b"{"
    for name, table in tables.items():
        parts.append(opening + msgspec.json.encode(name) + b": {")
        opening = b",\n"
        between = b"\n"
        for number, document in table.items():
            line = between + msgspec.json.encode(number) + b": " + msgspec.json.encode(document)
            between = b",\n"
            parts.append(line)
            size += len(line)
            if size >= CHUNK:
                yield b"".join(parts)
                parts.clear()
                size = 0
        parts.append(b"\n}")
    parts.append(b"}\n" if tables else b"{}\n")
    yield b"".join(parts)


def decode(data: bytes) -> Tables:
    """Return the tables in `data`, or raise LayoutError. Nothing is repaired and nothing is left out."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data or data.isspace():
        raise LayoutError("is empty")
    try:
        tables = _checked(_decoded(data))
        if not _is(data, encode(tables)):
            tables = _checked(_decoded_carefully(data))
    except RecursionError:
        raise LayoutError("is nested too deeply to be a caseload") from None
    return tables


def _is(data: bytes, chunks: Iterable[bytes]) -> bool:
    """Whether the chunks are exactly `data`: then it was written by `encode`, and holds no key twice."""
    position = 0
    for chunk in chunks:
        if not data.startswith(chunk, position):
            return False
        position += len(chunk)
    return position == len(data)


def _decoded(data: bytes) -> object:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _decoded_carefully(data)


def _decoded_carefully(data: bytes) -> object:
    """Decode slowly, for what a person or another program wrote: says where the trouble is."""
    try:
        text = data.decode()
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refused, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise LayoutError(f"is not UTF-8 text (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise LayoutError(
            f"is not complete JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        ) from None
    except ValueError:
        raise LayoutError("holds a number too long to be real") from None
    # Half of a surrogate pair can be written in JSON but not in UTF-8.
    return msgspec.json.decode(json.dumps(value, ensure_ascii=False).encode(errors="replace"))


def _once(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise LayoutError(f"has {json.dumps(twice[:60])} twice where it can stand only once")
    return found


def _refused(name: str) -> NoReturn:
    raise LayoutError(f"holds {name}, which is not a number that JSON knows")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise LayoutError(f"holds the number {text[:30]}, which is too large")
    return number


def _checked(value: object) -> Tables:
    """Return `value` as tables once it is certain that TinyDB could read them."""
    if not isinstance(value, dict):
        raise LayoutError("is JSON, but not a caseload")
    for name, table in value.items():
        if not isinstance(table, dict):
            raise LayoutError(f"has a table {json.dumps(name[:60])} that is not a table")
        for number in table:
            if not (number.isdecimal() and len(number) < 19 and number == str(int(number))):
                raise LayoutError(
                    f"has an entry {json.dumps(number[:60])} in the table {json.dumps(name[:60])}"
                    " where a number should stand"
                )
    return value
