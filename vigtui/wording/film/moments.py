"""What is said of the moments that somebody marked."""

import datetime as dt
from collections.abc import Sequence

from vigtui.domain.records import Moment
from vigtui.values.days import show_day
from vigtui.values.keys import KeyFor
from vigtui.values.text import counted
from vigtui.values.timecode import format_timecode

NEXT = (
    "{clip.of_moment} makes a clip of it, {clip.words} writes about it, {clip.next_moment} goes to the next"
)
"""What can be done with the moment at hand: keys by their ids."""


def moment_count(number: int) -> str:
    """`1 moment`, `4 moments`; "" when there are none."""
    return counted(number, "moment") if number else ""


def moment_name(number: int, moment: Moment) -> str:
    """`Moment 3  04:12`."""
    return f"Moment {number}  {format_timecode(moment.at_ms)}"


def clock_words(moment: Moment, today: dt.date) -> str:
    """`14:03:22`, the time here, with the day where it is not today; "" where it was not by the clock."""
    if moment.at is None:
        return ""
    try:
        here = moment.at.astimezone()
    except (OverflowError, ValueError):  # Edited by hand: a year that no clock here knows.
        here = moment.at
    day = "" if here.date() == today else f"{show_day(here.date(), today)} "
    return f"{day}{here:%H:%M:%S}"


def waiting_words(moments: Sequence[Moment], today: dt.date) -> str:
    """`4 moments, 12 Mar 14:03 to 14:12, on no film yet`."""
    first, last = (clock_words(each, today).rpartition(":")[0] for each in (moments[0], moments[-1]))
    span = first if first == last else f"{first} to {last.split()[-1]}"
    return f"{moment_count(len(moments))}, {span}, on no film yet"


def laid_words(laid: int, left: int, key: KeyFor) -> str:
    """What was done: how many are on the film now, and how many still wait."""
    rest = f" {moment_count(left)} outside of it: still on no film." if left else ""
    return (
        f"{moment_count(laid)} on the film. enter opens it, {key('clip.next_moment')} goes to the "
        f"first.{rest}"
    )
