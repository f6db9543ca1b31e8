"""Writing ELAN's files (.eaf, format 3.0): tiers of clips, their captions below them, and a tier of tags for
each person.

Annotations of a tier may not overlap. So clips that touch go to further tiers, and a tag at a moment is a
short interval, up to the next tag of its tier.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from vigtui.exchange.formats.coded import CLIP, CodedFilm, Mark, code_of
from vigtui.exchange.formats.elan import CAPTION_TYPE, CLIP_TYPE, TAG_TYPE
from vigtui.values.text import clean

TAG_MS = 200
"""How long a tag is there, if no other follows sooner."""

_NOT_XML = re.compile("[\ufffe\uffff]")
_SCHEMA = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd"'
)
_ASSOCIATION = "Symbolic_Association"
_END = f"""\
    <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="{CLIP_TYPE}" TIME_ALIGNABLE="true"/>
    <LINGUISTIC_TYPE CONSTRAINTS="{_ASSOCIATION}" GRAPHIC_REFERENCES="false" \
LINGUISTIC_TYPE_ID="{CAPTION_TYPE}" TIME_ALIGNABLE="false"/>
    <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="{TAG_TYPE}" TIME_ALIGNABLE="true"/>
    <CONSTRAINT DESCRIPTION="1-1 association with a parent annotation" STEREOTYPE="{_ASSOCIATION}"/>
</ANNOTATION_DOCUMENT>
"""


def elan(film: CodedFilm, made: dt.datetime) -> str:
    """Return the file of a film with clips and tags, each in a lane."""
    writing = _Writing()
    marks = sorted(film.marks, key=lambda mark: (mark.lane, mark.start_ms))
    for lane, several in itertools.groupby(marks, key=lambda mark: mark.lane):
        in_lane = list(several)
        writing.add_clips(lane, [mark for mark in in_lane if mark.code == CLIP])
        tags = sorted(
            (mark for mark in in_lane if mark.code != CLIP), key=lambda mark: (mark.who, mark.start_ms)
        )
        for who, own in itertools.groupby(tags, key=lambda mark: mark.who):
            writing.add_tags(lane, who, list(own))
    media = (
        f"        <MEDIA_DESCRIPTOR MEDIA_URL={each} MIME_TYPE={mime} RELATIVE_MEDIA_URL={each}/>\n"
        for each, mime in ((_address(name), _quoted(_mime(name))) for name in film.media)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT AUTHOR="" '
        f'DATE="{made.isoformat(timespec="seconds")}" FORMAT="3.0" VERSION="3.0" {_SCHEMA}>\n'
        f'    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\n{"".join(media)}    </HEADER>\n'
        f"{writing.time_order()}{''.join(writing.tiers)}{_END}"
    )


class _Writing:
    """The tiers and the time slots so far."""

    def __init__(self) -> None:
        self.tiers: list[str] = []
        self._slots: list[int] = []
        self._names: set[str] = set()
        self._annotations = 0

    def time_order(self) -> str:
        """Return the time slots, in the order of their times."""
        order = sorted(range(len(self._slots)), key=lambda slot: self._slots[slot])
        slots = (
            f'        <TIME_SLOT TIME_SLOT_ID="ts{slot + 1}" TIME_VALUE="{self._slots[slot]}"/>\n'
            for slot in order
        )
        return f"    <TIME_ORDER>\n{''.join(slots)}    </TIME_ORDER>\n"

    def add_clips(self, lane: int, clips: Sequence[Mark]) -> None:
        """Add a tier of clips, which do not overlap, and one of their captions."""
        ids, annotations = [], []
        for clip in clips:
            identity, annotation = self._aligned(clip.start_ms, clip.end_ms, clip.title)
            ids.append(identity)
            annotations.append(annotation)
        captions = [
            self._within(identity, clip.caption)
            for identity, clip in zip(ids, clips, strict=True)
            if clip.caption
        ]
        parent = self._add_tier(f"Clips {lane}", CLIP_TYPE, annotations)
        if captions:
            self._add_tier(f"Captions {lane}", CAPTION_TYPE, captions, parent=parent)

    def add_tags(self, lane: int, who: str, tags: Sequence[Mark]) -> None:
        """Add tiers of one person's tags, in the order of their moments: of those at one moment each is in
        another."""
        tiers: list[list[Mark]] = []
        for tag in tags:
            free = next((each for each in tiers if each[-1].start_ms < tag.start_ms), None)
            if free is None:
                tiers.append([tag])
            else:
                free.append(tag)
        for number, own in enumerate(tiers, start=1):
            more = f" ({number})" if number > 1 else ""
            name = f"{code_of(who) or 'Somebody'}{more}, clips {lane}"
            nexts = [*(tag.start_ms for tag in own[1:]), own[-1].start_ms + TAG_MS]
            annotations = [
                self._aligned(tag.start_ms, min(tag.start_ms + TAG_MS, following), tag.code)[1]
                for tag, following in zip(own, nexts, strict=True)
            ]
            self._add_tier(name, TAG_TYPE, annotations, participant=code_of(who))

    def _aligned(self, start_ms: int, end_ms: int, words: str) -> tuple[str, str]:
        first = len(self._slots) + 1
        self._slots += [start_ms, end_ms]
        return self._annotation(
            "ALIGNABLE_ANNOTATION", f'TIME_SLOT_REF1="ts{first}" TIME_SLOT_REF2="ts{first + 1}"', words
        )

    def _within(self, parent: str, words: str) -> str:
        return self._annotation("REF_ANNOTATION", f'ANNOTATION_REF="{parent}"', words)[1]

    def _annotation(self, kind: str, where: str, words: str) -> tuple[str, str]:
        self._annotations += 1
        identity = f"a{self._annotations}"
        return identity, (
            f'        <ANNOTATION>\n            <{kind} ANNOTATION_ID="{identity}" {where}>\n'
            f"                <ANNOTATION_VALUE>{escape(_fit(words))}</ANNOTATION_VALUE>\n"
            f"            </{kind}>\n        </ANNOTATION>\n"
        )

    def _add_tier(
        self, name: str, kind: str, annotations: Iterable[str], *, parent: str = "", participant: str = ""
    ) -> str:
        while name in self._names:  # Somebody may be called as another tier is.
            name = f"·{name}"
        self._names.add(name)
        more = f" PARENT_REF={_quoted(parent)}" if parent else ""
        more += f" PARTICIPANT={_quoted(participant)}" if participant else ""
        self.tiers.append(
            f'    <TIER LINGUISTIC_TYPE_REF="{kind}"{more} TIER_ID={_quoted(name)}>\n'
            f"{''.join(annotations)}    </TIER>\n"
        )
        return name


def _fit(words: str) -> str:
    """Return the words without what XML cannot hold."""
    return _NOT_XML.sub("", clean(words))


def _quoted(words: str) -> str:
    return quoteattr(_fit(words), {"\n": " "})


def _address(name: str) -> str:
    """Return where a media file is: beside this one."""
    return quoteattr(f"./{quote(_fit(name))}")


def _mime(name: str) -> str:
    return "video/mp4" if name.casefold().endswith((".mp4", ".m4v")) else "unknown"
