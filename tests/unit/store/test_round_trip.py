"""What is saved is what is read again, for every kind of record and whatever stands in it."""

import datetime as dt
import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import inspect
from msgspec.structs import replace
from tinydb import TinyDB

from vigtui.domain.records import KINDS, Family, Person, Record
from vigtui.store.caseload import Caseload
from vigtui.store.format import opening
from vigtui.store.format.layout import encode
from vigtui.store.snapshot import read_snapshot
from vigtui.values.text import clean

TEXT = st.text(max_size=40)
ANYTHING = st.one_of(TEXT, st.booleans(), st.integers(-(2**60), 2**60), st.lists(TEXT))
MOMENTS = st.datetimes(timezones=st.just(dt.UTC))


PLAIN: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.StrType: TEXT,
    inspect.BoolType: st.booleans(),
    inspect.NoneType: st.none(),
    inspect.DateType: st.dates(),
    inspect.DateTimeType: MOMENTS,
}


def values(kind: inspect.Type) -> st.SearchStrategy[Any]:
    """Values for a field, from what msgspec knows of its type."""
    match kind:
        case inspect.IntType(ge=low, le=high):
            return st.integers(low if low is not None else -(2**60), high if high is not None else 2**60)
        case inspect.FloatType(ge=low, le=high):
            return st.floats(low, high if high is not None else 1e12, allow_nan=False)
        case inspect.EnumType(cls=words):
            return st.sampled_from(list(words))
        case inspect.VarTupleType(item_type=item):
            return st.lists(values(item), max_size=3).map(tuple)
        case inspect.UnionType(types=types):
            return st.one_of(*map(values, types))
        case inspect.DictType(value_type=inspect.AnyType()):
            return st.dictionaries(st.sampled_from(("opening", "strengths", "order")), ANYTHING)
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(values(key), values(value), max_size=3)
        case inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{field.name: values(field.type) for field in fields})
        case _:
            return PLAIN[type(kind)]


def records(kind: type[Record]) -> st.SearchStrategy[Record]:
    known = inspect.type_info(kind)
    assert isinstance(known, inspect.StructType)
    fields = {field.name: values(field.type) for field in known.fields if field.name != "id"}
    return st.builds(kind, **fields)


def cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    return [cleaned(item) for item in value] if isinstance(value, list | tuple) else value


def said(record: Record) -> Any:
    """What a record says, without what the store writes into it."""
    document = msgspec.to_builtins(record)
    return cleaned(
        {
            key: document[key]
            for key in document
            if key not in {"rev", "ancestors", "changed", "created", "modified", "by"}
        }
    )


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_every_record_is_read_as_it_was_saved(kind: type[Record], data: st.DataObject) -> None:
    """Otherwise a word, a date or a whole record is lost between one day and the next."""
    written = data.draw(st.lists(records(kind), min_size=1, max_size=3))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.vig.json"
        caseload = Caseload.create(path, by="Ros")
        saved = [caseload.save(record) for record in written]
        caseload.close()
        again = Caseload.open(path)
        assert again.findings == ()
        assert {record.id: said(record) for record in again.all(kind)} == {
            record.id: said(record) for record in written
        }
        assert sorted(again.all(kind), key=lambda record: record.id) == sorted(
            saved, key=lambda record: record.id
        )
        with TinyDB(path, encoding="utf-8") as stock:
            documents = stock.table(kind.table).all()
        assert sorted(document["id"] for document in documents) == sorted(record.id for record in written)
        again.close()


def test_stock_tinydb_reads_and_writes_the_file(caseload: Caseload, path: Path) -> None:
    """Otherwise the service's own scripts, and a rescue without vigtui, cannot read it."""
    family = caseload.save(Family(code="F-017", pseudonym="Héron"))
    caseload.close()
    stock = TinyDB(path, encoding="utf-8")
    assert [meta["service"] for meta in stock.table("meta")] == ["Fenland VIG"]
    stock.table("families").update({"pseudonym": "Wren"})
    stock.close()
    again = Caseload.open(path)
    assert again.need(Family, family.id).pseudonym == "Wren"
    again.close()


def test_the_file_is_readable_text(caseload: Caseload, path: Path) -> None:
    """One document a line, letters as letters: a person can read it, and compare two versions."""
    caseload.save(Person(name="Zoë Ångström"))
    caseload.close()
    text = path.read_text("utf-8")
    (line,) = [line for line in text.splitlines() if "Zoë Ångström" in line]
    assert json.loads(line.partition(": ")[2])["name"] == "Zoë Ångström"


def test_a_large_file_is_in_memory_once_and_written_byte_by_byte_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its records, and not its bytes beside them: of ten thousand families those are 100 MB."""
    monkeypatch.setattr(opening, "MANY", 0)
    caseload = Caseload.create(tmp_path / "a.vig.json", by="Ros")
    caseload.save(Family(code="F-017", pseudonym="Heron"))
    caseload.delete(caseload.save(Person(name="Ellis Marr")))
    caseload.close()
    snapshot = read_snapshot(caseload.path)
    assert [type(entry) for entry in snapshot.tables[Family.table].values()] == [Family]
    assert b"".join(encode(snapshot.tables)) == caseload.path.read_bytes()
    again = Caseload.open(caseload.path)
    again.save(replace(again.all(Family)[0], pseudonym="Wren"))
    again.close()
    assert b'"Wren"' in caseload.path.read_bytes()
