"""What each record is called among people, and to whose work it belongs."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from vigtui.domain.belonging import family_of
from vigtui.domain.film.clips import clip_code
from vigtui.domain.lookup import Find
from vigtui.domain.principles import DEFAULT, Principles
from vigtui.domain.records import (
    KINDS,
    AgendaFilm,
    AgreedWords,
    ChosenClip,
    Clip,
    CodeMeaning,
    Confirmation,
    Consent,
    Copy,
    Cycle,
    Deletion,
    Description,
    Enrolment,
    Family,
    FilmPlace,
    HelpingQuestion,
    Instrument,
    Moment,
    Note,
    Person,
    PlannedMoment,
    PointStep,
    Programme,
    Rating,
    Record,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
    Share,
    SkillRating,
    StatusSpan,
    Still,
    Tag,
    TrainingDay,
    TrajectEntry,
    TrajectHeading,
    Viewing,
    Voice,
)
from vigtui.domain.sessions.reading import is_of_others
from vigtui.domain.sessions.seeing import ITEM_TEXTS, are_strengths_withheld, is_withheld
from vigtui.domain.sessions.skills import is_apart
from vigtui.domain.training.portfolio import is_draft_of_another
from vigtui.domain.vocabulary import CopyKind, RecordingKind, Visibility
from vigtui.values.days import show_day
from vigtui.values.text import and_list, one_line, shortened
from vigtui.values.timecode import format_timecode
from vigtui.wording.film.moments import clock_words

_SHORT, _LONGEST = 40, 80
SUPERVISION, COLLEAGUES, PROGRAMMES, CASELOAD = "Supervision", "Colleagues", "Programmes", "The caseload"
_REST = (SUPERVISION, COLLEAGUES, PROGRAMMES, CASELOAD)


class Group(Struct, frozen=True, order=True):
    """Under which heading a record is listed: its family's, or one of those for what belongs to none.
    Groups are in their order, the families first, by code."""

    place: int
    heading: str
    family: str = ""


class Names:
    """Calls records by their names. `find` looks them up; `reader` is the id of whoever reads this: notes
    that others keep for themselves alone, and their drafts, are named, and nothing of what they say is
    shown."""

    def __init__(
        self, find: Find, today: dt.date, *, principles: Principles = DEFAULT, reader: str = ""
    ) -> None:
        self.find = find
        self.today = today
        self.principles = principles
        self._reader = reader

    def with_years(self) -> "Names":
        """Return the same names, in which every day is told with its year: for what is read years later."""
        return Names(self.find, dt.date.min, principles=self.principles, reader=self._reader)

    def on_paper(self) -> "Names":
        """Return the names for what anybody may read, years later: every day is told with its year, and what
        somebody keeps for themselves alone is hidden, whoever they are."""
        return Names(self.find, dt.date.min, principles=self.principles)

    def name(self, record: Record) -> str:
        """Return what a record is called within a sentence: "clip C2-1"."""
        words: Callable[[Names, Any], str] | None = _NAMES.get(type(record))
        return shortened(words(self, record), _LONGEST) if words else record.singular

    def of(self, kind: type[Record], record_id: str) -> str:
        """Return what the record with this id is called; "" when it is not there."""
        record = self.find(kind, record_id)
        return self.name(record) if record is not None else ""

    def is_hidden(self, record: object, field: str = "") -> bool:
        """Whether this is not for the reader: somebody else keeps it for themselves alone, a note, a draft,
        what they see by themselves; others wrote it of a trainee's clip before the trainee has; or it was
        said in a session of others. Asked of a `field`, whether what that says is."""
        if is_of_others(self.find, record, field, self.find(Person, self._reader)):
            return True
        match record:
            case Note(visibility=Visibility.AUTHOR, author=person) | Seeing(person=person):
                return not self._reader or person != self._reader
            case Reflection():
                return is_draft_of_another(record, self._reader)
            case SkillRating():
                return is_apart(self.find, record, self._reader)
            case SessionItem() if field in ("", *ITEM_TEXTS):
                return is_withheld(self.find, record, self._reader)
            case Session() if field == "strengths":
                return are_strengths_withheld(record, self._reader)
        return False

    def day(self, day: dt.date) -> str:
        """Return a day as in "10 Sep 2024"."""
        return show_day(day, self.today)

    def who(self, identity: str, record: Record) -> str:
        """Return the label of a member of the record's family, the name of a colleague, what another record
        is called, or the words themselves."""
        family = self.family(record)
        members = family.members if family else ()
        label = next((member.label for member in members if member.id == identity), "")
        return shortened(label or self._any(identity) or identity, _SHORT)

    def _any(self, identity: str) -> str:
        found = (self.find(kind, identity) for kind in KINDS)
        record = next((each for each in found if each is not None), None)
        if isinstance(record, Person):
            return record.name
        return self.name(record) if record is not None else ""

    def group(self, record: object) -> Group:
        """Return the heading under which the record is listed."""
        family = self.family(record) if isinstance(record, Record) else None
        if family is not None:
            return Group(0, shortened(f"{family.code} {family.pseudonym}", _SHORT), family.id)
        heading = next((words for kinds, words in _HEADINGS if isinstance(record, kinds)), CASELOAD)
        return Group(1 + _REST.index(heading), heading)

    def family(self, record: Record | None) -> Family | None:
        """Return the family to whose work a record belongs (see `family_of`)."""
        return family_of(self.find, record)


_HEADINGS: tuple[tuple[tuple[type[Record], ...], str], ...] = (
    ((Session, SessionItem, Seeing, Confirmation, AgreedWords, Note), SUPERVISION),
    ((Person,), COLLEAGUES),
    ((Programme, Enrolment, Instrument, SkillRating, TrainingDay, Reflection, ChosenClip), PROGRAMMES),
)


def copy_name(copy: Copy) -> str:
    """Return "pack, supervision 2"; of a copy of no kind that is known, what it holds."""
    about = shortened(copy.about or copy.file, _LONGEST)
    kind = "" if about and copy.kind is CopyKind.OTHER else copy.kind.label
    return ", ".join(filter(None, (kind, about)))


def _family(_names: Names, family: Family) -> str:
    return f"family {family.code} {family.pseudonym}"


def _clip(names: Names, clip: Clip) -> str:
    recording = names.find(Recording, clip.recording)
    cycle = names.find(Cycle, recording.cycle) if recording else None
    if recording and cycle:
        return f"clip {clip_code(clip, recording, cycle)}"
    return f"clip {shortened(clip.title or clip.caption, _SHORT)}"


def _recording(names: Names, recording: Recording) -> str:
    kind = "shared review of " if recording.kind is RecordingKind.SHARED_REVIEW else ""
    return f"recording of {kind}{names.of(Cycle, recording.cycle) or 'a cycle'}"


def _film_place(names: Names, place: FilmPlace) -> str:
    return f"{names.of(Recording, place.recording) or 'film'} on this machine"


def _viewing(names: Names, viewing: Viewing) -> str:
    return f"viewing of the {names.of(Recording, viewing.recording) or 'film'}"


def _agreed_words(names: Names, agreed: AgreedWords) -> str:
    of = names.of(SessionItem, agreed.item) or names.of(Session, agreed.session) or "a session"
    return f"agreed words of the {of}"


def _rating(names: Names, rating: Rating) -> str:
    return f"rating by {names.who(rating.rater, rating)}"


def _session(names: Names, session: Session) -> str:
    people = (names.find(Person, each) for each in session.trainees)
    trainees = and_list([one_line(person.name) for person in people if person])
    with_whom = f" with {trainees}" if trainees else ""
    return f"{session.kind.label} of {names.day(session.date)}{with_whom}"


def _item(names: Names, item: SessionItem) -> str:
    session = names.find(Session, item.session)
    of = f" of the {session.kind.label} of {names.day(session.date)}" if session else ""
    return f"agenda item {item.order}{of}"


def _agenda_film(names: Names, film: AgendaFilm) -> str:
    session = names.of(Session, film.session) or "a session"
    return f"film of {names.of(Clip, film.clip) or 'a clip'} for the {session}"


def _seeing(names: Names, seeing: Seeing) -> str:
    of = names.of(SessionItem, seeing.item)
    return f"own seeing of {names.who(seeing.person, seeing)}" + (f", {of}" if of else "")


def _confirmation(names: Names, each: Confirmation) -> str:
    session = names.of(Session, each.session) or "a supervision"
    return f"confirmation by {names.who(each.person, each)} of the record of the {session}"


def _point_step(names: Names, step: PointStep) -> str:
    of = names.of(SessionItem, step.item)
    return f"working point {step.state.label}" + (f", {of}" if of else "")


def _note(names: Names, note: Note) -> str:
    about = next((words for kind in _NOTED if (words := names.of(kind, note.about))), "")
    return f"note about {about}" if about else "note"


_NOTED = (Session, SessionItem, Family, Cycle, Recording, Clip)


def _on_clip(what: str) -> Callable[[Names, Any], str]:
    def words(names: Names, record: Still | Tag) -> str:
        return f"{what} at {format_timecode(record.at_ms)} of {names.of(Clip, record.clip) or 'a clip'}"

    return words


def _moment(names: Names, moment: Moment) -> str:
    if moment.recording or moment.at is None:
        of = names.of(Recording, moment.recording)
        return f"moment at {format_timecode(moment.at_ms)}" + (f" of the {of}" if of else "")
    of = names.of(Cycle, moment.cycle)
    return f"moment at {clock_words(moment, names.today)}" + (f" of {of}" if of else "")


def _planned(names: Names, planned: PlannedMoment) -> str:
    return f"{names.of(Clip, planned.clip) or 'a clip'} in the plan of a shared review"


def _enrolment(names: Names, each: Enrolment) -> str:
    programme = names.find(Programme, each.programme)
    return f"enrolment of {names.who(each.person, each)} in {programme.name if programme else 'a programme'}"


_NAMES: dict[type[Record], Callable[[Names, Any], str]] = {
    Person: lambda _, each: f"colleague {each.name}",
    Family: _family,
    StatusSpan: lambda names, each: f"status {each.kind.label} from {names.day(each.start)}",
    Consent: lambda names, each: f"consent of {names.who(each.member, each)} to {each.purpose.named}",
    HelpingQuestion: lambda _, each: f"helping question “{shortened(each.words, _SHORT)}”",
    Rating: _rating,
    Cycle: lambda _, each: f"cycle {each.number}",
    Recording: _recording,
    FilmPlace: _film_place,
    Viewing: _viewing,
    Clip: _clip,
    Still: _on_clip("still"),
    Tag: _on_clip("tag"),
    Moment: _moment,
    PlannedMoment: _planned,
    TrajectHeading: lambda _, each: f"traject plan heading “{shortened(each.words, _SHORT)}”",
    TrajectEntry: lambda _, each: f"traject plan line, {shortened(each.heading, _SHORT)} ({each.kind.label})",
    Session: _session,
    SessionItem: _item,
    Seeing: _seeing,
    PointStep: _point_step,
    Confirmation: _confirmation,
    AgreedWords: _agreed_words,
    Note: _note,
    Programme: lambda _, each: f"programme {shortened(each.name, _SHORT)}",
    Enrolment: _enrolment,
    Instrument: lambda _, each: f"skill scale {shortened(each.name, _SHORT)}",
    AgendaFilm: _agenda_film,
    CodeMeaning: lambda _, each: f"meaning of the code “{shortened(each.code, _SHORT)}”",
    TrainingDay: lambda names, each: f"{each.kind.label} of {names.day(each.date)}",
    Reflection: lambda names, each: f"“{each.piece or 'reflection'}” by {names.who(each.person, each)}",
    ChosenClip: lambda names, each: f"chosen {names.of(Clip, each.clip) or 'clip'}",
    SkillRating: lambda names, each: f"skill rating by {names.who(each.rater, each)}",
    Share: lambda names, each: f"sharing of {names.of(Clip, each.clip) or 'a clip'} with {each.audience}",
    Deletion: lambda names, each: f"deletion of the {names.of(Recording, each.recording) or 'film'}",
    Copy: lambda _, each: copy_name(each),
    Description: lambda names, each: f"how {names.who(each.speaker, each)} described {each.of.label}",
    Voice: lambda names, each: f"words of {names.who(each.speaker, each)}",
}
