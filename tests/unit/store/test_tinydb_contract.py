"""What TinyDB promises holds through our storages as through its own: scripts and tools for TinyDB work."""

import copy
import json
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.middlewares import CachingMiddleware as _CachingMiddleware
from tinydb.middlewares import Middleware
from tinydb.operations import add, decrement, delete, increment, subtract
from tinydb.operations import set as set_field
from tinydb.storages import JSONStorage, Storage
from tinydb.table import Document, Table

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CannotSaveError, CaseloadDamagedError, CaseloadMissingError
from vigtui.store.format.memory import CaseloadDatabase, CaseloadStorage
from vigtui.store.tinydb_storage import FileStorage

Open = Callable[[], TinyDB]
CachingMiddleware: Any = _CachingMiddleware
"""It has no types."""


def in_memory() -> CaseloadStorage:
    return CaseloadStorage({}, lambda: None)


class Upper(Middleware):
    """A middleware of a user's own: names are in capitals in the file."""

    def read(self) -> Any:
        return self.storage.read()

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        for table in data.values():
            for document in table.values():
                document["name"] = str(document.get("name", "")).upper()
        self.storage.write(data)

    def close(self) -> None:
        self.storage.close()


DATABASES: dict[str, Callable[[Path], TinyDB]] = {
    "tinydb's own": lambda path: TinyDB(path, storage=JSONStorage),
    "file": lambda path: TinyDB(path, storage=FileStorage),
    "cached file": lambda path: TinyDB(path, storage=CachingMiddleware(FileStorage)),
    "memory": lambda _path: TinyDB(storage=in_memory),
    "the program's": lambda _path: CaseloadDatabase(storage=in_memory),
}


UNCACHED = tuple(name for name in DATABASES if name != "cached file")


@pytest.fixture(params=DATABASES)
def db(request: pytest.FixtureRequest, path: Path) -> Iterator[TinyDB]:
    with DATABASES[request.param](path) as database:
        yield database


@pytest.fixture(params=("tinydb's own", "file", "cached file"))
def reopened(request: pytest.FixtureRequest, path: Path) -> Open:
    """Opens the same file again each time."""
    return lambda: DATABASES[request.param](path)


BIRDS = (
    {"name": "heron", "cycles": 3, "members": [{"label": "Dana", "age": 31}, {"label": "Jory", "age": 4}]},
    {"name": "plover", "cycles": 1, "members": [], "note": None},
    {"name": "wren", "cycles": 2, "fit": {"words": "now"}, "tags": ["a", "b"]},
)


def names(documents: list[Document]) -> list[str]:
    return [document["name"] for document in documents]


def test_a_new_database_is_empty_and_ids_go_up_from_one(db: TinyDB) -> None:
    assert db.storage.read() is None
    assert (db.all(), len(db), db.tables(), db.get(doc_id=1)) == ([], 0, set(), None)
    assert [db.insert(bird) for bird in BIRDS] == [1, 2, 3]
    assert db.insert(Document({"name": "owl"}, 12)) == 12
    assert db.insert({"name": "crane"}) == 13
    assert db.insert_multiple({"name": name} for name in ("kite", "rook")) == [14, 15]
    assert [document.doc_id for document in db] == [1, 2, 3, 12, 13, 14, 15]
    assert db.all()[:3] == list(BIRDS)


@pytest.mark.parametrize("wrong", [object(), Document({"name": "again"}, 1)])
def test_what_cannot_be_inserted_changes_nothing(db: TinyDB, wrong: Any) -> None:
    db.insert_multiple(BIRDS)
    with pytest.raises(ValueError, match=r"Mapping|already exists"):
        db.insert(wrong)
    with pytest.raises(ValueError, match=r"Mapping|already exists"):
        db.insert_multiple([{"name": "owl"}, wrong])
    assert db.all() == list(BIRDS)


