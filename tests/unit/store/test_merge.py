"""The laws of merging, on histories of people who write, remove, decide and exchange files in any order."""

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from vigtui.domain.records import CaseloadMeta, Note
from vigtui.store.format.opening import load, new_tables
from vigtui.store.format.version import Version
from vigtui.store.merging.changes import Changes
from vigtui.store.merging.differences import TwoFiles
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.record_versions import RecordVersions
from vigtui.store.merging.steps import Step
from vigtui.store.merging.undo import take_back

META = CaseloadMeta(id="c")
NOTE = "0192-note"
KEY = ("notes", NOTE)
FIELDS = ("about", "author", "body")


@dataclass
class Replica:
    """One person's copy of the file. `live` are the writes that must still be there, `known` all heard of:
    kept by hand, for comparison."""

    name: str
    live: set[tuple[str, str]] = field(default_factory=set)
    known: set[tuple[str, str]] = field(default_factory=set)
    merged: "tuple[Step, set[tuple[str, str]], set[tuple[str, str]]] | None" = None
    """The newest step, if it was a merge, and the writes as they were before it."""

    def __post_init__(self) -> None:
        tables = new_tables(META)
        self.ledger = Ledger(tables, load(Path("x"), tables, lambda: None), lambda: None)
        self.changes = Changes(self.ledger, self.name)

    @property
    def versions(self) -> RecordVersions:
        return self.ledger.versions(KEY)

    @property
    def note(self) -> Note | None:
        return self.ledger.index.find(Note, NOTE)

    def write(self, name: str, value: str) -> None:
        self.merged = None
        note = self.note
        seen = (name, getattr(note, name)) if note else (name, "")
        self.changes.save(replace(note or Note(id=NOTE, about=""), **{name: value}), Step(""))
        self.live = self.live - {seen} | {(name, value)}
        self.known = self.known | {(name, value)}

    def remove(self) -> None:
        self.merged = None
        if self.note is not None:
            self.changes.delete(self.note, Step(""))
            self.live = set()

    def decide(self) -> None:
        """Take what is seen, and let the rest go."""
        self.merged = None
        conflict = self.versions.conflict
        if conflict is not None:
            self.changes.resolve(KEY, {}, Step(""))
            gone = {(name, said.value) for name, values in conflict.fields.items() for said in values[1:]}
            self.live -= gone

    def save_to_disk(self) -> None:
        self.changes.written()

    def merge(self, other: "Replica") -> None:
        self.changes.written()
        other.changes.written()
        both, step = TwoFiles(META, self.ledger.snapshot(), other.ledger.snapshot()).differences(), Step("")
        self.merged = (step, self.live, self.known) if self.versions.versions else None
        self.changes.merge(both, step)
        self.live = {
            write
            for write in self.live | other.live
            if all(write in one.live or write not in one.known for one in (self, other))
        }
        self.known = self.known | other.known

    def undo_merge(self) -> None:
        """Put back what was here before the merge, which nothing was done since."""
        if self.merged is not None:
            step, self.live, self.known = self.merged
            take_back(self.changes, step, Step(""))
            self.changes.written()
            self.merged = None

    def present(self) -> set[tuple[str, Any]]:
        """What a person finds in this copy: what is seen, and what is kept beside it."""
        seen = self.versions.view
        found = {
            (name, version.document.get(name)) for name, others in seen.others.items() for version in others
        }
        return found | ({(name, seen.document.get(name)) for name in FIELDS} if seen.document else set())


REPLICAS = st.integers(0, 2)
ACTIONS = st.one_of(
    st.tuples(st.just("write"), REPLICAS, st.sampled_from(FIELDS)),
    st.tuples(st.just("write"), REPLICAS, st.sampled_from(FIELDS)),
    st.tuples(st.just("merge"), REPLICAS, REPLICAS),
    st.tuples(st.sampled_from(["remove", "decide", "save_to_disk", "undo_merge"]), REPLICAS, st.none()),
)


