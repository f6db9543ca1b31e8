"""Plans the clips, captions and tags that marks in a film become.

A tag belongs to the clip that its moment is in. Where none is, one is made: as long as the mark, or around
its moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.film.clips import film_code
from vigtui.domain.film.moments import around
from vigtui.domain.lookup import Find, Where
from vigtui.domain.principles import Principles
from vigtui.domain.records import Clip, CodeMeaning, Record, Recording, Tag
from vigtui.domain.vocabulary import CodeUse
from vigtui.exchange.formats.coded import Coded, CodedFilm, Mark
from vigtui.exchange.importing.meanings import changed, meaning_words, usual
from vigtui.exchange.importing.plan import Plan
from vigtui.exchange.importing.questions import Answers
from vigtui.exchange.left_out import LeftOut, by_reason
from vigtui.values.order import next_order
from vigtui.values.text import counted, one_line, shortened
from vigtui.values.timecode import format_timecode

MOST_RECORDS = 5_000
"""How many are made at once: more than a person looks through."""

_LONGEST_TITLE = 200

_HERE = "It is here already."
_AFTER = "It begins after the end of the film."
_CUT = "The film ends before it does; it ends with the film."
_NO_CODE = "Nobody has said what its code means here."
_NOTHING = "Its code is left out."
_NO_RECORDING = "It is no recording here."
_NOBODY = "Nobody has said who that is."
_NO_CLIP = "There is no clip at its time whose caption it could be."
_HAS_CAPTION = "Its clip has a caption already, which says something else."
_TOO_MANY = f"More than {MOST_RECORDS:,} are not made at once."


def plan_films(
    find: Find,
    where: Where,
    principles: Principles,
    coded: Coded,
    answers: Answers,
    name: str,
    asked: Sequence[str],
) -> Plan:
    """Plan what the marks of a file become; the meanings of the codes that were `asked` about are kept. Takes
    as long as there are marks."""
    records: list[Record] = list(changed(find, answers.meanings, asked))
    made: list[str] = []
    left_out: list[LeftOut] = []
    for place, film in enumerate(coded.films):
        showing = find_recording(find, answers.recordings.get(place, ""))
        if showing is None:
            if film.marks:
                called = shortened(f"{film.name or 'The film'} ({counted(len(film.marks), 'mark')})", 80)
                left_out.append(LeftOut(called, _NO_RECORDING))
            continue
        planning = _Planning(find, where, showing, answers, MOST_RECORDS - len(records))
        planning.take(film)
        records += planning.records
        made += planning.told(principles)
        left_out += planning.left_out
    return Plan(
        f"Import {one_line(name)}", tuple(records), tuple(made), (*coded.left_out, *by_reason(left_out))
    )


@dataclass
class _Planning:
    """What the marks of one film become."""

    find: Find
    where: Where
    showing: Showing
    answers: Answers
    room: int
    left_out: list[LeftOut] = field(default_factory=list)

    def __post_init__(self) -> None:
        recording = self.showing.recording
        self._duration = recording.duration_ms
        self._clips = list(self.where(Clip, recording=recording.id))
        self._tags = {_said(each) for clip in self._clips for each in self.where(Tag, clip=clip.id)}
        self._lanes: dict[str, int] = {}
        self._saved: dict[str, Clip | Tag] = {}
        self._counts: dict[str, int] = {}
        self._captions = 0
        films = self.where(Recording, cycle=self.showing.cycle.id)
        alike = (each.id for each in films if each.kind is recording.kind)
        self._next = next_order(clip for each in alike for clip in self.where(Clip, recording=each))

    @property
    def records(self) -> list[Record]:
        """What is to be saved, clips before their tags."""
        return list(self._saved.values())

    def told(self, principles: Principles) -> list[str]:
        """Return a line for what is made in the film, and one for each code."""
        new = [each for each in self._saved.values() if not each.rev]
        clips, tags = (sum(isinstance(each, kind) for each in new) for kind in (Clip, Tag))
        counts = ((clips, "clip"), (tags, "tag"), (self._captions, "caption"))
        words = ", ".join(counted(number, what) for number, what in counts if number)
        film = one_line(f"{self.showing.family.code} {film_code(self.showing.recording, self.showing.cycle)}")
        lines = [f"{film}: {words or 'nothing new'}"]
        for code, number in self._counts.items():
            meaning = self.answers.meanings.get(code)
            becomes = meaning_words(principles, meaning) if meaning else CodeUse.CAPTION.label
            lines.append(f"  “{shortened(code, 40)}”: {becomes}, {number:,}")
        return lines

    def take(self, film: CodedFilm) -> None:
        """Plan what these marks become: clips first, since tags and captions belong to them."""
        uses: dict[CodeUse, list[Mark]] = {}
        for mark in film.marks:
            uses.setdefault(self._use(mark), []).append(mark)
        for mark in uses.get(CodeUse.NOTHING, ()):
            known = mark.code in self.answers.meanings
            self._leave(mark, _NOTHING if known else _NO_CODE)
        for use, make in (
            (CodeUse.CLIP, self._clip),
            (CodeUse.CAPTION, self._caption),
            (CodeUse.TAG, self._tag),
        ):
            for mark in uses.get(use, ()):
                if len(self._saved) >= self.room:
                    self._leave(mark, _TOO_MANY)
                elif make(mark):
                    self._counts[mark.code] = self._counts.get(mark.code, 0) + 1

    def _use(self, mark: Mark) -> CodeUse:
        meaning = self.answers.meanings.get(mark.code)
        return meaning.use if meaning else CodeUse(usual(mark.code))

    def _clip(self, mark: Mark) -> bool:
        span = self._span(mark)
        if span is None:
            return False
        title = one_line(mark.title)[:_LONGEST_TITLE]
        same = next((each for each in self._clips if (each.in_ms, each.out_ms) == span), None)
        if same is None:
            self._add_clip(span, mark, title, mark.caption)
            return True
        self._lanes[same.id] = mark.lane
        if mark.caption and not same.caption:
            self._change(replace(same, caption=mark.caption, title=same.title or title))
            self._captions += 1
            return True
        self._leave(mark, _HAS_CAPTION if mark.caption not in ("", same.caption) else _HERE)
        return False

    def _caption(self, mark: Mark) -> bool:
        """Put the words of a mark into the clip in which it begins; of several, one below the other."""
        clip = self._clip_at(mark)
        words = mark.caption or mark.title
        if clip is None or not words:
            self._leave(mark, _NO_CLIP)
            return False
        lines = clip.caption.split("\n")
        if words == clip.caption or words in lines:
            self._leave(mark, _HERE)
            return False
        if clip.caption and clip.id not in self._saved:
            self._leave(mark, _HAS_CAPTION)
            return False
        self._change(replace(clip, caption="\n".join(filter(None, (clip.caption, words)))))
        self._captions += 1
        return True

    def _tag(self, mark: Mark) -> bool:
        who = self.answers.people.get((self.showing.family.id, mark.who), "")
        meaning = self.answers.meanings[mark.code]
        if not who:
            self._leave(mark, f"{_NOBODY[:-1]}: {shortened(mark.who, 40) or 'no name is given'}.")
            return False
        if self._is_tagged(mark, who, meaning):
            self._leave(mark, _HERE)
            return False
        clip = self._clip_at(mark)
        if clip is None:
            span = self._span(mark)
            if span is None:
                return False
            clip = self._add_clip(span, mark, "", mark.caption)
        tag = Tag(clip=clip.id, at_ms=mark.start_ms, who=who, principle=meaning.principle, item=meaning.item)
        self._saved[tag.id] = tag
        self._tags.add(_said(tag))
        return True

    def _is_tagged(self, mark: Mark, who: str, meaning: CodeMeaning) -> bool:
        said = (mark.start_ms, who, meaning.principle, meaning.item)
        return any((each.id, *said) in self._tags for each in self._clips)

    def _clip_at(self, mark: Mark) -> Clip | None:
        """Return the clip that the start of a mark is in: that of its lane, else the one that begins last."""
        there = [each for each in self._clips if each.in_ms <= mark.start_ms <= each.out_ms]
        same = [each for each in there if mark.lane and self._lanes.get(each.id) == mark.lane]
        return max(same or there, key=lambda each: each.in_ms, default=None)

    def _span(self, mark: Mark) -> tuple[int, int] | None:
        """Return from when to when a clip goes: as long as its mark, or around a moment, within the film."""
        start, end = mark.start_ms, mark.end_ms
        if self._duration and start >= self._duration:
            self._leave(mark, _AFTER)
            return None
        if start == end:
            return around(start, self._duration)
        if self._duration and end > self._duration:
            self._leave(mark, _CUT, "the end of ")
            end = self._duration
        return start, end

    def _add_clip(self, span: tuple[int, int], mark: Mark, title: str, caption: str) -> Clip:
        clip = Clip(
            recording=self.showing.recording.id,
            in_ms=span[0],
            out_ms=span[1],
            title=title,
            caption=caption,
            order=self._next,
        )
        self._next += 1
        self._clips.append(clip)
        self._lanes[clip.id] = mark.lane
        self._saved[clip.id] = clip
        return clip

    def _change(self, clip: Clip) -> None:
        self._clips[next(place for place, each in enumerate(self._clips) if each.id == clip.id)] = clip
        self._saved[clip.id] = clip

    def _leave(self, mark: Mark, why: str, part: str = "") -> None:
        what = f"{part}“{shortened(mark.code, 40)}” at {format_timecode(mark.start_ms)}"
        self.left_out.append(LeftOut(what, why))


def _said(tag: Tag) -> tuple[str, int, str, str, str]:
    return tag.clip, tag.at_ms, tag.who, tag.principle, tag.item