def test_queries_find_by_field_path_list_pattern_and_test(db: TinyDB) -> None:
    db.insert_multiple(BIRDS)
    bird = Query()
    found: tuple[tuple[Any, list[str]], ...] = (
        (bird.name == "heron", ["heron"]),
        (bird["cycles"] >= 2, ["heron", "wren"]),
        ((bird.cycles > 1) & ~(bird.name == "wren"), ["heron"]),
        ((bird.cycles == 1) | bird.fit.exists(), ["plover", "wren"]),
        (bird.fit.words == "now", ["wren"]),
        (bird.name.matches("^[hw]"), ["heron", "wren"]),
        (bird.name.search("ver"), ["plover"]),
        (bird.name.test(lambda name: len(name) == 4), ["wren"]),
        (bird.members.any(Query().age < 5), ["heron"]),
        (bird.members.all(Query().age > 100), ["plover"]),
        (bird.tags.any(["b", "z"]), ["wren"]),
        (bird.tags.all(["b", "a"]), ["wren"]),
        (bird.name.one_of(["wren", "owl"]), ["wren"]),
        (bird.note == None, ["plover"]),  # noqa: E711  TinyDB's own form
        (bird.fragment({"cycles": 1}), ["plover"]),
        (bird.members.map(len) == 2, ["heron"]),
        (where("name") != "heron", ["plover", "wren"]),
        (bird.noop(), ["heron", "plover", "wren"]),
        (lambda document: document["cycles"] == 3, ["heron"]),
    )
    for query, expected in found:
        for _ in range(2):  # The second time from the cache of queries.
            assert names(db.search(query)) == expected
        assert db.count(query) == len(expected)
        assert db.contains(query)
    assert db.get(bird.name == "wren") == BIRDS[2]
    assert db.get(bird.name == "owl") is None
    assert not db.contains(doc_id=9)
    assert names(db.get(doc_ids=[3, 1, 9])) == ["heron", "wren"]
    with pytest.raises(RuntimeError):
        db.get()


def test_a_document_knows_its_number_and_is_a_dictionary(db: TinyDB) -> None:
    db.insert(BIRDS[0])
    (found,) = db.all()
    assert isinstance(found, Document)
    assert (found.doc_id, dict(found)) == (1, BIRDS[0])
    assert db.get(doc_id=1) == found


def test_updates_by_fields_operations_query_and_number(db: TinyDB) -> None:
    db.insert_multiple(BIRDS)
    assert db.update({"cycles": 9}, where("name") == "heron") == [1]
    assert db.update({"seen": True}) == [1, 2, 3]
    assert db.update(increment("cycles"), doc_ids=[2, 99]) == [2]
    db.update(decrement("cycles"), doc_ids=[3])
    db.update(add("cycles", 5), doc_ids=[3])
    db.update(subtract("cycles", 2), doc_ids=[3])
    db.update(set_field("note", "new"), where("name") == "plover")
    db.update(delete("seen"))
    assert db.update_multiple([({"a": 1}, where("name") == "heron"), (delete("fit"), where("fit").exists())])
    assert [(each["cycles"], each.get("note"), each.get("a"), "fit" in each) for each in db] == [
        (9, None, 1, False),
        (2, "new", None, False),
        (4, None, None, False),
    ]
    assert not db.contains(where("seen").exists())


def test_upsert_changes_what_is_there_and_adds_what_is_not(db: TinyDB) -> None:
    db.insert_multiple(BIRDS)
    assert db.upsert({"cycles": 7}, where("name") == "wren") == [3]
    assert db.upsert({"name": "owl"}, where("name") == "owl") == [4]
    assert db.upsert(Document({"cycles": 8}, 1)) == [1]
    assert db.upsert(Document({"name": "rook"}, 40)) == [40]
    with pytest.raises(ValueError, match="doc_id"):
        db.upsert({"name": "kite"})
    assert [(each.doc_id, each["name"], each.get("cycles")) for each in db] == [
        (1, "heron", 8),
        (2, "plover", 1),
        (3, "wren", 7),
        (4, "owl", None),
        (40, "rook", None),
    ]


def test_removing_truncating_and_numbers_afterwards(db: TinyDB) -> None:
    db.insert_multiple(BIRDS)
    assert db.remove(where("cycles") > 2) == [1]
    assert db.remove(doc_ids=[2, 77]) == [2]
    with pytest.raises(RuntimeError):
        db.remove()
    assert names(db.all()) == ["wren"]
    assert db.insert({"name": "owl"}) == 4
    db.truncate()
    assert (len(db), db.insert({"name": "rook"})) == (0, 1)


def test_tables_live_beside_each_other_and_can_be_dropped(db: TinyDB) -> None:
    families, notes = db.table("families"), db.table("notes", cache_size=0)
    families.insert_multiple(BIRDS)
    notes.insert({"name": "n"})
    db.table("kept empty", persist_empty=True)
    db.insert({"name": "default"})
    assert db.tables() == {"families", "notes", "kept empty", "_default"}
    assert db.table("families") is families
    assert (len(families), len(notes), len(db)) == (3, 1, 1)
    db.drop_table("notes")
    db.drop_table("never there")
    assert db.tables() == {"families", "kept empty", "_default"}
    assert len(db.table("notes")) == 0
    db.drop_tables()
    assert (db.tables(), len(db.table("families")), db.insert({"name": "first"})) == (set(), 0, 1)


