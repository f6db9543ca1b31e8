"""What is said of the moments that somebody marked."""

from vigtui.domain.records import Moment
from vigtui.values.timecode import format_timecode

NEXT = "enter makes a clip of it, e writes about it, ) goes to the next"


def moment_count(number: int) -> str:
    """`1 moment`, `4 moments`; "" when there are none."""
    return "" if number == 0 else "1 moment" if number == 1 else f"{number} moments"


def moment_name(number: int, moment: Moment) -> str:
    """`Moment 3  04:12`."""
    return f"Moment {number}  {format_timecode(moment.at_ms)}"
