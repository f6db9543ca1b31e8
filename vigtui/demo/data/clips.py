"""Clips as they are told: the code, the moment of the film, and the words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vigtui.demo.data.book import Book, scene
from vigtui.domain.records import Clip, HelpingQuestion, Recording

Tags = tuple[tuple[float, str, str, str], ...]
"""The second of the film, the id of who did it, the ids of principle and item."""


@dataclass(frozen=True, slots=True)
class Told:
    """A clip. `code` is "C1-2" or "SR1-1", `moment` one of its scene's, `questions` are numbers from 1, and
    `beside` is the code, told before, of the client clip that a shared-review clip discusses."""

    code: str
    moment: str
    title: str
    caption: str
    tags: Tags = ()
    questions: tuple[int, ...] = ()
    beside: str = ""
    shown: bool = True


def record_clips(
    book: Book,
    family: str,
    films: Mapping[str, Recording],
    questions: Sequence[HelpingQuestion],
    told: Iterable[Told],
) -> dict[str, Clip]:
    """Record clips of the family with the code `family`; `films` are by code ("C1", "SR1"), as are the clips
    returned."""
    clips: dict[str, Clip] = {}
    for each in told:
        film, number = each.code.split("-")
        clips[each.code] = book.clip(
            films[film],
            int(number),
            scene(f"{family}-{film}").moments[each.moment],
            each.title,
            each.caption,
            questions=[questions[number - 1] for number in each.questions],
            tags=each.tags,
            shown=each.shown and not each.beside,
            companion=clips[each.beside].id if each.beside else "",
        )
    return clips
