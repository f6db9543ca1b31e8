"""The clips of F-017 "Heron", each where its film shows what the caption says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vigtui.demo.data.book import Book
from vigtui.demo.data.clips import Told, record_clips
from vigtui.domain.records import Clip, HelpingQuestion, Recording, Still


@dataclass(frozen=True, slots=True)
class HeronPeople:
    """The ids of those whom tags speak of."""

    dana: str
    jory: str
    ellis: str


def heron_clips(
    book: Book, films: Mapping[str, Recording], questions: Sequence[HelpingQuestion], who: HeronPeople
) -> dict[str, Clip]:
    """Record the clips and one still; `films` and the clips returned are by code."""
    told = (*_jigsaw_and_toast(who), *_story(who), *_reviews(who.ellis))
    clips = record_clips(book, "F-017", films, questions, told)
    book.add(Still(clip=clips["C1-1"].id, at_ms=13_600, caption="He looks up; she is there."))
    return clips


def _jigsaw_and_toast(who: HeronPeople) -> tuple[Told, ...]:
    dana, jory = who.dana, who.jory
    return (
        Told(
            "C1-1",
            "waits",
            "He looks up",
            "Jory holds a piece still. Dana leans in and waits. He looks up.",
            ((9, dana, "attentive", "looking"), (10, dana, "encouraging", "waiting")),
            (1,),
        ),
        Told(
            "C1-2",
            "wonky",
            "Wonky",
            "Jory: “Wonky.” Dana: “It *is* wonky.” Both laugh.",
            ((25.4, dana, "receiving", "their_words"), (28, jory, "developing", "fun")),
            (1,),
        ),
        Told(
            "C2-1",
            "choice",
            "Jam or honey",
            "Dana holds up jam and honey. Jory points; she nods, passes the jam.",
            ((6.4, dana, "guiding", "choices"), (9.6, jory, "developing", "cooperating")),
            (2,),
        ),
        Told(
            "C2-2",
            "knife",
            "The knife drops",
            "The knife drops. Jory goes quiet. Dana crouches: “That was loud.” He moves closer.",
            (
                (25.6, dana, "receiving", "words"),
                (27.5, dana, "developing", "turns"),
                (30, jory, "receiving", "body"),
            ),
            (1, 3),
        ),
    )


def _story(who: HeronPeople) -> tuple[Told, ...]:
    return (
        Told(
            "C3-1",
            "pats",
            "He pats the page",
            "Jory pats the page. Dana stops reading and looks where he pats.",
            ((8.5, who.jory, "attentive", "turning"), (10, who.dana, "encouraging", "looking_for")),
            (2,),
        ),
        Told(
            "C3-2",
            "owls",
            "Four owls each",
            "They take turns making the owl noise; four turns each.",
            ((24, who.jory, "developing", "fun"), (30, who.dana, "developing", "turns")),
            (2,),
        ),
    )


def _reviews(ellis: str) -> tuple[Told, ...]:
    return (
        Told(
            "SR1-1",
            "waits",
            "He's checking I'm there",
            "Dana: “He's checking I'm there.” The guider nods and waits; Dana goes on.",
            ((13, ellis, "encouraging", "waiting"),),
            beside="C1-1",
        ),
        Told(
            "SR2-1",
            "sulking",
            "Sulking…",
            "Dana: “I thought he was sulking.” The guider repeats “sulking” and asks what she sees now.",
            ((11.4, ellis, "receiving", "their_words"), (16, ellis, "deepening", "viewpoints")),
            beside="C2-2",
        ),
        Told(
            "SR2-2",
            "last question",
            "The last question",
            "The guider asks one short question. Dana looks up, waits, then answers at length.",
            ((27, ellis, "developing", "short_turns"),),
            beside="C2-1",
        ),
        Told(
            "SR3-1",
            "own words",
            "“We were both owls”",
            "Dana points at the screen and tells what she sees; the guider nods.",
            ((18.5, ellis, "receiving", "body"),),
            beside="C3-2",
        ),
    )