def test_what_a_search_found_does_not_outlive_a_change(db: TinyDB) -> None:
    db.insert_multiple(BIRDS)
    few = where("cycles") < 3
    for change, expected in (
        (lambda: db.insert({"name": "owl", "cycles": 0}), ["plover", "wren", "owl"]),
        (lambda: db.update({"cycles": 9}, where("name") == "wren"), ["plover", "owl"]),
        (lambda: db.remove(where("name") == "plover"), ["owl"]),
        (db.truncate, []),
    ):
        db.search(few)
        change()
        assert names(db.search(few)) == expected


@pytest.mark.parametrize("name", UNCACHED)
def test_what_was_read_or_handed_in_can_be_changed_without_changing_the_database(
    path: Path, name: str
) -> None:
    with DATABASES[name](path) as db:
        given_in = copy.deepcopy(BIRDS[0])
        db.insert(given_in)
        given_in["members"][0]["label"] = "X"
        for found in (db.all()[0], db.get(doc_id=1), db.search(where("name") == "heron")[0]):
            assert isinstance(found, Document)
            found["members"][0]["label"] = "Y"
            found["new"] = 1
            db.clear_cache()
        assert db.all() == [BIRDS[0]]


@pytest.mark.parametrize("name", UNCACHED)
def test_an_update_that_fails_half_way_changes_nothing(path: Path, name: str) -> None:
    def fails(document: MutableMapping[str, Any]) -> None:
        document["cycles"] += 1
        if document["name"] == "wren":
            raise KeyError("no further")

    with DATABASES[name](path) as db:
        db.insert_multiple(BIRDS)
        with pytest.raises(KeyError):
            db.update(fails)
        with pytest.raises(TypeError):
            db.insert({"name": object()})
        assert db.all() == list(BIRDS)


def test_json_makes_lists_of_tuples_and_text_of_keys(db: TinyDB) -> None:
    db.insert({"name": "x", "tuple": (1, 2), "keys": {1: "a", None: "b"}, "letters": "Zoë 日本 \u0000\u2028"})
    if isinstance(db.storage, _CachingMiddleware):
        cached: Any = db.storage
        cached.flush()
        cached.cache = None
    expected = {
        "name": "x",
        "tuple": [1, 2],
        "keys": {"1": "a", "null": "b"},
        "letters": "Zoë 日本 \u0000\u2028",
    }
    assert db.all() == [expected]


