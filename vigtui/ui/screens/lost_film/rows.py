"""What the screen says about each film that it found, lost, or does not know."""

from collections.abc import Callable, Iterator, Sequence

from rich.text import Text

from vigtui.casefilm.search import FoundFilm, Lost, StillThere, Survey
from vigtui.domain.consent.showing import find_recording
from vigtui.domain.lookup import Find
from vigtui.domain.records import Recording
from vigtui.ui.widgets.record_list import Row
from vigtui.values.text import capitalised, one_line, shown_path, shown_size
from vigtui.wording.family import cycle_name

UNFIT_NAME = "A caseload cannot keep this name. Rename the file first."

Thing = Lost | FoundFilm | StillThere | Recording
"""What is looked at: a recording by itself is one whose film another family names, too."""


def key_of(thing: Thing) -> str:
    """Return what tells this row from the others, also after the folder was looked through again."""
    if isinstance(thing, Recording):
        return f"shared:{thing.id}"
    if isinstance(thing, Lost):
        return f"lost:{thing.recording.id}"
    if isinstance(thing, FoundFilm):
        return f"film:{thing.path}"
    return f"deleted:{thing.recording.id}:{thing.path}"


def rows(find: Find, survey: Survey, shared: Sequence[Recording]) -> tuple[list[Row], dict[str, Thing]]:
    """Return the rows of the list, and what each is about by its key."""
    found = [each for each in survey.lost if each.found]
    missing = [each for each in survey.lost if not each.found]
    groups: list[tuple[str, Sequence[Thing], Callable[..., Text]]] = [
        ("Found in another place", found, _found_words),
        ("Missing", missing, _missing_words),
        ("Without a recording", survey.unknown, _unknown_words),
        ("Deleted, but still here", survey.still_there, _deleted_words),
        ("Named by two families, and closed for both", shared, _shared_words),
    ]
    listed: list[Row] = []
    for heading, things, words in groups:
        listed += _group(find, heading, things, words, first=not listed)
    if survey.troubles:
        listed.append(
            Row(Text("\n".join(("\nCould not be read", *(f"  {each}" for each in survey.troubles)))))
        )
    return listed, {key_of(thing): thing for _, things, _ in groups for thing in things}


def _group(
    find: Find, heading: str, things: Sequence[Thing], words: Callable[..., Text], *, first: bool
) -> Iterator[Row]:
    if things and not first:
        yield Row(Text(""))
    if things:
        yield Row(Text(f"{heading} ({len(things)})"))
    for thing in things:
        yield Row(words(find, thing), key_of(thing))


def summary(survey: Survey, shared: int) -> str:
    """Return what was found, in one line."""
    found = sum(bool(each.found) for each in survey.lost)
    counts = (
        (found, "found again"),
        (len(survey.lost) - found, "missing"),
        (len(survey.unknown), "without a recording"),
        (len(survey.still_there), "deleted and here"),
        (shared, "named by two families"),
    )
    words = ", ".join(f"{count} {name}" for count, name in counts if count)
    return words or "Every recording has its film, and every film in the folder has its recording."


def _whose(find: Find, recording: Recording) -> Text:
    """ "F-017 Heron, cycle 2, making toast, interaction"."""
    showing = find_recording(find, recording.id)
    if showing is None:
        return Text(f"  {capitalised(recording.kind.label)}", style="bold")
    family = one_line(f"{showing.family.code} {showing.family.pseudonym}")
    place = f"   {cycle_name(showing.cycle)}, {recording.kind.label}"
    return Text.assemble((f"  {family}", "bold"), place)


def _found_words(find: Find, lost: Lost) -> Text:
    words = _whose(find, lost.recording)
    words.append(f"\n      {shown_path(lost.recording.path)} → {shown_path(lost.found[0])}")
    if lost.found[1:]:
        words.append(f"\n      the same film: {', '.join(map(shown_path, lost.found[1:]))}", style="dim")
    if lost.doubt:
        words.append(f"\n      perhaps: {lost.doubt}", style="dim")
    return words


def _missing_words(find: Find, lost: Lost) -> Text:
    return _whose(find, lost.recording).append(f"\n      {lost.why}")


def _unknown_words(_find: Find, film: FoundFilm) -> Text:
    words = Text.assemble(f"  {shown_path(film.path)}", (f"   {shown_size(film.size)}", "dim"))
    return words if film.can_be_named else words.append(f"\n      {UNFIT_NAME}", style="dim")


def _deleted_words(find: Find, film: StillThere) -> Text:
    return _whose(find, film.recording).append(f"\n      {shown_path(film.path)}")


def _shared_words(find: Find, recording: Recording) -> Text:
    return _whose(find, recording).append(f"\n      {shown_path(recording.path)}")
