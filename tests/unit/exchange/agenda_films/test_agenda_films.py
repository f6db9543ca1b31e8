"""What would be lost: a clip that the supervisor cannot see, or film of a family that stays in the space."""

import datetime as dt
import importlib
import os
import random
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.exchange.agenda_films.two_homes import DAY, LAST, Homes, pretend_to_cut, two_homes
from vigtui.casefilm.encrypted import agenda_films
from vigtui.casefilm.encrypted.agenda_films import (
    AgendaSource,
    NotShown,
    film_in_space,
    open_agenda_film,
    place_of,
)
from vigtui.cli.opened import opened_caseload
from vigtui.domain.belonging import all_about
from vigtui.domain.consent.access import Permission, Use
from vigtui.domain.consent.agenda_film import permit_agenda_film, seen_for
from vigtui.domain.records import AgendaFilm, Clip, Family, Person, Recording, Session
from vigtui.domain.vocabulary import Purpose, RecordingState, Role
from vigtui.exchange.agenda_films.keeping import FilmKeeper, keep_films
from vigtui.exchange.agenda_films.place import Place, films_of, take_out
from vigtui.exchange.agenda_films.sending import plan_sending, send_films
from vigtui.exchange.agenda_films.standing import films_standing
from vigtui.exchange.handing_over.gathering import gather
from vigtui.exchange.packs.gathering import for_session
from vigtui.exchange.spaces.joining import leave_space
from vigtui.film.errors import FilmComing, FilmError
from vigtui.film.probing import probe
from vigtui.reports.families.written import parts_of
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.layout import META, encode
from vigtui.store.snapshot import read_snapshot
from vigtui.values.days import today
from vigtui.vault.film.errors import FilmLockedError
from vigtui.vault.film.layout import HEADER_BYTES, STORED_CHUNK_BYTES
from vigtui.wording.names import Names
from vigtui.workspace.settings import Settings


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Homes]:
    """Nothing sent yet, and film that nobody can play."""
    monkeypatch.setattr("vigtui.exchange.agenda_films.sending.cut_clip", pretend_to_cut)
    with two_homes(tmp_path / "world") as found:
        yield found


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homes]:
    """Both clips of a real film sent, and looked at only."""
    with two_homes(tmp_path_factory.mktemp("sent") / "world", real=True) as found:
        found.send()
        yield found


def seen(homes: Homes, clip: str = "toast", on: dt.date = DAY) -> AgendaSource:
    """What the supervisor's machine shows of a clip."""
    (film,) = seen_for(homes.ellis.caseload, clip, "session", on, None)
    return film_in_space(homes.ellis.caseload, homes.ellis.link, film)


def test_the_other_machine_shows_each_clip_cut_to_the_frame(sent: Homes) -> None:
    film = seen(sent)
    facts = probe(film)
    assert (film.starts_ms, facts.duration_ms, film.whole) == (500, 1000, False)
    assert probe(seen(sent, "jam")).duration_ms == 1000
    assert sent.film().maker == "ros"
    assert films_standing(sent.ellis.caseload, sent.ellis.link).films == 2


def test_nothing_of_the_film_is_clear_in_the_folder_and_no_name_says_whose_it_is(sent: Homes) -> None:
    with seen(sent).open() as file:
        clear = file.read()
    for path in sent.files():
        assert path.suffix == ".vigfilm"
        assert len(path.stem) == 32
        assert clear[:64] not in path.read_bytes()
        assert sent.film().key.encode() not in path.read_bytes()


def test_it_is_for_those_who_take_part_in_the_session_and_whoever_supervises(homes: Homes) -> None:
    """A space may have other members, and where two versions differ in who takes part, both have to agree."""
    homes.send()
    caseload = homes.ellis.caseload
    people = {each.id: each for each in caseload.all(Person)}
    sol = caseload.save(Person(id="sol", name="Sol", roles=(Role.TRAINEE,)))

    def is_shown(viewer: Person) -> bool:
        return bool(seen_for(caseload, "toast", "session", DAY, viewer))

    assert [is_shown(each) for each in (people["ros"], people["ellis"], sol)] == [True, True, False]
    homes.settle()
    for machine, trainees in ((homes.ros, ("ros", "sol")), (homes.ellis, ("ros", "mair"))):
        session = machine.caseload.need(Session, "session")
        machine.caseload.save(replace(session, trainees=trainees))
    assert not is_shown(sol)
    homes.settle()
    assert caseload.conflict(caseload.need(Session, "session"))
    assert not is_shown(sol)


