"""Several caseloads as one list: what is seen of each, by which passphrase; none comes near another."""

import datetime as dt
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.caseloads import make, write
from vigtui.domain.records import Cycle, Family, Note, Person, Recording, Session
from vigtui.domain.vocabulary import FamilyState, Role, Visibility
from vigtui.exchange.incoming import Other, read_other
from vigtui.exchange.spaces.joining import make_space
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.errors import CaseloadDamagedError, CaseloadLockedError
from vigtui.store.sharing.presence import Presence
from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import Cost, derive, new_lock
from vigtui.vault.first_key import FirstKey
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key
from vigtui.workspace.last_seen import remember
from vigtui.workspace.own_keyring import OwnKeyring
from vigtui.workspace.places import Places
from vigtui.workspace.shelf import OnShelf, Shelf, State, by_day

CHEAP = Cost(n=2, r=1, p=1)
OWN, WORDS = "my own four words", "heron toast marsh"
TODAY = dt.date(2025, 4, 12)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "home" / "places.json")


@pytest.fixture
def own(tmp_path: Path) -> OwnKeyring:
    return OwnKeyring(tmp_path / "home" / "keyring.json", CHEAP)


@pytest.fixture
def shelf(places: Places, own: OwnKeyring) -> Shelf:
    return Shelf(places, own)


