"""The families of an open caseload as they are listed: read once, then filtered, grouped and told of."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import KIND_OF, Person, Record
from vigtui.domain.sessions.reading import may_read_session
from vigtui.queries.caseload_groups import RowGroup, grouped_by_guider, grouped_by_trainee
from vigtui.queries.caseload_rows import FamilyRow, caseload_records, counted_words, family_rows
from vigtui.values.search import filtered
from vigtui.wording.family import last_working_point, summary
from vigtui.workspace.places import Places

if TYPE_CHECKING:
    from vigtui.domain.conflicts import Conflict

R = TypeVar("R", bound=Record)

GROUPINGS = {"guider": "by guider", "trainee": "by trainee", "none": "by code"}
_FAMILY_PLACE, _GROUPING_PLACE = "caseload:family", "caseload:grouping"
_AT_ONCE = 200
"""So many families are filtered before anybody notices."""


class Families(EveryVersion, Protocol):
    """What a list of families is made of: an open caseload, or as much of a file as is shown of it."""

    def get(self, kind: type[R], id: str, /) -> R | None: ...
    def conflicts(self) -> "list[Conflict]": ...


class Here(Protocol):
    """Who looks at the list, where they left off, and the day."""

    places: Places

    @property
    def person(self) -> Person | None: ...
    def today(self) -> date: ...


class FamilyList:
    """Every family as it was when this was made. `undecided` are the ids of those about which something waits
    to be decided."""

    def __init__(self, families: Families, here: Here) -> None:
        self._here = here
        self._records = caseload_records(families)
        self.undecided = _families_of(families, families.conflicts())
        self.rows = family_rows(self._records, here.today())
        self.is_prepared = len(self.rows) <= _AT_ONCE
        """Whether a filter answers at once."""
        self._by_id = {row.family.id: row for row in self.rows}

    @property
    def grouping(self) -> str:
        """How this person groups the families, of `GROUPINGS`."""
        place = str(self._here.places.get(_GROUPING_PLACE))
        return place if place in GROUPINGS else "guider"

    def group_otherwise(self) -> None:
        """Group in the next way from now on."""
        ways = list(GROUPINGS)
        following = ways[(ways.index(self.grouping) + 1) % len(ways)]
        self._here.places.set(_GROUPING_PLACE, following)

    @property
    def family_left(self) -> str:
        """The id of the family that this person left off at."""
        return str(self._here.places.get(_FAMILY_PLACE))

    def leave_off_at(self, family: str) -> None:
        """Remember a family, by id, as the one that this person is at."""
        self._here.places.set(_FAMILY_PLACE, family)

    def row(self, family: str) -> FamilyRow | None:
        """The row of the family with this id."""
        return self._by_id.get(family)

    def matching(self, words: str) -> list[FamilyRow]:
        """The rows in which all these words are found."""
        return filtered(self.rows, words, lambda row: row.hay)

    def prepare(self, before: "FamilyList | None", wanted: Callable[[], bool]) -> bool:
        """Work out what a filter looks through, of many families for most of a second: from any thread, as
        long as that is `wanted`. What is as it was in the list `before` is taken from there. Returns whether
        it is done."""
        for row in self.rows:
            if not wanted():
                return False
            row.prepare(before.row(row.family.id) if before else None)
        self.is_prepared = True
        return True

    def counted(self, rows: Sequence[FamilyRow]) -> str:
        """How many these are, and how they are grouped: "12 families, 8 active   by guider"."""
        return f"{counted_words(rows)}   {GROUPINGS[self.grouping]}"

    def groups(self, rows: list[FamilyRow]) -> list[RowGroup]:
        """These rows under their headings."""
        today, sessions = self._here.today(), self._records.sessions
        if self.grouping == "guider":
            return grouped_by_guider(rows, sessions, today)
        if self.grouping == "trainee":
            person = self._here.person
            supervises = person is not None and any(
                each.supervisor == person.id for each in self._records.people
            )
            supervisor = person.id if person and supervises else ""
            return grouped_by_trainee(rows, sessions, today, supervisor)
        return [RowGroup(None, "", "", tuple(rows))]

    def about(self, row: FamilyRow) -> list[str]:
        """What is said below the list about a family: where it stands, the last working point that is this
        person's to know, and what it needs."""
        records = self._records
        cycles = [cycle for cycle in records.cycles if cycle.family == row.family.id]
        numbers = {cycle.id for cycle in cycles}
        films = [each for each in records.recordings if each.cycle in numbers]
        recordings = {each.id for each in films}
        clips = {clip.id for clip in records.clips if clip.recording in recordings}
        sessions = [each for each in records.sessions if may_read_session(self._here.person, each)]
        point = last_working_point(clips, records.items, sessions)
        said = summary(row.family, cycles, films, self._here.today())
        lines = [said, f"Last working point: {point}" if point else ""]
        return lines + [need.sentence for need in row.needs if need.sentence not in said]


def _families_of(caseload: Families, conflicts: "Iterable[Conflict]") -> set[str]:
    """Return the families about whose records something waits to be decided."""
    records = [caseload.get(KIND_OF[each.table], each.id) for each in conflicts if each.table in KIND_OF]
    if not records:
        return set()
    from vigtui.domain.belonging import family_of  # The first screen mostly does without.

    families = (family_of(caseload.get, record) for record in records)
    return {family.id for family in families if family is not None}
