"""A withdrawal counts, whatever becomes of the member meanwhile: film that opens then breaks a promise."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import consents, make, write
from vigtui.domain.consent.access import Permission, Use, permit
from vigtui.domain.records import Consent, Cycle, Family, Member, Recording
from vigtui.domain.removal import plan_member_removal
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.ui.dialogs.removing.removal import carry_out

BEFORE, SINCE, TODAY = dt.date(2025, 2, 4), dt.date(2025, 3, 18), dt.date(2025, 4, 12)
DANA, JORY = Member(label="Dana"), Member(label="Jory")
FAMILY = Family(id="heron", code="F-017", members=(DANA, JORY))
WITHDRAWN = Consent(
    family="heron", member=DANA.id, purpose=Purpose.FILM, decision=Decision.WITHDRAWN, date=SINCE
)


def opens(caseload: Caseload) -> bool:
    return isinstance(permit(caseload, "film", Use.WATCH, Purpose.SUPERVISION, TODAY), Permission)


def merge(into: Caseload, other: Path) -> None:
    into.merge(CaseloadFile(other).read()[0], "Merge")
    into.flush()


@pytest.mark.parametrize("people", [None, (DANA.id, JORY.id)])
@pytest.mark.parametrize("stays", [True, False])
def test_film_stays_closed_before_it_is_decided_and_after(
    tmp_path: Path, people: tuple[str, ...] | None, stays: bool
) -> None:
    ros, ellis = tmp_path / "ros.vig.json", tmp_path / "ellis.vig.json"
    film = Recording(id="film", cycle="cycle", path="media/film.mp4", people=people)
    make(ros, FAMILY, Cycle(id="cycle", family="heron", number=1), film, *consents(FAMILY, BEFORE))
    shutil.copy(ros, ellis)
    write(ellis, WITHDRAWN, by="Ellis")
    caseload = Caseload.open(ros, by="Ros")
    assert opens(caseload)
    with caseload.transaction("Remove Dana"):
        carry_out(caseload, plan_member_removal(caseload.where, caseload.need(Family, "heron"), DANA))
    caseload.flush()
    assert opens(caseload)
    other = Caseload.open(ellis, by="Ellis")
    merge(caseload, ellis)
    merge(other, ros)
    assert not opens(caseload)
    assert not opens(other)
    for conflict in caseload.conflicts():
        kept = [JORY, DANA] if stays else [JORY]
        members = [each for each in conflict.seen["members"] if each["label"] in {one.label for one in kept}]
        caseload.resolve(conflict, {"members": members})
    assert caseload.conflicts() == []
    assert not opens(caseload)
    mistaken = replace(caseload.need(Consent, WITHDRAWN.id), mistaken="It was somebody else.")
    caseload.save(mistaken)
    assert opens(caseload) is not stays  # Who stays is asked again: what they had said went with their name.
    other.close()
    caseload.close()
