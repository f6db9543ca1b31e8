"""The principles of attuned interaction and guidance, as data a service can replace.

The principles are the work of the Association for Video Interaction Guidance UK (AVIGuk); the wording here
is a paraphrase. Their order matters: each builds on the one before.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

ATTRIBUTION = (
    "After the principles of attuned interaction and guidance of the Association for Video Interaction "
    "Guidance UK (AVIGuk), in our own words."
)


class Item(Struct, frozen=True):
    """One way of living a principle: `id` is what tags hold, `name` is what a screen shows."""

    id: str
    name: str


class Principle(Struct, frozen=True):
    """One principle and its items. `short` is the name for narrow places."""

    id: str
    name: str
    short: str
    items: tuple[Item, ...]

    def item(self, id: str) -> Item | None:
        return next((item for item in self.items if item.id == id), None)


class Principles(Struct, frozen=True):
    """A set of principles in their order, and whose they are."""

    principles: tuple[Principle, ...]
    attribution: str

    def find(self, id: str) -> Principle | None:
        return next((principle for principle in self.principles if principle.id == id), None)

    def words(self, principle: str, item: str = "") -> str:
        """Return "receiving: with body" for the ids of a tag; an id that is not known is shown as it is."""
        found = self.find(principle)
        if found is None:
            return f"{principle}: {item}" if item else principle
        part = found.item(item)
        name = part.name if part else item
        return f"{found.short}: {name}" if name else found.short


def parse(data: Mapping[str, Any]) -> Principles:
    """Return the principles that a service's own data describe, in this shape:

    `{"attribution": str, "principles": [{"id", "name", "short"?, "items": [{"id", "name"}, ...]}, ...]}`.
    Raises ValueError with a sentence that says where it is wrong.
    """
    listed = data.get("principles")
    if not isinstance(listed, list) or not listed:
        raise ValueError("“principles” must be a list of at least one principle.")
    principles = []
    for place, each in enumerate(listed, start=1):
        where = f"principle {place}"
        items = each.get("items", []) if isinstance(each, Mapping) else None
        if not isinstance(items, list):
            raise ValueError(f"{where} must have an id, a name and a list of items.")
        parsed = tuple(
            Item(
                _text(item, "id", f"item {number} of {where}"),
                _text(item, "name", f"item {number} of {where}"),
            )
            for number, item in enumerate(items, start=1)
        )
        name = _text(each, "name", where)
        short = each.get("short") or name
        if not isinstance(short, str):
            raise ValueError(f"“short” of {where} must be text.")
        _unique([item.id for item in parsed], where)
        principles.append(Principle(_text(each, "id", where), name, short, parsed))
    _unique([principle.id for principle in principles], "the list")
    attribution = data.get("attribution", "")
    return Principles(tuple(principles), attribution if isinstance(attribution, str) else "")


def _text(data: object, key: str, where: str) -> str:
    value = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"“{key}” of {where} must be text.")
    return value


def _unique(ids: list[str], where: str) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ValueError(f"The id “{each}” is used twice in {where}.")
        seen.add(each)


def _principle(id: str, name: str, short: str, **items: str) -> Principle:
    return Principle(id, name, short, tuple(Item(key, words) for key, words in items.items()))


DEFAULT = Principles(
    (
        _principle(
            "attentive",
            "Being attentive",
            "attentive",
            looking="looking interested",
            posture="friendly posture",
            space="giving time and space",
            turning="turning towards",
            wondering="wondering",
            enjoying="enjoying watching",
        ),
        _principle(
            "encouraging",
            "Encouraging initiatives",
            "encouraging",
            waiting="waiting",
            listening="listening actively",
            warmth="warmth",
            naming="naming what you see, do, think, feel",
            playful="playful tone",
            looking_for="looking for initiatives",
        ),
        _principle(
            "receiving",
            "Receiving initiatives",
            "receiving",
            noticed="showing you noticed",
            body="with body, eyes, smile, nod",
            words="in words",
            their_words="using their words",
        ),
        _principle(
            "developing",
            "Developing attuned interactions",
            "developing",
            responding="receiving, then responding",
            checking="checking understanding",
            turns="waiting your turn",
            fun="having fun",
            second_turn="a second turn on the topic",
            short_turns="short turns",
            equally="contributing equally",
            cooperating="co-operating",
        ),
        _principle(
            "guiding",
            "Guiding",
            "guiding",
            scaffolding="scaffolding",
            extending="extending",
            adjusting="adjusting support",
            informing="giving information or help when needed",
            choices="offering choices",
            suggestions="suggestions they can follow",
        ),
        _principle(
            "deepening",
            "Deepening discussion",
            "deepening",
            goals="supporting goal-setting",
            viewpoints="sharing viewpoints",
            solving="solving problems together",
            difference="naming difference",
            intentions="exploring intentions",
            contradictions="naming contradictions",
            understanding="new shared understanding",
            conflict="managing conflict",
        ),
    ),
    ATTRIBUTION,
)
