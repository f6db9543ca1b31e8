"""What would be lost: what BORIS projects say, of whatever version."""

import gzip
import json
import pickle
from typing import Any

import pytest

from vigtui.exchange.formats.boris import read_boris
from vigtui.exchange.formats.coded import MOST_BYTES, Coded, FormatError

EVENTS: list[Any] = [
    [1.0, "Dana", "hold", "", "first"],
    [2.0, "Dana", "smile", "", "", 50],
    [3.5, "Dana", "hold", "", "", "NA"],
    [4.0, "Jory", "hold", "", ""],
]


def project(events: list[Any] = EVENTS, **more: Any) -> dict[str, Any]:
    observation = {
        "type": "MEDIA",
        "file": {"1": ["C:\\film\\a.mp4"], "2": []},
        "media_info": {"length": {"C:\\film\\a.mp4": 10.0, "b.mp4": 5.0}},
        "time offset": 0.0,
        "events": events,
    }
    return {
        "behaviors_conf": {
            "0": {"code": "hold", "type": "State event"},
            "1": {"code": "smile", "type": "Point event"},
        },
        "observations": {"one": observation | more},
    }


def read(content: object) -> Coded:
    return read_boris(json.dumps(content).encode())


def said(found: Coded) -> list[list[tuple[str, str, int, int]]]:
    return [[(m.code, m.who, m.start_ms, m.end_ms) for m in film.marks] for film in found.films]


def test_states_are_paired_and_moments_are_moments() -> None:
    """Events of five fields and of six; a state without an end is left out, and told."""
    found = read(project())
    assert said(found) == [[("hold", "Dana", 1000, 3500), ("smile", "Dana", 2000, 2000)]]
    assert [str(each) for each in found.left_out] == [
        "“hold” at 00:04: The state that starts there has no end."
    ]
    assert found.films[0].media == ("a.mp4",)


def test_films_in_a_row_have_times_of_their_own() -> None:
    """A state that goes on in the next film ends with its own."""
    events = [[9, "", "hold", "", ""], [10.5, "", "hold", "", ""], [12, "", "smile", "", ""]]
    found = read(project(events, file={"1": ["C:\\film\\a.mp4", "b.mp4"], "2": ["beside.mp4"]}))
    assert said(found) == [[("hold", "", 9000, 10000)], [("smile", "", 2000, 2000)]]
    assert [each.what for each in found.left_out] == ["beside.mp4", "“hold” at 00:09, its end"]


def test_an_offset_is_no_part_of_the_film() -> None:
    found = read(project([[61.0, "", "smile", "", ""], [59.0, "", "smile", "", ""]], **{"time offset": 60}))
    assert said(found) == [[("smile", "", 1000, 1000)]]
    assert [each.what for each in found.left_out] == ["“smile”"]


def test_what_was_not_coded_on_film_is_told() -> None:
    found = read(project(type="LIVE"))
    assert found.films == ()
    assert [str(each) for each in found.left_out] == ["Observation “one”: It was not coded on film."]


def test_a_packed_project_is_one_too() -> None:
    assert read_boris(gzip.compress(json.dumps(project()).encode())) == read(project())


@pytest.mark.parametrize(
    "event",
    [
        [],
        [1],
        ["x", "", "a", "", ""],
        [1e300, "", "a", "", ""],
        [True, "", "a", "", ""],
        {},
        None,
        [1, 2, 3, 4, 5],
    ],
)
def test_an_event_that_is_none_is_left_out(event: object) -> None:
    found = read(project([event]))
    assert said(found) == [[]]
    assert len(found.left_out) == 1


class Run:
    """Would run a program where it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (pytest.fail, ("it was unpickled",))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pickle.dumps(Run()), "it is not JSON"),
        (gzip.compress(pickle.dumps(Run())), "it is not JSON"),
        (b'{"observations": {"a": {"events": [[NaN, "", "x", "", ""]]}}}', "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[1]", "not a project of BORIS"),
        (gzip.compress(bytes(MOST_BYTES + 1)), "larger than 32 MB"),
        (gzip.compress(b"{}")[:-9], "its end is missing"),
        (b"\x1f\x8bnothing", "it is damaged"),
        (b"[" + b"0," * 2_000_001 + b"0]", "more than 2,000,000 values"),
    ],
    ids=["pickle", "packed pickle", "NaN", "deep", "list", "large", "cut", "damaged", "many"],
)
def test_what_is_no_project_is_refused_with_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        read_boris(data)
