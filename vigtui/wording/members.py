"""A family's story in a line or two, for below the caseload list."""

import datetime as dt
from collections.abc import Container, Iterable

from vigtui.domain.consent import and_list
from vigtui.domain.cycles import counts
from vigtui.domain.records import Cycle, Family, Recording, Session, SessionItem
from vigtui.domain.vocabulary import FamilyState
from vigtui.queries.missing import film_needs
from vigtui.values.days import show_long_day

_NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def summary(family: Family, cycles: Iterable[Cycle], recordings: Iterable[Recording], today: dt.date) -> str:
    """Return "Heron: Dana and Jory. Three cycles, ended. Film is to be deleted by 4 Dec: 12 days left."

    `cycles` and `recordings` are the family's own.
    """
    cycles = tuple(cycles)
    done = sum(counts(cycle) for cycle in cycles)
    number = _NUMBERS[done] if done < len(_NUMBERS) else str(done)
    not_done = "First cycle begun" if any(cycle.filmed for cycle in cycles) else "No cycle yet"
    cycles_done = f"{number} {'cycle' if done == 1 else 'cycles'}" if done else not_done
    name = family.pseudonym or family.code
    members = and_list([member.label for member in family.members])
    parts = [
        f"{name}: {members}." if members else f"{name}.",
        f"{cycles_done}, {_state(family, today)}.",
        *(need.sentence for need in film_needs(recordings, today)),
    ]
    return " ".join(parts)


def last_working_point(
    clips: Container[str], items: Iterable[SessionItem], sessions: Iterable[Session]
) -> str:
    """Return the working point of the newest session about one of the clips with these ids, else ""."""
    dates = {session.id: session.date for session in sessions}
    points = [
        (dates[item.session], item.session, item.order, item.working_point)
        for item in items
        if item.working_point and item.session in dates and (item.clip in clips or item.companion in clips)
    ]
    return max(points)[-1] if points else ""


def _state(family: Family, today: dt.date) -> str:
    if family.state is FamilyState.REFERRED and family.referred:
        return f"referred on {show_long_day(family.referred, today)}"
    if family.state is FamilyState.ENDED and family.closure.reason:
        return f"ended: {family.closure.reason}"
    return family.state.label
