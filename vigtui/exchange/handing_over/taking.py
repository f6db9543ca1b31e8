"""Taking a family over: its film first, then its records, all of them or none; and the receipt, once every
version and every film has been read back from the disk.

Broken off at any moment the caseload has nothing of the family, or all of it. What was written of its film
is used when it is taken over again.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.encrypted.carrying import carry, carry_words, size_and_digest
from vigtui.casefilm.home import Folder, encrypts
from vigtui.casefilm.opening import why_not_there
from vigtui.casefilm.search import search
from vigtui.domain.consent.access import other_families
from vigtui.domain.records import KIND_OF, Family, Person, Record, Recording, Session
from vigtui.domain.records.schema import named
from vigtui.domain.vocabulary import RecordingState
from vigtui.exchange.handing_over.boundaries import refuse_others
from vigtui.exchange.handing_over.content import FILE, HandedFilm, HandOver, HandOverError
from vigtui.exchange.handing_over.layout import laid_out
from vigtui.exchange.handing_over.new_ids import new_ids, with_new_ids
from vigtui.exchange.handing_over.people import matched, naming
from vigtui.exchange.handing_over.removals import as_table, to_be_taken
from vigtui.exchange.handing_over.versions import Versions, receipt, unread
from vigtui.film.errors import FilmError
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CannotSaveError
from vigtui.store.format.layout import META, LayoutError, Tables, encode
from vigtui.store.snapshot import read_snapshot, snapshot_of
from vigtui.values.text import and_list, folded, one_line
from vigtui.vault.film.layout import is_called_encrypted
from vigtui.vault.key import Key

Progress = Callable[[str, float], None]

_SPARE = 64 << 20


class Incoming(Struct, frozen=True):
    """A hand-over as it would come in here: its `tables`, and what was `removed` since the first one, with
    new ids where it comes back; the `family` as it would be, the id of each film's recording by what it is in
    the hand-over, and the colleagues who are here under another id."""

    content: HandOver
    tables: Tables
    removed: Tables
    ids: Mapping[str, str]
    people: Mapping[str, str]
    family: Family

    def id_here(self, record_id: str) -> str:
        """Return what a record of the hand-over is called here."""
        return self.ids.get(record_id, record_id)


class Taken(Struct, frozen=True):
    """What came: the `family`, how many records and films, the words of the `receipt`, and what a person
    should know, a sentence each."""

    family: Family
    records: int
    films: int
    receipt: str
    remarks: tuple[str, ...]


def incoming(caseload: Caseload, content: HandOver) -> Incoming:
    """Look at a hand-over before anything is changed. Raises HandOverError where it cannot be taken over."""
    try:
        tables = content.records()
        if unread(tables):
            raise HandOverError(
                "The hand-over holds records that this vigtui cannot read. Update vigtui, then take it over."
            )
        known = Versions(caseload.snapshot())
        ids = new_ids(tables, known, content.family, content.removals)
        own = with_new_ids(tables, ids, known)
        removed = with_new_ids(as_table(content.removals), ids, known)
        found = Versions(own).of((Family.table, ids.get(content.family, content.family)))
        family = _read_family(found.shown)
        if family is None:
            raise HandOverError("The hand-over does not hold the family that it says it holds.")
        came = snapshot_of(Path(FILE), b"".join(encode(own))).index
        refuse_others(own, came, family, caseload.get, caseload.where)
    except LayoutError as error:
        raise HandOverError(f"The hand-over cannot be used: the file {error}.") from None
    people = matched(caseload.where, content.people)
    return Incoming(content, own, removed, ids, people, family)


def code_here(caseload: Caseload, coming: Incoming) -> str:
    """Return the code that the family has here, or that it comes with."""
    return (caseload.get(Family, coming.family.id) or coming.family).code


def clash(caseload: Caseload, coming: Incoming, code: str) -> bool:
    """Whether another family here has this code."""
    same = [each for each in caseload.all(Family) if folded(each.code) == folded(code)]
    return any(each.id != coming.family.id for each in same)


def take_over(
    caseload: Caseload, path: Path, key: Key, coming: Incoming, code: str, progress: Progress
) -> Taken:
    """Take the family of a hand-over, which lies at `path`, a folder or a zip, and opens with `key`, into the
    caseload, where its code is `code`. Blocks. Raises CaseloadError or FilmError, and whatever `progress`
    raises: then no record of it has come."""
    if caseload.read_only:
        raise HandOverError(caseload.read_only)
    if clash(caseload, coming, code):
        raise HandOverError(f"Another family has the code {one_line(code)} here. Give this one another.")
    _require_room(caseload, coming)
    with laid_out(path, caseload.folder) as folder:
        paths = _films(caseload, Folder(folder, key), coming, progress)
    progress("Records", 1.0)
    _take_records(caseload, coming, paths, code)
    status = caseload.flush()
    if status.state == "not_saved":
        raise CannotSaveError(f"The family is here and not yet in the file: no receipt. {status.why}")
    _verify(caseload, coming, progress)
    records = sum(1 for _ in Versions(coming.tables).all())
    family = caseload.need(Family, coming.family.id)
    remarks = tuple(_remarks(caseload, coming, paths))
    return Taken(family, records, len(paths), receipt(coming.content.records()), remarks)


def _read_family(shown: Mapping[str, object] | None) -> Family | None:
    from vigtui.store.format.documents import readable

    return readable(Family, dict(shown)) if shown is not None else None


def _require_room(caseload: Caseload, coming: Incoming) -> None:
    needed = sum(each.size for each in coming.content.films) + _SPARE
    if shutil.disk_usage(caseload.folder).free < needed:
        raise HandOverError(f"No room for its film: {needed >> 20:,} MiB are needed. Make room first.")


def _films(caseload: Caseload, given: Folder, coming: Incoming, progress: Progress) -> dict[str, str]:
    """Bring each film here, unless it is here already, and return where each recording's is. Raises
    FilmError, HandOverError."""
    films = coming.content.films
    paths = dict[str, str]()
    left = _left_over(caseload) if films else []
    for place, each in enumerate(films):

        def tell(part: float, place: int = place) -> None:
            progress(f"Film {place + 1} of {len(films)}", (place + part) / len(films))

        recording = coming.id_here(each.recording)
        here = caseload.get(Recording, recording)
        known = [here.path] if here and here.path and not why_not_there(caseload, here.path) else []
        path = next((path for path in (*known, *left) if _holds(caseload, path, each)), "")
        if path:
            carry_words(given, each.path, caseload, path)
        else:
            name = f"film-{recording}"
            made = carry(given, each.path, caseload, name, tell)
            path = made.relative_to(caseload.folder).as_posix()
            if not _holds(caseload, path, each):
                raise HandOverError(
                    f"The film {one_line(each.path)} is not what was handed over. Nothing of "
                    "the family was taken over: ask for the hand-over again."
                )
        paths[recording] = path
    return paths


def _left_over(caseload: Caseload) -> list[str]:
    """Return the films in the folder that no recording names, as taking over would have written them."""
    unknown = search(caseload, caseload.all(Recording)).unknown
    return [each.path for each in unknown if is_called_encrypted(each.path) is encrypts(caseload)]


def _holds(caseload: Caseload, path: str, film: HandedFilm) -> bool:
    """Whether a film here is, whole, what was handed over."""
    try:
        return size_and_digest(caseload, path) == (film.size, film.sha256)
    except FilmError:
        return False


def _take_records(caseload: Caseload, coming: Incoming, paths: Mapping[str, str], code: str) -> None:
    own = {each.id: each for each in caseload.all(Recording)}
    here = caseload.get(Family, coming.family.id)
    came = to_be_taken(coming.removed, coming.tables, caseload.where, here) if here else coming.tables
    tables: Tables = {**came, META: dict(caseload.snapshot()[META])}
    keys = list(Versions(coming.tables).all())

    def then() -> Iterator[Record]:
        came = [found for table, each in keys if (found := caseload.get(KIND_OF[table], each)) is not None]
        placed = [_placed(each, paths, own) if isinstance(each, Recording) else each for each in came]
        coded = [replace(each, code=code) if each.id == coming.family.id else each for each in placed]
        open_ones = {
            each.id: naming(each, coming.people) for each in coded if not getattr(each, "agreed", None)
        }
        ready = [open_ones.get(each.id, each) for each in coded]
        yield from (after for before, after in zip(came, ready, strict=True) if after != before)
        sessions = [each for each in coming.content.sessions if _is_unknown(caseload, each)]
        yield from sessions
        yield from _missing(caseload, coming.content.people, [*ready, *sessions])

    caseload.bring_in(tables, lambda: tuple(then()))


def _placed(film: Recording, paths: Mapping[str, str], own: Mapping[str, Recording]) -> Recording:
    """Return a recording that names its film where that is here."""
    if film.id in paths:
        return replace(film, path=paths[film.id], state=RecordingState.PRESENT)
    if film.state is RecordingState.DELETED:
        return film
    before = own.get(film.id)
    return replace(film, path=before.path if before else "", state=before.state if before else film.state)


def _is_unknown(caseload: Caseload, session: Session) -> bool:
    """Whether a session was never here. One that was removed stays so."""
    return not Versions(caseload.snapshot()).of((Session.table, session.id)).versions


def _missing(caseload: Caseload, people: Iterable[Person], records: Sequence[Record]) -> Iterator[Person]:
    """Yield the colleagues who are named and not here."""
    wanted = {identity for each in records for _, identity in named(each)}
    for each in people:
        if each.id in wanted and caseload.get(Person, each.id) is None:
            yield each


def _verify(caseload: Caseload, coming: Incoming, progress: Progress) -> None:
    """Raise HandOverError unless the file on the disk knows every version that was handed over."""
    progress("Reading it back", 1.0)
    here = Versions(dict(read_snapshot(caseload.path, caseload.key).tables))
    theirs = Versions(coming.tables)
    for key in theirs.all():
        known = here.of(key).versions
        for each in theirs.of(key).versions:
            if not any(own == each or (not own.erased and own.descends_from(each)) for own in known):
                what = KIND_OF[key[0]].singular
                raise HandOverError(
                    f"A {what} of the family did not come as it was handed over. There is no receipt: keep "
                    "the hand-over, and let the giver keep the family."
                )


def _remarks(caseload: Caseload, coming: Incoming, paths: Mapping[str, str]) -> Iterator[str]:
    if coming.people:
        names = [person.name for each in coming.people.values() if (person := caseload.get(Person, each))]
        yield f"Taken for who is here by that name: {and_list(sorted(map(one_line, names)))}."
    shared = {code for each in paths for code in other_families(caseload, each)}
    if shared:
        codes = and_list(sorted(map(one_line, shared)))
        yield f"Film of it is that of {codes} as well, and stays closed until only one of them names it."
