"""A file of an older version is read as fast as one of this, and never with less care."""

import msgspec
import pytest

from vigtui.domain.records import Cycle, Recording
from vigtui.store.format.documents import read, read_all

NOW = msgspec.json.encode(Recording(id="a", cycle="c", path="a.mp4"))
BEFORE = NOW.replace(b',"people":null', b"")


def raw(*entries: bytes) -> list[msgspec.Raw]:
    return [msgspec.Raw(entry) for entry in entries]


@pytest.mark.parametrize("entries", [(NOW,), (BEFORE, BEFORE), (BEFORE, NOW), (NOW, BEFORE), ()])
def test_entries_of_any_version_are_read_all_at_once(entries: tuple[bytes, ...]) -> None:
    assert BEFORE != NOW
    found = read_all(Recording, raw(*entries))
    assert found is not None
    assert found.records == [read(Recording, msgspec.json.decode(entry)) for entry in entries]
    assert found.same == (BEFORE not in entries)


@pytest.mark.parametrize(
    "entry",
    [
        BEFORE.replace(b'"path":"a.mp4"', b'"path":"b.mp4","path":"a.mp4"'),
        BEFORE.replace(b'"path":"a.mp4"', b'"path":"a.mp4","people":null,"people":null'),
        BEFORE.replace(b'"id":"a"', b'"id":" "'),
        BEFORE.replace(b'"id":"a"', b'"id":3'),
        BEFORE.replace(b'"duration_ms":0', b'"duration_ms":0.0'),
    ],
)
def test_what_says_something_twice_or_oddly_is_looked_at_by_itself(entry: bytes) -> None:
    """Of a field that stands twice, somebody else's program may mean the other value."""
    assert entry != BEFORE
    assert read_all(Recording, raw(BEFORE, entry)) is None


def test_of_many_records_what_they_say_alike_is_held_once_and_still_said_by_each() -> None:
    """Ten thousand families are to be open beside a browser."""
    cycle = Cycle(id="".join(("a cy", "cle")), family="f", number=1)
    rest = NOW[NOW.index(b',"cycle"') :].replace(b'"cycle":"c"', b'"cycle":"a cycle"')
    rest = rest.replace(b'"filmed":null', b'"filmed":"2026-11-30"')
    moments = (b"2026-11-30T10:00:00Z", b"2026-11-30T10:00:00Z", b"2026-11-30T11:00:00+01:00")
    entries = [
        b'{"id":"%d","rev":"","ancestors":[],"changed":{"created":1},"created":"2026-11-30T10:00:00Z","modified":'
        b'"%b","by":"Ros"%b' % (number, moments[number % 3], rest)
        for number in range(9000)
    ]
    found = read_all(Recording, raw(*entries), {"cycles": {cycle.id: cycle}})
    assert found is not None
    assert found.same
    assert [msgspec.json.encode(record) for record in found.records] == entries
    assert len({id(record.changed) for record in found.records}) == 1
    assert {id(record.cycle) for record in found.records} == {id(cycle.id)}
    assert len({id(record.filmed) for record in found.records}) == 1
