"""What would be lost: what ELAN files say, whatever way their times and media are written."""

import pytest

from vigtui.exchange.formats.coded import Coded, FormatError
from vigtui.exchange.formats.elan import read_elan

TIMES = {"ts1": 1000, "ts2": None, "ts3": None, "ts4": 4000, "ts5": 6000}


def eaf(tiers: str, media: str = "./film.mp4", more: str = "") -> bytes:
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{slot}"' + (f' TIME_VALUE="{ms}"/>' if ms is not None else "/>")
        for slot, ms in TIMES.items()
    )
    return (
        '<ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds">'
        f'<MEDIA_DESCRIPTOR MEDIA_URL="{media}" {more}/>'
        f"</HEADER><TIME_ORDER>{slots}</TIME_ORDER>{tiers}"
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="top"/>'
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="parts" CONSTRAINTS="Symbolic_Subdivision"/>'
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="one" CONSTRAINTS="Symbolic_Association"/></ANNOTATION_DOCUMENT>'
    ).encode()


def aligned(name: str, start: str, end: str, value: str) -> str:
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}" '
        f'TIME_SLOT_REF1="{start}" TIME_SLOT_REF2="{end}">'
        f"<ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
    )


def within(name: str, parent: str, value: str) -> str:
    return (
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}" ANNOTATION_REF="{parent}">'
        f"<ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
    )


def tier(name: str, kind: str, *annotations: str, participant: str = "") -> str:
    named = f'TIER_ID="{name}" LINGUISTIC_TYPE_REF="{kind}" PARTICIPANT="{participant}"'
    return f"<TIER {named}>{''.join(annotations)}</TIER>"


def times(found: Coded) -> dict[str, tuple[int, int]]:
    return {mark.code: (mark.start_ms, mark.end_ms) for mark in found.films[0].marks}


def test_slots_without_a_value_are_at_even_distances() -> None:
    found = read_elan(
        eaf(tier("Dana", "top", *(aligned(f"a{n}", f"ts{n}", f"ts{n + 1}", f"c{n}") for n in range(1, 5))))
    )
    assert times(found) == {"c1": (1000, 2000), "c2": (2000, 3000), "c3": (3000, 4000), "c4": (4000, 6000)}


def test_annotations_within_others_have_their_times_however_deep() -> None:
    """Also where the tier of the parent stands below, and where a tier divides its parent."""
    found = read_elan(
        eaf(
            tier("deep", "one", within("d", "p2", "third"))
            + tier("parts", "parts", within("p1", "a", "first"), within("p2", "a", "second"))
            + tier("top", "top", aligned("a", "ts4", "ts5", "whole"))
        )
    )
    assert times(found) == {
        "whole": (4000, 6000),
        "first": (4000, 5000),
        "second": (5000, 6000),
        "third": (5000, 6000),
    }


def test_what_has_no_time_is_left_out_and_told() -> None:
    """No end, a slot that is nowhere, a parent that is nowhere, two that are within each other."""
    found = read_elan(
        eaf(
            tier("Dana", "top", aligned("a1", "ts2", "ts3", "x"), aligned("a2", "ts1", "nowhere", "y"))
            + tier(
                "circle", "one", within("r1", "r2", "z"), within("r2", "r1", "z"), within("r3", "gone", "z")
            )
        )
    )
    assert found.films[0].marks == ()
    assert [str(each) for each in found.left_out] == [
        "Dana “x”, Dana “y”, circle “z” and 2 more: "
        "It has no time, and none that could be worked out from those beside it."
    ]


@pytest.mark.parametrize(
    "media",
    [
        "./film.mp4",
        "../film/film.mp4",
        "file:///C:/Users/x/film.mp4",
        "file:///media/a%20b/film.mp4",
        "C:\\film\\film.mp4",
        "film.mp4",
    ],
)
def test_media_are_known_by_their_names(media: str) -> None:
    assert read_elan(eaf("", media)).films[0].media == ("film.mp4",)


def test_a_film_that_begins_later_shifts_the_times() -> None:
    found = read_elan(eaf(tier("Dana", "top", aligned("a", "ts1", "ts4", "x")), more='TIME_ORIGIN="500"'))
    assert times(found) == {"x": (1500, 4500)}


def test_what_is_said_is_words_and_not_a_code() -> None:
    found = read_elan(
        eaf(
            tier(
                "Talk",
                "top",
                aligned("a", "ts1", "ts4", "So what does he tell you, then?"),
                participant="Dana",
            )
        )
    )
    (mark,) = found.films[0].marks
    assert (mark.code, mark.who, mark.caption) == ("Talk", "Dana", "So what does he tell you, then?")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html/>", "it is XML, but not a file of ELAN"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "it has a DOCTYPE or entities of its own"),
        (b"<!DOCTYPE ANNOTATION_DOCUMENT><ANNOTATION_DOCUMENT/>", "it has a DOCTYPE"),
        (b"<ANNOTATION_DOCUMENT>", "it is not whole XML (line 1"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (
            b'<ANNOTATION_DOCUMENT><HEADER TIME_UNITS="PAL-frames"/></ANNOTATION_DOCUMENT>',
            "its times are in PAL-frames",
        ),
        (b"<a>" * 1_000_001, "it holds more than 1,000,000 tags"),
    ],
)
def test_what_is_no_elan_file_is_refused_with_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(FormatError, match=why.replace("(", "\\(")):
        read_elan(data)
