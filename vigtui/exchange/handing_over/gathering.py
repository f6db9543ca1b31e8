"""What of a caseload goes along with a family that is handed over, and what stays.

Every record goes that belongs to the family, of whatever kind, with all its versions. Sessions belong to
people: of them go the agenda items about the family's clips, and of the session when it was and who took
part. What somebody keeps for themselves stays, and so does film for an agenda: it is another space's.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.opening import why_not_there
from vigtui.domain.belonging import items_about, pieces_about, with_belongings
from vigtui.domain.consent.access import other_families
from vigtui.domain.records import (
    AgendaFilm,
    CaseloadMeta,
    Clip,
    Family,
    FilmPlace,
    Note,
    Person,
    PointStep,
    Record,
    Recording,
    Reflection,
    Session,
    SessionItem,
)
from vigtui.domain.records.schema import named
from vigtui.domain.vocabulary import RecordingState
from vigtui.exchange.handing_over.content import HandOverError
from vigtui.exchange.handing_over.removals import removed_since
from vigtui.exchange.handing_over.versions import Versions, receipt
from vigtui.exchange.spaces.outgoing import is_private
from vigtui.store.format.layout import Document, Tables
from vigtui.store.format.opening import new_tables
from vigtui.store.merging.record_versions import versions_key
from vigtui.store.snapshot import Snapshot
from vigtui.values.text import and_list, one_line, shown_path
from vigtui.wording.removing.handing_over import records_of


class Goes(Struct, frozen=True):
    """What goes along with a `family`: its `tables` as a hand-over has them, the `records`, the `films` (of
    recordings, by where they are here), the `people` and `sessions` to be added where they are not there; and
    what `stays`, a sentence each; `removals` since it was handed over first."""

    family: Family
    tables: Tables
    records: tuple[Record, ...]
    films: tuple[Recording, ...]
    people: tuple[Person, ...]
    sessions: tuple[Session, ...]
    stays: tuple[str, ...]
    removals: tuple[Document, ...] = ()

    @property
    def receipt(self) -> str:
        """The words that the receiver reads aloud once all of it is there."""
        return receipt(self.tables)


def gather(source: Snapshot, family: str, author: str = "") -> Goes:
    """Find what goes along with the family with this id. Notes that their author alone reads go only where
    that is the `author`, by id or name: they hand the family over to themselves. Raises LayoutError."""
    found = source.index.find(Family, family)
    if found is None:
        raise HandOverError("The family is not in this caseload any more.")
    records, stays = _belonging(source, found, author)
    films, lost = _films(source, records)
    sessions = tuple(_frames(source, records))
    people = tuple(_people(source, (*records, *sessions)))
    return Goes(
        found,
        _tables(source, found, records),
        tuple(records),
        films,
        people,
        sessions,
        (*stays, *lost),
        tuple(removed_since(source, family)),
    )


def why_not(source: Snapshot, goes: Goes) -> str:
    """Return why a family cannot be handed over as it is, and what to do; "" where it can."""
    shared = [
        each for each in goes.records if isinstance(each, Recording) and other_families(source, each.id)
    ]
    if shared:
        codes = {code for each in shared for code in other_families(source, each.id)}
        film = shown_path(shared[0].path) or "one film"
        return (
            f"{film} is named by {and_list(sorted(map(one_line, codes)))} as well: it cannot leave with one "
            "of them. Name another file in the recording that is not of this film, or remove that; then hand "
            "over again."
        )
    gone = [why for each in goes.films if (why := why_not_there(source, each.path))]
    if gone:
        return (
            f"{gone[0]} Look for it (Film that is missing), or say there that it is missing: then the "
            "family goes without it."
        )
    return ""


def _belonging(source: Snapshot, family: Family, author: str) -> tuple[list[Record], list[str]]:
    where = source.where
    own = {(each.table, each.id): each for each in with_belongings(where, family)}
    clips = {each.id for each in own.values() if isinstance(each, Clip)}
    known = tuple(own.values())
    pieces = pieces_about(where, known)
    about: list[Record] = [*items_about(where, known), *(each for each in pieces if _goes(each, clips))]
    for each in about:
        own |= {(one.table, one.id): one for one in with_belongings(where, each)}
    versions = Versions(source.tables)
    kept = {
        key: each
        for key, each in own.items()
        if isinstance(each, AgendaFilm)
        or (
            any(is_private(each.table, one.document) for one in versions.of(key).changed)
            and not (author and isinstance(each, Note) and each.author == author)
        )
    }
    left = [each for each in kept.values() if not isinstance(each, FilmPlace | AgendaFilm)]
    left += [each for each in pieces if (each.table, each.id) not in own]
    return [each for key, each in own.items() if key not in kept], _told(left)


def _goes(piece: Reflection | PointStep, clips: set[str]) -> bool:
    """Whether a piece is about the family's clips alone, and belongs to nothing that stays."""
    return isinstance(piece, Reflection) and clips.issuperset(piece.clips)


def _told(left: Iterable[Record]) -> list[str]:
    reasons = {
        "notes": "which their author alone reads",
        "seeings": "not done yet",
        "reflections": "not finished, or about other families as well",
        "point_steps": "of working points agreed on other clips",
    }
    kinds: dict[str, int] = {}
    for each in left:
        kinds[each.table] = kinds.get(each.table, 0) + 1
    return [f"{records_of(table, number)}, {reasons[table]}" for table, number in kinds.items()]


def _films(source: Snapshot, records: Iterable[Record]) -> tuple[tuple[Recording, ...], list[str]]:
    films, lost = [], []
    for each in records:
        if not isinstance(each, Recording) or not each.path:
            continue
        states = {version.state for version in source.versions(Recording, each.id)}
        if states == {RecordingState.PRESENT}:
            films.append(each)
        elif RecordingState.DELETED not in states:
            lost.append(f"The film {shown_path(each.path)}: it is not here")
    return tuple(films), lost


def _frames(source: Snapshot, records: Iterable[Record]) -> Iterator[Session]:
    """Yield of each session, an item of which goes, when it was and who took part in that."""
    items = [each for each in records if isinstance(each, SessionItem)]
    for session in dict.fromkeys(each.session for each in items):
        found = source.index.find(Session, session)
        if found is not None:
            whose = {each.trainee for each in items if each.session == session}
            trainees = tuple(each for each in found.trainees if each in whose or "" in whose)
            yield replace(
                Session(supervisor=found.supervisor, date=found.date),
                id=found.id,
                trainees=trainees,
                minutes=found.minutes,
                kind=found.kind,
                mode=found.mode,
                state=found.state,
                agreed=found.agreed,
            )


def _people(source: Snapshot, records: Iterable[Record]) -> Iterator[Person]:
    """Yield the colleagues whom the records name, by what others need to know of them."""
    ids = {identity: None for each in records for _, identity in named(each)}
    for person in filter(None, (source.index.find(Person, each) for each in ids)):
        yield Person(id=person.id, name=person.name, roles=person.roles, profession=person.profession)


def _tables(source: Snapshot, family: Family, records: Iterable[Record]) -> Tables:
    tables: Tables = new_tables(CaseloadMeta(id=family.id))
    for each in sorted(records, key=lambda each: (each.table, each.id)):
        for table, name in ((each.table, each.id), versions_key((each.table, each.id))):
            number = source.loaded.numbers.get(table, {}).get(name)
            if number is not None:
                tables.setdefault(table, {})[number] = source.tables[table][number]
    return tables
