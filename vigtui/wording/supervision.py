"""What is said of a supervision session: what it is called, who takes part, who agreed its record."""

import datetime as dt
from collections.abc import Iterable, Iterator

from vigtui.domain.consent.showing import describe_clip, find_clip
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Confirmation, Person, Session, SessionItem
from vigtui.domain.sessions.agreement import confirmed, signers
from vigtui.domain.sessions.seeing import First, Sides, first, whose
from vigtui.domain.supervision import in_order, number
from vigtui.values.days import show_day, show_long_day
from vigtui.values.keys import KeyFor
from vigtui.values.text import and_list, capitalised, clean, one_line

NOT_THEIRS = "A thread is somebody’s own: they read it, their supervisor, and in VERP their guider."

NOT_THERE = "A session is read by those who take part in it, and by supervisors."


def who_is_here(key: KeyFor) -> str:
    """Return what is asked before somebody writes of whom it is not known who they are."""
    return f"Who is here? {key('caseload.person')} on the caseload says it: the record tells who wrote first."


def withheld(key: KeyFor) -> str:
    """Return what the trainee reads in the place of others' words."""
    return f"What others see is shown once your own seeing is done: {key('walk.seeing')} says that it is."


def session_name(where: Where, session: Session) -> str:
    """Return "Supervision 2", "VERP 1", counted for its trainees."""
    return f"{kind_words(session)} {number(session, where(Session))}"


def kind_words(session: Session) -> str:
    """Return "Supervision", "Intervision", "VERP": what a session is, at the start of a sentence."""
    return capitalised(session.kind.label)


def file_name(session: Session) -> str:
    """Return what a file of a session is called, without its ending: "verp-2026-12-07"."""
    return f"{session.kind.label.lower()}-{session.date.isoformat()}"


def names(find: Find, people: Iterable[str]) -> str:
    """Return "Ellis Marr and Noor Castell"; "somebody" for a person who was removed."""
    found = [find(Person, each) for each in people if each]
    return and_list([one_line(person.name) if person else "somebody" for person in found])


def session_words(find: Find, session: Session, today: dt.date) -> str:
    """Return "Ellis Marr with Ros Tiverton   remote, 18 Mar"."""
    who = names(find, session.trainees) or "nobody yet"
    supervisor = names(find, [session.supervisor])
    beside = f"{who} with {supervisor}" if supervisor else who
    return f"{beside}   {session.mode.label}, {show_day(session.date, today)}"


def session_line(find: Find, where: Where, session: Session, today: dt.date) -> str:
    """Return "Ellis Marr, supervision 2, 18 March, remote, planned", for a list of sessions."""
    name = f"{session.kind.label} {number(session, where(Session))}"
    day = show_long_day(session.date, today)
    return f"{names(find, session.trainees)}, {name}, {day}, {session.mode.label}, {session.state.label}"


def state_words(session: Session) -> str:
    """Return the state of the record: "agreed, 2 amendments"."""
    count = len(session.amendments)
    more = f", {count} amendment{'s' if count > 1 else ''}" if count else ""
    return f"{session.state.label}{more}"


def agreement_lines(find: Find, where: Where, session: Session, today: dt.date) -> list[str]:
    """Return who agreed the record and when, and what was added since; before that, who has confirmed it."""
    if session.agreed is None:
        return list(_confirmation_lines(find, where, session, today))
    who = and_list([signature(find, person) for person in session.agreed.by])
    agreed = f"Agreed by {who} on {show_day(session.agreed.at.date(), today)}."
    added = [
        f"Added {show_day(each.at.date(), today)} by {signature(find, each.by)}: {each.words}"
        for each in session.amendments
    ]
    items = in_order(where(SessionItem, session=session.id), session.id)
    unknown = [str(place) for place, item in enumerate(items, 1) if item.agreed is None]
    if not unknown or len(unknown) == len(items):
        return [agreed, *added]
    late = f"Added to the agenda by somebody who did not know that it was agreed: {and_list(unknown)}."
    return [agreed, late, *added]


