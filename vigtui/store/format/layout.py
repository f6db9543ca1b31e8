"""How a caseload is laid out on disk: as stock TinyDB does it, one document a line.

`{"families": {"1": {...}, "2": {...}}}`: tables of numbered documents, in UTF-8. Readable, editable by
hand, and easy on whoever compares two versions line by line.
"""

import json
import re
from collections.abc import Iterator, Mapping, Set
from typing import Any, NoReturn

import msgspec

from vigtui.domain.records import Record

Document = dict[str, Any]
Entry = Document | msgspec.Raw | Record
"""A document, or its bytes as the file has them, or the record that is written as these bytes: most are never
looked at as documents, and saved as they are."""
Tables = dict[str, dict[str, Entry]]

META, META_ID = "meta", "1"
"""The table of what the caseload says of itself, and its one entry."""
DELETED, VERSIONS = "deleted", "versions"
"""The tables of removals, and of competing versions."""
CHUNK = 256 * 1024
BOM = b"\xef\xbb\xbf"
_ZIP = b"PK\x03\x04"
_LIMIT = 10**18
_NUMBERS = re.compile(r"(?:(?:0|[1-9][0-9]{0,17})\n)*+")


class LayoutError(ValueError):
    """This is no caseload. The message completes a sentence that begins with the file's name."""


def encode(tables: Mapping[str, Mapping[str, Entry]]) -> Iterator[bytes]:
    """Yield the file's bytes in chunks of about 256 KB."""
    parts: list[bytes] = []
    size = 0
    opening = b"{"
    for name, table in tables.items():
        parts.append(opening + msgspec.json.encode(name) + b": {")
        opening = b",\n"
        between = b"\n"
        for number, entry in table.items():
            line = b"%b%b: %b" % (between, msgspec.json.encode(number), as_bytes(entry))
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


def as_bytes(entry: Entry) -> bytes | msgspec.Raw:
    """Return an entry as it is in a file."""
    return entry if isinstance(entry, msgspec.Raw) else msgspec.json.encode(entry)


def decode(data: bytes) -> Tables:
    """Return the tables in `data`, or raise LayoutError. Nothing is repaired and nothing is left out.

    In a file as `encode` writes it the entries stay bytes; `entries.document` looks into one of them.
    """
    text = data.removeprefix(BOM)
    if not text or text.isspace():
        raise LayoutError("is empty")
    try:
        tables: Tables = msgspec.json.decode(text, type=dict[str, dict[str, msgspec.Raw]])
        if _is(text, checked(tables)):
            return tables
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, LayoutError):
        pass
    return checked(decoded_carefully(data))


def _is(data: bytes, tables: Mapping[str, Mapping[str, Entry]]) -> bool:
    """Whether `data` is what `encode` makes of the tables: then no number comes twice in one of them."""
    position = 0
    for chunk in encode(tables):
        if not data.startswith(chunk, position):
            return False
        position += len(chunk)
    return position == len(data)


def parse(data: bytes) -> Any:
    """Return what the JSON in `data` says, or raise LayoutError, which says where the trouble is."""
    if data.startswith(_ZIP):
        raise LayoutError(
            "is a ZIP file: a pack is taken into the caseload that it is for, or unpacked first"
        )
    try:
        text = data.removeprefix(BOM).decode()
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refused, parse_float=_finite)
    except LayoutError:
        raise
    except UnicodeDecodeError as error:
        raise LayoutError(f"is not UTF-8 text (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise LayoutError(
            f"is not complete JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        ) from None
    except ValueError:
        raise LayoutError("holds a number too long to be real") from None
    except RecursionError:
        raise LayoutError("is nested too deeply to be a caseload") from None


def decoded_carefully(data: bytes) -> Any:
    """Return what the JSON in `data` says, which a person or another program wrote, slowly. Raises
    LayoutError."""
    value = parse(data)
    try:
        # Half of a surrogate pair can be written in JSON but not in UTF-8.
        return msgspec.json.decode(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    except msgspec.DecodeError:
        raise LayoutError("holds a number too long to be real") from None
    except RecursionError:
        raise LayoutError("is nested too deeply to be a caseload") from None


def entry(document: Mapping[str, Any], **options: Any) -> msgspec.Raw:
    """Return a document as it is in a file; `options` are json.dumps's. Raises TypeError or ValueError
    for what JSON cannot say."""
    options = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":"), **options}
    try:
        return msgspec.Raw(json.dumps(document, **options).encode())
    except UnicodeEncodeError:
        return msgspec.Raw(json.dumps(document, **options | {"ensure_ascii": True}).encode())


def _once(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise LayoutError(f"has {json.dumps(twice[:60])} twice where it may be only once")
    return found


def _refused(name: str) -> NoReturn:
    raise LayoutError(f"holds {name}, which is not a number that JSON knows")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise LayoutError(f"holds the number {text[:30]}, which is too large")
    return number


def checked(value: Any) -> Tables:
    """Return `value` as tables once it is certain that TinyDB could read them."""
    stranger = LayoutError("is JSON, but not a caseload")
    if not isinstance(value, dict):
        raise stranger
    for name, table in value.items():
        if not isinstance(table, dict):
            if META not in value:
                raise stranger
            raise LayoutError(f"has a table {json.dumps(name[:60])} that is not a table")
        if not _are_numbers(table.keys()):
            wrong = next(number for number in table if not _are_numbers({number}))
            raise LayoutError(
                f"has an entry {json.dumps(wrong[:60])} in the table {json.dumps(name[:60])}"
                " where a number is expected"
            )
    return value


def first_new_number(table: Mapping[str, Entry]) -> int:
    """Return a number after all others of the table, or 1 where those have come near to their limit; later
    ones need not be free there."""
    highest = max(map(int, table), default=0)
    return highest + 1 if highest < _LIMIT // 2 else 1


def _are_numbers(keys: Set[str]) -> bool:
    """Whether these are whole numbers, written as TinyDB writes them, and below the limit."""
    lines = "".join(("\n".join(keys), "\n")) if keys else ""
    return lines.count("\n") == len(keys) and _NUMBERS.fullmatch(lines) is not None