def test_any_mapping_is_a_document(db: TinyDB) -> None:
    class Own(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            return {"name": "own"}[key]

        def __iter__(self) -> Iterator[str]:
            return iter(("name",))

        def __len__(self) -> int:
            return 1

    assert db.insert(Own()) == 1
    db.update(Own(), doc_ids=[1])
    assert db.all() == [{"name": "own"}]


def test_a_table_class_of_ones_own_chooses_documents_numbers_and_cache(path: Path) -> None:
    class Bird(Document):
        pass

    class Words(Table):
        document_class = Bird
        document_id_class: Any = str
        default_query_cache_capacity = 0

        def _get_next_id(self) -> str:
            return f'"{len(self)}\\'

    class Database(TinyDB):
        table_class = Words
        default_table_name = "birds"

    for storage in (JSONStorage, FileStorage):
        with Database(path.with_name(storage.__name__), storage=storage) as db:
            db.insert({"name": "heron"})
            assert isinstance(db.all()[0], Bird)
        with Database(path.with_name(storage.__name__), storage=storage) as db:
            assert db.get(doc_id='"0\\') == {"name": "heron"}
            assert db.tables() == {"birds"}


def test_it_is_all_there_after_closing(reopened: Open) -> None:
    with reopened() as db:
        db.insert_multiple(BIRDS)
        db.table("notes").insert({"name": "n"})
    with reopened() as db:
        assert db.all() == list(BIRDS)
        db.update({"name": "a much longer name than before"}, doc_ids=[1])
    with reopened() as db:
        assert len(db.all()[0]["name"]) > 20
        db.truncate()
    with reopened() as db:
        assert (len(db), db.table("notes").all()) == (0, [{"name": "n"}])


def test_two_databases_on_one_file_see_each_others_changes(path: Path) -> None:
    for storage in (JSONStorage, FileStorage):
        with TinyDB(path, storage=storage) as one, TinyDB(path, storage=storage) as two:
            one.insert({"name": "one"})
            two.insert({"name": "two"})
            one.drop_table("never there")
            assert names(one.all()) == names(two.all()) == ["one", "two"]
        path.unlink()


@pytest.mark.parametrize("storage", [JSONStorage, FileStorage])
def test_a_closed_database_says_so(path: Path, storage: type[Storage]) -> None:
    db = TinyDB(path, storage=storage)
    db.close()
    with pytest.raises(ValueError, match="closed"):
        db.all()
    with pytest.raises(ValueError, match="closed"):
        db.storage.write({})


@pytest.mark.parametrize("storage", [JSONStorage, FileStorage])
def test_a_place_without_a_file_is_told_when_it_is_opened(path: Path, storage: type[Storage]) -> None:
    nowhere = path.parent / "gone" / "a.json"
    with pytest.raises(OSError, match="gone"):
        TinyDB(nowhere, storage=storage)
    with pytest.raises(IsADirectoryError):
        TinyDB(path.parent, storage=storage)
    with pytest.raises(FileNotFoundError):
        TinyDB(path, storage=storage, access_mode="r")
    TinyDB(nowhere, storage=storage, create_dirs=True).close()
    assert nowhere.exists()


@pytest.mark.parametrize("storage", [JSONStorage, FileStorage])
def test_a_database_opened_for_reading_only_is_read_and_not_written(
    path: Path, storage: type[Storage]
) -> None:
    with TinyDB(path, storage=storage) as db:
        db.insert_multiple(BIRDS)
    with TinyDB(path, storage=storage, access_mode="r") as db:
        assert db.get(where("name") == "wren") == BIRDS[2]
        with pytest.raises(OSError, match=r"[Aa]ccess mode"):
            db.insert({"name": "owl"})
        assert db.all() == list(BIRDS)


@pytest.mark.parametrize("storage", [JSONStorage, FileStorage])
def test_options_go_to_json(path: Path, storage: type[Storage]) -> None:
    with TinyDB(path, storage=storage, sort_keys=True, default=str) as db:
        db.insert({"b": Path("x"), "a": 1})
        assert [list(document) for document in db] == [["a", "b"]]
        assert db.all() == [{"a": 1, "b": "x"}]


@pytest.mark.parametrize("mode", ["rb", "rb+", "r+"])
def test_the_modes_that_tinydb_takes_are_taken(path: Path, mode: str) -> None:
    with TinyDB(path, storage=FileStorage) as db:
        db.insert_multiple(BIRDS)
    for storage in (JSONStorage, FileStorage):
        with TinyDB(path, storage=storage, access_mode=mode) as db:
            assert db.all() == list(BIRDS)


@pytest.mark.parametrize("storage", [JSONStorage, FileStorage])
def test_other_modes_are_warned_of(path: Path, storage: type[Any]) -> None:
    with TinyDB(path, storage=storage) as db:
        db.insert_multiple(BIRDS)
    with pytest.warns(UserWarning, match="other than"), TinyDB(path, storage=storage, access_mode="w+") as db:
        assert db.all() == []
    with pytest.warns(UserWarning, match="other than"), pytest.raises(ValueError, match="mode"):
        storage(path, access_mode="rwr+")
    with pytest.raises(ValueError, match="encoding"):
        storage(path, access_mode="rb", encoding="utf-8")


def test_the_file_is_written_as_the_options_and_the_encoding_say(path: Path) -> None:
    """A service's own script goes on with the same call, and reads the same file."""
    texts = []
    for storage in (JSONStorage, FileStorage):
        file = path.with_name(storage.__name__)
        options: dict[str, Any] = {"indent": 4, "sort_keys": True, "ensure_ascii": False}
        with TinyDB(file, storage=storage, encoding="cp1252", **options) as db:
            db.insert({"name": "Zoë", "a": 1})
        texts.append(file.read_bytes())
        with TinyDB(file, storage=storage, encoding="cp1252") as db:
            assert db.all() == [{"name": "Zoë", "a": 1}]
        with TinyDB(file, storage=storage, encoding="utf-16") as db, pytest.raises(ValueError, match=r"."):
            db.all()
    assert texts[0] == texts[1]


@pytest.mark.parametrize("storage", [JSONStorage, FileStorage])
def test_middlewares_wrap_a_storage_and_each_other(path: Path, storage: type[Storage]) -> None:
    with TinyDB(path, storage=CachingMiddleware(Upper(storage))) as db:
        db.insert({"name": "heron"})
        assert not path.read_bytes()
        db.storage.flush()
        assert b"HERON" in path.read_bytes()
        db.insert({"name": "wren"})
    with TinyDB(path, storage=storage) as db:
        assert names(db.all()) == ["HERON", "WREN"]


def test_the_cache_is_written_after_so_many_changes(path: Path) -> None:
    caching = CachingMiddleware(FileStorage)
    caching.WRITE_CACHE_SIZE = 3
    with TinyDB(path, storage=caching) as db:
        db.insert_multiple([{"name": "one"}])
        db.insert({"name": "two"})
        assert not path.read_bytes()
        db.insert({"name": "three"})
        assert len(json.loads(path.read_bytes())["_default"]) == 3


# What ours does beyond the promise.


def test_a_caseload_is_changed_beside_the_program_whole_and_private(caseload: Caseload, path: Path) -> None:
    """A service's own script may write the file without risking it."""
    family = caseload.save(Family(code="F-017", pseudonym="Héron"))
    caseload.close()
    before = path.read_bytes()
    with TinyDB(path, storage=FileStorage) as db:
        db.table("families").update({"pseudonym": "Wren 日"}, where("code") == "F-017")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text("utf-8").splitlines()) == len(before.splitlines())
    assert before in [copy.read_bytes() for copy in path.parent.rglob("20*.vig.json")]
    again = Caseload.open(path)
    assert again.need(Family, family.id).pseudonym == "Wren 日"
    again.close()