def kept_again_words(number: int) -> str:
    """Return what is told once the words of so many records are kept a second time."""
    one = number == 1
    records = "The agreed record of a session" if one else f"The agreed records of {number} sessions"
    return (
        f"{records}, from an earlier version of vigtui, {'is' if one else 'are'} kept a second time from now "
        "on: a change that is made with another program is found, and what was agreed is shown."
    )


def _confirmation_lines(find: Find, where: Where, session: Session, today: dt.date) -> Iterator[str]:
    confirmations = where(Confirmation, session=session.id)
    items = where(SessionItem, session=session.id) if confirmations else []
    found = confirmed(session, items, confirmations) if confirmations else {}
    for each in confirmations:
        who, day = signature(find, each.person), show_day(each.at.date(), today)
        if each.person in found:
            yield f"{who} agreed to these words on {day}."
        elif each.person in signers(session):
            yield f"{who} agreed on {day} to words that were changed since, and is asked again."
    if found and (waiting := [each for each in signers(session) if each not in found]):
        yield f"The record is agreed once {names(find, waiting)} has agreed, too."


def first_name(find: Find, person: str) -> str:
    """Return "Ellis"; "" for nobody in particular."""
    return next(iter(signature(find, person).split()), "") if person else ""


def seeing_heading(find: Find, found: Sides, today: dt.date) -> str:
    """Return over what the trainee sees by themselves: "Ellis saw, 29 Nov". While they write it themselves no
    day stands there: in the narrow column it would be cut."""
    day = f", {show_day(found.seeing.date, today)}" if found.seeing.date else ""
    if not found.is_own:
        return f"{first_name(find, found.trainee)} saw{day}"
    return f"You saw{day}, done" if found.seeing.done else "What you see, by yourself first"


def seeing_words(find: Find, found: Sides, key: KeyFor) -> str:
    """Return what another than the trainee may read of what they see by themselves; "" where there is nothing
    to be told of it."""
    who, seeing = first_name(find, found.trainee), found.seeing
    if found.seeing_shown:
        return seeing.words.strip()
    if seeing.done:
        return f"{who} has written. {key('walk.seeing')} shows it."
    if not found.preparing:
        return ""
    return f"{who} is still writing." if seeing.begun else f"{who} has not written yet."


_FIRST = {
    First.ONE_READ: "{one} wrote first; {other} had read it.",
    First.ONE_UNREAD: "{one} wrote first; {other} wrote without having read it.",
    First.OTHER_READ: "{other} wrote first; {one} had read it.",
    First.OTHER_UNREAD: "{other} wrote first; {one} wrote without having read it.",
    First.APART: "{one} and {other} wrote apart, each without the other’s words.",
}


def first_words(find: Find, found: Sides) -> str:
    """Return who wrote first, the trainee or each of the others, and whether that had been read; "" while
    only one has written."""
    others = found.others if found.is_own else (found.own, *found.others)
    told = [
        _FIRST[order].format(
            one=first_name(find, found.trainee) or "The trainee",
            other=first_name(find, each.person) or "somebody",
        )
        for each in others
        if each.id != found.seeing.id and (order := first(found.seeing, each))
    ]
    return " ".join(told)


def minute_after(find: Find, where: Where, session: Session, trainee: str, today: dt.date) -> str:
    """Return a short message for a trainee: their working points and next steps, with the clips they come
    from; "" where none is written."""
    parts = []
    for item in in_order(where(SessionItem, session=session.id), session.id):
        said = [
            f"{label}: {clean(words).strip()}"
            for label, words in (("Working point", item.working_point), ("Next step", item.next_step))
            if words.strip()
        ]
        if said and whose(find, session, item) in ("", trainee):
            found = find_clip(find, item.clip)
            parts.append("\n".join([*([describe_clip(*found)] if found else []), *said]))
    if not parts:
        return ""
    day, who = show_long_day(session.date, today), names(find, [session.supervisor])
    head = f"{session_name(where, session)}, {day}" + (f", with {who}" if who else "")
    return "\n\n".join([head, *parts]) + "\n"


def signature(find: Find, person: str) -> str:
    """Return a person's name, or what is shown instead where the person was removed."""
    found = find(Person, person)
    return one_line(found.name if found else person)
