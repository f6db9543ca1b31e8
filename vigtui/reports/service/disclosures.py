"""To whom something of a family went, and who watched its film: the list that a data-protection officer
asks for, and the family may."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import astuple

from vigtui.domain.records import Clip, Copy, Recording, Share, Viewing
from vigtui.queries.family import FamilyRecords
from vigtui.reports.paper import Paper, Table, plain
from vigtui.values.days import show_whole_day
from vigtui.values.text import one_line
from vigtui.wording.film.register import family_name
from vigtui.wording.names import Names, copy_name

_HEADINGS = ("Day", "What", "To whom", "For what", "What became of it")


class Disclosure(Struct, frozen=True):
    """What went, or was shown, on a day: to whom, for what, and what became of it."""

    day: str
    what: str
    who: str
    reason: str
    state: str


def disclosures_paper(names: Names, records: FamilyRecords) -> Paper:
    """Return the list of what of a family was shown, given out or watched, the oldest first."""
    dated = names.with_years()
    found = sorted(_all(dated, records), key=lambda each: each[0])
    lines = [line for _, line in found]
    today = records.today
    values = {
        "whose": family_name(records.family),
        "made": show_whole_day(today),
        "lines": plain(lines),
    }
    table = Table(_HEADINGS, tuple(astuple(each) for each in lines))
    return Paper("disclosures", f"disclosures-{today.isoformat()}", values, (records.family.id,), table=table)


def _all(names: Names, records: FamilyRecords) -> Iterator[tuple[dt.date, Disclosure]]:
    cut = {each.copy for each in records.shares if each.copy}
    for share in records.shares:
        yield share.date, _share(names, records, share)
    for copy in records.copies:
        if copy.id not in cut:
            yield copy.date, _copy(names, copy)
    for viewing in records.viewings:
        yield viewing.date, _viewing(names, viewing)


def _share(names: Names, records: FamilyRecords, share: Share) -> Disclosure:
    copy = next((each for each in records.copies if each.id == share.copy), None)
    return Disclosure(
        names.day(share.date),
        names.of(Clip, share.clip) or "a clip",
        _with(one_line(share.audience), share.organisation),
        _with(share.purpose.label, share.reason),
        _became(names, copy) if copy else "shown; nothing was given",
    )


def _copy(names: Names, copy: Copy) -> Disclosure:
    holder = names.who(copy.holder, copy) if copy.holder else "nobody named"
    return Disclosure(
        names.day(copy.date),
        copy_name(copy),
        _with(holder, copy.organisation),
        one_line(copy.reason),
        _became(names, copy),
    )


def _viewing(names: Names, viewing: Viewing) -> Disclosure:
    return Disclosure(
        names.day(viewing.date),
        names.of(Recording, viewing.recording) or "a recording",
        names.who(viewing.who, viewing),
        viewing.purpose.label,
        "watched here",
    )


def _became(names: Names, copy: Copy) -> str:
    if copy.given_back:
        return f"came back {names.day(copy.given_back)}"
    if copy.destroyed:
        return f"destroyed {names.day(copy.destroyed)}"
    if copy.stays:
        return "theirs to keep"
    where = "with them" if copy.holder or copy.organisation else "out"
    return f"{where} until {names.day(copy.until)}" if copy.until else where


def _with(words: str, more: str) -> str:
    return ", ".join(filter(None, (one_line(words), one_line(more))))
