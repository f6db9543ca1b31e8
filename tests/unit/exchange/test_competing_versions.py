"""Where two copies of a caseload disagree about film, it stays closed: wherever it is asked, in either order.

A merge shows one of two versions, which a hash chooses. Half of the time it was the one that opens film.
"""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import change, consents, make
from vigtui.domain.consent.access import Refusal, Use, agreed_then, holds, permit
from vigtui.domain.principles import DEFAULT
from vigtui.domain.records import (
    Clip,
    Consent,
    Cycle,
    Family,
    Member,
    Record,
    Recording,
    Session,
    SessionItem,
)
from vigtui.domain.vocabulary import Decision, Purpose, RecordingState
from vigtui.exchange.exporting.gathering import ExportRefusedError, gather
from vigtui.exchange.packs.gathering import for_family, for_session
from vigtui.queries.caseload_rows import caseload_records, family_rows
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot

TODAY = dt.date(2026, 11, 22)
DAY = TODAY - dt.timedelta(days=30)
DANA, JORY = Member(id="dana", label="Dana"), Member(id="jory", label="Jory")
FAMILY = Family(id="heron", code="F-1", members=(DANA, JORY))
BABY = Member(id="baby", label="Baby")
RECORDS: tuple[Record, ...] = (
    FAMILY,
    *consents(FAMILY, DAY),
    Cycle(id="cycle", family="heron", number=1, filmed=DAY),
    Recording(id="film", cycle="cycle", path="media/film.mp4"),
    Clip(id="clip", recording="film", in_ms=0, out_ms=1000),
    Session(id="session", supervisor="ros", date=TODAY),
    SessionItem(session="session", clip="clip"),
)

Change = Callable[[Caseload], object]


def saved(kind: type[Record], identity: str, **values: object) -> Change:
    return lambda caseload: caseload.save(replace(caseload.need(kind, identity), **values))


def removed(kind: type[Record], identity: str) -> Change:
    return lambda caseload: caseload.delete(caseload.need(kind, identity))


CLOSES: dict[str, tuple[Change, Change]] = {
    "a filmed member was added, another's relation changed": (
        saved(Family, "heron", members=(DANA, JORY, BABY)),
        saved(Family, "heron", members=(replace(DANA, relation="mother"), JORY)),
    ),
    "one more is in the recording": (
        saved(Recording, "film", people=("dana", "Gran")),
        saved(Recording, "film", people=("dana", "jory")),
    ),
    "a consent became a withdrawal, and ended earlier": (
        saved(Consent, "jory-supervision", decision=Decision.WITHDRAWN),
        saved(Consent, "jory-supervision", decision=Decision.GIVEN, given_by="Dana", date=TODAY),
    ),
    "a consent ends on different days": (
        saved(Consent, "jory-supervision", until=TODAY - dt.timedelta(days=1)),
        saved(Consent, "jory-supervision", until=TODAY + dt.timedelta(days=90)),
    ),
    "a consent was removed and changed": (
        removed(Consent, "jory-supervision"),
        saved(Consent, "jory-supervision", given_by="Dana"),
    ),
    "the film was deleted, and was missing": (
        saved(Recording, "film", state=RecordingState.DELETED),
        saved(Recording, "film", state=RecordingState.MISSING),
    ),
}


