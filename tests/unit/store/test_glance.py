"""What would be lost: a large caseload that is seen at once, as it will be when it is open."""

import datetime as dt
import re
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.bench.caseload.big import make_big
from tests.ui.heron import make_heron
from tests.ui.sample import make_sample
from vigtui.domain.records import Family, HelpingQuestion, Person
from vigtui.queries.caseload_rows import FamilyRow
from vigtui.store.caseload import Caseload
from vigtui.store.format.layout import LayoutError
from vigtui.store.glance import Glance
from vigtui.workspace.family_list import Families, FamilyList
from vigtui.workspace.places import Places

TODAY = dt.date(2025, 4, 12)


class Reader(Struct):
    places: Places
    person: Person | None

    def today(self) -> dt.date:
        return TODAY


def shown(row: FamilyRow) -> tuple[object, ...]:
    """All that a line of the list shows."""
    words = row.called, row.guider_short, row.cycles, row.question, row.status, row.next
    return (*words, row.bars, row.first, row.last, row.needs)


def told(families: Families) -> dict[str, tuple[object, list[str]]]:
    """All that is shown and told of each family."""
    listed = FamilyList(families, Reader(Places(), None))
    return {row.family.id: (shown(row), listed.about(row)) for row in listed.rows}


def groups(families: Families) -> list[tuple[str, str, list[str]]]:
    listed = FamilyList(families, Reader(Places(), None))
    found = listed.groups(listed.rows)
    return [(each.heading, each.supervised, [row.called for row in each.rows]) for each in found]


def glance_at_all(path: Path) -> None:
    glance = Glance(path, path.read_bytes())
    glance.whole([each.id for each in glance.families().where(Family)])


def same_as_opened(path: Path) -> None:
    caseload = Caseload.open(path)
    caseload.close()
    glance = Glance(path, path.read_bytes())
    assert groups(glance.families()) == groups(caseload)
    everybody = told(caseload)
    for family in everybody:
        assert told(glance.whole([family])) == {family: everybody[family]}
    assert told(glance.whole(list(everybody))) == everybody


def test_a_family_is_shown_as_it_is_when_the_file_is_open(tmp_path: Path) -> None:
    same_as_opened(make_big(tmp_path / "big.vig.json", 20))
    same_as_opened(make_sample(tmp_path))
    same_as_opened(make_heron(tmp_path / "heron"))


def test_what_somebody_has_edited_in_a_line_is_found_there(tmp_path: Path) -> None:
    path = make_big(tmp_path / "big.vig.json", 3)
    path.write_bytes(path.read_bytes().replace(b'"family":"', b'"family" : "'))
    same_as_opened(path)


def test_what_was_erased_is_not_shown_though_the_file_holds_it_again(tmp_path: Path) -> None:
    path = make_big(tmp_path / "big.vig.json", 3)
    before = path.read_bytes()
    caseload = Caseload.open(path)
    erased = caseload.all(Family)[1]
    caseload.erase(erased)
    caseload.close()
    line = next(each for each in before.splitlines() if erased.id.encode() in each and b'"code"' in each)
    path.write_bytes(
        re.sub(rb'("families": \{\n)', rb"\1" + line.replace(b"\\", b"\\\\") + b"\n", path.read_bytes())
    )
    assert erased.id in path.read_text()
    assert erased.id not in {each.id for each in Glance(path, path.read_bytes()).families().where(Family)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\n}}\n", b"\n}}"),
        (b"{\n", b"{"),
        (b'"code":"F-001"', b'"code":"F-\\u00301"'),
        (b'"1": {"id"', b'"1":\n{"id"'),
        (b'"decision":"given"', b'"decision":"gladly"'),
        (b'"people": {', b'"people": 7, "others": {'),
    ],
)
def test_a_file_that_has_to_be_opened_to_be_understood_is_not_glanced_at(
    tmp_path: Path, before: bytes, after: bytes
) -> None:
    path = make_big(tmp_path / "big.vig.json", 3)
    path.write_bytes(path.read_bytes().replace(before, after))
    with pytest.raises(LayoutError):
        glance_at_all(path)


def test_a_file_in_which_something_waits_to_be_decided_is_not_glanced_at(tmp_path: Path) -> None:
    path = make_big(tmp_path / "big.vig.json", 1)
    other = tmp_path / "other.vig.json"
    other.write_bytes(path.read_bytes())
    for each, words in ((path, "One?"), (other, "Another?")):
        caseload = Caseload.open(each)
        question = caseload.all(HelpingQuestion)[0]
        caseload.save(replace(question, words=words))
        caseload.close()
    caseload = Caseload.open(path)
    caseload.merge(Caseload.open(other).snapshot(), "Merge")
    assert caseload.conflicts()
    caseload.close()
    with pytest.raises(LayoutError):
        Glance(path, path.read_bytes())
