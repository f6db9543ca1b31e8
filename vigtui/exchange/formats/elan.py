"""Reading ELAN's files (.eaf): tiers of annotations, some with times of their own, some within others."""

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from vigtui.exchange.formats.coded import (
    CLIP,
    MOST_MS,
    Coded,
    CodedFilm,
    FormatError,
    Mark,
    code_of,
    in_order,
    place_of,
    words_of,
)
from vigtui.exchange.left_out import LeftOut, by_reason
from vigtui.foreign.xml_data import parse_xml
from vigtui.values.text import one_line, shortened

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CLIP_TYPE, CAPTION_TYPE, TAG_TYPE = "vigtui clip", "vigtui caption", "vigtui tag"
"""The linguistic types of what is exported here."""

_SUBDIVISION = "Symbolic_Subdivision"
_NUMBER = re.compile(r"-?\d{1,12}")
_LANE = re.compile(r"(\d{1,4})$")
_MOST_CODES, _LONGEST_CODE, _MOST_WORDS = 40, 40, 3
_NO_TIME = "It has no time, and none that could be worked out from those beside it."

Interval = tuple[int, int]


class _Annotation(Struct, frozen=True):
    """One annotation: with two time slots, or within the `parent` with that id."""

    id: str
    value: str
    slots: tuple[str, str] = ("", "")
    parent: str = ""


class _Tier(Struct, frozen=True):
    name: str
    participant: str
    kind: str
    constraint: str
    has_vocabulary: bool
    annotations: tuple[_Annotation, ...]


def read_elan(data: bytes) -> Coded:
    """Return what an ELAN file says. Raises FormatError."""
    try:
        root = parse_xml(data)
    except ValueError as error:
        raise FormatError(str(error)) from None
    if root.tag != "ANNOTATION_DOCUMENT":
        raise FormatError("it is XML, but not a file of ELAN")
    header = root.find("HEADER")
    units = header.get("TIME_UNITS", "milliseconds") if header is not None else "milliseconds"
    if units != "milliseconds":
        raise FormatError(f"its times are in {one_line(units)[:40]}; milliseconds are read")
    tiers = list(_tiers(root))
    times = _times(root, tiers)
    media = list(_media(root))
    names = tuple(dict.fromkeys(name for name, _, _ in media if name))
    folder, origin = media[0][1:] if media else ("", 0)
    left_out: list[LeftOut] = []
    marks = [
        mark
        for tier in tiers
        if tier.kind != CAPTION_TYPE
        for mark in _marks(tier, times, _captions(tiers), origin, left_out)
    ]
    film = CodedFilm(names[0] if names else "", names, in_order(marks), folder=folder)
    return Coded((film,), by_reason(left_out))


def _tiers(root: "Element") -> Iterator[_Tier]:
    kinds = {each.get("LINGUISTIC_TYPE_ID", ""): each for each in root.iterfind("LINGUISTIC_TYPE")}
    for tier in root.iterfind("TIER"):
        kind = tier.get("LINGUISTIC_TYPE_REF", "")
        declared = kinds.get(kind)
        yield _Tier(
            code_of(tier.get("TIER_ID", "")),
            code_of(tier.get("PARTICIPANT", "")),
            kind,
            declared.get("CONSTRAINTS", "") if declared is not None else "",
            bool(declared is not None and declared.get("CONTROLLED_VOCABULARY_REF")),
            tuple(_annotations(tier)),
        )


def _annotations(tier: "Element") -> Iterator[_Annotation]:
    for each in tier.iterfind("ANNOTATION/*"):
        identity, value = each.get("ANNOTATION_ID", ""), each.findtext("ANNOTATION_VALUE", "")
        if each.tag == "ALIGNABLE_ANNOTATION":
            slots = each.get("TIME_SLOT_REF1", ""), each.get("TIME_SLOT_REF2", "")
            yield _Annotation(identity, value, slots=slots)
        elif each.tag == "REF_ANNOTATION":
            yield _Annotation(identity, value, parent=each.get("ANNOTATION_REF", ""))


def _media(root: "Element") -> Iterator[tuple[str, str, int]]:
    """Yield the name of each media file, whatever way its path is written, that of its folder, and where in
    it the annotations' time begins, in milliseconds."""
    for each in root.iterfind("HEADER/MEDIA_DESCRIPTOR"):
        url = each.get("MEDIA_URL", "") or each.get("RELATIVE_MEDIA_URL", "")
        name, folder = place_of(unquote(url, errors="replace"))
        yield name, folder, _number(each.get("TIME_ORIGIN", "")) or 0


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) and abs(int(text)) <= MOST_MS else None


