"""Plans the families that a list from a spreadsheet becomes."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from vigtui.domain.lookup import Where
from vigtui.domain.records import Family, Member, Person, Record, StatusSpan
from vigtui.domain.rules import problems
from vigtui.domain.vocabulary import FamilyState, Role, Setting, StatusKind, Word
from vigtui.exchange.formats.caseload_list import DAYS, CaseloadList, DayOrder, day_order, split_day
from vigtui.exchange.importing.plan import ImportRefusedError, Plan
from vigtui.exchange.left_out import LeftOut, by_reason
from vigtui.values.days import parse_day, show_whole_day
from vigtui.values.text import and_list, counted, folded, one_line, shortened

SomeWord = TypeVar("SomeWord", bound=Word)

_MOST_MEMBERS = 30
_HERE = "A family with this code is here already, and stays as it is."
_TWICE = "This code is in the list twice; the first row counts."
_NO_CODE = "It has no code."
_NO_DAY = "It is not a day with a year, as in 3 Apr 2026 or 2026-04-03."
_SERIAL = (
    "It is a spreadsheet's own number for a day: show the column as dates there, and save the list again."
)
_NO_START = "A status needs the day since when it is so."
_ROLES = {"guider": Role.GUIDER, "social_worker": Role.SOCIAL_WORKER}
_LONGEST_LINE = 200
_NAMED = 40


class DaysInDoubtError(ImportRefusedError):
    """Days are written in numbers that may be read in two ways: `cell` is one of them, `ways` are the two,
    each with its order."""

    def __init__(self, name: str, cell: str) -> None:
        self.cell = cell
        self.ways = tuple((order, show_whole_day(day)) for order, day in _both(cell))
        said = " or ".join(words for _, words in self.ways)
        super().__init__(
            f"{one_line(name)}: “{cell}” is {said}. Say which comes first in its days: "
            f"{' or '.join(order.value for order, _ in self.ways)}."
        )


def plan_families(
    where: Where, found: CaseloadList, name: str, today: dt.date, order: DayOrder | None = None
) -> Plan:
    """Plan the families of a list, whose days are written in this order. Raises DaysInDoubtError where none
    is given, and the days do not tell."""
    if order is None:
        told = day_order(cells[each] for _, cells in found.rows for each in DAYS if each in cells)
        if isinstance(told, str):
            raise DaysInDoubtError(name, told)
        order = told
    planning = _Planning(where, today, order or DayOrder.DAY_FIRST)
    for number, cells in found.rows:
        planning.take(number, cells)
    made = planning.told(found.read_as)
    left_out = by_reason([*found.left_out, *planning.left_out])
    return Plan(f"Import {one_line(name)}", tuple(planning.records), made, left_out)


def _both(cell: str) -> Iterable[tuple[DayOrder, dt.date]]:
    for order in DayOrder:
        if day := _day_of(cell, order):
            yield order, day


@dataclass
class _Planning:
    """The families so far, and the colleagues who come with them."""

    where: Where
    today: dt.date
    order: DayOrder
    records: list[Record] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known = {folded(each.code.strip()) for each in self.where(Family)}
        self._people = {folded(each.name): each.id for each in self.where(Person)}
        self._new: set[str] = set()

    def told(self, read_as: str) -> tuple[str, ...]:
        """Return a line for each kind of record, and for each family."""
        families = [each for each in self.records if isinstance(each, Family)]
        people = [each for each in self.records if isinstance(each, Person)]
        lines = [f"{counted(len(families), 'family', 'families')} (read as {read_as})"]
        lines += [self._line(each) for each in families[:_NAMED]]
        if len(families) > _NAMED:
            lines.append(f"  and {len(families) - _NAMED:,} more")
        if people:
            lines.append(f"{counted(len(people), 'colleague')}, not here yet")
            lines += ["  " + one_line(f"{each.name}, {each.roles[0].label}") for each in people]
        return tuple(lines)

    def _line(self, family: Family) -> str:
        referred = f"referred {show_whole_day(family.referred)}" if family.referred else ""
        facts = [f"{family.code} {family.pseudonym}".strip(), family.setting.label, family.state.label]
        members = and_list([each.label for each in family.members])
        return "  " + shortened(", ".join(filter(None, (*facts, referred, members))), _LONGEST_LINE)

    def take(self, number: int, cells: dict[str, str]) -> None:
        """Plan the family of a row."""
        code = one_line(cells.get("code", ""))
        row = f"row {number}" + (f" ({shortened(code, 20)})" if code else "")
        key = folded(code)
        if not code or key in self._known:
            why = _NO_CODE if not code else _TWICE if key in self._new else _HERE
            self.left_out.append(LeftOut(row, why))
            return
        self._known.add(key)
        self._new.add(key)
        family = self._family(code, row, cells)
        if broken := problems(family):
            self.left_out.append(LeftOut(row, broken[0]))
            return
        self.records.append(family)
        self._add_status(family, row, cells)

    def _family(self, code: str, row: str, cells: dict[str, str]) -> Family:
        return Family(
            code=code,
            pseudonym=one_line(cells.get("pseudonym", "")),
            reasons=cells.get("reasons", ""),
            whose_idea=cells.get("whose_idea", ""),
            guider=self._colleague("guider", cells),
            social_worker=self._colleague("social_worker", cells),
            setting=self._word(Setting, Setting.BIRTH, row, "setting", cells),
            state=self._word(FamilyState, FamilyState.REFERRED, row, "state", cells),
            referred=self._day(row, "referred", cells),
            ended=self._day(row, "ended", cells),
            members=self._members(row, cells.get("members", "")),
        )

    def _colleague(self, role: str, cells: dict[str, str]) -> str:
        """Return the id of the colleague with a name, who is made where there is none yet."""
        name = one_line(cells.get(role, ""))[:_LONGEST_LINE]
        if not name:
            return ""
        if folded(name) not in self._people:
            person = Person(name=name, roles=(_ROLES[role],))
            self._people[folded(name)] = person.id
            self.records.append(person)
        return self._people[folded(name)]

    def _word(
        self, kind: type[SomeWord], usual: SomeWord, row: str, column: str, cells: dict[str, str]
    ) -> SomeWord:
        found = _word_of(kind, cells.get(column, ""))
        if found is None and cells.get(column):
            known = ", ".join(each.label for each in kind)
            self._leave(row, column, cells, f"It is none of {known}; “{usual.label}” is taken.")
        return found or usual

    def _day(self, row: str, column: str, cells: dict[str, str]) -> dt.date | None:
        cell = one_line(cells.get(column, ""))
        if not cell:
            return None
        if re.fullmatch(r"[2-6]\d{4}(\.0)?", cell):
            self._leave(row, column, cells, _SERIAL)
            return None
        day = _day_of(cell, self.order) or self._written(cell)
        if day is None:
            self._leave(row, column, cells, _NO_DAY)
        return day

    def _written(self, cell: str) -> dt.date | None:
        """Return a day with a year that is not written in numbers alone."""
        words = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2})?$", "", cell.replace(",", " "))
        if not re.search(r"\d{4}", words) or split_day(cell):
            return None
        try:
            return parse_day(words.replace("-", " ") if re.search(r"[^\W\d]", words) else words, self.today)
        except ValueError:
            return None

    def _members(self, row: str, cell: str) -> tuple[Member, ...]:
        """Return the members in a cell: `Dana (parent); Jory (4)`."""
        between = r"[;\n]" if re.search(r"[;\n]", cell) else r",(?![^()]*\))"
        found: dict[str, Member] = {}
        for each in re.split(between, cell):
            written = re.fullmatch(r"([^()]*)(?:\(([^()]*)\))?[^()]*", one_line(each))
            label = written[1].strip() if written else one_line(each)
            if not label:
                continue
            if folded(label) in found or len(found) == _MOST_MEMBERS:
                why = "Two members of the row have the same name." if folded(label) in found else "Too many."
                self.left_out.append(LeftOut(f"{row}, {shortened(label, 30)}", why))
                continue
            found[folded(label)] = Member(
                label=label[:_LONGEST_LINE], relation=(written and written[2]) or ""
            )
        return tuple(found.values())

    def _add_status(self, family: Family, row: str, cells: dict[str, str]) -> None:
        if "status" not in cells:
            return
        kind = _word_of(StatusKind, cells["status"])
        start = self._day(row, "status_start", cells)
        if kind is None:
            known = ", ".join(each.label for each in StatusKind)
            self._leave(row, "status", cells, f"It is none of {known}.")
        elif start is None:
            self._leave(row, "status", cells, _NO_START)
        else:
            span = StatusSpan(
                family=family.id, kind=kind, start=start, end=self._day(row, "status_end", cells)
            )
            if broken := problems(span):
                self._leave(row, "status", cells, broken[0])
            else:
                self.records.append(span)

    def _leave(self, row: str, column: str, cells: dict[str, str], why: str) -> None:
        what = f"{row}, {column.replace('_', ' ')} “{shortened(cells[column], 30)}”"
        self.left_out.append(LeftOut(what, why))


def _word_of(kind: type[SomeWord], cell: str) -> SomeWord | None:
    wanted = folded(one_line(cell))
    plain = wanted.replace("-", " ").replace("_", " ").removesuffix(" plan")
    return next(
        (
            each
            for each in kind
            if wanted in (folded(each.label), each.value) or plain == each.value.replace("_", " ")
        ),
        None,
    )


def _day_of(cell: str, order: DayOrder) -> dt.date | None:
    numbers = split_day(cell)
    if numbers is None:
        return None
    first, second, year = numbers
    day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