def test_whoever_may_write_in_the_space_may_delete_film_in_it(homes: Homes) -> None:
    """On a network disk on which each has an account of their own, withdrawing a consent takes it out."""
    homes.folder.path.chmod(0o770)
    homes.send()
    (path, *_) = homes.files()
    assert (path.parent.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o770, 0o660)


def test_what_is_there_already_is_not_sent_again_but_may_stay_longer(homes: Homes) -> None:
    homes.send()
    before = {path.name: path.read_bytes() for path in homes.files()}
    caseload, place = homes.ros.caseload, homes.place(homes.ros)
    plan = plan_sending(caseload, place, "session", DAY)
    assert not plan.clips
    assert {each.film.clip for each in plan.there} == {"toast", "jam"}
    later = LAST + dt.timedelta(days=3)
    send_films(caseload, place, plan, later, DAY, "ros", lambda _: None)
    assert homes.film("toast", homes.ros).last_day == LAST
    send_films(caseload, place, plan, later, DAY, "ros", lambda _: None, all_until=True)
    assert homes.film("toast", homes.ros).last_day == later
    assert {path.name: path.read_bytes() for path in homes.files()} == before


def test_a_clip_that_was_changed_is_sent_anew_in_place_of_what_was_there(homes: Homes) -> None:
    homes.send()
    homes.ros.caseload.save(replace(homes.ros.caseload.need(Clip, "toast"), out_ms=1400))
    before = homes.film("toast", homes.ros).name
    homes.send()
    assert (homes.film().name != before, homes.film().out_ms) == (True, 1400)
    assert len(homes.files()) == 2


def _flipped(path: Path, at: int, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(data)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def _pieces_exchanged(path: Path) -> None:
    data = path.read_bytes()
    one, two = HEADER_BYTES, HEADER_BYTES + STORED_CHUNK_BYTES
    end = two + STORED_CHUNK_BYTES
    path.write_bytes(data[:one] + data[two:end] + data[one:two] + data[end:])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _link(path: Path) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    path.symlink_to(aside)


@pytest.fixture
def file(sent: Homes, tmp_path: Path) -> Iterator[Path]:
    """The file of a film, which is put back."""
    path = place_of(sent.folder.path, sent.film())
    kept = tmp_path / "kept"
    shutil.copy(path, kept)
    yield path
    path.unlink()
    shutil.copy(kept, path)


@pytest.mark.parametrize("harm", [_cut_off, _longer, _pieces_exchanged, _empty, _link])
def test_a_film_that_is_not_as_it_was_written_is_never_shown(
    sent: Homes, file: Path, harm: Callable[[Path], None]
) -> None:
    harm(file)
    with pytest.raises(FilmError, match=r"The film for this clip .*\."):
        seen(sent)
    file.with_name("aside").unlink(missing_ok=True)


def test_no_bit_of_a_film_can_be_changed(sent: Homes, file: Path) -> None:
    luck, whole = random.Random(14), file.read_bytes()
    places = [luck.randrange(HEADER_BYTES) for _ in range(40)]
    places += [0, HEADER_BYTES - 1, HEADER_BYTES, len(whole) - 1]
    places += [luck.randrange(HEADER_BYTES, len(whole)) for _ in range(40)]
    for place in places:
        _flipped(file, place, luck.randrange(8))
        with pytest.raises(FilmError, match="It is not shown"):
            seen(sent)
        file.write_bytes(whole)


def test_two_films_that_were_exchanged_are_both_refused(sent: Homes, file: Path) -> None:
    other = place_of(sent.folder.path, sent.film("jam"))
    mine, theirs = file.read_bytes(), other.read_bytes()
    file.write_bytes(theirs)
    other.write_bytes(mine)
    for clip in ("toast", "jam"):
        with pytest.raises(FilmError, match="not the one that was sent"):
            seen(sent, clip)
    other.write_bytes(theirs)


def test_what_has_not_come_yet_is_told_and_opens_when_it_comes(sent: Homes, file: Path) -> None:
    whole = file.read_bytes()
    file.unlink()
    with pytest.raises(FilmComing, match="not here yet"):
        seen(sent)
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FilmComing, match="not whole yet"):
        seen(sent)
    file.write_bytes(whole)
    assert probe(seen(sent)).duration_ms == 1000


