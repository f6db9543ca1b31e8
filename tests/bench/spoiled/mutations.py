"""Caseload files spoiled at random, as by a bad disk, a careless hand, or somebody who means harm.

`Mutator(seed).file(number)` is the same bytes each time.
"""

import json
import random
from collections.abc import Callable
from typing import Any

from vigtui.domain.records import KINDS

Tables = dict[str, Any]

WORDS = (
    "",
    " ",
    "-",
    "[/foo]",
    "[@click=app.quit]x[/]",
    "\x1b]0;stolen\x07title",
    "\x1b[31mred\x1b[2J\x1b[6n",
    "\x9b31m\x9d0;x\x9c",
    "\x1bP+q544e\x1b\\",
    "x" * 30_000,
    "שלום עולם \u202egnp.exe\u2066",
    "👩\u200d👧 ❤️ 日本 e\u0301" + "\u0301" * 300,
    "a\nb\tc\r\nd\x00e\u2028f\x85g\x7f",
    "\ud800 half a pair \udfff",
    "%s %n {0} ${HOME} `id` ; rm -rf",
    "\u200b\u200d\ufeff\ufffe\uffff\U0010ffff",
)
PATHS = (
    "/etc/passwd",
    "../../../../etc/passwd",
    "media/../../secret.mp4",
    "..\\..\\secret.mp4",
    "C:\\secret.mp4",
    "\\\\host\\share\\film.mp4",
    "file:///etc/passwd",
    "https://example.org/film.mp4",
    "edl:///etc/passwd",
    "av://lavfi:testsrc",
    "memory://film",
    "-",
    "~/film.mp4",
    "media",
    "media/\x00.mp4",
    "media/" + "x" * 300 + ".mp4",
    "a/" * 3000 + "b.mp4",
    "/dev/zero",
    "/proc/self/mem",
    "media/./././case.vig.json",
    ".",
    "..",
    "/",
)
DAYS = ("0001-01-01", "9999-12-31", "2025-02-30", "1900-01-01", "2400-02-29", "20250101", "2025-1-1", "soon")
MOMENTS = (
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2025-01-01T10:00:00",
    "2025-01-01T24:00:00Z",
    "9999-12-31T23:59:59.999999Z",
)
NUMBERS: tuple[Any, ...] = (0, -1, 1, 2**31, 2**63, 10**30, 10**400, -(10**400), 1e308, 5e-324, 0.5, -0.0)
REVISIONS = (
    "",
    "-",
    "1-",
    "-1-x",
    "0-00000000000000000000",
    "999999999-ffffffffffffffffffff",
    "99999999999999999999-aa",
    "٣-aa",
    "1-00000000000000000000-00000000",
    "2-ffffffffffffffffffff-\x1b[31m",
    "9" * 5000 + "-x-y",
)
OWN = ("rev", "ancestors", "changed", "created", "modified", "by", "id")
LINKS = {"people": "supervisor", "questions": "superseded_by", "clips": "companion"}


class Mutator:
    """Makes spoiled files out of good ones. `good` are the bytes of caseloads; the first is the rarest."""

    def __init__(self, seed: int, good: list[bytes]) -> None:
        self._seed = seed
        self._good = good

    def origin(self, number: int) -> bytes:
        """Return the good caseload that the file of this number is made from."""
        first, *others = self._good
        return others[number % len(others)] if others and number % 10 else first

    def file(self, number: int) -> bytes:
        """Return the file of this number."""
        chance = random.Random(f"{self._seed} {number}")
        data = self.origin(number)
        if chance.random() < 0.3:
            return _spoil_bytes(data, chance)
        tables: Tables = json.loads(data)
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8, 30))):
            chance.choice(_TABLE_SPOILERS)(tables, chance)
        data = _written(tables, chance)
        return _spoil_bytes(data, chance) if chance.random() < 0.1 else data


# Bytes

