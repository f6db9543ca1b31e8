"""What is said of a shared review: its plan, and what was said in it."""

from collections.abc import Iterable, Sequence

from vigtui.domain.records import Cycle, Family, HelpingQuestion, Voice
from vigtui.domain.reviews import Shown
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode
from vigtui.wording.family import quoted

EMPTY = "Nothing is planned yet. {review_plan.add} adds a clip or a still of this cycle."
LEFT = "We leave this film for now."
LAST = "That was the last moment."
NO_CLIPS = (
    "This cycle has no clip yet. {clip.in} and {clip.out} make one in its recording, or {clip.of_moment} "
    "on a moment."
)


def review_name(cycle: Cycle) -> str:
    """ "Shared review 3"."""
    return f"Shared review {cycle.number}"


def when_words(shown: Shown) -> str:
    """ "00:06", or "still 00:24": where it begins."""
    at = format_timecode(shown.span[0])
    return f"still {at}" if shown.still else at


def what_words(shown: Shown) -> str:
    """What the moment is called: its caption, else its title."""
    return one_line(shown.caption or shown.clip.title)


def questions_words(questions: Iterable[HelpingQuestion]) -> str:
    """The helping questions, each in its owner's words."""
    return "  ".join(quoted(each.words) for each in questions)


def called(family: Family, names: SpokenNames, identity: str) -> str:
    """How a member is called in front of the family: by the name of this sitting, else as what they are
    ("parent"); "" for whoever is no member. Nobody reads a label that stands for their own name."""
    member = next((each for each in family.members if each.id == identity), None)
    if member is None:
        return ""
    return (
        names.names.get(one_line(member.label), "") or one_line(member.relation.split(",")[0]) or "somebody"
    )


def said_about(shown: Shown, voices: Sequence[Voice]) -> list[Voice]:
    """What was said about a planned moment's clip, in the order of the film."""
    own = [each for each in voices if each.clip == shown.clip.id]
    return sorted(own, key=lambda each: (each.date, each.at_ms, each.id))