def test_what_cannot_be_shown_is_not_read_again_before_it_changes(
    sent: Homes, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And opens once an engine has finished it, though it had its full length before."""
    whole, not_shown = file.read_bytes(), dict[str, NotShown]()

    def look() -> AgendaSource | None:
        caseload = sent.ellis.caseload
        return open_agenda_film(caseload, sent.ellis.link, "toast", "session", DAY, None, not_shown)

    file.write_bytes(whole[:-100_000] + bytes(100_000))
    with pytest.raises(FilmComing, match="was changed"):
        look()
    with monkeypatch.context() as patched:
        patched.setattr(agenda_films, "open_encrypted", None)
        with pytest.raises(FilmComing, match="was changed"):
            look()
    file.write_bytes(whole)
    os.utime(file, ns=(1, 1))
    film = look()
    assert film
    assert probe(film).duration_ms == 1000


def test_a_new_day_is_looked_at_by_itself_and_so_is_a_withdrawn_consent(homes: Homes) -> None:
    homes.send()
    day, moment = LAST, 0.0
    keeper = FilmKeeper(homes.ros.caseload, homes.place(homes.ros), on=lambda: day, clock=lambda: moment)
    keeper.work()
    assert (keeper.standing.films, keeper.standing.away) == (2, 0)
    path = place_of(homes.folder.path, homes.film())
    path.rename(path.with_suffix(".away"))
    keeper.work()
    assert keeper.standing.away == 0
    moment = 61.0
    keeper.work()
    assert keeper.standing.away == 1
    path.with_suffix(".away").rename(path)
    homes.withdraw(homes.ros)
    keeper.work()
    assert homes.files() == []
    assert keeper.standing.ended == 2
    homes.ros.caseload.undo()
    homes.send()
    day = LAST + dt.timedelta(days=1)
    keeper.work()
    assert homes.files() == []
    assert keeper.standing.ended == 2
    keeper.end()


def test_once_the_key_is_wiped_nothing_more_is_read(homes: Homes) -> None:
    homes.send()
    film = seen(homes)
    with film.open() as file:
        assert file.read(100)
        key = homes.ellis.caseload.key
        assert key is not None
        key.wipe()
        with pytest.raises(FilmLockedError):
            file.read(100)
    with pytest.raises(FilmLockedError):
        film.open()


def test_it_is_gone_on_its_day_and_what_another_left_seven_days_later(homes: Homes) -> None:
    homes.send()
    homes.keep(LAST)
    assert len(homes.files()) == 2
    assert seen(homes, on=LAST)
    tomorrow = LAST + dt.timedelta(days=1)
    assert not seen_for(homes.ellis.caseload, "toast", "session", tomorrow, None)
    for days in range(1, 8):
        homes.keep(LAST + dt.timedelta(days=days), homes.ellis)
    assert len(homes.files()) == 2
    homes.keep(LAST + dt.timedelta(days=8), homes.ellis)
    assert homes.files() == []
    homes.settle()
    assert homes.ros.caseload.all(AgendaFilm) == []


def test_whoever_made_it_deletes_it_as_soon_as_its_last_day_is_over(homes: Homes) -> None:
    homes.send()
    homes.keep(LAST + dt.timedelta(days=1), homes.ros)
    assert homes.files() == []
    homes.settle()
    assert homes.ellis.caseload.all(AgendaFilm) == []


def _no_consent(homes: Homes) -> None:
    homes.withdraw(homes.ellis)


def _no_filming(homes: Homes) -> None:
    homes.withdraw(homes.ellis, Purpose.FILM)


def _film_deleted(homes: Homes) -> None:
    recording = homes.ellis.caseload.need(Recording, "review")
    homes.ellis.caseload.save(replace(recording, state=RecordingState.DELETED, path=""))


def _clip_removed(homes: Homes) -> None:
    for clip in ("toast", "jam"):
        homes.ellis.caseload.delete(homes.ellis.caseload.need(Clip, clip))


def _session_removed(homes: Homes) -> None:
    homes.ellis.caseload.delete(homes.ellis.caseload.need(Session, "session"))


def _family_erased(homes: Homes) -> None:
    homes.ellis.caseload.erase(homes.ellis.caseload.need(Family, "heron"))


def _taken_out(homes: Homes) -> None:
    take_out(homes.ellis.caseload, homes.ellis.link, films_of(homes.ellis.caseload, "session"))


@pytest.mark.parametrize(
    "ends",
    [_no_consent, _no_filming, _film_deleted, _clip_removed, _session_removed, _family_erased, _taken_out],
)
def test_it_ends_at_once_on_each_machine_that_hears_of_it(
    homes: Homes, ends: Callable[[Homes], None]
) -> None:
    """Here the folder is gone where it ends, so that the other machine has to do it."""
    homes.send()
    homes.ellis.go_offline()
    ends(homes)
    homes.keep(DAY, homes.ellis)
    assert not seen_for(homes.ellis.caseload, "toast", "session", DAY, None)
    assert len(homes.files()) == 2
    homes.ellis.come_back()
    homes.settle()
    homes.keep(DAY, homes.ros)
    assert homes.files() == []
    assert homes.ros.caseload.all(AgendaFilm) == []
    homes.settle()
    assert homes.ellis.caseload.all(AgendaFilm) == []


def test_a_file_that_an_engine_brings_back_goes_again_and_one_whose_record_is_on_its_way_stays(
    homes: Homes,
) -> None:
    homes.send()
    path = place_of(homes.folder.path, homes.film())
    film, name = path.read_bytes(), path.name
    stranger = path.with_name("ab" * 16 + ".vigfilm")
    stranger.write_bytes(film)
    copy = path.with_name(path.stem + ".sync-conflict-20260503-140000.vigfilm")
    copy.write_bytes(film)
    homes.keep(DAY)
    assert stranger.exists()
    assert not copy.exists()
    take_out(homes.ros.caseload, homes.ros.link, films_of(homes.ros.caseload, "session"))
    path.with_name(name).write_bytes(film)
    (path.parent / "notes.txt").write_text("of somebody else")
    homes.keep(DAY, homes.ros)
    assert [each.name for each in homes.files()] == sorted(["notes.txt", stranger.name])
    # A file has come by the real clock.
    homes.keep(today() + dt.timedelta(days=68), homes.ros)
    assert [each.name for each in homes.files()] == ["notes.txt"]


def test_a_link_in_the_place_of_the_folder_leads_to_nobodys_film(homes: Homes, tmp_path: Path) -> None:
    """Whoever holds the folder could have a member's own film deleted, which is called alike."""
    homes.send()
    own = tmp_path / "media" / f"{'ab' * 16}.vigfilm"
    own.parent.mkdir()
    own.write_bytes(b"film")
    films = homes.folder.path / "film"
    films.rename(tmp_path / "aside")
    films.symlink_to(own.parent)
    with pytest.raises(FilmError):
        seen(homes)
    homes.keep(today() + dt.timedelta(days=400))
    assert own.exists()


def test_what_was_broken_off_is_cleaned_up_by_whoever_made_it(
    homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between record and file, and between file and the record's size: nothing of it stays."""
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    film = replace_sizes(homes)
    homes.keep(DAY)
    assert len(homes.files()) == 3
    with pytest.raises(FilmComing, match="not here yet"):
        seen(homes)
    monkeypatch.setattr("vigtui.exchange.agenda_films.keeping.now", lambda: later)
    homes.keep(DAY, homes.ellis)
    assert len(homes.files()) == 3
    homes.keep(DAY, homes.ros)
    assert [path.stem for path in homes.files()] == [homes.film("jam").name]
    assert homes.ros.caseload.get(AgendaFilm, film.id) is None


def test_killed_between_any_two_steps_nothing_is_left_over_for_ever(
    homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on the disk after each step is what a kill leaves there."""
    left: list[Path] = []

    def after(step: str, name: str) -> None:
        whole = f"{step}.{name}"
        module, _, function = whole.rpartition(".")
        really = getattr(importlib.import_module(module), function)

        def snapshot(*values: Any, **named: Any) -> Any:
            found = really(*values, **named)
            left.append(tmp_path / f"{len(left)} {name}")
            shutil.copytree(homes.ros.home, left[-1] / "home", ignore=shutil.ignore_patterns("lock"))
            shutil.copytree(homes.folder.path, left[-1] / "space")
            return found

        monkeypatch.setattr(whole, snapshot)

    for name in ("write", "open_encrypted", "sync_folder"):
        after("vigtui.casefilm.encrypted.agenda_films", name)
    for name in ("new_name", "write_film"):
        after("vigtui.exchange.agenda_films.sending", name)
    after("vigtui.exchange.agenda_films.place", "remove_film")
    homes.send()
    take_out(homes.ros.caseload, homes.ros.link, films_of(homes.ros.caseload, "session"))
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    monkeypatch.setattr("vigtui.exchange.agenda_films.keeping.now", lambda: later)
    assert len(left) >= 12
    for each in left:
        caseload = Caseload.open(each / "home" / homes.ros.path.name, key=homes.folder.key)
        place = Place(each / "space", homes.ros.space.membership.writer)
        keep_films(caseload, place, DAY)
        whole = {film.name for film in caseload.all(AgendaFilm)}
        assert all(film.size for film in caseload.all(AgendaFilm)), each
        films = each / "space" / "film"
        found = {path.name for path in films.iterdir()} if films.is_dir() else set()
        assert found <= {f"{name}.vigfilm" for name in whole}, each
        keep_films(caseload, place, LAST + dt.timedelta(days=1))
        assert not caseload.all(AgendaFilm)
        assert not films.is_dir() or not list(films.iterdir())
        caseload.close()


def replace_sizes(homes: Homes) -> AgendaFilm:
    """Leave what a program leaves that was killed before it could say that the film is whole."""
    homes.send()
    film = homes.film("toast", homes.ros)
    homes.ros.caseload.enter(replace(film, size=0))
    (homes.folder.path / "film" / f"~vigtui-{film.name}.tmp").write_bytes(b"half")
    homes.settle()
    return film


def test_a_command_leaves_anothers_film_for_as_long_as_the_settings_say(
    homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes.send()
    monkeypatch.setattr("vigtui.values.clocks.day", lambda: LAST + dt.timedelta(days=9))
    homes.ellis.put_down()
    for days, left in ((9, 2), (8, 0)):
        settings = partial(Settings, space_film_left_days=days)
        monkeypatch.setattr("vigtui.cli.opened.load_settings", settings)
        with opened_caseload(homes.ellis.path, homes.folder.key):
            pass
        assert len(homes.files()) == left
    homes.ellis.take_up()


def test_a_command_that_erases_a_family_deletes_its_film_in_the_space(
    homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes.send()
    monkeypatch.setattr("vigtui.values.clocks.day", lambda: DAY)
    homes.ros.put_down()
    with opened_caseload(homes.ros.path, homes.folder.key) as caseload:
        caseload.erase(caseload.need(Family, "heron"))
    assert homes.files() == []
    homes.ros.take_up()


def test_leaving_takes_out_what_was_made_here_and_keeps_no_key(homes: Homes) -> None:
    homes.send()
    leave_space(homes.ros.caseload, homes.ros.space.membership)
    assert homes.files() == []
    assert homes.ros.caseload.all(AgendaFilm) == []
    homes.ellis.space.work()
    assert homes.ellis.caseload.all(AgendaFilm) == []


def test_a_stopped_sending_leaves_nothing_of_the_clip_it_was_at(homes: Homes) -> None:
    def stop(part: float) -> None:
        if part > 0.6:
            raise KeyboardInterrupt

    place = homes.place(homes.ros)
    plan = plan_sending(homes.ros.caseload, place, "session", DAY)
    with pytest.raises(KeyboardInterrupt):
        send_films(homes.ros.caseload, place, plan, LAST, DAY, "ros", stop)
    assert [path.stem for path in homes.files()] == [
        each.name for each in films_of(homes.ros.caseload, "session")
    ]
    assert len(homes.files()) == 1


def test_what_may_not_be_copied_or_is_late_stays_behind_with_its_reason(homes: Homes) -> None:
    recording = homes.ros.caseload.need(Recording, "review")
    homes.ros.caseload.save(replace(recording, delete_by=DAY - dt.timedelta(days=1)))
    place = homes.place(homes.ros)
    plan = plan_sending(homes.ros.caseload, place, "session", DAY)
    assert [str(each) for each in plan.left_out] == [
        f"F-017 {code}: Its film was to be deleted by 2 May." for code in ("SR2-1", "SR2-2")
    ]
    homes.withdraw(homes.ros)
    homes.ros.caseload.save(
        replace(homes.ros.caseload.need(Recording, "review"), delete_by=LAST - dt.timedelta(days=9))
    )
    plan = plan_sending(homes.ros.caseload, place, "session", DAY)
    assert not plan.clips
    assert all("Jory" in each.why for each in plan.left_out)


def test_no_cut_stays_longer_than_its_film(homes: Homes) -> None:
    recording = homes.ros.caseload.need(Recording, "review")
    homes.ros.caseload.save(replace(recording, delete_by=LAST - dt.timedelta(days=9)))
    homes.send()
    assert homes.film().last_day == LAST - dt.timedelta(days=9)
    now = homes.ellis.caseload.need(Recording, "review")
    homes.ellis.caseload.save(replace(now, delete_by=DAY))
    tomorrow = DAY + dt.timedelta(days=1)
    assert seen_for(homes.ellis.caseload, "toast", "session", DAY, None)
    assert not seen_for(homes.ellis.caseload, "toast", "session", tomorrow, None)
    homes.settle()
    told = plan_sending(homes.ros.caseload, homes.place(homes.ros), "session", DAY).there
    assert {each.until for each in told if each.film.clip == "toast"} == {DAY}
    homes.keep(tomorrow, homes.ros)
    assert homes.files() == []


def test_it_is_seen_and_nothing_else(sent: Homes) -> None:
    film, caseload = sent.film(), sent.ellis.caseload
    assert isinstance(permit_agenda_film(caseload, film, Use.WATCH, DAY), Permission)
    assert seen(sent).clear_file is None


def test_the_key_gets_into_no_file_in_clear(homes: Homes, tmp_path: Path) -> None:
    homes.send()
    tables = homes.ros.caseload.snapshot()
    path = tmp_path / "clear.vig.json"
    CaseloadFile(path, None).create(encode({META: tables[META]}))
    clear = Caseload.open(path)
    clear.merge(tables, "Merge")
    assert len(clear.all(Clip)) == 2
    clear.close()
    assert b"agenda_films" not in path.read_bytes()
    assert homes.film().key.encode() not in path.read_bytes()


def test_the_key_is_in_no_words(sent: Homes) -> None:
    caseload = sent.ros.caseload
    names = Names(caseload.get, DAY)
    family = caseload.need(Family, "heron")
    parts = parts_of(names, all_about(caseload.where, family))
    assert "Film of clip SR2-1 for the supervision of 10 May with Ros" in str(parts)
    assert sent.film().key not in str(parts)


def test_neither_a_pack_nor_a_family_that_is_handed_over_has_it(sent: Homes) -> None:
    source = read_snapshot(sent.ros.path, sent.folder.key)
    assert source.index.all(AgendaFilm)
    choose = for_session("session")
    assert AgendaFilm.table not in choose(source, DAY).records
    assert AgendaFilm.table not in gather(source, "heron").tables
