"""The laws of merging whole files: with what belongs to what, with fields that protect, and with erasing."""

import datetime as dt
import itertools
import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.store.in_memory import Copy, shown
from vigtui.domain.records import Clip, Cycle, Note, Record, Recording, Session, schema
from vigtui.domain.vocabulary import RecordingState
from vigtui.store.format.layout import VERSIONS, encode
from vigtui.store.format.opening import KIND_OF

PARENTS: list[Record] = [
    Cycle(id="cycle", family="", number=1),
    Recording(id="recording", cycle="cycle"),
    Clip(id="clip", recording="recording", in_ms=0, out_ms=1),
]
ABOUT = ("clip", "cycle")


def cut(copy: Copy, end: str, at_ms: int) -> None:
    """Move an end of the clip, which ends after it starts."""
    clip = copy.find(("clips", "clip"))
    if isinstance(clip, Clip):
        moved = replace(clip, **{end: at_ms})
        if moved.in_ms < moved.out_ms:
            copy.act(lambda step: copy.changes.save(moved, step))


COPIES = st.integers(0, 2)
KEYS = st.sampled_from([(each.table, each.id) for each in PARENTS] + [("notes", "n0"), ("notes", "n1")])
ACTIONS = st.one_of(
    st.tuples(st.just("note"), COPIES, st.integers(0, 3)),
    st.tuples(st.just("change"), COPIES, st.sampled_from(PARENTS)),
    st.tuples(st.just("protect"), COPIES, st.sampled_from(RecordingState)),
    st.tuples(st.just("cut"), COPIES, st.tuples(st.sampled_from(("in_ms", "out_ms")), st.integers(0, 9))),
    st.tuples(st.just("remove"), COPIES, KEYS),
    st.tuples(st.just("merge"), COPIES, COPIES),
    st.tuples(st.just("decide"), COPIES, st.none()),
)
ERASING = st.one_of(ACTIONS, st.tuples(st.just("erase"), COPIES, KEYS))


def lived(actions: list[tuple[str, int, Any]]) -> list[Copy]:
    """Three copies of one file after a history."""
    first = Copy("Ros")
    for record in PARENTS:
        first.write(record)
    copies = [first, *(Copy(name, first.ledger.snapshot()) for name in ("Ellis", "Noor"))]
    for number, (action, which, more) in enumerate(actions):
        copy = copies[which]
        if action == "note":
            note = Note(id=f"n{more}", about=ABOUT[more % 2])
            copy.write(note, body=f"words {number}")
        elif action == "change" and copy.find((more.table, more.id)):
            field = {"cycles": "activity", "clips": "caption"}.get(more.table, "path")
            copy.write(more, **{field: f"words {number}"})
        elif action == "protect" and copy.find(("recordings", "recording")):
            copy.write(PARENTS[1], state=more, delete_by=dt.date(2026, 1, 1 + number))
        elif action == "cut":
            cut(copy, *more)
        elif action == "merge":
            copy.merge(copies[more].ledger.snapshot())
        elif action in ("remove", "erase"):
            getattr(copy, action)(more)
        elif action == "decide":
            copy.decide()
    return copies


def test_the_same_change_made_twice_is_one_also_once_somebody_has_gone_on_from_it() -> None:
    """Which writer's name is the higher decides what is joined first, and nothing else: tried with many."""
    for _ in range(20):
        copies = lived(
            [
                ("cut", 1, ("out_ms", 3)),
                ("cut", 2, ("out_ms", 3)),
                ("merge", 0, 1),
                ("cut", 0, ("in_ms", 1)),
            ]
        )
        assert_order_is_nothing(copies)
        copies[0].merge(copies[2].ledger.snapshot())
        assert not copies[0].ledger.conflicts()


def test_the_same_change_made_twice_competes_with_what_followed_only_one_of_them() -> None:
    """Joined before or not: else the order of merging would decide whether anybody is asked."""
    for _ in range(20):
        copies = lived(
            [
                ("cut", 0, ("out_ms", 2)),
                ("cut", 2, ("out_ms", 2)),
                ("merge", 1, 0),
                ("cut", 0, ("out_ms", 1)),
            ]
        )
        assert_order_is_nothing(copies)
        copies[1].merge(copies[2].ledger.snapshot())
        copies[1].merge(copies[0].ledger.snapshot())
        [conflict] = copies[1].ledger.conflicts()
        assert {said.value for said in conflict.fields["out_ms"]} == {1, 2}


