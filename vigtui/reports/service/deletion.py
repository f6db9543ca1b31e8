"""What went on a clean-up day, on paper: the film that was deleted, what stays and why, and what is out."""

from collections.abc import Sequence

from msgspec import Struct

from vigtui.domain.records import Recording
from vigtui.queries.register import Entry
from vigtui.reports.paper import Paper, Table, plain
from vigtui.values.days import show_long_day
from vigtui.values.text import one_line, shown_size
from vigtui.wording.film.register import family_name, family_words, what_words, where_words
from vigtui.wording.names import Names


class Deleted(Struct, frozen=True):
    """A film that was to be deleted; `stays` says why it is still there, "" for one that went."""

    film: Recording
    stays: str = ""


class FilmLine(Struct, frozen=True):
    """A film in words, and why it stays."""

    family: str
    film: str
    stays: str


class CopyLine(Struct, frozen=True):
    """A copy that is out."""

    family: str
    what: str
    where: str


def deletion_paper(names: Names, films: Sequence[Deleted], out: Sequence[Entry], why: str, by: str) -> Paper:
    """Return the paper of these films, deleted for one reason by somebody, with the copies that are `out`."""
    lines = [_film_line(names, each) for each in films]
    today = names.today
    values = {
        "day": show_long_day(today, today.min),
        "by": one_line(by),
        "why": one_line(why).rstrip("."),
        "went": plain([each for each in lines if not each.stays]),
        "stays": plain([each for each in lines if each.stays]),
        "out": plain(
            [CopyLine(family_words(each), what_words(each), where_words(names, each)) for each in out]
        ),
    }
    found = {family.id for each in films if (family := names.family(each.film))}
    rows = [(each.family, each.film, each.stays or "deleted", values["day"], values["why"]) for each in lines]
    table = Table(("Family", "Film", "What became of it", "Day", "Why"), tuple(rows))
    return Paper("deletion", f"deleted-{today.isoformat()}", values, tuple(sorted(found)), table=table)


def _film_line(names: Names, each: Deleted) -> FilmLine:
    film, family = each.film, names.family(each.film)
    facts = (
        names.name(film),
        f"filmed on {show_long_day(film.filmed, names.today)}" if film.filmed else "",
        shown_size(film.size) if film.size else "",
    )
    return FilmLine(
        family_name(family) if family else "",
        ", ".join(filter(None, facts)),
        one_line(each.stays).rstrip("."),
    )
