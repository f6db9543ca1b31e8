"""What a file of codes does not say by itself: which recording each of its films is, what each code means,
and who each name is. What is known here is answered already."""

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from vigtui.domain.consent.sharing import told_by_name
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.film.clips import film_code
from vigtui.domain.lookup import Find, Where
from vigtui.domain.principles import Principles
from vigtui.domain.records import CodeMeaning, Cycle, Family, Recording
from vigtui.domain.vocabulary import CodeUse
from vigtui.exchange.called import Called
from vigtui.exchange.formats.coded import Coded, CodedFilm
from vigtui.exchange.importing.meanings import meaning_of
from vigtui.exchange.importing.plan import ImportRefusedError
from vigtui.values.text import folded_name, one_line, shortened

_MOST_TOLD = 3
_MOST_APART_MS = 2_000
"""Programs differ by so much in how long they say that a film is."""

MOST_CODES = 60
"""How many codes somebody is asked about at once."""


class Answers(Struct, frozen=True):
    """The recording that each film of a file is, by the film's place; what each code means; and the id of
    whom each name is, by the recording's family and the name."""

    recordings: Mapping[int, str]
    meanings: Mapping[str, CodeMeaning]
    people: Mapping[tuple[str, str], str]


def refuse_unmarked(coded: Coded, name: str) -> None:
    """Raise ImportRefusedError where nothing is marked in any film of a file, with what of it is left out."""
    if not any(film.marks for film in coded.films):
        left_out = " ".join(map(str, coded.left_out[:_MOST_TOLD]))
        raise ImportRefusedError(f"{one_line(name)}: nothing in it is marked in a film. {left_out}")


def answered(find: Find, where: Where, principles: Principles, coded: Coded, family: str = "") -> Answers:
    """Return what is known already: a film by the name of its file, in the family with this id or in any, if
    nothing else that is said of it tells otherwise; a code as it was said or is called here; a name as the
    family's members and its guider are called."""
    recordings = {}
    for place, film in enumerate(coded.films):
        likely = likely_recordings(find, where, film, family) if film.marks else []
        if len(likely) == 1 and not said_otherwise(find, where, film, likely[0]):
            recordings[place] = likely[0]
    meanings = {code: known for code in codes(coded) if (known := meaning_of(find, principles, code))}
    return Answers(recordings, meanings, people_of(find, where, coded, recordings))


def people_of(
    find: Find, where: Where, coded: Coded, recordings: Mapping[int, str]
) -> dict[tuple[str, str], str]:
    """Return who the names in these recordings are, as far as they are called so here."""
    found = {}
    for place, recording in recordings.items():
        if showing := find_recording(find, recording):
            called = Called(find, where, showing)
            for name in {mark.who for mark in coded.films[place].marks}:
                if who := called.who(name):
                    found[showing.family.id, name] = who
    return found


def codes(coded: Coded) -> Counter[str]:
    """Return the codes, and how often each is used, in the order in which they come."""
    return Counter(mark.code for film in coded.films for mark in film.marks)


def unknown_codes(coded: Coded, answers: Answers) -> list[str]:
    """Return the codes of which nobody has said what they mean, those used most first: no more than somebody
    can be asked about."""
    unknown = (code for code, _ in codes(coded).most_common() if code not in answers.meanings)
    return list(unknown)[:MOST_CODES]


def unknown_people(find: Find, coded: Coded, answers: Answers) -> list[tuple[Family, str]]:
    """Return the names that nobody is called by in their family, of those to whom a tag would belong."""
    found: dict[tuple[str, str], tuple[Family, str]] = {}
    for place, recording in answers.recordings.items():
        showing = find_recording(find, recording)
        for mark in coded.films[place].marks if showing else ():
            meaning = answers.meanings.get(mark.code)
            if showing and meaning and meaning.use is CodeUse.TAG:
                key = (showing.family.id, mark.who)
                if key not in answers.people:
                    found[key] = (showing.family, mark.who)
    return list(found.values())


def unknown_films(coded: Coded, answers: Answers) -> list[int]:
    """Return the places of the films that are no recording yet, of those in which something is marked."""
    return [place for place, film in enumerate(coded.films) if film.marks and place not in answers.recordings]


def recordings_to_choose(find: Find, where: Where, family: str = "") -> list[tuple[str, str]]:
    """Return the recordings of a family, or of all, with what each is called: "F-017 C2"."""
    found = [
        (recording.id, one_line(f"{of.code} {film_code(recording, cycle)}"))
        for cycle in (where(Cycle, family=family) if family else where(Cycle))
        if (of := find(Family, cycle.family))
        for recording in where(Recording, cycle=cycle.id)
    ]
    return sorted(found, key=lambda each: each[1])


def likely_recordings(find: Find, where: Where, film: CodedFilm, family: str = "") -> list[str]:
    """Return the ids of the recordings, of a family or of all, whose film is called as one of a film's media
    files: cameras call the films of every family the same."""
    wanted = {folded_name(name) for name in film.media if name}
    return [
        recording.id
        for recording in where(Recording)
        if recording.path and folded_name(PurePosixPath(recording.path).name) in wanted
        if not family or _family(find, recording) == family
    ]


def said_otherwise(find: Find, where: Where, film: CodedFilm, recording: str) -> str:
    """Return what speaks against a film being that of a recording that is called so: "lies in F-021", "is of
    another length"; "" for nothing. In which folder it lies says something if films of other recordings lie
    in one that is called so, or another family is."""
    showing = find_recording(find, recording)
    if showing is None:
        return ""
    known = showing.recording.duration_ms
    if film.duration_ms and known and abs(film.duration_ms - known) > _MOST_APART_MS:
        return "is of another length"
    folder = folded_name(film.folder)
    if not folder or folder == _folder(showing.recording) or told_by_name(film.folder, showing.family):
        return ""
    others = (each for each in where(Family) if each.id != showing.family.id)
    of_another = any(told_by_name(film.folder, each) == each.code for each in others)
    if of_another or any(folder == _folder(each) for each in where(Recording) if each.path):
        return f"lies in {shortened(film.folder, 40)}"
    return ""


def _folder(recording: Recording) -> str:
    return folded_name(PurePosixPath(recording.path).parent.name)


def _family(find: Find, recording: Recording) -> str:
    cycle = find(Cycle, recording.cycle)
    return cycle.family if cycle else ""
