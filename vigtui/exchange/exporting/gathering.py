"""Gathers the clips, captions and tags that leave for other tools, and notes which stay behind and why.

Words about a film leave only if everybody in it agrees to the purpose, as for a pack. Notes never leave, and
of all that somebody may type only titles and captions do, without the names of visitors and colleagues; the
labels of members, the codes of families, and the names of film files that tell of nobody.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.consent.access import Refusal, Use, agreed, other_families, permit
from vigtui.domain.consent.sharing import told_by_name
from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.film.clips import film_code, in_order
from vigtui.domain.lookup import EveryVersion, Find
from vigtui.domain.principles import Principles
from vigtui.domain.records import Clip, Cycle, Family, Recording, Tag
from vigtui.domain.vocabulary import Purpose
from vigtui.exchange.called import Called, Unnamed
from vigtui.exchange.formats.coded import CLIP, CodedFilm, Mark, lanes
from vigtui.exchange.formats.coded import in_order as marks_in_order
from vigtui.exchange.left_out import LeftOut
from vigtui.store.errors import CaseloadError
from vigtui.values.text import first_free, one_line
from vigtui.wording.access import why_closed

_TELLS = "It tells what somebody is called. There the film is called"

NOTES_STAY = LeftOut("Notes, stills, ratings and everything else", "Clips, captions and tags leave, no more.")


class ExportRefusedError(CaseloadError):
    """Nothing may leave, or nothing is there to leave. The text is a sentence."""


class Outgoing(Struct, frozen=True):
    """What leaves: each film with the family that it is of (its id), and what stays behind. `closed` says
    whether consent, or a rule, keeps any of it back. `unnamed` is what stands for names in titles and
    captions: "visitor 1"."""

    films: tuple[tuple[str, CodedFilm], ...]
    left_out: tuple[LeftOut, ...]
    closed: bool
    purpose: Purpose
    unnamed: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[str, ...]:
        """The ids of the families of which something leaves."""
        return tuple(dict.fromkeys(family for family, _ in self.films))


def gather(
    records: EveryVersion,
    find: Find,
    principles: Principles,
    today: dt.date,
    purpose: Purpose = Purpose.SUPERVISION,
    family: str = "",
) -> Outgoing:
    """Return what may leave for a purpose, of the family with this id or of all. Raises ExportRefusedError
    where that is nothing."""
    films: list[tuple[str, CodedFilm]] = []
    left_out: list[LeftOut] = []
    unnamed: set[str] = set()
    closed = False
    several = not family and len(list(records.where(Family))) > 1
    for showing in _recordings(records, find, family):
        clips = in_order(
            each for each in records.where(Clip, recording=showing.recording.id) if each.in_ms < each.out_ms
        )
        if not clips:
            continue
        film = film_code(showing.recording, showing.cycle)
        name = one_line(f"{showing.family.code} {film}")
        if why := _why_closed(records, showing.recording, purpose, today):
            left_out.append(LeftOut(name, why))
            closed = True
            continue
        telling = _Telling(records, find, principles, showing)
        films.append((showing.family.id, telling.film(clips, _unlike(name if several else film, films))))
        unnamed |= telling.unnamed.replaced
        left_out += telling.left_out
    if not films:
        raise ExportRefusedError(_nothing(left_out))
    return Outgoing(tuple(films), tuple(left_out), closed, purpose, tuple(sorted(unnamed)))


def _recordings(records: EveryVersion, find: Find, family: str) -> Iterable[Showing]:
    cycles = records.where(Cycle, family=family) if family else records.where(Cycle)
    found = [
        showing
        for cycle in cycles
        for recording in records.where(Recording, cycle=cycle.id)
        if (showing := find_recording(find, recording.id))
    ]
    return sorted(found, key=lambda each: (each.family.code, each.cycle.number, each.recording.kind.value))


def _why_closed(records: EveryVersion, recording: Recording, purpose: Purpose, today: dt.date) -> str:
    """Return why what is written about a film stays; "" where it may leave. That the film was deleted does
    not keep the words; that another family's recording names it does."""
    decision = permit(records, recording.id, Use.WATCH, purpose, today)
    if isinstance(decision, Refusal) and decision.deleted:
        others = other_families(records, recording.id)
        if others:
            return why_closed(Refusal(purpose, today, other_families=others), today)
        return why_closed(agreed(records, recording.id, purpose, today), today)
    return why_closed(decision, today)


def _unlike(name: str, films: Sequence[tuple[str, CodedFilm]]) -> str:
    """Return the name, with a number where a film is called so already: a cycle may have two films."""
    taken = {film.name for _, film in films}
    return first_free(name, lambda each: each not in taken)


class _Telling:
    """Tells what is marked in one film."""

    def __init__(self, records: EveryVersion, find: Find, principles: Principles, showing: Showing) -> None:
        self._records, self._principles, self._showing = records, principles, showing
        self._called = Called(find, records.where, showing)
        self.unnamed = Unnamed(records, find, showing, self._called)
        self.left_out: list[LeftOut] = []

    def film(self, clips: Sequence[Clip], name: str) -> CodedFilm:
        """Return the film, by this name, with these clips and their tags."""
        in_time = sorted(clips, key=lambda clip: (clip.in_ms, clip.out_ms))
        spans = [(each.in_ms, each.out_ms) for each in in_time]
        marks = [
            mark
            for clip, lane in zip(in_time, lanes(spans), strict=True)
            for mark in (self._clip(clip, lane), *self._tags(clip, lane))
        ]
        return CodedFilm(name, self._media(name), marks_in_order(marks), self._showing.recording.duration_ms)

    def _clip(self, clip: Clip, lane: int) -> Mark:
        title, caption = map(self.unnamed.words, (clip.title, clip.caption))
        code = self._showing.code(clip)
        return Mark(clip.in_ms, clip.out_ms, CLIP, title=title, caption=caption, lane=lane, name=code)

    def _tags(self, clip: Clip, lane: int) -> Iterator[Mark]:
        for tag in self._records.where(Tag, clip=clip.id):
            words = self._principles.words(tag.principle, tag.item)
            yield Mark(tag.at_ms, tag.at_ms, words, self._called.code(tag.who), lane=lane)

    def _media(self, name: str) -> tuple[str, ...]:
        """The name of the film's file, unless it tells of somebody; then one that tells of nobody."""
        file = PurePosixPath(self._showing.recording.path)
        if not file.name:
            return ()
        family = replace(self._showing.family, code="")  # Its code leaves anyway.
        if not told_by_name(file.name, family) and not self.unnamed.are_told_by_name(file.name):
            return (file.name,)
        other = f"{name}{file.suffix}"
        self.left_out.append(LeftOut(f"The name of the file of {name}", f"{_TELLS} {one_line(other)}."))
        return (other,)


def _nothing(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return "There is no clip yet, so there is nothing to export."
    return " ".join(["Nothing may leave.", *(str(each) for each in left_out[:3])])


def only_captions(outgoing: Outgoing) -> Outgoing:
    """Return what leaves where captions alone do: the clips that have one. Raises
    ExportRefusedError where none has."""
    films = [
        (family, replace(film, marks=kept))
        for family, film in outgoing.films
        if (kept := tuple(mark for mark in film.marks if mark.code == CLIP and mark.caption))
    ]
    if not films:
        raise ExportRefusedError("No clip has a caption, so there are no captions to export.")
    return replace(outgoing, films=tuple(films))
