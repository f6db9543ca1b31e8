"""Fields that say one thing are decided together: each may be right, and both together nonsense."""

import pytest
from msgspec.structs import replace

from vigtui.domain.records import Clip, Recording
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.errors import RecordInvalidError


@pytest.fixture
def ros(caseload: Caseload) -> Caseload:
    caseload.save(Recording(id="film", cycle="", path="one.mp4", size=1, fingerprint="one"))
    caseload.save(Clip(id="clip", recording="film", in_ms=1000, out_ms=9000))
    caseload.flush()
    return caseload


def exchange(one: Caseload, other: Caseload) -> None:
    for into, away in ((one, other), (other, one)):
        away.flush()
        into.merge(CaseloadFile(away.path).read()[0], "Merge")


def test_a_clip_lies_where_one_of_two_people_has_put_it(ros: Caseload, ellis: Caseload) -> None:
    """One cut off the beginning, the other the end: together it would end before it starts."""
    ros.save(replace(ros.need(Clip, "clip"), in_ms=6000))
    ellis.save(replace(ellis.need(Clip, "clip"), out_ms=5000))
    exchange(ros, ellis)
    clip = ros.need(Clip, "clip")
    assert (clip.in_ms, clip.out_ms) in [(6000, 9000), (1000, 5000)]
    assert ellis.need(Clip, "clip") == clip
    conflict = ros.conflict(clip)
    assert conflict is not None
    said = {name: {each.value: each.by for each in values} for name, values in conflict.fields.items()}
    assert said == {"in_ms": {6000: "Ros", 1000: "Ellis"}, "out_ms": {9000: "Ros", 5000: "Ellis"}}
    with pytest.raises(RecordInvalidError, match=r"do not go together\. The clip ends at"):
        ros.resolve(conflict, {"in_ms": 6000, "out_ms": 5000})
    ros.resolve(conflict, {"in_ms": 6000, "out_ms": 9000})
    exchange(ros, ellis)
    assert ellis.conflicts() == ros.conflicts() == []
    assert (ellis.need(Clip, "clip").in_ms, ellis.need(Clip, "clip").out_ms) == (6000, 9000)


def test_the_words_about_a_clip_are_not_asked_for_with_where_it_lies(ros: Caseload, ellis: Caseload) -> None:
    ros.save(replace(ros.need(Clip, "clip"), in_ms=6000))
    ellis.save(replace(ellis.need(Clip, "clip"), caption="Dana waits."))
    exchange(ros, ellis)
    assert ros.conflicts() == []
    clip = ros.need(Clip, "clip")
    assert (clip.in_ms, clip.out_ms, clip.caption) == (6000, 9000, "Dana waits.")


def test_a_recording_never_names_one_film_with_the_fingerprint_of_another(
    ros: Caseload, ellis: Caseload
) -> None:
    ros.save(replace(ros.need(Recording, "film"), path="two.mp4"))
    ellis.save(replace(ellis.need(Recording, "film"), size=3, fingerprint="three"))
    exchange(ros, ellis)
    film = ellis.need(Recording, "film")
    assert (film.path, film.size, film.fingerprint) in [("two.mp4", 1, "one"), ("one.mp4", 3, "three")]
    assert ros.need(Recording, "film") == film
