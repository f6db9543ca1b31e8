"""One person's bundle: what a caseload holds about a member of a family, as papers in a folder."""

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.records import Person, Record, Recording, Share
from vigtui.domain.vocabulary import RecordingState
from vigtui.queries.bundle import Bundle
from vigtui.reports.families.written import FieldLine, PaperPart, Told, parts_of, told
from vigtui.reports.formats.writing import HTML, TEXT, print_out, write_paper
from vigtui.reports.paper import Paper, PaperError, plain
from vigtui.values.days import show_long_day
from vigtui.values.text import capitalised, one_line
from vigtui.values.timecode import format_length
from vigtui.wording.film.register import family_name
from vigtui.wording.names import Names


class BundlePaper(Struct, frozen=True):
    """A paper of the bundle, with the name of its file and its title."""

    file: str
    title: str
    paper: Paper


def bundle_papers(names: Names, found: Bundle, going: Sequence[Record]) -> list[BundlePaper]:
    """Return the papers of what is held about a member; with the records of others that are `going` along,
    since somebody has decided so."""
    dated, who = names.on_paper(), one_line(found.member.label)
    sections = (
        ("about", f"What {who} said, asked and did", parts_of(dated, found.own)),
        ("consents", f"What {who} agreed to, and what not", parts_of(dated, found.consents)),
        ("film", f"Film that {who} is in", _films(dated, found)),
        ("seen", "Who saw this film, and who has some of it", _disclosures(dated, found)),
        ("others", f"What others wrote that may be about {who}", _decided(names.with_years(), going)),
        ("left-out", "What is not in it", _left_out(dated, found, going)),
    )
    return [_paper(names, found, file, title, parts) for file, title, parts in sections if parts]


def to_decide(names: Names, found: Bundle) -> BundlePaper:
    """Return the paper of what others wrote, each with a box, for whoever decides what goes along."""
    title = "To be decided before anything is handed over: what others wrote"
    return _paper(names, found, "DECIDE-FIRST", title, parts_of(names.on_paper(), found.others), tick=True)


def write_bundle(out: Path, papers: Iterable[BundlePaper], language: str, own: Path | None) -> None:
    """Write the papers, each as text and as HTML, into a new folder that only its owner can open, in the
    templates of a language, or a person's `own`. Raises PaperError, and then there is no folder."""
    try:
        out.mkdir(mode=0o700)
    except FileExistsError:
        raise PaperError(f"{one_line(out.name)} is already there. Choose another name.") from None
    except OSError as error:
        raise PaperError(f"{one_line(out.name)} cannot be made: {error.strerror or error}.") from None
    try:
        for number, each in enumerate(papers, start=1):
            printout = print_out(each.paper, each.title, language, own)
            for ending in (TEXT, HTML):
                write_paper(printout, out / f"{number}-{each.file}{ending}")
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise


def _paper(
    names: Names, found: Bundle, file: str, title: str, parts: Sequence[PaperPart], *, tick: bool = False
) -> BundlePaper:
    values = {
        "title": title,
        "member": one_line(", ".join(filter(None, (found.member.label, found.member.relation)))),
        "family": family_name(found.family),
        "made": show_long_day(names.today, names.today.min),
        "parts": plain(list(parts)),
        "tick": tick,
    }
    return BundlePaper(file, title, Paper("bundle", "bundle", values, (found.family.id,)))


def _films(names: Names, found: Bundle) -> list[PaperPart]:
    """Each film in a few facts: nothing of who else is in it, and no words about it."""
    clips = Counter(each.recording for each in found.clips)
    films = tuple(_film(names, each, clips[each.id]) for each in found.films)
    return [PaperPart("Films", films)] if films else []


def keeper(names: Names, record: Record) -> str:
    """Return who keeps a record for themselves alone, as far as it says so."""
    said = (getattr(record, name, "") for name in ("author", "person", "rater"))
    person = names.find(Person, next(filter(None, said), ""))
    return one_line(person.name) if person else "others"


def _film(names: Names, film: Recording, clips: int) -> Told:
    facts = (
        ("Filmed on", names.day(film.filmed) if film.filmed else ""),
        ("Length", format_length(film.duration_ms) if film.duration_ms else ""),
        ("Clips of it", str(clips) if clips else ""),
        ("Film", "deleted" if film.state is RecordingState.DELETED else "kept"),
        ("To be deleted by", names.day(film.delete_by) if film.delete_by else ""),
    )
    name = names.name(film)
    lines = tuple(FieldLine(label, words) for label, words in facts if words)
    return Told(capitalised(name), "", lines)


def _disclosures(names: Names, found: Bundle) -> list[PaperPart]:
    """Who saw, has or deleted what; of a share nothing of whose consent else it rested on."""
    told_of = [_without_consent(each) for each in found.disclosures]
    return parts_of(names, told_of)


def _without_consent(record: Record) -> Record:
    return replace(record, consent="") if isinstance(record, Share) else record


def _decided(names: Names, going: Sequence[Record]) -> list[PaperPart]:
    return [PaperPart("Words of others", tuple(told(names, each) for each in going))] if going else []


def _left_out(names: Names, found: Bundle, going: Sequence[Record]) -> list[PaperPart]:
    """What of others was left out, by kind alone, and whose private notes there are."""
    gone = {each.id for each in going}
    counts = Counter(type(each) for each in found.others if each.id not in gone)
    lines = [FieldLine(capitalised(kind.plural), str(n)) for kind, n in counts.items()]
    private = Counter(keeper(names, each) for each in found.private if each.id not in gone)
    lines += [FieldLine(f"Kept to themselves by {who}", str(n)) for who, n in private.items()]
    told_of = Told("Written by others, and left out", "", tuple(lines))
    return [PaperPart("Left out", (told_of,))] if lines else []
