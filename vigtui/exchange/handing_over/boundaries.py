"""What a hand-over may bring: records of its own family, and nothing that touches another one's here.

Whoever made the file may mean harm: a consent for somebody else's film, or the mark that another family was
erased, would come in with it.
"""

from collections.abc import Iterable, Mapping

from vigtui.domain.belonging import items_about, pieces_about, with_belongings
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import KIND_OF, Family, Person, Record, Session
from vigtui.exchange.handing_over.content import HandOverError
from vigtui.exchange.handing_over.versions import Versions
from vigtui.store.format.layout import META, VERSIONS, Tables
from vigtui.store.index import Index
from vigtui.store.merging.owners import is_about, owners_of
from vigtui.store.merging.record_versions import RecordKey

_OF_EVERYBODY = (Person.table, Session.table)
_ALLOWED = {META, VERSIONS, *KIND_OF}


def all_of(where: Where, family: Family) -> dict[RecordKey, Record]:
    """Return what belongs to a family, and the agenda items and written pieces about its clips with what
    belongs to them."""
    own = {(each.table, each.id): each for each in with_belongings(where, family)}
    known = tuple(own.values())
    for about in (*items_about(where, known), *pieces_about(where, known)):
        own |= {(each.table, each.id): each for each in with_belongings(where, about)}
    return own


def refuse_others(tables: Tables, came: Index, family: Family, find: Find, where: Where) -> None:
    """Raise HandOverError where the tables of a hand-over, whose records are `came`, hold anything that is
    not the family's, or is another's among the records that `find` and `where` look up here."""
    theirs = all_of(came.where, family)
    here = find(Family, family.id)
    ours = all_of(where, here) if here is not None else {}
    versions = Versions(tables)
    keys = list(versions.all())
    if not tables.keys() <= _ALLOWED or not theirs.keys() >= set(keys):
        raise HandOverError("The hand-over holds records that are not this family's. It is not taken over.")
    for key in keys:
        if find(KIND_OF[key[0]], key[1]) is not None and key not in ours:
            _refuse()
        for each in versions.of(key).changed:
            _refuse_outside(
                (*owners_of(key[0], each.document), *is_about(key[0], each.document)), theirs, find
            )


def _refuse_outside(named: Iterable[RecordKey], theirs: Mapping[RecordKey, Record], find: Find) -> None:
    for owner in named:
        if owner not in theirs and owner[0] not in _OF_EVERYBODY and find(KIND_OF[owner[0]], owner[1]):
            _refuse()


def _refuse() -> None:
    raise HandOverError("The hand-over would change records of another family here. It is not taken over.")
