"""The register of film and copies in words: what it is, where it is, and how it stands."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from vigtui.domain.consent.copies import deleted_in, is_out
from vigtui.domain.records import Clip, Copy, Family, Recording, Session, Share
from vigtui.domain.vocabulary import CopyKind
from vigtui.queries.register import Entry, Part, number_out
from vigtui.values.days import number_of_days, show_long_day
from vigtui.values.text import and_list, counted, one_line, shown_size
from vigtui.wording.names import Names, copy_name

PARTS = {
    Part.OVERDUE: "overdue",
    Part.DUE: "due",
    Part.OUT: "out",
    Part.SHOWN: "shown to others",
    Part.HELD: "held",
    Part.HERE: "here",
    Part.AWAY: "not here",
    Part.BACK: "back or destroyed",
}
NO_DAY = "-"
_UNNAMED = "not said yet"


def counts(entries: Sequence[Entry]) -> str:
    """Return "due 2   overdue 1   held 1   out 4"."""
    numbers = [
        (PARTS[part], sum(each.part is part for each in entries))
        for part in (Part.DUE, Part.OVERDUE, Part.HELD)
    ]
    return "   ".join(f"{name} {number}" for name, number in [*numbers, ("out", number_out(entries))])


def family_words(entry: Entry) -> str:
    """Return "F-017 Heron", or what stands for a family that is not here any more, or for all of them."""
    if entry.family:
        return family_name(entry.family)
    is_gone = entry.copy is not None and entry.copy.kind is CopyKind.HAND_OVER
    return "not here" if is_gone else "all families"


def family_name(family: Family) -> str:
    """Return "F-017 Heron"."""
    return one_line(f"{family.code} {family.pseudonym}")


def what_words(entry: Entry) -> str:
    """Return "2 recordings, 5 clips", "pack, supervision 4" or "C2-2"."""
    if entry.copy:
        return copy_name(entry.copy)
    if entry.share:
        return f"{entry.clip}, {entry.share.purpose.label}"
    if entry.sent:
        return f"film for an agenda, {counted(entry.clips, 'clip')}"
    films = len(entry.recordings)
    clips = f", {entry.clips} {'clip' if entry.clips == 1 else 'clips'}" if entry.clips else ""
    return f"{films} {'recording' if films == 1 else 'recordings'}{clips}"


def where_words(names: Names, entry: Entry) -> str:
    """Return who has it, or the folder that it lies in on this machine; of film that is held, why."""
    if entry.copy:
        holder = holder_words(names, entry.copy)
        return ", ".join(filter(None, (holder or _UNNAMED, one_line(entry.copy.organisation))))
    if entry.share:
        return one_line(entry.share.audience)
    if entry.sent:
        return "in the space"
    folders = dict.fromkeys(each.path.rpartition("/")[0] for each in entry.recordings if each.path)
    where = ", ".join(f"{one_line(each)}/" if each else "here" for each in folders) or "no file"
    where = "not on this machine" if entry.away else where
    reason = one_line(entry.recordings[0].hold_reason).rstrip(".")
    return f"{where}  {reason}" if reason else where


def until_words(names: Names, entry: Entry) -> str:
    """Return the day by which it goes or comes back."""
    return names.day(entry.until) if entry.until else NO_DAY


def state_words(names: Names, entry: Entry) -> str:
    """Return how it stands: "! late", "14 days", "with them", "came back"."""
    if entry.share:
        return names.day(entry.share.date)
    if entry.part is Part.OVERDUE:
        return "! late"
    if entry.copy and is_out(entry.copy) and (left := deleted_in(names.find, entry.copy)):
        return f"! {left} deleted"
    if entry.copy and is_out(entry.copy) and entry.copy.renewed:
        return f"of {names.day(entry.copy.renewed.astimezone().date())}"
    if entry.copy:
        return _state_of(entry.copy)
    if (entry.part is Part.DUE or entry.sent) and entry.until:
        return _left(entry.until, names.today)
    return PARTS[entry.part]


def holder_words(names: Names, copy: Copy) -> str:
    """Return who has a copy, "" while that is not said."""
    return names.who(copy.holder, copy) if copy.holder else ""


def sentences(names: Names, entry: Entry) -> list[str]:
    """Return all that is known of an entry."""
    if entry.copy:
        return _about_copy(names, entry, entry.copy)
    what = f"{family_words(entry)}: {what_words(entry)}."
    if entry.share:
        share, by = entry.share, f", says {one_line(entry.share.by)}" if entry.share.by else ""
        return [what, f"Shown to {one_line(share.audience)} on {_long(names, share.date)}{by}."]
    if entry.sent:
        return [what, *_about_sent(names, entry)]
    reason = one_line(entry.recordings[0].hold_reason).rstrip(".")
    found = [what, f"It is held: {reason}."] if reason else [what]
    if entry.away:
        found.append("Its film is not on this machine.")
    if entry.until:
        found.append(f"To be deleted by {_long(names, entry.until)}{_how_far(entry.until, names.today)}.")
    elif not reason:
        found.append("No day is planned by which it is deleted.")
    return found


def stay_words(reasons: Iterable[str]) -> str:
    """Return "2 films are held: not deleted." of the reasons for which films stay; "" where none does."""
    return " ".join(
        f"{counted(number, 'film is', 'films are')} {why}." for why, number in Counter(reasons).items()
    )


def deletion_question(names: Names, films: Sequence[Recording], stays: str) -> str:
    """Return the question whether these films are deleted; `stays` says which others are not."""
    families = {family.id: family for each in films if (family := names.family(each))}
    whose = and_list(sorted(one_line(each.code) for each in families.values()))
    number = counted(len(films), "film")
    size = shown_size(sum(each.size for each in films))
    question = f"Delete {number} of {whose} ({size}) for good? What was written stays."
    return f"{question} Undo does not bring film back. {stays}".strip()


def out_words(names: Names, family: Family, copies: Sequence[Copy]) -> str:
    """Return "3 copies about F-017 Heron are out, with Kit Farrow and Ros Tiverton."."""
    who = and_list(list(dict.fromkeys(filter(None, (holder_words(names, each) for each in copies)))))
    number = "One copy" if len(copies) == 1 else f"{len(copies)} copies"
    verb, with_whom = "is" if len(copies) == 1 else "are", f", with {who}" if who else ""
    return f"{number} about {family_name(family)} {verb} out{with_whom}."


def out_question(names: Names, family: Family, copies: Sequence[Copy], shown: Sequence[Share] = ()) -> str:
    """Return what is out, what was `shown` to others under a consent that was taken back, and the question
    whether somebody wants to see the list of it."""
    out = out_words(names, family, copies) if copies else ""
    them = "it" if len(copies) + len(shown) == 1 else "them"
    who = f"whoever has {them}" if copies else "whoever saw it"
    return f"{' '.join(filter(None, (out, shown_words(names, shown))))} Show {them}, to write to {who}?"


def shown_words(names: Names, shares: Sequence[Share]) -> str:
    """Return "Shown under it: clip C2-2 to Kit Farrow (8 Oct)."; "" where nothing was."""
    told = [
        f"{names.of(Clip, each.clip)} to {one_line(each.audience)} ({names.day(each.date)})"
        for each in shares
    ]
    return f"Shown under it: {and_list(told)}." if told else ""


def entered(copies: Iterable[Copy]) -> str:
    """Return what is told once these, one thing, have entered themselves in the register."""
    asked = "" if all(each.holder for each in copies) else ", where you can say who has it"
    return f"It is in the register of film and copies{asked}."


def not_entered(why: str) -> str:
    """Return what is told where a thing that was made could not be entered."""
    return f"It could not be entered in the register. {why}"


def _about_copy(names: Names, entry: Entry, copy: Copy) -> list[str]:
    found = [f"{family_words(entry)}: {what_words(entry).rstrip('.')}."]
    if copy.file:
        found.append(f"File: {one_line(copy.file)}.")
    who = ", ".join(filter(None, (holder_words(names, copy), one_line(copy.organisation))))
    since = f"since {_long(names, copy.date)}"
    found.append(f"With {who} {since}." if who else f"Who has it is not said yet; {since}.")
    if copy.reason:
        found.append(f"For: {one_line(copy.reason).rstrip('.')}.")
    found += [
        f"{words} {_long(names, day)}."
        for words, day in (
            ("Until", copy.until if is_out(copy) else None),
            ("Asked for on", copy.asked),
            ("Came back on", copy.given_back),
            ("Destroyed on", copy.destroyed),
        )
        if day
    ]
    found += ["It is theirs to keep."] if copy.stays else []
    return [*found, *_about_backup(names, copy)] if is_out(copy) else found


def _about_backup(names: Names, copy: Copy) -> list[str]:
    """Say of a backup how old it is, and what is in it that was deleted here; nothing of other copies."""
    if copy.renewed is None and not copy.films:
        return []
    day = copy.renewed.astimezone().date() if copy.renewed else None
    left = deleted_in(names.find, copy)
    films = "the film of one recording" if left == 1 else f"the film of {left} recordings"
    return [
        f"Last up to date on {_long(names, day)}." if day else "It was begun, and never completed.",
        f"It still holds {films} deleted or erased here, until the next backup reaches it."
        if left
        else "What is deleted or erased here leaves it when the next backup reaches it.",
    ]


def _about_sent(names: Names, entry: Entry) -> list[str]:
    session = names.of(Session, entry.sent[0].session) or "a session"
    makers = dict.fromkeys(names.who(each.maker, each) for each in entry.sent if each.maker)
    by = f", sent by {and_list(list(makers))}" if makers else ""
    found = [f"In the space for the {session}{by}."]
    if entry.until:
        found.append(f"It goes by itself after {_long(names, entry.until)}.")
    return found


def _state_of(copy: Copy) -> str:
    if copy.destroyed:
        return "destroyed"
    if copy.given_back:
        return "came back"
    if copy.stays:
        return "theirs"
    if copy.asked:
        return "asked for"
    return "with them" if copy.holder or copy.organisation else "out"


def _left(until: dt.date, today: dt.date) -> str:
    left = (until - today).days
    return number_of_days(left) if left > 0 else "today"


def _how_far(until: dt.date, today: dt.date) -> str:
    left = (until - today).days
    return f", {number_of_days(left)} left" if left >= 0 else f", {number_of_days(-left)} ago"


def _long(names: Names, day: dt.date) -> str:
    return show_long_day(day, names.today)
