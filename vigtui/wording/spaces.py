"""What is said of a caseload in its space."""

import datetime as dt
from collections.abc import Sequence

from vigtui.values.days import show_long_day
from vigtui.values.text import and_list, counted, one_line, shown_path

NOT_SENT = "NOT SENT: the space's folder cannot be written to. Everything is saved here."
NO_FOLDER = "The space's folder is not there. You work on your own until it is back."
KEEPS_VERSIONS = "This folder keeps old versions (.stversions). What is erased stays in them, encrypted."
TELL_THE_CODE = (
    "Tell this code to the others by voice, never in writing: whoever has it and the folder reads everything."
    " Each of them types it once."
)
WHAT_IT_IS = (
    "A space is a folder that a program such as Syncthing or Nextcloud keeps the same on several machines;"
    " each works offline with this whole caseload."
)
WHAT_IT_NEEDS = "It needs an encrypted caseload and such a folder. vigtui itself opens no connection."
NOT_ENCRYPTED = "This caseload is not encrypted: `vigtui encrypt FILE` does that first, while it is closed."
WHERE_TO_MAKE = "In which folder that is kept in step?"
WHICH_SPACE = "Which space? Its folder ends in .space"
ALONE = "Nobody else has written into it yet. Tell them the code, and share the folder with them."
MADE = "The space is made. Whoever shall be in it needs its folder, and this code:"
NEW_CODE_MADE = (
    "From now on this is the code. The others go on by typing it once; what is written with the old one is"
    " then ignored and deleted. Have the owner of the folder take it away from whoever has left."
)
ASK_NEW_CODE = (
    "Make a new code? The old one opens nothing that is written from now on. Each of the others has to type"
    " the new one once; until then nothing goes between them and you. Who left keeps what they had until"
    " now; film for an agenda that they should not have any longer is taken out in its session."
)
ASK_LEAVE = (
    "Leave the space? What is not sent yet is sent now. The caseload stays here, and what you wrote stays"
    " with the others; film that you sent for an agenda goes. Nothing goes between you any more. Joining"
    " again takes the code."
)
NAME_OF_MACHINE = "This machine's name"
SEEN_BY_OTHERS = "the others see it beside yours"
RENAME = "By this name the others see this machine. Two that are called the same have a word each besides."
TYPE_NEW_CODE = "Somebody has made a new code, since somebody left. Type what you were told."
WHAT_JOINING_DOES = (
    "What is in the space comes into this caseload, and what is here goes to all who are in it. It has to"
    " be a copy of the same caseload."
)
JOINING_ANEW = (
    "All that is in the space comes into a new caseload on this machine, which you encrypt with a"
    " passphrase of your own. The code is typed this once."
)
LEFT = "This caseload is in the space no more. It stays here, and the others keep what you wrote."
NOT_ALL_SENT = "What you wrote last could not be sent: they do not have that."
EARLIER_IN_SPACE = (
    "The caseload is in a space: what was written since then comes in again from there. To stay with"
    " this version, leave the space first."
)
NOT_IN_ITS_SPACE = (
    "This caseload was in a space when you had it open here last. Where it lies now nothing is kept of that:"
    " it was moved or copied without the hidden folder beside it, or left the space. What is written here"
    " goes to nobody, and nothing comes in."
)
SENT_BY_COMMAND = "It is in the space, too."
NOT_SENT_BY_COMMAND = (
    "It is saved here, and not in the space yet: the folder is not there, or cannot be written to. The next"
    " opening sends it, and so does `vigtui space FILE`."
)
_A_WEEK = 7


def title_words(state: str, since: dt.datetime | None, now: dt.datetime) -> str:
    """Return what the title says: `in step 14:03`, `not sent: 3 min`, `offline since Monday`."""
    if state == "offline":
        return f"offline since {since_words(since, now)}" if since else "offline"
    if state == "not_sent":
        return f"not sent: {_long(now - since)}" if since else "not sent"
    return f"in step {since_words(since, now)}" if since else "in step"


def writer_name(person: str, machine: str, apart: str = "") -> str:
    """`Ros (laptop)`; `Ros (laptop, willow)` with a word that tells it `apart` from another of that name."""
    name = one_line(person)[:40] or "Somebody"
    where = ", ".join(filter(None, (one_line(machine)[:40].strip(), apart)))
    return f"{name} ({where})" if where else name


def news_words(names: Sequence[str]) -> str:
    """Return what is said in short where others wrote what is not here yet: `news from Ros`."""
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return f"news from {names[0].partition(' (')[0]}{more}"