def test_what_two_removed_together_stays_removed_whoever_joined_it_before() -> None:
    """Each remover had seen a change that a third copy had joined to the other's. In some orders nothing was
    asked, in others both removals were called into question."""
    copies = lived(
        [
            ("change", 1, PARENTS[2]),
            ("cut", 2, ("out_ms", 2)),
            ("merge", 0, 1),
            ("remove", 0, ("cycles", "cycle")),
            ("merge", 1, 2),
            ("remove", 2, ("cycles", "cycle")),
        ]
    )
    assert_order_is_nothing(copies)
    copies[0].merge(copies[2].ledger.snapshot())
    copies[0].merge(copies[1].ledger.snapshot())
    assert copies[0].find(("clips", "clip")) is None
    assert not copies[0].ledger.conflicts()


def test_what_is_kept_for_a_record_is_there_however_late_that_one_is_settled() -> None:
    """A cycle that is kept for its recording, which is removed as well, then for a note about its clip."""
    copies = lived(
        [
            ("change", 1, PARENTS[1]),
            ("change", 1, PARENTS[2]),
            ("remove", 0, ("cycles", "cycle")),
            ("note", 0, 0),
            ("merge", 0, 1),
            ("remove", 1, ("cycles", "cycle")),
        ]
    )
    assert_order_is_nothing(copies)


def test_of_what_several_made_under_one_id_nothing_is_passed_over() -> None:
    copies = lived([("note", 0, 0), ("note", 1, 0), ("note", 2, 0)])
    assert_order_is_nothing(copies)
    for other in copies[1:]:
        copies[0].merge(other.ledger.snapshot())
    [conflict] = copies[0].ledger.conflicts()
    assert {said.value for said in conflict.fields["body"]} == {"words 0", "words 1", "words 2"}


@given(st.lists(ACTIONS, max_size=16))
def test_files_merge_to_the_same_in_any_order(actions: list[tuple[str, int, Any]]) -> None:
    """Commutative, associative, idempotent: else two who exchanged the same files see different things."""
    assert_order_is_nothing(lived(actions))


@given(st.lists(ERASING, max_size=16))
def test_erasing_depends_on_no_order(actions: list[tuple[str, int, Any]]) -> None:
    assert_order_is_nothing(lived(actions))


def assert_order_is_nothing(copies: list[Copy]) -> None:
    files = [copy.ledger.snapshot() for copy in copies]
    seen = []
    for one, two, three in itertools.permutations(files):
        left = Copy("x", one)
        left.merge(two)
        left.merge(three)
        both = Copy("x", two)
        both.merge(three)
        right = Copy("x", one)
        right.merge(both.ledger.snapshot())
        right.merge(right.ledger.snapshot())
        seen += [shown(left), shown(right)]
        assert left.loose() == right.loose() == []
        for copy in (left, right):
            clip = copy.find(("clips", "clip"))
            assert not isinstance(clip, Clip) or clip.in_ms < clip.out_ms
    assert all(each == seen[0] for each in seen)


@given(st.lists(ERASING, max_size=20))
def test_all_who_have_exchanged_everything_have_the_same_and_nothing_hangs_loose(
    actions: list[tuple[str, int, Any]],
) -> None:
    copies = lived(actions)
    for _ in range(4):
        for one, other in itertools.permutations(copies, 2):
            one.merge(other.ledger.snapshot())
    one, two, three = (copy.state() for copy in copies)
    assert one == two == three
    assert copies[0].loose() == []


@given(st.lists(ACTIONS, max_size=20))
def test_of_competing_values_the_one_that_protects_people_most_is_shown(
    actions: list[tuple[str, int, Any]],
) -> None:
    """In whatever order they came: by chance, film that was deleted would be offered again."""
    copies = lived(actions)
    for one, other in itertools.permutations(copies, 2):
        one.merge(other.ledger.snapshot())
        for (table, _), found in one.state().items():
            for name, said in found.conflict.fields.items() if found.conflict else ():
                safer = schema.field_of(KIND_OF[table], name).safer
                if safer is not None:
                    assert said[0].value == (found.shown or {}).get(name)
                    assert safer.rank(said[0].value) == min(safer.rank(each.value) for each in said)


@given(st.lists(ERASING, max_size=20), COPIES)
def test_of_what_was_erased_no_word_stays_wherever_it_was_written(
    actions: list[tuple[str, int, Any]], which: int
) -> None:
    """What was written elsewhere and arrives later goes as well."""
    copies = lived(actions)
    copies[which].write(Session(id="s", supervisor="", date=dt.date(2026, 1, 1)))
    if copies[which].find(("cycles", "cycle")) is None:
        return
    copies[which].erase(("cycles", "cycle"))
    late = copies[(which + 1) % 3]
    late.write(Note(id="late", about="clip"), body="late words")
    for _ in range(3):
        for one, other in itertools.permutations(copies, 2):
            one.merge(other.ledger.snapshot())
    for copy in copies:
        tables = json.loads(b"".join(encode(copy.ledger.snapshot())))
        assert not any(tables.get(name) for name in ("cycles", "recordings", "clips", "notes", VERSIONS))
        assert not re.search(r"words \d|late words", json.dumps(tables))