_LARGEST = 2_000_000
"""Where a file is twice itself again and again, what takes long is only its length."""
_LONG = 2000
"""Characters of a list that is still repeated 500 times: longer ones would fill the memory."""


def _spoil_bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 5, 50))):
        if len(data) > _LARGEST:
            break
        data = chance.choice(_BYTE_SPOILERS)(data, chance)
    return data


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + bytes(byte ^ 1 << chance.randrange(8) for byte in data[at : at + 1]) + data[at + 1 :]


def _replace(data: bytes, chance: random.Random) -> bytes:
    at, piece = _place(data, chance), chance.choice(_PIECES)
    return data[:at] + piece + data[at + len(piece) :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.choice(_PIECES) + data[at:]


def _insert_in_text(data: bytes, chance: random.Random) -> bytes:
    """Insert something where a text begins, so that the rest can still be read."""
    at = data.find(b'":"', _place(data, chance))
    return data[: at + 3] + chance.choice(_TEXTS) + data[at + 3 :] if at >= 0 else data


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at + chance.choice((1, 2, 10, 1000)) :]


def _double(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[max(0, at - chance.choice((1, 30, 3000))) : at] + data[at:]


def _double_line(data: bytes, chance: random.Random) -> bytes:
    """Say a record twice, as an editor or a merge by lines does."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    return b"\n".join([*lines[: at + 1], *lines[at:]])


_PIECES = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\x1b[31m", b"\xc2\x9b"),
    *(b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\\u0000", b"NaN", b"-Infinity", b"1e999", b"null"),
    *(b"\r\n", b"// why", b"<<<<<<< HEAD\n", b"=======\n", b"[" * 20_000, b'{"a":' * 20_000, b"9" * 6_000),
)
_TEXTS = (
    *(
        b"\\u001b[2J",
        b"\\ud800",
        b"\\udc00\\ud800",
        b"\\u0000",
        b"\\u202e",
        b"\\u0085",
        b"\\/",
        b"\xc2\x9b2J",
    ),
    *(b"\xe2\x80\xae", b"\x7f", b"\\b\\f\\r", b"\xed\xa0\x80"),
)
_BYTE_SPOILERS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _flip, _replace, _insert, _insert_in_text, _insert_in_text, _cut, _double, _double_line),
    lambda data, chance: data[: _place(data, chance)],
    lambda data, _chance: b"\xef\xbb\xbf" + data,
    lambda data, _chance: data.replace(b"\n", b"\r\n"),
    lambda data, _chance: data.decode(errors="replace").encode("utf-16"),
    lambda data, _chance: data.decode(errors="replace").encode("latin-1", errors="replace"),
    lambda data, _chance: data + data,
    lambda data, _chance: b"",
    lambda data, chance: data + chance.randbytes(100),
)


# Tables


def _spoil_value(tables: Tables, chance: random.Random) -> None:
    """Put something else in the place of any value, of its own kind or not."""
    spot: Any = tables
    key: Any = chance.choice(list(tables))
    while isinstance(spot[key], dict | list) and spot[key] and chance.random() < 0.9:
        spot = spot[key]
        key = chance.choice(list(spot)) if isinstance(spot, dict) else chance.randrange(len(spot))
    spot[key] = _value(chance, spot[key])


def _value(chance: random.Random, before: Any) -> Any:
    if chance.random() < 0.4:
        return _other(chance, before)
    return chance.choice(
        (
            *(None, True, False, [], {}, [None], [[]], {"a": {}}, [1, "x", None, {}], _deep(60), _deep(400)),
            *(chance.choice(pool) for pool in (WORDS, PATHS, DAYS, MOMENTS, NUMBERS, REVISIONS)),
        )
    )


def _other(chance: random.Random, before: Any) -> Any:
    """Return a value of the same kind, as far out as it goes."""
    match before:
        case bool():
            return not before
        case int() | float():
            return chance.choice(NUMBERS)
        case str() if before[:4].isdigit() and "T" in before:
            return chance.choice(MOMENTS)
        case str() if before[:4].isdigit():
            return chance.choice(DAYS)
        case str() if "/" in before:
            return chance.choice(PATHS)
        case str():
            return chance.choice(WORDS)
        case list():
            return before * chance.choice((2, 3, 500 if len(str(before)) < _LONG else 2))
        case _:
            return [before]


def _deep(levels: int) -> Any:
    value: Any = 1
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def _document(tables: Tables, chance: random.Random, *wanted: str) -> dict[str, Any]:
    """Return one of the documents, of the tables wanted where there is any."""
    found = [
        document
        for name, table in tables.items()
        if isinstance(table, dict) and (not wanted or name in wanted)
        for document in table.values()
        if isinstance(document, dict)
    ]
    return chance.choice(found) if found else {}


def _ids(tables: Tables, *wanted: str) -> list[Any]:
    return [
        document.get("id")
        for name, table in tables.items()
        if isinstance(table, dict) and (not wanted or name in wanted)
        for document in table.values()
        if isinstance(document, dict)
    ] or [""]


def _spoil_field(tables: Tables, chance: random.Random) -> None:
    document = _document(tables, chance)
    if document:
        key = chance.choice(list(document))
        document[key] = _value(chance, document[key])


def _drop_field(tables: Tables, chance: random.Random) -> None:
    document = _document(tables, chance)
    if document:
        document.pop(chance.choice(list(document)))


def _rename_field(tables: Tables, chance: random.Random) -> None:
    document = _document(tables, chance)
    if document:
        document[chance.choice((*WORDS, "__class__", "table", "id"))] = document.pop(
            chance.choice(list(document))
        )


def _point_elsewhere(tables: Tables, chance: random.Random) -> None:
    """Let a reference name any record, its own one too."""
    document = _document(tables, chance)
    ids = _ids(tables)
    for key, value in document.items():
        if key != "id" and value in ids and isinstance(value, str) and chance.random() < 0.7:
            document[key] = chance.choice([*ids, document.get("id"), "", "nobody"])


def _circle(tables: Tables, chance: random.Random) -> None:
    """Let records of a kind lead to each other in a circle, of one, two, or all of them."""
    table, field = chance.choice(list(LINKS.items()))
    if not isinstance(tables.get(table), dict):
        return
    documents = [each for each in tables[table].values() if isinstance(each, dict)]
    around = documents[: chance.choice((1, 2, 3, len(documents)))]
    for document, following in zip(around, around[1:] + around[:1], strict=True):
        document[field] = following.get("id")


def _same_id(tables: Tables, chance: random.Random) -> None:
    name = chance.choice(list(tables))
    _document(tables, chance, name)["id"] = chance.choice(_ids(tables, name) + _ids(tables))


def _copy_record(tables: Tables, chance: random.Random) -> None:
    name = chance.choice(list(tables))
    if isinstance(tables[name], dict):
        copied = dict(_document(tables, chance, name))
        tables[name][chance.choice(("0", "7", "99", "999999999999999999", "-1", "01", "٣", "x", ""))] = copied


def _move_record(tables: Tables, chance: random.Random) -> None:
    """A record in the table of another kind."""
    name = chance.choice((*tables, *(kind.table for kind in KINDS), "deleted", "versions"))
    if isinstance(tables.setdefault(name, {}), dict):
        tables[name][str(chance.randrange(200))] = dict(_document(tables, chance))


_NO_TABLES: tuple[Any, ...] = (None, [], {}, 1, "x", {"1": None}, {"1": {}}, {"1": []}, {"x": {}})


def _spoil_table(tables: Tables, chance: random.Random) -> None:
    name = chance.choice(list(tables))
    match chance.randrange(4):
        case 0:
            del tables[name]
            tables.setdefault("meta", {})
        case 1:
            tables[name] = chance.choice(_NO_TABLES)
        case 2:
            tables[chance.choice((*WORDS[:9], "versions", "deleted"))] = tables[name]
        case _:
            tables[name] = dict(reversed(tables[name].items())) if isinstance(tables[name], dict) else {}


def _spoil_meta(tables: Tables, chance: random.Random) -> None:
    meta = _document(tables, chance, "meta")
    meta[chance.choice((*meta, "schema"))] = chance.choice(
        (0, 2, 10**20, "1", True, 1.0, None, [], chance.choice(NUMBERS), chance.choice(WORDS))
    )


def _spoil_revision(tables: Tables, chance: random.Random) -> None:
    document = _document(tables, chance)
    document[chance.choice(("rev", "rev", "ancestors", "ancestors", "changed", "by"))] = chance.choice(
        (
            chance.choice(REVISIONS),
            [chance.choice(REVISIONS) for _ in range(chance.choice((1, 60, 3000)))],
            [[chance.choice(REVISIONS), chance.choice(MOMENTS), "x", {"code": chance.choice(NUMBERS)}]] * 3,
            [["1-aa-bb", "2025-01-01T00:00:00Z", "Ros"], [], [None, 1, {}, []], {"rev": "1-a"}],
            [["1-aa-bb", chance.choice(MOMENTS), chance.choice(WORDS), {chance.choice(WORDS): 1}]],
            {name: chance.choice(NUMBERS) for name in document},
            {"code": "1", "id": None, "": [], "\x1b[2J": -1, "members": {"a": 1}},
            _value(chance, None),
        )
    )


def _spoil_history(tables: Tables, chance: random.Random) -> None:
    """A tombstone for, or other versions of, a record that is there, or of nothing."""
    name = chance.choice(list(tables))
    record = dict(_document(tables, chance, name))
    rev = chance.choice((*REVISIONS, record.get("rev"), "3-aaaaaaaaaaaaaaaaaaaa-bbbbbbbb"))
    tombstone = {"id": record.get("id"), "table": chance.choice((name, name, "x", None)), "rev": rev}
    other = {**record, "rev": rev}
    if other:
        key = chance.choice(list(other))
        other[key] = _value(chance, other[key])
    versions = {
        "id": chance.choice((f"{name}/{record.get('id')}", f"{name}/{record.get('id')}", "x", "/", None)),
        "versions": chance.choice(([record, other], [other], [other, other], [record, 1], other, None)),
        "removals": chance.choice(([], [tombstone], [tombstone, record], tombstone, [None])),
    }
    for table, entry in (("deleted", tombstone), ("versions", versions)):
        if chance.random() < 0.6 and isinstance(tables.setdefault(table, {}), dict):
            tables[table][str(len(tables[table]) + 1)] = entry
    if found := _document(tables, chance, "versions", "deleted"):
        key = chance.choice(list(found))
        found[key] = _value(chance, found[key])


_TABLE_SPOILERS: tuple[Callable[[Tables, random.Random], None], ...] = (
    *(_spoil_value, _spoil_field, _spoil_field, _spoil_field, _drop_field, _rename_field, _point_elsewhere),
    *(_circle, _same_id, _copy_record, _move_record, _spoil_table, _spoil_meta, _spoil_revision),
    *(_spoil_revision, _spoil_history, _spoil_history),
)


def _written(tables: Tables, chance: random.Random) -> bytes:
    """Write the tables, mostly as vigtui does: what it wrote itself it reads in another way."""
    ascii_only = chance.random() < 0.3
    if chance.random() < 0.2:
        text = json.dumps(tables, ensure_ascii=ascii_only, indent=chance.choice((None, 1)))
        return text.encode(errors="surrogatepass")

    def said(value: Any) -> str:
        return json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":"))

    lines = []
    for name, table in tables.items():
        if isinstance(table, dict):
            inner = ",\n".join(f"{said(number)}: {said(entry)}" for number, entry in table.items())
            lines.append(f"{said(name)}: {{\n{inner}\n}}")
        else:
            lines.append(f"{said(name)}: {said(table)}")
    return ("{" + ",\n".join(lines) + "}\n").encode(errors="surrogatepass")