@pytest.fixture(params=[(name, order) for name in CLOSES for order in (False, True)], ids=str)
def merged(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Two people each did one of the two in a copy of their own; then one took in the other's."""
    name, swapped = request.param
    one = make(tmp_path / "one" / "c.vig.json", *RECORDS)
    other = tmp_path / "other" / "c.vig.json"
    other.parent.mkdir()
    shutil.copy(one, other)
    changes = CLOSES[name]
    for path, made in zip((one, other), changes[::-1] if swapped else changes, strict=True):
        caseload = Caseload.open(path, by=path.parent.name)
        made(caseload)
        caseload.close()
    caseload = Caseload.open(one, by="one")
    caseload.merge(read_snapshot(other).tables, "Merge")
    caseload.close()
    return one


def test_film_stays_closed_until_somebody_has_decided(merged: Path) -> None:
    caseload = Caseload.open(merged)
    for records in (caseload, read_snapshot(merged)):
        for use in Use:
            decision = permit(records, "film", use, Purpose.SUPERVISION, TODAY)
            assert isinstance(decision, Refusal)
            assert decision.deleted or decision.missing
    caseload.close()


def test_no_pack_takes_the_clip_s_film_along(merged: Path) -> None:
    snapshot = read_snapshot(merged)
    for choose in (for_session("session"), for_family("heron")):
        contents = choose(snapshot, TODAY)
        assert not contents.cuts
        assert contents.left_out


def test_no_words_about_it_leave_for_another_tool(merged: Path) -> None:
    """Only that its film was deleted does not keep them."""
    caseload = Caseload.open(merged)
    caseload.close()
    if all(each.state is not RecordingState.DELETED for each in caseload.versions(Recording, "film")):
        with pytest.raises(ExportRefusedError, match=r"Nothing may leave\. F-1 C1: "):
            gather(caseload, caseload.get, DEFAULT, TODAY)


def test_the_list_of_families_says_what_is_missing(merged: Path) -> None:
    caseload = Caseload.open(merged)
    [row] = family_rows(caseload_records(caseload), TODAY)
    caseload.close()
    deleted = any(each.state is RecordingState.DELETED for each in caseload.versions(Recording, "film"))
    assert deleted or "consent" in row.needs_short


def test_no_share_is_recorded(merged: Path) -> None:
    caseload = Caseload.open(merged)
    caseload.close()
    if all(each.state is not RecordingState.DELETED for each in caseload.versions(Recording, "film")):
        assert not agreed_then(caseload, "film", Purpose.SUPERVISION, TODAY).allowed


def test_a_hold_that_one_took_off_still_holds(tmp_path: Path) -> None:
    held = replace(RECORDS[6], hold_reason="Asked for by the court")
    one = make(tmp_path / "one.vig.json", *RECORDS[:6], held)
    other = Path(shutil.copy(one, tmp_path / "other.vig.json"))
    for path, reason in ((one, ""), (other, "Asked for by the court, 4 May")):
        caseload = Caseload.open(path)
        caseload.save(replace(caseload.need(Recording, "film"), hold_reason=reason))
        caseload.close()
    caseload = Caseload.open(one)
    caseload.merge(read_snapshot(other).tables, "Merge")
    caseload.close()
    assert holds(caseload, "film") == ["Asked for by the court, 4 May"]


@pytest.mark.parametrize("merged_in", [False, True])
def test_a_withdrawal_that_cannot_be_read_closes_film(tmp_path: Path, *, merged_in: bool) -> None:
    one = make(tmp_path / "one.vig.json", *RECORDS)
    other = Path(shutil.copy(one, tmp_path / "other.vig.json"))
    tables = json.loads(other.read_bytes())
    entry = {"id": "late", "family": "heron", "member": "jory", "decision": "withdrawn by letter"}
    tables["consents"]["99"] = entry
    other.write_text(json.dumps(tables))
    if merged_in:
        caseload = Caseload.open(one)
        caseload.merge(read_snapshot(other).tables, "Merge")
    else:
        caseload = Caseload.open(other)
    caseload.close()
    for records in (caseload, read_snapshot(caseload.path)):
        decision = permit(records, "film", Use.WATCH, Purpose.SUPERVISION, TODAY)
        assert isinstance(decision, Refusal)
        assert decision.unread
        assert agreed_then(records, "film", Purpose.SUPERVISION, TODAY).unread


@pytest.mark.parametrize("swapped", [False, True])
def test_a_withdrawal_that_one_made_a_consent_and_another_dated_is_asked_about(
    tmp_path: Path, *, swapped: bool
) -> None:
    """Put together from both, it would be a consent of that day, which nobody has given."""
    withdrawn = Consent(
        id="no", family="heron", member="jory", purpose=Purpose.FILM, decision=Decision.WITHDRAWN, date=DAY
    )
    one = make(tmp_path / "one.vig.json", *RECORDS, withdrawn)
    other = Path(shutil.copy(one, tmp_path / "other.vig.json"))
    change(one, Consent, "no", decision=Decision.GIVEN)
    change(other, Consent, "no", date=TODAY)
    caseload = Caseload.open(other if swapped else one)
    caseload.merge(read_snapshot(one if swapped else other).tables, "Merge")
    [conflict] = caseload.conflicts()
    assert {"decision", "date"} <= conflict.fields.keys()
    assert isinstance(permit(caseload, "film", Use.WATCH, Purpose.SUPERVISION, TODAY), Refusal)
    caseload.close()


@pytest.mark.parametrize("way", ["read", "written over", "merged in"])
def test_a_competing_version_that_cannot_be_read_closes_film_and_is_kept(tmp_path: Path, way: str) -> None:
    """The other version says given, as the one that is shown does; what this one says, nobody can tell."""
    one = make(tmp_path / "one.vig.json", *RECORDS)
    plain = Path(shutil.copy(one, tmp_path / "plain.vig.json"))
    other = Path(shutil.copy(one, tmp_path / "other.vig.json"))
    change(one, Consent, "jory-supervision", given_by="Dana")
    change(other, Consent, "jory-supervision", given_by="Jory")
    caseload = Caseload.open(one)
    caseload.merge(read_snapshot(other).tables, "Merge")
    caseload.close()
    tables = json.loads(one.read_bytes())
    [several] = tables["versions"].values()
    several["versions"][0]["decision"] = "no longer, says the letter"
    one.write_text(json.dumps(tables))
    caseload = Caseload.open(plain if way == "merged in" else one)
    if way == "written over":
        caseload.save(replace(caseload.need(Consent, "jory-supervision"), given_by="Ros"))
    if way == "merged in":
        caseload.merge(read_snapshot(one).tables, "Merge")
    caseload.close()
    assert "no longer, says the letter" in caseload.path.read_text()
    for records in (caseload, read_snapshot(caseload.path)):
        decision = permit(records, "film", Use.WATCH, Purpose.SUPERVISION, TODAY)
        assert isinstance(decision, Refusal)
        assert decision.unread
    assert any("cannot be used" in str(each) for each in read_snapshot(caseload.path).findings)