def lived(actions: list[tuple[str, int, Any]]) -> list[Replica]:
    """Three copies of one file after a history. Each write is of a value that was never written before."""
    replicas = [Replica(name) for name in ("Ros", "Ellis", "Noor")]
    replicas[0].write("about", "somebody")
    for other in replicas[1:]:
        other.merge(replicas[0])
    for number, (action, which, more) in enumerate(actions):
        replica = replicas[which]
        if action == "write":
            replica.write(more, f"words {number}")
        elif action == "merge":
            replica.merge(replicas[more])
        else:
            getattr(replica, action)()
    return replicas


@given(st.lists(ACTIONS, max_size=25))
def test_files_may_be_merged_in_any_order_in_any_groups_and_again(
    actions: list[tuple[str, int, Any]],
) -> None:
    """Otherwise two people who exchanged the same files would see different things."""
    a, b, c = (replica.versions for replica in lived(actions))
    assert a.merged(b) == b.merged(a)
    assert a.merged(b).merged(c) == a.merged(b.merged(c))
    assert a.merged(a) == a
    assert a.merged(b).merged(b) == a.merged(b)


@example(
    [
        *[("write", 0, "author"), ("write", 2, "author"), ("merge", 1, 2), ("remove", 2, None)],
        *[("merge", 0, 2), ("write", 0, "about"), ("write", 1, "author")],
    ]
)
@given(st.lists(ACTIONS, max_size=25))
def test_no_word_is_lost(actions: list[tuple[str, int, Any]]) -> None:
    """What somebody wrote, and nobody who saw it has replaced, is seen or kept to be looked at."""
    replicas = lived(actions)
    for replica in replicas:
        assert replica.live <= replica.present()
    for one, other in itertools.product(replicas, replicas):
        one.merge(other)
        assert one.live <= one.present()


@given(st.lists(ACTIONS, max_size=25))
def test_all_who_have_exchanged_everything_see_the_same(actions: list[tuple[str, int, Any]]) -> None:
    replicas = lived(actions)
    for _ in range(2):
        for one, other in itertools.permutations(replicas, 2):
            one.merge(other)
    assert len({repr(sorted(replica.present(), key=repr)) for replica in replicas}) == 1
    assert all(
        not list(TwoFiles(META, replicas[0].ledger.snapshot(), r.ledger.snapshot()).differences())
        for r in replicas
    )


def three() -> tuple[Replica, Replica, Replica]:
    one, two, three = lived([])
    return one, two, three


def test_different_fields_changed_by_two_people_are_both_kept_and_nothing_is_asked() -> None:
    ros, ellis, _ = three()
    ros.write("body", "She waits.")
    ellis.write("author", "Ellis")
    ros.merge(ellis)
    assert (ros.note and ros.note.body, ros.note and ros.note.author) == ("She waits.", "Ellis")
    assert ros.versions.conflict is None


def test_the_same_change_made_twice_is_nothing_to_decide() -> None:
    ros, ellis, _ = three()
    ros.write("body", "She waits.")
    ellis.write("body", "She waits.")
    ros.merge(ellis)
    assert ros.versions.conflict is None


def test_a_field_that_two_people_changed_shows_one_and_keeps_the_other() -> None:
    ros, ellis, noor = three()
    ros.write("body", "She waits.")
    ellis.write("body", "She leans in.")
    ros.merge(ellis)
    ellis.merge(ros)
    conflict = ros.versions.conflict
    assert conflict is not None
    assert conflict == ellis.versions.conflict
    assert {(said.value, said.by) for said in conflict.fields["body"]} == {
        ("She waits.", "Ros"),
        ("She leans in.", "Ellis"),
    }
    assert ros.note is not None
    assert ros.note.body == conflict.fields["body"][0].value
    ros.changes.resolve(KEY, {"body": "She waits and leans in."}, Step(""))
    noor.merge(ellis)
    noor.merge(ros)
    assert noor.versions.conflict is None
    assert noor.note is not None
    assert noor.note.body == "She waits and leans in."


