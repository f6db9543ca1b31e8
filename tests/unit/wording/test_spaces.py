"""What would be lost: a plain word about where what one wrote is, and who has it."""

import datetime as dt

from vigtui.exchange.spaces.erased import ErasedFamily
from vigtui.exchange.spaces.standing import SpaceStanding, WriterStanding
from vigtui.exchange.spaces.telling import rows, title, warnings

NOW = dt.datetime(2026, 5, 20, 14, 30, tzinfo=dt.UTC)
MAY_3 = dt.datetime(2026, 5, 3, 9, 0, tzinfo=dt.UTC)
TODAY = dt.datetime(2026, 5, 20, 14, 3, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 5, 18, 9, 0, tzinfo=dt.UTC)


def writer(**more: object) -> WriterStanding:
    values = {"heard": TODAY, "has_until": TODAY, "there": True, **more}
    return WriterStanding("w", "Ellis\x1b[31m", "lap\ntop", **values)


def test_the_title_says_where_the_changes_are() -> None:
    assert title(SpaceStanding("in_step", TODAY), NOW) == "in step 14:03"
    assert (
        title(SpaceStanding("not_sent", NOW - dt.timedelta(minutes=3, seconds=5)), NOW) == "not sent: 3 min"
    )
    assert title(SpaceStanding("offline", MONDAY), NOW) == "offline since Monday"
    assert title(SpaceStanding("offline", MAY_3), NOW) == "offline since 3 May"
    assert title(SpaceStanding("in_step", None), NOW) == "in step"


def test_what_is_not_as_it_should_be_is_said_in_sentences() -> None:
    standing = SpaceStanding(
        "not_sent",
        TODAY,
        "Permission denied",
        (writer(heard=MAY_3, silent=True),),
        not_whole=1,
        newer=2,
        other_code=1,
        keeps_versions=True,
        families=(ErasedFamily("Ellis", MAY_3, "F-017", had_changed=True),),
    )
    assert warnings(standing, NOW) == [
        "NOT SENT: the space's folder cannot be written to. Everything is saved here.",
        "Ellis[31m (lap top) has not been heard of since 3 May.",
        "1 file in the space is not whole yet.",
        "2 files in the space were written by a newer vigtui.",
        "1 file in the space opens with another code.",
        "This folder keeps old versions (.stversions). What is erased stays in them, encrypted.",
        "Ellis erased family F-017 on 3 May. What you had changed in it is gone too.",
    ]
    away = SpaceStanding("offline", MONDAY)
    assert warnings(away, NOW) == ["The space's folder is not there. You work on your own until it is back."]
    assert warnings(SpaceStanding("in_step", TODAY), NOW) == []


def test_it_is_said_who_has_what_and_where_what_was_erased_still_is() -> None:
    others = (writer(), writer(has_until=None, there=False), writer(heard=MAY_3, holds_erased=True))
    assert rows(SpaceStanding("in_step", TODAY, writers=others, erased=True, files=4, free=3), NOW) == [
        "Ellis[31m (lap top): last heard 14:03; has all you wrote until 14:03",
        "Ellis[31m (lap top): last heard 14:03; has not said yet what they have;"
        " their file is not in the space any more",
        "Ellis[31m (lap top): last heard 3 May; has all you wrote until 14:03",
        "Erased: out of 3 of 4 files; still in that of Ellis[31m (lap top), last heard 3 May.",
    ]
