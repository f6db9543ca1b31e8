"""A program that declares a kind of record in one place and does with it what is done with all kinds.

Run by test_new_kind in a process of its own: the kinds are known before the rest of vigtui is imported.
"""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

from msgspec.structs import replace

from vigtui.domain import records
from vigtui.domain.records import Family, Member
from vigtui.domain.records.metadata import Label
from vigtui.domain.records.record import FamilyId, Record, Somebody, Text

DAY = dt.date(2025, 3, 18)


class Wish(Record, frozen=True, kw_only=True):
    """What somebody wishes for."""

    table = "wishes"
    singular, plural = "wish", "wishes"

    family: FamilyId
    speaker: Somebody
    words: Text
    date: Annotated[dt.date, Label("day")]


def main(path: Path, other_path: Path) -> None:
    from vigtui.domain.belonging import with_belongings
    from vigtui.domain.removal import plan_member_removal, plan_removal
    from vigtui.store.caseload import Caseload
    from vigtui.store.disk.file import CaseloadFile
    from vigtui.store.snapshot import read_snapshot
    from vigtui.store.validation import validate
    from vigtui.wording.arrivals import questions
    from vigtui.wording.changes import called, gist
    from vigtui.wording.history import history_of
    from vigtui.wording.names import Names
    from vigtui.wording.removing.removal import along_words

    caseload = Caseload.create(path, by="Ros")
    dana = Member(id="dana", label="Dana")
    family = caseload.save(Family(id="f", code="F-017", members=(dana,)))
    first = caseload.save(Wish(id="d", family="f", speaker="dana", words="He is quiet.", date=DAY))
    names = Names(caseload.get, DAY)
    caseload.flush()
    assert read_snapshot(path).index.find(Wish, "d") == first
    other_path.write_bytes(path.read_bytes())
    print("saved and read")

    assert called(names, first) + gist(names, first) == "Wish: He is quiet."
    assert names.group(first).heading == "F-017"
    assert [each.id for each in with_belongings(caseload.where, family)] == ["f", "d"]
    assert [entry.words for entry in history_of(names, [first])] == ["added"]
    print("told of")

    caseload.save(Wish(family="gone", speaker="Dana", words="", date=DAY))
    caseload.flush()
    [finding] = validate(read_snapshot(path))
    assert "“family” names a record that is not in the file" in finding.sentence
    caseload.undo()
    print("checked")

    other = Caseload.open(other_path, by="Ellis")
    other.save(replace(first, words="He tells me much."))
    other.close()
    caseload.save(replace(first, words="He listens."))
    caseload.merge(CaseloadFile(other_path).read()[0], "Merge")
    [question] = questions(names, caseload.conflicts())
    assert question.line.startswith("Wish: words changed by ")
    assert {choice.words for choice in question.choices} == {"He listens.", "He tells me much."}
    caseload.resolve(question.conflict, {"words": question.both})
    assert caseload.need(Wish, "d").words.count("He ") == 2
    print("merged")

    removal = plan_member_removal(caseload.where, family, dana)
    assert [each.speaker for each in removal.changed if isinstance(each, Wish)] == ["Dana"]
    assert along_words(plan_removal(caseload.get, caseload.where, family)) == "1 wish"
    caseload.close()
    print("removed")


if __name__ == "__main__":
    records.KINDS = (*records.KINDS, Wish)
    records.KIND_OF = {kind.table: kind for kind in records.KINDS}
    main(Path(sys.argv[1]), Path(sys.argv[2]))
