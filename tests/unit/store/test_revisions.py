"""Which version came from which: what a merge will stand on."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.format import documents, revisions

DOCUMENTS = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4)


@given(DOCUMENTS, DOCUMENTS, st.text(max_size=5))
def test_a_hash_tells_what_is_said_and_nothing_else(
    one: dict[str, Any], other: dict[str, Any], by: str
) -> None:
    """By it a change made by hand is seen: it hangs on neither the order of the fields nor the writer."""
    turned = dict(reversed(one.items())) | {"by": by, "modified": by, "created": by, "ancestors": [by]}
    assert revisions.hash_of(one) == revisions.hash_of(turned)
    same = revisions.content(one) == revisions.content(other)
    assert (revisions.hash_of(one) == revisions.hash_of(other)) == same


def revised(document: dict[str, Any], *parents: dict[str, Any], run: str, fields: str = "") -> dict[str, Any]:
    return revisions.revised(document, parents, fields.split(), run=run, at="2026-11-22T09:00:00Z", by="Ros")


def test_an_hour_of_typing_is_one_line_of_history() -> None:
    """A note typed for an hour must not fill the file, and is known to come from any version of that hour."""
    before = revised({"id": "n"}, run="a")
    note, seen = before, []
    for number in range(3600):
        note = revised({"id": "n", "body": "a" * number}, note, run="b", fields="body")
        if number % 100 == 0:
            seen.append(note)
    assert [entry.rev for entry in revisions.ancestors(note)] == [before["rev"]]
    assert note["changed"] == {"body": 3601}
    assert all(revisions.descends(note, earlier) for earlier in (before, *seen))
    assert not any(revisions.descends(earlier, note) for earlier in seen)


def test_the_list_of_ancestors_is_bounded_and_keeps_the_newest() -> None:
    document: dict[str, Any] = {"id": "n"}
    for number in range(200):
        document = revised({"id": "n"}, document, run=f"{number:08x}")
    runs = [revisions.parse(entry.rev).run for entry in revisions.ancestors(document)]
    assert runs == [f"{number:08x}" for number in range(198, 198 - revisions.ANCESTORS, -1)]


@pytest.mark.parametrize("rev", ["", "x", "-1-x", "٣-x", "99999999999999999999-x", "1.5-x", "3-", "3"])
def test_a_revision_that_a_hand_wrote_counts_as_none(rev: str) -> None:
    assert revisions.parse(rev) == revisions.Rev()
    assert revised({}, {"rev": rev}, run="a")["rev"].startswith("1-")


def test_hands_in_the_list_of_ancestors_do_no_harm() -> None:
    assert revisions.line({"rev": 3, "ancestors": "x"}) == []
    entries: list[Any] = [
        "0-b",
        5,
        None,
        ["2-c-run", "x"],
        ["2-c-run", None, "", {"a": "b"}],
        ["4-d-run"],
        "2-e",
    ]
    hand = {"rev": "5-a-run", "ancestors": entries, "changed": {"a": "b", "c": 2, "d": True}, "modified": 5}
    assert [entry.rev for entry in revisions.line(hand)] == ["5-a-run", "4-d-run", "2-e"]
    assert revisions.changed_fields(hand) == {"c": 2}


@pytest.mark.parametrize("ancestors", ["x", ["1-a", 5], [["1-a"], {"rev": 3}], [["1-a", "yesterday"]]])
def test_a_record_is_read_whatever_a_hand_has_written_about_its_past(ancestors: object) -> None:
    document = {"id": "f", "code": "F-017", "ancestors": ancestors, "changed": ["code"]}
    family = documents.read(Family, document)
    assert (family.code, family.changed) == ("F-017", {})
    assert [entry.rev for entry in family.ancestors] in ([], ["1-a"])


def test_each_saved_version_descends_from_those_before(caseload: Caseload, path: Path) -> None:
    """Through changes, removal, undo and a new start: the line is never cut."""
    versions: list[dict[str, Any]] = []

    def keep() -> None:
        caseload.flush()
        with TinyDB(path) as stock:
            versions.extend(stock.table("families").all() + stock.table("deleted").all())

    family = caseload.save(Family(code="F-017"))
    keep()
    caseload.save(replace(family, referred=dt.date(2026, 1, 1)))
    keep()
    caseload.delete(family)
    keep()
    caseload.undo()
    keep()
    caseload.close()
    again = Caseload.open(path)
    again.save(replace(family, pseudonym="Heron"))
    again.close()
    with TinyDB(path) as stock:
        versions += stock.table("families").all()
    assert [revisions.rev_of(version).generation for version in versions] == [1, 2, 3, 4, 5]
    for number, later in enumerate(versions):
        assert all(revisions.descends(later, earlier) for earlier in versions[: number + 1])
        assert not any(revisions.descends(earlier, later) for earlier in versions[:number])


def test_a_field_that_an_older_version_did_not_know_is_no_change(caseload: Caseload, path: Path) -> None:
    """Two people who open an older file must not be told that both have changed what neither has."""
    caseload.save(Family(code="F-017"))
    caseload.close()
    path.write_text(path.read_text("utf-8").replace(',"whose_idea":""', ""), "utf-8")
    again = Caseload.open(path)
    (family,) = again.all(Family)
    changed = again.save(replace(family, reasons="Quiet."))
    assert changed.changed.keys() - {"created"} == {"reasons"}
    assert again.save(replace(changed, whose_idea="Dana's")).changed.keys() >= {"whose_idea"}
    again.close()