def known(places: Places, path: Path, passphrase: str = "", marker: str = "Heron") -> Path:
    """Make a caseload that this person has opened, with the marker in words of several kinds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    caseload = Caseload.create(path, by=marker, key=new_key(passphrase, CHEAP) if passphrase else None)
    trainee = caseload.save(Person(name=f"Ellis {marker}", roles=(Role.TRAINEE,)))
    family = caseload.save(Family(code=f"F-{marker}", pseudonym=marker, guider=trainee.id))
    caseload.save(Note(about=family.id, author=trainee.id, body=f"{marker} laughed."))
    alone = Note(about=family.id, author=trainee.id, visibility=Visibility.AUTHOR, body=f"{marker} alone")
    caseload.save(alone)
    caseload.save(Session(supervisor=trainee.id, trainees=(trainee.id,), date=dt.date(2030, 1, 2)))
    places.put_on_shelf(caseload.meta.id, path)
    caseload.close()
    return path


def seen(shelf: Shelf) -> dict[str, OnShelf]:
    """Look at everything on the shelf."""
    return {each.name: shelf.look(each) for each in shelf.all()}


def keep(shelf: Shelf, path: Path, passphrase: str = WORDS) -> None:
    """Open a caseload by its own passphrase and have the own one open it, too."""
    each = next(each for each in shelf.all() if each.path == path)
    caseload = shelf.open(each, passphrase)
    assert caseload.key is not None
    shelf.own.keep(caseload.meta.id, caseload.key)
    caseload.close()


def test_each_is_seen_as_far_as_it_can_be_and_told_where_it_cannot(
    tmp_path: Path, shelf: Shelf, places: Places
) -> None:
    known(places, tmp_path / "Ada" / "caseload.vig.json")
    known(places, tmp_path / "bram.vig.json", WORDS)
    known(places, tmp_path / "cleo.vig.json").unlink()
    known(places, tmp_path / "dov.vig.json").write_text("{torn")
    found = seen(shelf)
    assert [(name, each.state) for name, each in found.items()] == [
        ("Ada", State.SHOWN),
        ("bram", State.LOCKED),
        ("cleo", State.MISSING),
        ("dov", State.TROUBLE),
    ]
    row = found["Ada"].row
    assert row is not None
    assert (row.people, row.families, row.next) == (("Ellis Heron",), 1, dt.date(2030, 1, 2))
    assert "cleo.vig.json" in found["cleo"].words
    assert not any(found[name].row for name in ("bram", "cleo", "dov"))


def test_a_caseload_that_a_colleague_has_open_is_seen_as_it_was_saved(
    tmp_path: Path, shelf: Shelf, places: Places
) -> None:
    path = known(places, tmp_path / "ada.vig.json")
    theirs = Caseload.open(path, by="Noor")
    Presence(theirs).show()
    theirs.save(Family(code="F-002"))
    theirs.flush()
    row = seen(shelf)["ada"].row
    theirs.close()
    assert row is not None
    assert row.families == 2


def test_one_passphrase_of_ones_own_opens_what_was_put_under_it_and_nothing_else(
    tmp_path: Path, shelf: Shelf, places: Places, own: OwnKeyring
) -> None:
    ada, bram = (known(places, tmp_path / f"{name}.vig.json", WORDS) for name in ("ada", "bram"))
    own.make(OWN)
    keep(shelf, ada)
    again = Shelf(places, OwnKeyring(own.path, CHEAP))
    assert [each.state for each in seen(again).values()] == [State.LOCKED, State.LOCKED]
    with pytest.raises(CaseloadLockedError):
        again.own.unlock(WORDS)
    again.own.unlock(OWN)
    assert [each.state for each in seen(again).values()] == [State.SHOWN, State.LOCKED]
    opened = again.open(next(each for each in again.all() if each.path == ada))
    assert opened.all(Family)
    assert opened.key is not None
    opened.key.wipe()  # As whoever closes it does.
    opened.close()
    assert seen(again)["ada"].state is State.SHOWN
    with pytest.raises(CaseloadLockedError):
        again.open(next(each for each in again.all() if each.path == bram))


def test_a_caseload_in_a_space_says_how_it_stands_and_notices_what_comes(
    tmp_path: Path, shelf: Shelf, places: Places, own: OwnKeyring
) -> None:
    path, synced = known(places, tmp_path / "ada.vig.json", WORDS), tmp_path / "synced"
    synced.mkdir()
    own.make(OWN)
    keep(shelf, path)
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    membership = make_space(caseload, synced)
    caseload.close()
    space = seen(shelf)["ada"].space
    assert space is not None
    assert space.words.startswith("in step ")
    membership.path.rename(tmp_path / "elsewhere")
    space = seen(shelf)["ada"].space
    assert space is not None
    assert space.words == "offline"


def test_what_cannot_wait_comes_first_then_the_day_of_what_is_next_and_what_is_not_seen_last(
    tmp_path: Path, shelf: Shelf, places: Places
) -> None:
    known(places, tmp_path / "ada.vig.json", WORDS)
    for name, days in (("bram", 9), ("cleo", 2), ("dov", 5)):
        path = known(places, tmp_path / f"{name}.vig.json")
        coming = Session(supervisor="x", date=shelf.today() + dt.timedelta(days=days))
        write(path, coming)
    today = shelf.today()
    late = Family(code="F-9", state=FamilyState.ENDED)
    film = Recording(cycle="c", delete_by=today - dt.timedelta(days=1))
    write(tmp_path / "dov.vig.json", late, Cycle(id="c", family=late.id, number=1), film)
    assert [each.name for each in sorted(seen(shelf).values(), key=by_day)] == ["dov", "cleo", "bram", "ada"]
    shelf.order(by_name=True)
    assert Shelf(places).is_by_name


def test_why_the_own_passphrase_cannot_open_a_caseload_in_the_first_layout_is_said(
    tmp_path: Path, shelf: Shelf, places: Places
) -> None:
    path = known(places, tmp_path / "ada.vig.json", WORDS)
    lock = new_lock(CHEAP)
    path.write_bytes(b"".join(FirstKey(lock, derive(WORDS, lock)).encrypt([b"{}"])))
    assert "first layout: only its own passphrase opens it" in seen(shelf)["ada"].words


def test_a_disk_that_does_not_answer_holds_up_no_other_caseload(
    tmp_path: Path, shelf: Shelf, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(places, tmp_path / "ada.vig.json")
    known(places, tmp_path / "bram.vig.json")
    answers, read = threading.Event(), read_other

    def slowly(path: Path) -> Other:
        if path.name.startswith("ada"):
            answers.wait()
        return read(path)

    monkeypatch.setattr("vigtui.workspace.shelf.read_other", slowly)
    try:
        ada, bram = shelf.all()
        for _ in range(2):
            stuck = shelf.look_in_time(ada, 0.01, lambda: False)
            assert (stuck.state, stuck.words) == (
                State.TROUBLE,
                "ada: its disk does not answer. The others are shown.",
            )
        assert shelf.look_in_time(bram, 60, lambda: False).state is State.SHOWN
        with pytest.raises(TimeoutError):
            shelf.look_in_time(OnShelf(tmp_path / "ada 2.vig.json", "x"), 60, lambda: True)
    finally:
        answers.set()


def test_a_changed_key_is_noticed_and_its_passphrase_asked_for_again(
    tmp_path: Path, shelf: Shelf, places: Places, own: OwnKeyring
) -> None:
    path = known(places, tmp_path / "ada.vig.json", WORDS)
    own.make(OWN)
    keep(shelf, path)
    key = unlock(path, WORDS)
    assert isinstance(key, DataKey)
    encrypting.go_on_with(path, Keyring(key), key.renewed(()))
    each = seen(shelf)["ada"]
    assert each.state is State.LOCKED
    assert "has another key" in each.words
    with pytest.raises(CaseloadLockedError):
        shelf.open(each)
    keep(shelf, path)
    assert seen(shelf)["ada"].state is State.SHOWN


def test_another_file_in_the_place_of_an_encrypted_one_is_not_shown(
    tmp_path: Path, shelf: Shelf, places: Places, own: OwnKeyring
) -> None:
    """Neither a clear one, nor another caseload that the keyring opens as well."""
    ada, bram = (known(places, tmp_path / f"{name}.vig.json", WORDS) for name in ("ada", "bram"))
    own.make(OWN)
    keep(shelf, ada)
    keep(shelf, bram)
    shutil.copy(bram, ada)
    assert seen(shelf)["ada"].state is State.LOCKED
    caseload = shelf.open(shelf.all()[1])
    remember(places, caseload)
    caseload.close()
    clear = make(tmp_path / "clear.vig.json", Family(code="F-666"))
    shutil.move(clear, bram)
    each = seen(shelf)["bram"]
    assert each.state is State.TROUBLE
    assert "was encrypted when you had it open last" in each.words


def test_the_keyring_has_nothing_in_clear_and_every_byte_of_it_counts(
    tmp_path: Path, shelf: Shelf, places: Places, own: OwnKeyring
) -> None:
    path = known(places, tmp_path / "ada.vig.json", WORDS)
    own.make(OWN)
    keep(shelf, path)
    data = own.path.read_bytes()
    caseload = shelf.all()[0].caseload
    assert caseload.encode() not in data
    assert own.path.stat().st_mode & 0o077 == 0
    for at in range(0, len(data), 97):
        own.path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises((CaseloadLockedError, CaseloadDamagedError)):
            OwnKeyring(own.path, CHEAP).unlock(OWN)


def test_another_passphrase_keeps_what_it_opens_and_forgetting_one_leaves_the_rest(
    tmp_path: Path, shelf: Shelf, places: Places, own: OwnKeyring
) -> None:
    ada, bram = (known(places, tmp_path / f"{name}.vig.json", WORDS) for name in ("ada", "bram"))
    own.make(OWN)
    keep(shelf, ada)
    keep(shelf, bram)
    own.make("four other words")
    own.forget(shelf.all()[0].caseload)
    again = OwnKeyring(own.path, CHEAP)
    with pytest.raises(CaseloadLockedError):
        again.unlock(OWN)
    again.unlock("four other words")
    assert [each.state for each in seen(Shelf(places, again)).values()] == [State.LOCKED, State.SHOWN]
    shelf = Shelf(places, again)
    shelf.take_off(shelf.all()[1])
    assert not again.opened_before(seen(shelf)["ada"].caseload)
    assert [*seen(shelf)] == ["ada"]
    places.put_on_shelf("bram", bram)
    assert seen(shelf)["bram"].state is State.LOCKED
    again.remove()
    assert not own.path.exists()
    assert not again.is_open


def test_search_goes_over_all_that_are_shown_and_finds_nothing_that_is_kept_alone(
    tmp_path: Path, shelf: Shelf, places: Places
) -> None:
    for name in ("ada", "bram"):
        known(places, tmp_path / f"{name}.vig.json", marker=name.title())
    known(places, tmp_path / "cleo.vig.json", WORDS)
    among = list(seen(shelf).values())
    found = {each.name: [hit.words for hit in hits] for each, hits in shelf.search(among, "laughed")}
    assert found == {"ada": ["Ada laughed."], "bram": ["Bram laughed."]}
    assert not any(hits for _, hits in shelf.search(among, "alone"))


def test_a_trainee_finds_nothing_on_the_shelf_that_was_said_in_others_sessions(
    tmp_path: Path, shelf: Shelf, places: Places
) -> None:
    path = known(places, tmp_path / "ada.vig.json")
    caseload = Caseload.open(path)
    ellis = caseload.all(Person)[0]
    sol = caseload.save(Person(name="Sol", roles=(Role.TRAINEE,)))
    caseload.save(Session(supervisor="ros", trainees=(ellis.id,), date=TODAY, opening="whispered"))
    caseload.close()
    for person, number in ((ellis.id, 1), (sol.id, 0)):
        places.set_of(caseload.meta.id, "person", person)
        [(_, hits)] = shelf.search(seen(shelf).values(), "whispered")
        assert len(hits) == number


def _files(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def _look(shelf: Shelf, each: OnShelf, _marker: str) -> None:
    shelf.look(each)


def _search(shelf: Shelf, each: OnShelf, marker: str) -> None:
    list(shelf.search([shelf.look(other) for other in shelf.all()], marker))


def _keep(shelf: Shelf, each: OnShelf, _marker: str) -> None:
    caseload = shelf.open(each, WORDS)
    if caseload.key is not None:
        shelf.own.keep(caseload.meta.id, caseload.key)
    caseload.close()


def _forget(shelf: Shelf, each: OnShelf, _marker: str) -> None:
    shelf.own.forget(each.caseload)


def _own(shelf: Shelf, _each: OnShelf, marker: str) -> None:
    shelf.own.make(f"{marker} is no word")


def _write(shelf: Shelf, each: OnShelf, marker: str) -> None:
    caseload = shelf.open(each, WORDS)
    caseload.save(Note(about="x", body=f"{marker} again"))
    caseload.close()


ACTS: tuple[Callable[[Shelf, OnShelf, str], None], ...] = (_look, _search, _keep, _forget, _own, _write)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2)), max_size=12))
def test_nothing_of_one_caseload_is_ever_written_into_another(
    acts: list[tuple[Callable[[Shelf, OnShelf, str], None], int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is done: every file but that of the caseload that is written in stays as it is, byte for byte,
    and no word of one stands in a file of another, in the places, or in the keyring."""
    folder = tmp_path_factory.mktemp("shelf")
    home = folder / "home"
    places, own = Places(home / "places.json"), OwnKeyring(home / "keyring.json", CHEAP)
    shelf = Shelf(places, own)
    markers = ("Zwartkopje", "Blauwborst", "Roodkeeltje")
    passphrases = ("", WORDS, WORDS)
    paths = [
        known(places, folder / f"{number}" / "caseload.vig.json", passphrase, marker)
        for number, (marker, passphrase) in enumerate(zip(markers, passphrases, strict=True))
    ]
    own.make(OWN)
    synced = folder / "synced"
    synced.mkdir()
    shared = Caseload.open(paths[2], key=unlock(paths[2], WORDS))
    make_space(shared, synced)
    shared.close()
    for act, number in acts:
        before, of_space = {path: _files(path.parent) for path in paths}, _files(synced)
        act(shelf, shelf.all()[number], markers[number])
        places.save()
        assert _files(synced) == of_space
        for path in paths:
            if act is not _write or path != paths[number]:
                assert _files(path.parent) == before[path]
    for number, path in enumerate(paths):
        words = [marker.encode() for marker in markers if passphrases[number] or marker != markers[number]]
        assert not [each for each, data in _files(path.parent).items() if any(word in data for word in words)]
    assert not [
        each
        for place in (home, synced)
        for each, data in _files(place).items()
        if any(marker.encode() in data for marker in markers)
    ]
