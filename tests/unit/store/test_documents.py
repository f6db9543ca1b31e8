"""A file of an older version is read as fast as one of this, and never with less care."""

import msgspec
import pytest

from vigtui.domain.records import Recording
from vigtui.store.format.documents import read, read_all

NOW = msgspec.json.encode(Recording(id="a", cycle="c", path="a.mp4"))
BEFORE = NOW.replace(b',"people":null', b"")


def raw(*entries: bytes) -> list[msgspec.Raw]:
    return [msgspec.Raw(entry) for entry in entries]


@pytest.mark.parametrize("entries", [(NOW,), (BEFORE, BEFORE), (BEFORE, NOW), (NOW, BEFORE), ()])
def test_entries_of_any_version_are_read_all_at_once(entries: tuple[bytes, ...]) -> None:
    assert BEFORE != NOW
    found = read_all(Recording, raw(*entries))
    assert found == [read(Recording, msgspec.json.decode(entry)) for entry in entries]


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