def news_sentence(names: Sequence[str]) -> str:
    """Return the same as a sentence."""
    return f"What {and_list(names)} wrote is taken in when it is opened."


def not_sent_words(since: str) -> str:
    """Return the sentence about a caseload that is closed, and of which not all was sent; it was last at
    `since`, if that is known."""
    after = f" after {since}" if since else ""
    return f"Not all that was written here{after} is in the space. It goes out when this is opened."


def silent_words(name: str, heard: dt.datetime, now: dt.datetime) -> str:
    """Return the sentence about who has not been heard of for long."""
    return f"{name} has not been heard of since {_day(heard, now)}."


def writer_words(
    name: str, heard: dt.datetime, has_until: dt.datetime | None, now: dt.datetime, *, there: bool
) -> str:
    """`Ros (laptop): last heard 14:03; has all you wrote until 14:00`."""
    has = (
        f"has all you wrote until {since_words(has_until, now)}"
        if has_until
        else "has not said yet what they have"
    )
    gone = "" if there else "; their file is not in the space any more"
    return f"{name}: last heard {since_words(heard, now)}; {has}{gone}"


def files_words(not_whole: int, newer: int, other_code: int) -> list[str]:
    """Return a sentence about the files that are not taken in."""
    found = []
    for number, one, several in (
        (not_whole, "is not whole yet", "are not whole yet"),
        (newer, "was written by a newer vigtui", "were written by a newer vigtui"),
        (other_code, "opens with another code", "open with another code"),
    ):
        if number:
            files = counted(number, "file")
            found.append(f"{files} in the space {one if number == 1 else several}.")
    return found


def erased_words(free: int, files: int, still: Sequence[tuple[str, dt.datetime]], now: dt.datetime) -> str:
    """`Erased: out of 3 of 4 files; still in that of Ros (laptop), last heard 3 May.`"""
    where = ", and ".join(f"in that of {name}, last heard {since_words(heard, now)}" for name, heard in still)
    return f"Erased: out of {free} of {files} files{f'; still {where}' if where else ''}."


def family_erased_words(
    by: str, code: str, at: dt.datetime | None, now: dt.datetime, *, had_changed: bool, part: str = ""
) -> str:
    """Return the sentence about a family that another has erased, or a `part` of it ("clip C2-1")."""
    day = f" on {_day(at, now)}" if at else ""
    what = f"{one_line(part)[:40]} of" if part else "family"
    gone = " What you had changed in it is gone too." if had_changed else ""
    return f"{one_line(by)[:40] or 'Somebody'} erased {what} {one_line(code)[:40]}{day}.{gone}"


def make_words(folder: str) -> str:
    """Return the question before a space is made in this folder."""
    return (
        f"Make a space in {folder}? All of this caseload goes into it, encrypted, but not notes “only me”."
        " Film stays here, but for clips that you send for an agenda. Whoever is in it reads and changes"
        " every family: families that are none of their business belong in another caseload."
    )


def folder_words(folder: str) -> str:
    """Return where a space's folder is."""
    return f"Its folder: {shown_path(folder)}"


def used_no_more_words(key: str) -> str:
    """Return what may be done about a machine that was not heard of for long."""
    return f"All of its file is taken in: if that machine is used no more, {key} deletes it."


def elsewhere_words(key: str) -> str:
    """Return what to do where a space's folder is not there, and will not be."""
    return f"If it is elsewhere now, {key} joins again there, by the same code."


def type_code_words(key: str) -> str:
    """Return what to do where files open with another code."""
    return f"If somebody else has made a new code, {key} types it. If you have, the others type it."


def remove_words(name: str, heard: dt.datetime, now: dt.datetime) -> str:
    """Return the question before a writer's file is deleted."""
    return (
        f"Delete the file of {name}, last heard {since_words(heard, now)}, and the film for agendas that was"
        " sent from there? All that is in the file is here. If that machine comes back it goes on, as before:"
        " only a new code keeps somebody out."
    )


def since_words(moment: dt.datetime, now: dt.datetime) -> str:
    """`14:03` today, `Monday` within a week, else the day."""
    moment = moment.astimezone(now.tzinfo)
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    if now.date() - moment.date() < dt.timedelta(days=_A_WEEK):
        return f"{moment:%A}"
    return _day(moment, now)


def _day(moment: dt.datetime, now: dt.datetime) -> str:
    return show_long_day(moment.astimezone(now.tzinfo).date(), now.date())


def _long(span: dt.timedelta) -> str:
    minutes = max(int(span.total_seconds() // 60), 1)
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"