# Times


def _times(root: "Element", tiers: Iterable[_Tier]) -> dict[str, Interval]:
    """Return from when to when each annotation goes, by its id: those of which that can be told."""
    slots = {
        each.get("TIME_SLOT_ID", ""): _number(each.get("TIME_VALUE", ""))
        for each in root.iterfind("TIME_ORDER/TIME_SLOT")
    }
    times: dict[str, Interval] = {}
    within: dict[str, tuple[str, int, int]] = {}
    for tier in tiers:
        times.update(_aligned(tier, slots))
        within.update(_places_within(tier))
    _add_within(within, times)
    return times


def _aligned(tier: _Tier, slots: dict[str, int | None]) -> Iterator[tuple[str, Interval]]:
    """Yield the annotations with slots. Between two slots that have a value, those without one are at even
    distances."""
    run: list[_Annotation] = []
    for each in tier.annotations:
        if each.parent:
            continue
        start, end = (slots.get(slot) for slot in each.slots)
        run = [each] if start is not None else [*run, each] if run else []
        if run and end is not None:
            first = slots.get(run[0].slots[0]) or 0
            yield from zip((one.id for one in run), _divided((first, end), len(run)), strict=True)
            run = []


def _divided(whole: Interval, number: int) -> Iterator[Interval]:
    start, length = whole[0], whole[1] - whole[0]
    edges = [start + length * place // number for place in range(number + 1)]
    return itertools.pairwise(edges)


def _places_within(tier: _Tier) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Yield each annotation that is within another: in which, as which part, of how many; one that is not a
    part of it is all of it."""
    children: dict[str, list[str]] = {}
    for each in tier.annotations:
        if each.parent:
            children.setdefault(each.parent, []).append(each.id)
    for parent, several in children.items():
        divided = tier.constraint == _SUBDIVISION
        for place, identity in enumerate(several):
            yield identity, (parent, place, len(several)) if divided else (parent, 0, 1)


def _add_within(within: dict[str, tuple[str, int, int]], times: dict[str, Interval]) -> None:
    """Add the times of annotations within others, however deep; those in a circle have none."""
    seen: set[str] = set()
    for identity in within:
        path = []
        while identity in within and identity not in times and identity not in seen:
            seen.add(identity)
            path.append(identity)
            identity = within[identity][0]
        for each in reversed(path):
            parent, place, number = within[each]
            if parent in times:
                start, end = times[parent]
                length = end - start
                times[each] = start + length * place // number, start + length * (place + 1) // number


# Marks


def _captions(tiers: Iterable[_Tier]) -> dict[str, str]:
    """Return the captions of what was exported here, by the clip's annotation."""
    return {
        each.parent: words_of(each.value)
        for tier in tiers
        if tier.kind == CAPTION_TYPE
        for each in tier.annotations
    }


def _marks(
    tier: _Tier,
    times: dict[str, Interval],
    captions: dict[str, str],
    origin: int,
    left_out: list[LeftOut],
) -> Iterator[Mark]:
    has_codes = _has_codes(tier)
    own = tier.kind in (CLIP_TYPE, TAG_TYPE)
    lane = int(found[1]) if own and (found := _LANE.search(tier.name)) else 0
    who = tier.participant or ("" if own else tier.name)
    for each in tier.annotations:
        start, end = times.get(each.id, (-1, -1))
        start, end = start + origin, end + origin
        if each.id not in times or start < 0 or end < start:
            name = shortened(f"{tier.name} “{each.value}”" if each.value else tier.name, 60)
            left_out.append(LeftOut(name, _NO_TIME))
        elif tier.kind == CLIP_TYPE:
            caption = captions.get(each.id, "")
            yield Mark(start, end, CLIP, title=words_of(each.value), caption=caption, lane=lane)
        elif tier.kind == TAG_TYPE:
            yield Mark(start, start, code_of(each.value), who, lane=lane)
        elif has_codes and (code := code_of(each.value)):
            yield Mark(start, end, code, who)
        else:
            yield Mark(start, end, tier.name, who, caption=words_of(each.value))


def _has_codes(tier: _Tier) -> bool:
    """Whether what a tier's annotations say are codes: from a vocabulary, or few and short; else what
    somebody says or does is told in them, and the tier itself is the code."""
    if tier.has_vocabulary:
        return True
    values = {code_of(each.value) for each in tier.annotations}
    short = all(len(each) <= _LONGEST_CODE and len(each.split()) <= _MOST_WORDS for each in values)
    return short and len(values) <= _MOST_CODES