def test_nothing_is_written_over_what_somebody_else_wrote(path: Path) -> None:
    with TinyDB(path, storage=FileStorage) as db:
        db.insert({"name": "heron"})
        data = db.storage.read()
        assert data is not None
        path.write_text('{"_default": {"1": {"name": "theirs"}}}')
        with pytest.raises(CannotSaveError, match="Another program"):
            db.storage.write(data)
        assert names(db.all()) == ["theirs"]
        path.unlink()
        with pytest.raises(CaseloadMissingError):
            db.all()


@pytest.mark.parametrize("wrong", [b"[1]", b'{"a": {"1": {}', b'{"a": {}, "a": {}}', b"\xff", b"[" * 100_000])
def test_what_is_no_database_is_refused_and_left_alone(path: Path, wrong: bytes) -> None:
    path.write_bytes(wrong)
    with TinyDB(path, storage=FileStorage) as db, pytest.raises(CaseloadDamagedError):
        db.insert({"name": "heron"})
    assert path.read_bytes() == wrong


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
DOCUMENTS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)
ACTS: st.SearchStrategy[Callable[[Table], object]] = st.one_of(
    DOCUMENTS.map(lambda document: lambda table: table.insert(document)),
    st.lists(DOCUMENTS, max_size=3).map(lambda documents: lambda table: table.insert_multiple(documents)),
    st.tuples(st.integers(1, 9), DOCUMENTS).map(
        lambda pair: lambda table: table.upsert(Document(pair[1], pair[0]))
    ),
    DOCUMENTS.map(lambda fields: lambda table: table.update(fields, where("a").exists())),
    st.sampled_from("abc").map(lambda name: lambda table: table.remove(where(name).exists())),
    st.lists(st.integers(1, 9), max_size=2).map(lambda ids: lambda table: table.remove(doc_ids=ids)),
    st.just(lambda table: table.search(where("a").exists())),
    st.just(lambda table: table.truncate()),
)


@settings(max_examples=4)
@given(acts=st.lists(st.tuples(st.sampled_from(("_default", "t\"'\n")), ACTS), max_size=8))
def test_whatever_is_done_the_answers_and_the_file_are_as_with_tinydbs_own(
    acts: list[tuple[str, Callable[[Table], object]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        databases = [open_one(Path(folder) / name) for name, open_one in DATABASES.items()]
        for table, act in acts:
            answers = [act(db.table(table)) for db in databases]
            assert all(answer == answers[0] for answer in answers)
        states = [[db.storage.read() or {}] for db in databases]
        assert all(state == states[0] for state in states)
        for db in databases:
            db.close()
        assert json.loads((Path(folder) / "file").read_bytes() or b"{}") == states[0][0]
