"""What is said before something is erased for good, and after it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from vigtui.domain.records import Clip, Family, FilmPlace, Record, Recording
from vigtui.values.days import show_long_day
from vigtui.values.text import and_list, counted, one_line

REACH = (
    "It goes from this caseload, its history, its earlier versions and the copies beside it, for good. "
    "A copy elsewhere loses it, with the film in its folder, when it takes in this file; packs and sticks "
    "are yours to destroy."
)
_REACH_OF_WORDS = (
    "It goes from this caseload, its history, its earlier versions and the copies beside it, for good. "
    "A copy elsewhere loses it when it takes in this file; packs and sticks are yours to destroy."
)
AGREED = (
    "Some of it belongs to a supervision that was agreed, and is somebody else's record as well. Erase it "
    "all the same?"
)


def reach(record: Record) -> str:
    """Return how far erasing a record reaches."""
    return REACH if isinstance(record, Family | Recording) else _REACH_OF_WORDS


def what_goes(
    name: str, record: Record, records: Sequence[Record], films: int, items: int, pieces: int
) -> str:
    """Return what erasing a record takes along, itself among `records`: "F-017 Heron: 34 records and 6
    films.", "F-017 C2-1 goes, with 2 tags and 1 still. Its film stays."."""
    about = list(_about("its clips" if isinstance(record, Family | Recording) else "it", items, pieces))
    if isinstance(record, Family):
        parts = [_counted(len(records), "record"), _counted(films, "film"), *about]
        return " ".join([f"{one_line(name)}: {and_list(parts)}.", *_kept_longer(record)])
    kinds = Counter(type(each) for each in records if each.id != record.id)
    kinds.pop(FilmPlace, None)
    along = [counted(number, kind.singular, kind.plural) for kind, number in kinds.items()]
    parts = [*(["its film"] if films else []), *along, *about]
    stays = " The film of its recording stays." if isinstance(record, Clip) else ""
    return f"{one_line(name)} goes{f', with {and_list(parts)}' if parts else ''}.{stays}"


def _kept_longer(family: Family) -> Iterable[str]:
    if until := family.kept.until:
        why = f": {one_line(family.kept.reason).rstrip('.')}" if family.kept.reason else ""
        yield f"It was decided to keep what is written until {show_long_day(until, until.min)}{why}."


def _about(what: str, items: int, pieces: int) -> Iterable[str]:
    if items:
        yield f"{_counted(items, 'agenda item')} of supervisions about {what}"
    if pieces:
        yield f"{_counted(pieces, 'written piece')} about {what}, of somebody in training"


def missing_words(missing: Sequence[str], *, own_places: bool) -> str:
    """Return what becomes of films that are not here, "" without one. `own_places` says that each machine of
    a space has its own place for film."""
    if not missing:
        return ""
    one = len(missing) == 1
    words = f"{len(missing)} of these films {'is' if one else 'are'} not"
    if own_places:
        them = "it loses it" if one else "them loses them"
        return f"{words} on this machine: whoever has {them} when their machine takes this in."
    files = and_list([*(one_line(each) for each in missing[:3]), *(["others"] if missing[3:] else [])])
    where = "it was" if one else "they were"
    return f"{words} where {where} added ({files}): what lies elsewhere now stays there. Look for it first."


def why_not_erased(name: str, held: Sequence[str]) -> str:
    """Return why something is kept, the film of which is held, or the film that it is about."""
    reasons = and_list([one_line(each).rstrip(".") for each in held])
    return f"{one_line(name)} is not erased: the film is held ({reasons}). Take off the hold first."


def erased_words(name: str, changed: int, left: Sequence[str]) -> str:
    """Return what was done, and which files could not be looked into."""
    done = f"{one_line(name)} is erased, here and in {_counted(changed, 'other file')} of this caseload."
    if not left:
        return done
    files = and_list([one_line(each) for each in left])
    return f"{done} These could not be opened, and may hold words of it; delete them: {files}."


def _counted(number: int, one: str) -> str:
    return f"{number or 'no'} {one if number == 1 else f'{one}s'}"
