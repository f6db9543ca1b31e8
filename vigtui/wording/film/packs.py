"""What goes into a pack, with a clip that is cut for somebody, or into one person's bundle, and what stays
behind, in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol

from vigtui.domain.records import Clip
from vigtui.values.days import show_long_day
from vigtui.values.keys import KeyFor
from vigtui.values.text import and_list, capitalised, one_line
from vigtui.values.timecode import format_length

ENCRYPTED_NEXT = "A passphrase for the pack is asked for next: it encrypts the words and the film in it."
SAY_IT = (
    "Say the passphrase to whoever gets the pack; do not write it beside it. Nothing else opens the pack."
)
IS_CLEAR = "This pack is not encrypted: whoever has it can read it and watch its film."


class NamedClip(Protocol):
    """A clip that goes into a pack, and what it is called."""

    @property
    def name(self) -> str: ...
    @property
    def clip(self) -> Clip: ...
    @property
    def late(self) -> dt.date | None: ...


class LeftBehind(Protocol):
    """What does not go along, and why not: a sentence."""

    @property
    def what(self) -> str: ...
    @property
    def why(self) -> str: ...


class Contents(Protocol):
    """What goes into a pack: what is told of it (see `vigtui.exchange.packs.contents`)."""

    @property
    def words(self) -> str: ...
    @property
    def film_names(self) -> Sequence[str]: ...
    @property
    def cuts(self) -> Sequence[NamedClip]: ...
    @property
    def left_out(self) -> Sequence[LeftBehind]: ...
    @property
    def rest(self) -> str: ...


def goes_in(contents: Contents) -> list[str]:
    """Return a line for the records, one for the names of films in them, and one for each clip."""
    lines = [f"Records: {contents.words}"]
    if contents.film_names:
        lines.append(one_line(f"What the films are called here: {', '.join(contents.film_names)}"))
    lines += [
        f"{each.name}: {format_length(each.clip.out_ms - each.clip.in_ms)} of film{_late(each.late)}"
        for each in contents.cuts
    ]
    return lines


def _late(day: dt.date | None) -> str:
    return f", which was to be deleted by {show_long_day(day, day.min)}" if day else ""


def stays_behind(contents: Contents) -> list[str]:
    """Return a line for each clip or film that one could expect, and one for everything else."""
    lines = told(contents.left_out)
    if contents.cuts:
        lines.append("Film before and after the clips")
    if contents.rest:
        lines.append(f"Everything else, and always notes marked “only me”: {contents.rest}")
    return lines


def goes_with(code: str, clip: Clip, people: Sequence[str]) -> str:
    """Return what a clip that is cut for somebody holds, and what it does not."""
    length = format_length(clip.out_ms - clip.in_ms)
    shown = f", which shows {and_list([one_line(each) for each in people])}" if people else ""
    return (
        f"{code}: {length} of film and sound{shown}. No name, caption, note or subtitle goes along. "
        "The file is not encrypted: whoever has it can watch it."
    )


def tells_of_family(file: str, told: str) -> str:
    """Return why a file's name will not do that tells this of a family."""
    return f"{one_line(file)} tells of the family ({one_line(told)}). Take a name that says nothing of it."


def film_goes(name: str, people: Sequence[str]) -> str:
    """Return what a whole film holds that is copied for somebody, and what it does not."""
    shown = f", which shows {and_list([one_line(each) for each in people])}" if people else ""
    return (
        f"{capitalised(name)}, whole, with its sound{shown}, and whatever its file says of itself. A clip "
        "says less. The file is not encrypted: whoever has it can watch it."
    )


def film_given(name: str, file: str, person: str, key: KeyFor) -> str:
    """Return the sentence that a whole film was copied for somebody."""
    undo = key("app.undo")
    return f"{one_line(file)} is {name}, for {one_line(person)}. {undo} takes the record back, not the file."


def given(code: str, file: str, person: str, key: KeyFor) -> str:
    """Return the sentence that a clip was cut for somebody."""
    undo = key("app.undo")
    return (
        f"{code} is cut: {one_line(file)}, for {one_line(person)}. {undo} takes the record back, not the "
        "file."
    )


def told(left_out: Iterable[LeftBehind]) -> list[str]:
    """Return what was left out, a line for each reason."""
    reasons: dict[str, list[str]] = {}
    for each in left_out:
        reasons.setdefault(each.why, []).append(each.what)
    return [one_line(f"{_listed(several)}: {why}") for why, several in reasons.items()]


def _listed(several: Sequence[str]) -> str:
    return ("; " if any("," in each for each in several) else ", ").join(several)


def made(name: str, clips: int) -> str:
    """Return the sentence that a pack of this name, with the film of so many clips, is there."""
    film = {0: "no film", 1: "the film of one clip"}.get(clips, f"the film of {clips} clips")
    return f"{one_line(name)} is made, with {film}. `vigtui merge` takes it back."


def decide_words(label: str, records: int, films: int) -> str:
    """Return what goes into a member's bundle by itself, and that somebody decides on the rest."""
    film = "1 film" if films == 1 else f"{films or 'no'} films"
    return (
        f"What {one_line(label)} said, decided and did goes in ({records}), with a list of {film}, and who "
        "saw them. What others wrote goes only if you tick it: leave out what tells of somebody else."
    )


def private_words(keepers: Sequence[str]) -> str:
    """Return how much is kept from whoever makes a bundle, and by whom, who alone can decide on it; "" for
    nothing."""
    if not keepers:
        return ""
    who = and_list([one_line(each) for each in dict.fromkeys(keepers)])
    return f"Not shown to you, and for them to decide on: {len(keepers)} by {who}."


def bundle_written(folder: str, papers: int) -> str:
    """Return the sentence that somebody's bundle is written."""
    return f"Written: {papers} papers, as text and HTML, in {one_line(folder)}. Only you can open it."
