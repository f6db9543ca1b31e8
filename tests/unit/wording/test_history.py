"""Who changed what and when, told from the file: a service answers for it years later."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import agreed, both_see, heron
from vigtui.domain.belonging import with_belongings
from vigtui.domain.records import (
    Ancestor,
    Clip,
    Cycle,
    Family,
    FilmPlace,
    Note,
    Person,
    Record,
    Recording,
    Session,
    Tag,
)
from vigtui.domain.supervision import amend
from vigtui.domain.vocabulary import SessionState, Visibility
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.history import HistoryLine, folded_lines
from vigtui.wording.changes import Author
from vigtui.wording.history import HistoryEntry, history_of
from vigtui.wording.names import Names

TODAY = dt.date(2026, 3, 1)
NOW = dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "fenland.vig.json"


@pytest.fixture
def caseload(path: Path) -> Iterator[Caseload]:
    caseload = Caseload.create(path, by="Ros")
    yield caseload
    caseload.close()


@pytest.fixture
def other(caseload: Caseload, path: Path) -> Caseload:
    """Ellis has the same file open as Ros, with one family in it."""
    caseload.save(Family(code="F-017"))
    caseload.flush()
    return Caseload.open(path, by="Ellis")


def told(caseload: Caseload, *records: Record, reader: str = "") -> list[tuple[str, str]]:
    return [(entry.author.by, entry.words) for entry in history(caseload, *records, reader=reader)]


def history(caseload: Caseload, *records: Record, reader: str = "") -> list[HistoryEntry]:
    return history_of(Names(caseload.get, TODAY, reader=reader), records)


def test_each_persons_changes_are_told_newest_first_down_to_who_added_it(
    caseload: Caseload, other: Caseload, path: Path
) -> None:
    before = dt.datetime.now(dt.UTC)
    other.save(replace(heron(other), reasons="Quiet."))
    other.save(replace(heron(other), pseudonym="Heron"))
    other.close()
    again = Caseload.open(path, by="Noor")
    again.save(replace(heron(again), state=heron(again).state, whose_idea="Dana's"))
    assert told(again, heron(again)) == [
        ("Noor", "whose idea it was changed"),
        ("Ellis", "pseudonym and reasons changed"),
        ("Ros", "added"),
    ]
    newest = history(again, heron(again))[0].author.at
    assert newest is not None
    assert newest >= before
    again.close()


def test_what_is_seen_of_two_versions_is_not_told_as_a_deed_of_its_own(
    caseload: Caseload, other: Caseload
) -> None:
    caseload.save(replace(heron(caseload), reasons="Ros's words."))
    other.save(replace(heron(other), reasons="Ellis's words.", pseudonym="Heron"))
    both_see(caseload, other)
    assert len(caseload.conflicts()) == 1
    assert sorted(told(caseload, heron(caseload))) == [
        ("Ellis", "pseudonym and reasons changed"),
        ("Ros", "added"),
        ("Ros", "reasons changed"),
    ]
    other.close()


def test_whoever_added_it_is_known_also_when_they_went_on_after_others(
    caseload: Caseload, other: Caseload
) -> None:
    caseload.save(replace(heron(caseload), reasons="Quiet at home."))
    both_see(caseload, other)
    other.save(replace(heron(other), reasons="Quiet."))
    both_see(caseload, other)
    caseload.save(replace(heron(caseload), pseudonym="Heron"))
    assert told(caseload, heron(caseload)) == [
        ("Ros", "pseudonym and reasons changed"),
        ("Ellis", "reasons changed"),
        ("Ros", "added"),
    ]
    other.close()


def test_what_was_removed_and_brought_back_was_changed(caseload: Caseload) -> None:
    caseload.save(Family(code="F-017"))
    caseload.flush()
    caseload.delete(heron(caseload))
    caseload.flush()
    caseload.undo()
    assert told(caseload, heron(caseload)) == [("Ros", "changed"), ("Ros", "added")]


def test_the_agreement_and_the_amendments_stand_among_the_changes(caseload: Caseload) -> None:
    ros, ellis = (caseload.save(Person(name=name)) for name in ("Ros Tiverton", "Ellis Marr"))
    held = Session(supervisor=ros.id, trainees=(ellis.id,), date=TODAY, state=SessionState.HELD)
    session = caseload.save(held)
    caseload.flush()
    locked = caseload.save(agreed(session, ros.id, ellis.id, at=NOW + dt.timedelta(days=9_000)))
    caseload.save(amend(locked, ellis.id, NOW + dt.timedelta(days=9_001), "Dana saw it, too."))
    (session,) = caseload.all(Session)
    assert told(caseload, session) == [
        ("Ellis Marr", "amendment: Dana saw it, too."),
        ("Ros Tiverton and Ellis Marr", "agreed the record"),
        ("Ros", "state of the record changed"),
        ("Ros", "added"),
    ]


def test_of_what_somebody_keeps_for_themselves_nothing_is_told_to_others(caseload: Caseload) -> None:
    note = caseload.save(Note(about="x", author="ellis", visibility=Visibility.AUTHOR, body="Tired."))
    assert told(caseload, note) == []
    assert told(caseload, note, reader="ellis") == [("Ros", "added")]


def test_to_a_clip_belong_its_tags_and_notes(caseload: Caseload) -> None:
    clip = caseload.save(Clip(recording="r", in_ms=0, out_ms=1))
    tag = caseload.save(Tag(clip=clip.id, at_ms=0, who="dana", principle="receiving"))
    note = caseload.save(Note(about=clip.id, body="She waits."))
    caseload.save(Tag(clip="another", at_ms=0, who="dana", principle="receiving"))
    found = [each.id for each in with_belongings(caseload.where, clip)]
    assert found == [clip.id, tag.id, note.id]


def test_what_the_program_sets_by_itself_is_nobody_s_doing(caseload: Caseload) -> None:
    film = caseload.save(Recording(cycle="c", path="media/a.mp4"))
    caseload.flush()
    film = caseload.save(replace(film, size=7, duration_ms=2000, fingerprint="x"))
    assert told(caseload, film) == [("Ros", "added")]
    film = caseload.save(replace(film, size=8, hold_reason="court asked"))
    assert told(caseload, film) == [("Ros", "reason to keep it longer changed"), ("Ros", "added")]


def test_where_a_machine_has_its_film_is_told_as_of_that_film(caseload: Caseload) -> None:
    film = caseload.save(Recording(cycle=caseload.save(Cycle(family="f", number=1)).id, path="media/a.mp4"))
    place = caseload.save(FilmPlace(recording=film.id, path="media/a.mp4"))
    caseload.flush()
    again = Caseload.open(caseload.path, by="Ellis")
    again.save(replace(again.need(FilmPlace, place.id), path="media/b.mp4"))
    both_see(caseload, again)
    place = caseload.need(FilmPlace, place.id)
    assert Names(caseload.get, TODAY).name(place) == "recording of cycle 1 on this machine"
    assert told(caseload, place) == [("Ellis", "film file changed"), ("Ros", "its place is noted")]
    again.close()


def test_lines_that_say_the_same_are_told_once_with_how_often() -> None:
    ros, later, ellis = (Author(*each) for each in (("Ros", NOW), ("Ros", NOW), ("Ellis", NOW)))
    yesterday = Author("Ros", NOW - dt.timedelta(days=1))
    lines = [
        HistoryLine(each, "clip C1-1", "caption changed") for each in (later, ros, ellis, ros, yesterday)
    ]
    found = folded_lines(lines)
    assert [(each.author, each.times) for each in found] == [
        (later, 2),
        (ellis, 1),
        (ros, 1),
        (yesterday, 1),
    ]


def test_of_what_was_removed_the_kind_is_told_by_whom_and_when_until_it_is_back(
    caseload: Caseload, other: Caseload
) -> None:
    other.delete(heron(other))
    both_see(caseload, other)
    (removed,) = caseload.removals()
    assert (removed.what, removed.by) == ("family", "Ellis")
    assert removed.at is not None
    other.undo()
    both_see(caseload, other)
    assert caseload.removals() == []
    other.close()


@pytest.mark.parametrize("rev", ["", "x", "9" * 30 + "-a-b", "²-a-b", "-"])
def test_a_history_that_was_edited_by_hand_is_told_as_far_as_it_goes(caseload: Caseload, rev: str) -> None:
    ancestor = Ancestor(rev, dt.datetime(2026, 1, 1), "Ann", {"no_such_field": 3})
    family = Family(code="F-1", rev=rev, ancestors=(ancestor,), changed={"code": 2}, by="Bo")
    words = {each for _, each in told(caseload, family)}
    assert "no such field changed" in words
