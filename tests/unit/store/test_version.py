"""Which version came from which: what a merge will stand on."""

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.format import documents, version
from vigtui.store.format.version import Ancestry, Rev, Version


def descends(later: dict[str, Any], earlier: dict[str, Any]) -> bool:
    return Version(later).descends_from(Version(earlier))


DOCUMENTS = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4)


@given(DOCUMENTS, DOCUMENTS, st.text(max_size=5))
def test_a_hash_tells_what_is_said_and_nothing_else(
    one: dict[str, Any], other: dict[str, Any], by: str
) -> None:
    """By it a change made by hand is seen: it hangs on neither the order of the fields nor the writer."""
    turned = dict(reversed(one.items())) | {"by": by, "modified": by, "created": by, "ancestors": [by]}
    assert version.hash_of(one) == version.hash_of(turned)
    same = version.content(one) == version.content(other)
    assert (version.hash_of(one) == version.hash_of(other)) == same


def revised(
    document: dict[str, Any], *parents: dict[str, Any], writer: str, fields: str = ""
) -> dict[str, Any]:
    found = [Version(parent) for parent in parents]
    return version.revised(
        document, found, fields.split(), writer=writer, at="2026-11-22T09:00:00Z", by="Ros"
    )


def test_an_hour_of_typing_is_one_line_of_history() -> None:
    """A note typed for an hour must not fill the file, and is known to come from any version of that hour."""
    before = revised({"id": "n"}, writer="a")
    note, seen = before, []
    for number in range(3600):
        note = revised({"id": "n", "body": "a" * number}, note, writer="b", fields="body")
        if number % 100 == 0:
            seen.append(note)
    assert [entry.rev for entry in Version(note).ancestry.entries[1:]] == [before["rev"]]
    assert note["changed"] == {"body": 3601}
    assert all(descends(note, earlier) for earlier in (before, *seen))
    assert not any(descends(earlier, note) for earlier in seen)


def test_however_many_wrote_it_a_version_knows_them_all_and_stays_small() -> None:
    """A removed record once came back from a laptop that had missed sixty writers."""
    first = revised({"id": "n"}, writer="first", fields="body")
    document = revised({"id": "n"}, first, writer="second", fields="author")
    for number in range(500):
        document = revised({"id": "n"}, document, writer=f"{number:08x}")
    found = Version(document)
    assert descends(document, first)
    assert found.setters["author"] == (2, "second")
    assert len(found.ancestry.entries[1:]) == version.ENTRIES + 2
    assert len(msgspec.json.encode(document)) < 13_000


@given(st.lists(st.lists(st.integers(0, 199), min_size=1), min_size=3, max_size=3))
def test_ancestries_unite_in_any_order(histories: list[list[int]]) -> None:
    """Otherwise a version would be told differently by each machine, for ever."""
    found = []
    for history in histories:
        document: dict[str, Any] = {"id": "n"}
        for at in range(130):
            number = history[at % len(history)] + at
            fields = "body" if number % 7 == 0 else ""
            document = revised({"id": "n"}, document, writer=f"{number:08x}", fields=fields)
        found.append(Version(document).ancestry)
    one, two, three = found
    united = version.united([one, two, three])
    assert united == version.united([version.united([three, one]), two])
    assert united == version.united([united, two])


@pytest.mark.parametrize("rev", ["", "x", "-1-x", "٣-x", "99999999999999999999-x", "1.5-x", "3-", "3"])
def test_a_revision_that_a_hand_wrote_counts_as_none(rev: str) -> None:
    assert version.parse(rev) == Rev()
    assert revised({}, {"rev": rev}, writer="a")["rev"].startswith("1-")


def test_hands_in_the_list_of_ancestors_do_no_harm() -> None:
    assert version.ancestry({"rev": 3, "ancestors": "x"}) == Ancestry()
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
    assert [entry.rev for entry in version.ancestry(hand).entries] == ["5-a-run", "4-d-run", "2-e"]
    assert version.changed_fields(hand) == {"c": 2}


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
    assert [version.rev_of(each).generation for each in versions] == [1, 2, 3, 4, 5]
    for number, later in enumerate(versions):
        assert all(descends(later, earlier) for earlier in versions[: number + 1])
        assert not any(descends(earlier, later) for earlier in versions[:number])


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
