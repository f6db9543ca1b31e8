"""The one door: finding, changing, undoing, telling."""

import contextlib
import datetime as dt
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from vigtui.domain.records import Clip, Cycle, Family, Member, Rating, Recording, Tag
from vigtui.store.caseload import Caseload
from vigtui.store.errors import RecordInvalidError, RecordMissingError
from vigtui.store.merging.steps import Step


def heron(**fields: object) -> Family:
    return Family(code="F-017", pseudonym="Heron", **fields)


def test_a_saved_record_is_there_at_once_with_its_dates_and_name(caseload: Caseload) -> None:
    family = caseload.save(heron())
    assert caseload.get(Family, family.id) == caseload.need(Family, family.id) == family
    assert family.by == "Ros"
    assert family.created is not None
    assert family.created.tzinfo is not None
    assert family.rev.startswith("1-")
    later = caseload.save(replace(family, pseudonym="Wren"))
    assert (later.created, later.rev.partition("-")[0]) == (family.created, "1")


def test_revisions_count_what_others_can_have_seen(caseload: Caseload) -> None:
    """A hundred keystrokes between two saves are one change to whoever merges the file."""
    family = caseload.save(heron())
    caseload.flush()
    for number in range(100):
        family = caseload.save(replace(family, reasons="a" * number))
    assert family.rev.startswith("2-")
    caseload.flush()
    assert caseload.save(replace(family, reasons="b")).rev.startswith("3-")


def test_saving_what_says_nothing_new_changes_nothing(caseload: Caseload) -> None:
    family = caseload.save(heron())
    told: list[Step] = []
    caseload.subscribe(told.append)
    assert caseload.save(replace(family, by="Somebody", modified=None)) is family
    assert told == []


def test_an_unknown_id_is_none_or_a_sentence(caseload: Caseload) -> None:
    assert caseload.get(Family, "nobody") is None
    with pytest.raises(RecordMissingError, match="nobody"):
        caseload.need(Family, "nobody")
    family = caseload.save(heron())
    assert caseload.get(Cycle, family.id) is None


def test_records_come_in_the_order_they_were_made(caseload: Caseload) -> None:
    """Otherwise a family's questions change places from one start to the next."""
    made = [caseload.save(Cycle(family="f", number=number)) for number in range(1, 60)]
    caseload.save(replace(made[0], activity="jigsaw"))
    assert [cycle.number for cycle in caseload.all(Cycle)] == list(range(1, 60))
    caseload.close()
    again = Caseload.open(caseload.path)
    assert [cycle.number for cycle in again.where(Cycle, family="f")] == list(range(1, 60))
    again.close()


def test_where_follows_every_change(caseload: Caseload) -> None:
    """An index that lags shows a clip under the wrong recording."""
    clip = caseload.save(Clip(recording="r1", in_ms=0, out_ms=5))
    assert caseload.where(Clip, recording="r1") == [clip]
    moved = caseload.save(replace(clip, recording="r2", title="C1"))
    assert caseload.where(Clip, recording="r1") == []
    assert caseload.where(Clip, recording="r2", title="C1") == [moved]
    assert caseload.where(Clip, recording="r2", title="C2") == []
    caseload.undo()
    assert [each.title for each in caseload.where(Clip, recording="r1")] == [""]
    caseload.delete(clip)
    assert caseload.where(Clip, recording="r1") == caseload.where(Clip) == []


def test_undo_takes_back_the_newest_step_first(caseload: Caseload) -> None:
    family = caseload.save(heron())
    caseload.save(replace(family, pseudonym="Wren"))
    caseload.delete(family)
    assert caseload.all(Family) == []
    assert caseload.undo() == "Remove family F-017"
    assert caseload.need(Family, family.id).pseudonym == "Wren"
    assert caseload.undo() == "Change family F-017"
    assert caseload.need(Family, family.id).pseudonym == "Heron"
    assert caseload.undo() == "Add family F-017"
    assert caseload.all(Family) == []
    assert caseload.undo() is None


def test_undo_is_kept_in_the_file(caseload: Caseload, path: Path) -> None:
    family = caseload.save(heron(members=(Member(label="Dana"),)))
    caseload.flush()
    caseload.delete(family)
    caseload.flush()
    assert family.id in path.read_text()
    assert "Dana" not in path.read_text()
    caseload.undo()
    caseload.close()
    again = Caseload.open(path)
    assert again.need(Family, family.id).members == family.members
    again.close()


def test_a_transaction_is_one_step(caseload: Caseload) -> None:
    told: list[Step] = []
    caseload.subscribe(told.append)
    with caseload.transaction("Remove the first cycle"):
        cycle = caseload.save(Cycle(family="f", number=1))
        with caseload.transaction("An inner one"):
            caseload.save(Recording(cycle=cycle.id))
        assert told == []
    assert [(change.tables, change.words) for change in told] == [
        (frozenset({"cycles", "recordings"}), "Remove the first cycle")
    ]
    assert caseload.undo() == "Remove the first cycle"
    assert caseload.all(Cycle) == []
    assert caseload.all(Recording) == []


