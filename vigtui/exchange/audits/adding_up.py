"""Files of counts, added up: each caseload once, as it was counted last."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from vigtui.exchange.audits.exports import CaseloadCounts, Export
from vigtui.queries.audit.span import Span
from vigtui.values.text import and_list, one_line

Read = tuple[Path, Export]
"""A file of counts, and what was in it."""


class Newest(Struct, frozen=True):
    """The newest counts of a caseload, with the file that they are in, and the `others` with older ones."""

    counts: CaseloadCounts
    path: Path
    export: Export
    others: tuple[Path, ...] = ()

    def under(self, limit: int) -> CaseloadCounts:
        """Return them as they may be told where a number under `limit` is small."""
        if self.export.limit >= limit:
            return self.counts
        return CaseloadCounts.of(self.counts.id, self.counts.told.for_others(limit))


def newest_of_each(files: Iterable[Read]) -> dict[str, Newest]:
    """Return the newest counts of each caseload by its id, those made first to last."""
    found: dict[str, Newest] = {}
    for path, export in sorted(files, key=lambda each: each[1].made):
        for each in export.caseloads:
            before = found.pop(each.id, None)
            others = (*before.others, before.path) if before else ()
            found[each.id] = Newest(each, path, export, others)
    return found


def usual_span(exports: Iterable[Export]) -> Span | None:
    """Return the days that most caseloads have counts of, of as many the latest; None where there are no
    counts. In the first days of a week few have their new ones: the newest would be a sum of these alone."""
    caseloads: defaultdict[Span, set[str]] = defaultdict(set)
    for export in exports:
        caseloads[export.span].update(each.id for each in export.caseloads)
    by_number = ((len(ids), span.end, span.start) for span, ids in caseloads.items())
    _, end, start = max(by_number, default=(0, None, None))
    return Span(start, end) if start and end else None


def twice_words(newest: Iterable[Newest]) -> list[str]:
    """Return a sentence about each two files that hold some of the same caseloads: which of them counts."""
    pairs = Counter((each.path, other) for each in newest for other in each.others)
    return [
        f"{_caseloads(number)} came twice: the newer counts, in {one_line(path.name)}, count; those in "
        f"{one_line(other.name)} do not."
        for (path, other), number in pairs.items()
    ]


def counted_itself_words(newest: Iterable[Newest]) -> list[str]:
    """Return a sentence about each file with counts of caseloads that were counted themselves."""
    files = Counter(path for each in newest for path in (each.path, *each.others))
    return [
        f"{_caseloads(number)} came twice: the caseload itself counts, and not the counts in "
        f"{one_line(path.name)}."
        for path, number in files.items()
    ]


def limits_words(limits: Iterable[int]) -> str:
    """Return what is said where small numbers differ, "" where they are the same."""
    several: Sequence[int] = sorted(set(limits))
    if len(several) < 2:
        return ""
    words = and_list([str(each) for each in several])
    return (
        f"Small numbers differ in these files: under {words}. Those under {several[-1]} are left out of all."
    )


def _caseloads(number: int) -> str:
    return "A caseload" if number == 1 else f"{number} caseloads"
