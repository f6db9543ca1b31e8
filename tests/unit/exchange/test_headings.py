"""What would be lost: a family's plan under five headings, when two people make its headings their own."""

import shutil
from pathlib import Path

from msgspec.structs import replace

from tests.caseloads import make
from vigtui.domain.records import Family, TrajectHeading
from vigtui.queries.traject import headings_of
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile


def test_two_who_change_headings_for_the_first_time_have_five_and_not_ten(tmp_path: Path) -> None:
    """Where one has renamed a heading and the other has not, both names wait for a decision; nothing is
    lost."""
    path = make(tmp_path / "ours.vig.json", Family(id="heron", code="F-1"))
    other = tmp_path / "theirs.vig.json"
    shutil.copy(path, other)
    ours, theirs = Caseload.open(path, by="Ros"), Caseload.open(other, by="Ellis")
    for caseload, words in ((ours, "How we talk"), (theirs, "Basic Communication")):
        first, *others = headings_of("heron", (), caseload.meta.traject_headings, ())
        for each in (replace(first, words=words), *others):
            caseload.save(each)
    theirs.close()
    ours.merge(CaseloadFile(theirs.path).read()[0], "Merge")
    found = ours.all(TrajectHeading)
    assert len(found) == 5
    [conflict] = ours.conflicts()
    assert {said.value for said in conflict.fields["words"]} == {"How we talk", "Basic Communication"}
    ours.close()