def test_a_transaction_that_fails_leaves_nothing_behind(caseload: Caseload, path: Path) -> None:
    """Half a removal would leave clips without their recording."""
    family = caseload.save(heron())
    other = caseload.save(heron())
    told: list[Step] = []
    caseload.subscribe(told.append)
    before = caseload.all(Family)
    with contextlib.suppress(ZeroDivisionError), caseload.transaction("Everything"):
        caseload.save(replace(family, pseudonym="Wren"))
        caseload.delete(other)
        caseload.save(Cycle(family=family.id, number=1))
        raise ZeroDivisionError
    assert caseload.all(Family) == before
    assert caseload.where(Cycle, family=family.id) == []
    assert told == []
    caseload.close()
    assert "deleted" not in path.read_text().replace('"deleted": {\n}', "")
    assert caseload.undo() == "Add family F-017"
    caseload.close()


def test_an_inner_transaction_can_fail_alone(caseload: Caseload) -> None:
    with caseload.transaction("Both"):
        caseload.save(Cycle(family="f", number=1))
        with contextlib.suppress(ZeroDivisionError), caseload.transaction("Inner"):
            caseload.save(Cycle(family="f", number=2))
            raise ZeroDivisionError
    assert [cycle.number for cycle in caseload.all(Cycle)] == [1]


def test_nothing_half_changed_reaches_the_disk(caseload: Caseload, path: Path) -> None:
    """A flush on SIGHUP in the middle of a transaction must not save half of it, nor wait for ever."""
    caseload.save(heron())
    caseload.flush()
    with caseload.transaction("Two"):
        caseload.save(Cycle(family="f", number=1))
        assert caseload.flush().state == "saving"
        assert '"cycles"' not in path.read_text()
        caseload.save(Cycle(family="f", number=2))
    assert caseload.flush().state == "saved"


def test_a_value_that_could_not_be_read_again_is_refused(caseload: Caseload) -> None:
    """It would be gone from the screen at the next start."""
    with pytest.raises(RecordInvalidError, match="value"):
        caseload.save(Rating(question="q", rater="Dana", date=dt.date(2026, 1, 1), value=11))
    assert caseload.all(Rating) == []
    assert caseload.undo() is None


def test_settings_of_the_caseload_are_saved_and_undone(caseload: Caseload, path: Path) -> None:
    caseload.save_meta(replace(caseload.meta, film_kept_days=30))
    caseload.flush()
    assert '"film_kept_days":30' in path.read_text()
    assert caseload.undo() == "Change the caseload's settings"
    assert caseload.meta.film_kept_days == 60
    with pytest.raises(RecordInvalidError, match="film_kept_days"):
        caseload.save_meta(replace(caseload.meta, film_kept_days=-1))


def test_listeners_hear_until_they_leave(caseload: Caseload) -> None:
    told: list[Step] = []
    leave = caseload.subscribe(told.append)
    family = caseload.save(heron())
    leave()
    leave()
    caseload.delete(family)
    assert [(change.ids, change.words) for change in told] == [(frozenset({family.id}), "Add family F-017")]


def test_a_listener_may_wait_for_another_thread_that_reads(caseload: Caseload) -> None:
    """A screen refreshed from a worker would otherwise hang the program."""
    seen: list[int] = []

    def listener(_: Step) -> None:
        reader = threading.Thread(target=lambda: seen.append(len(caseload.all(Family))), daemon=True)
        reader.start()
        reader.join(10)

    caseload.subscribe(listener)
    caseload.save(heron())
    assert seen == [1]


def test_threads_do_not_lose_each_others_changes(caseload: Caseload, path: Path) -> None:
    def work(number: int) -> None:
        for order in range(40):
            caseload.save(Tag(clip=f"clip {number}", at_ms=order, who="Dana", principle="attentive"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    caseload.close()
    again = Caseload.open(path)
    assert [len(again.where(Tag, clip=f"clip {number}")) for number in range(4)] == [40] * 4
    again.close()


def test_words_of_a_record_with_a_hostile_name_are_one_line(caseload: Caseload) -> None:
    told: list[Step] = []
    caseload.subscribe(told.append)
    caseload.save(
        Clip(recording="r", in_ms=0, out_ms=1, title="\x1b]0;owned\x07[@click=app.quit]x\n" + "y" * 99)
    )
    assert told[0].words.startswith("Add clip ]0;owned[@click=app.quit]x y")
    assert len(told[0].words) < 60
    assert "\n" not in told[0].words