def test_a_record_changed_after_it_was_removed_elsewhere_stays_and_both_are_told() -> None:
    ros, ellis, _ = three()
    ros.remove()
    ellis.write("body", "She waits.")
    ros.merge(ellis)
    assert ros.note is not None
    assert ros.note.body == "She waits."
    conflict = ros.versions.conflict
    assert conflict is not None
    assert conflict.removal is not None
    assert conflict.removal.by == "Ros"


def test_a_removal_is_exchanged_and_holds() -> None:
    ros, ellis, _ = three()
    ros.remove()
    ellis.merge(ros)
    assert ellis.note is None
    ros.merge(ellis)
    assert ros.note is None


def test_whoever_went_on_from_an_older_text_keeps_it_beside_the_newer() -> None:
    """Somebody types in an editor while another's text for the same note comes in."""
    ros, ellis, _ = three()
    opened = ros.note
    assert opened is not None
    ellis.write("body", "She leans in.")
    ros.merge(ellis)
    mine = ros.changes.save(replace(opened, body="She"), Step(""))
    for typed in ("She wai", "She waits."):
        mine = ros.changes.save(replace(mine, body=typed), Step(""))
        ros.save_to_disk()
        assert mine.body == typed
    conflict = ros.versions.conflict
    assert conflict is not None
    assert {said.value for said in conflict.fields["body"]} == {"She waits.", "She leans in."}


def test_whoever_went_on_from_an_older_version_changes_only_what_they_changed() -> None:
    ros, ellis, _ = three()
    opened = ros.note
    assert opened is not None
    ellis.write("author", "Ellis")
    ros.merge(ellis)
    ros.changes.save(replace(opened, body="She waits."), Step(""))
    assert ros.note is not None
    assert (ros.note.body, ros.note.author) == ("She waits.", "Ellis")
    assert ros.versions.conflict is None


def test_what_a_hand_changed_in_the_file_is_not_taken_for_the_version_it_was_written_over() -> None:
    """Somebody edits the file with a text editor, and leaves the revision as it was."""
    ros, ellis, _ = three()
    ros.write("body", "She waits.")
    ellis.merge(ros)
    (saved,) = ros.versions.versions
    by_hand = Version(saved.document | {"body": "She waits, and looks."})
    ellis.write("author", "Ellis")
    both = ellis.versions.merged(RecordVersions(KEY, (by_hand,)))
    seen = both.view
    assert seen.document is not None
    values = {version.document["body"] for version in seen.others.get("body", ())} | {seen.document["body"]}
    assert "She waits, and looks." in values
    assert both.merged(RecordVersions(KEY, (saved,))) == both


def test_a_version_too_old_to_be_remembered_takes_back_nothing_of_what_came_after() -> None:
    """An editor was open while an hour was typed in another field, and others' words came in."""
    ros, ellis, _ = three()
    opened = ros.note
    assert opened is not None
    for number in range(100):
        ros.write("about", "a" * number)
        ros.save_to_disk()
    ellis.write("author", "Ellis")
    ros.merge(ellis)
    ros.changes.save(replace(opened, body="She waits."), Step(""))
    seen = ros.versions.shown
    assert seen is not None
    assert (seen["about"], seen["body"]) == ("a" * 99, "She waits.")
    assert ("author", "Ellis") in ros.present()


def test_what_is_written_while_files_are_compared_is_merged_too() -> None:
    """Comparing takes long, and nobody waits for it: what it found is of before."""
    ros, ellis, _ = three()
    ros.write("body", "She waits.")
    ros.save_to_disk()
    ellis.merge(ros)
    ellis.write("body", "She looks.")
    compared = ros.changes.compare(META, ros.ledger.snapshot(), ellis.ledger.snapshot())
    ros.write("body", "She waits, and looks.")
    ros.changes.merge_compared(compared, Step(""))
    assert {("body", "She looks."), ("body", "She waits, and looks.")} <= ros.present()
