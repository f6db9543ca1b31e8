"""A service's own skill scale: the file that tells it, and what two people say on it, apart, side by side.

Nothing is added up: an item is looked at by itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Instrument, Session, SkillRating
from vigtui.domain.vocabulary import SessionState
from vigtui.values.identity import id_of
from vigtui.values.text import one_line, shortened

_MOST_ITEMS, _MOST_STEPS, _LONGEST = 60, 11, 200
_WANTED = {
    "name": "its name",
    "items": "a list of sentences",
    "lowest": "a whole number",
    "highest": "a whole number",
    "steps": "a list with words for each step",
    "source": "who made it",
}


def parse_instrument(said: Mapping[str, Any]) -> Instrument:
    """Return the skill scale that a file tells. Raises ValueError with a sentence that says where it is wrong
    and what is expected there."""
    for key in said:
        if key not in _WANTED:
            raise ValueError(f"“{shortened(str(key), 40)}” is not known. Known are {', '.join(_WANTED)}.")
    values: dict[str, Any] = {}
    for key, value in said.items():
        values[key] = _value(key, value)
    scale = Instrument(**{"name": "", **values})
    if not scale.name:
        raise ValueError("It has no “name”.")
    if not 1 <= len(scale.items) <= _MOST_ITEMS or len(set(scale.items)) < len(scale.items):
        raise ValueError(f"“items” must be 1 to {_MOST_ITEMS} sentences, each of them once.")
    number = scale.highest - scale.lowest + 1
    if not 2 <= number <= _MOST_STEPS:
        raise ValueError(f"From “lowest” to “highest” it must be 2 to {_MOST_STEPS} steps.")
    if scale.steps and len(scale.steps) != number:
        raise ValueError(
            f"“steps” must have words for each of the {number} steps from {scale.lowest} to {scale.highest}."
        )
    return scale


def _value(key: str, value: object) -> object:
    kind: Any = {"lowest": int, "highest": int, "items": list[str], "steps": list[str]}.get(key, str)
    try:
        found = msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise ValueError(f"“{key}” must be {_WANTED[key]}.") from None
    if isinstance(found, int):
        if not 0 <= found <= 1000:
            raise ValueError(f"“{key}” must be a whole number from 0 to 1000.")
        return found
    words = tuple(one_line(each) for each in ([found] if isinstance(found, str) else found))
    if any(not each or len(each) > _LONGEST for each in words):
        raise ValueError(f"“{key}” must be words of at most {_LONGEST} letters each.")
    return words[0] if isinstance(found, str) else words


def step_words(scale: Instrument, value: int | None) -> str:
    """Return "3  often"; "not rated" for who was asked, and did not say."""
    if value is None:
        return "not rated"
    place = value - scale.lowest
    words = scale.steps[place] if 0 <= place < len(scale.steps) else ""
    return f"{value}  {words}".rstrip()


def rating_id(session: str, scale: str, person: str, rater: str, item: str) -> str:
    """Return the id of what one rater says of one item; it is one, also when it is said on two machines."""
    return id_of("skill", session, scale, person, rater, item)


def is_whole(find: Find, session: str, scale: Instrument, person: str, rater: str) -> bool:
    """Whether this rater has been through every item of the scale for this person in this session."""
    return bool(rater) and all(
        find(SkillRating, rating_id(session, scale.id, person, rater, item)) for item in scale.items
    )


def is_apart(find: Find, rating: SkillRating, reader: str) -> bool:
    """Whether somebody else's rating is not shown to the reader yet: they have not been through the scale
    themselves, and the session's record is not agreed."""
    if reader and rating.rater == reader:
        return False
    session, scale = find(Session, rating.session), find(Instrument, rating.instrument)
    if session is None or scale is None or session.state is SessionState.AGREED:
        return False
    return not is_whole(find, session.id, scale, rating.person, reader)


class Sheet(Struct, frozen=True):
    """What was said on a scale about one person in one session. `raters` are those who said something, the
    person first; `values` are by item and rater, without those that are not shown yet, who are `waiting`."""

    scale: Instrument
    person: str
    raters: tuple[str, ...]
    values: Mapping[tuple[str, str], SkillRating]
    waiting: tuple[str, ...]


def sheet(find: Find, where: Where, session: str, scale: Instrument, person: str, reader: str) -> Sheet:
    """Return what the reader may read on a scale about one person in a session."""
    ratings: Sequence[SkillRating] = [
        each
        for each in where(SkillRating, session=session)
        if each.instrument == scale.id and each.person == person
    ]
    raters = sorted({each.rater for each in ratings}, key=lambda each: (each != person, each))
    apart = {each.rater for each in ratings if is_apart(find, each, reader)}
    values = {(each.item, each.rater): each for each in ratings if each.rater not in apart}
    return Sheet(scale, person, tuple(raters), values, tuple(each for each in raters if each in apart))
