"""What would be lost: a guider's own way of working, once the family has another guider."""

import datetime as dt
from pathlib import Path

from tests.caseloads import make
from vigtui.domain.consent.showing import find_clip
from vigtui.domain.records import Clip, Cycle, Family, Person, Recording
from vigtui.domain.vocabulary import RecordingKind
from vigtui.queries.own_thread import own_clips
from vigtui.store.caseload import Caseload


def test_a_clip_is_on_the_thread_of_whoever_guided_then(tmp_path: Path) -> None:
    family = Family(id="wren", code="F-1", guider="noor")
    handed_over = Cycle(id="one", family="wren", number=1, filmed=dt.date(2026, 3, 1), guider="ellis")
    since = Cycle(id="two", family="wren", number=2, filmed=dt.date(2026, 9, 1))
    films = [
        Recording(id=f"film {each.id}", cycle=each.id, kind=RecordingKind.SHARED_REVIEW)
        for each in (handed_over, since)
    ]
    clips = [Clip(id=f"clip {each.id}", recording=each.id, in_ms=0, out_ms=10, order=1) for each in films]
    people = [Person(id="ellis", name="Ellis Marr"), Person(id="noor", name="Noor Castell")]
    path = make(tmp_path / "c.vig.json", *people, family, handed_over, since, *films, *clips)
    caseload = Caseload.open(path)
    caseload.close()
    find, where = caseload.get, caseload.where
    assert [each.clip.id for each in own_clips(find, where, "ellis")] == ["clip film one"]
    assert [each.clip.id for each in own_clips(find, where, "noor")] == ["clip film two"]
    found = find_clip(find, "clip film one")
    assert found is not None
    assert found[1].people(find) == [("ellis", "Ellis Marr")]
