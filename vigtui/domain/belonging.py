"""What belongs to what: a tag to its clip, that to its recording, and so on up to a family."""

from collections.abc import Iterable, Iterator

from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import (
    KIND_OF,
    AgreedWords,
    Clip,
    Family,
    Moment,
    PointStep,
    Record,
    Recording,
    Reflection,
    SessionItem,
)
from vigtui.domain.records.schema import named, owned_by, owners

_DEEPEST = 8
"""More than from a note about a clip up to its family, should a file go round in circles."""


def family_of(find: Find, record: Record | None) -> Family | None:
    """Return the family to whose work a record belongs, if to one. A supervision belongs to none, even where
    it is about the clips of one only."""
    for _ in range(_DEEPEST):
        if record is None or isinstance(record, Family):
            return record
        record = next((found for found in _owners(find, record) if found is not None), None)
    return None


def _owners(find: Find, record: Record) -> Iterator[Record | None]:
    for name, tables in owners(type(record)).items():
        for table in tables:
            if table in KIND_OF:  # Members are parts of their family.
                yield find(KIND_OF[table], getattr(record, name))


def films_of(find: Find, record: Record) -> list[Recording]:
    """Return the recordings that a record belongs to or is about, however far up, itself if it is one: of a
    note about an agenda item those of its clips. A family belongs to none."""
    known: dict[str, Record] = {}
    waiting = [record]
    while waiting:
        each = waiting.pop()
        if each.id not in known:
            known[each.id] = each
            above = () if isinstance(each, Recording) else (*_owners(find, each), *_named_about(find, each))
            waiting += [found for found in above if found is not None]
    return [each for each in known.values() if isinstance(each, Recording)]


def _named_about(find: Find, record: Record) -> Iterator[Record | None]:
    for reference, identity in named(record):
        if reference.ref.about:
            yield from (find(KIND_OF[table], identity) for table in reference.ref.tables)


def with_belongings(where: Where, record: Record) -> Iterator[Record]:
    """Yield a record and all that belongs to it: to a family all its records, to a clip its tags. What
    belongs to it in more than one way comes more than once."""
    yield record
    for kind, name in owned_by(record.table):
        for child in where(kind, **{name: record.id}):
            yield from with_belongings(where, child)


def all_about(where: Where, family: Family) -> list[Record]:
    """Return a family with all that belongs to it, and the agenda items and the written pieces about its
    clips with what belongs to them, each once; not what was agreed a second time."""
    found = {each.id: each for each in with_belongings(where, family)}
    for about in (*items_about(where, found.values()), *pieces_about(where, found.values())):
        found |= {each.id: each for each in with_belongings(where, about)}
    return [each for each in found.values() if not isinstance(each, AgreedWords)]


def items_about(where: Where, records: Iterable[Record]) -> list[SessionItem]:
    """Return the agenda items about those of these records that are clips, each once."""
    clips = [each.id for each in records if isinstance(each, Clip)]
    items = (
        item
        for clip in clips
        for item in (*where(SessionItem, clip=clip), *where(SessionItem, companion=clip))
    )
    return list({item.id: item for item in items}.values())


def moments_of(where: Where, records: Iterable[Record]) -> list[Moment]:
    """Return the moments of which those of these records were made that are clips."""
    clips = (each.id for each in records if isinstance(each, Clip))
    return [moment for clip in clips for moment in where(Moment, clip=clip)]


def pieces_about(where: Where, records: Iterable[Record]) -> list[Reflection | PointStep]:
    """Return what people in training wrote about those of these records that are clips: written pieces, and
    how a working point that was agreed on another's clip shows in one of them."""
    known = tuple(records)
    clips = {each.id for each in known if isinstance(each, Clip)}
    items = {each.id for each in items_about(where, known)}
    steps = [each for each in where(PointStep) if each.clip in clips and each.item not in items]
    return [*(each for each in where(Reflection) if not clips.isdisjoint(each.clips)), *steps]
