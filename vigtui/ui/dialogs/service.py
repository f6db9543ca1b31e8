"""What a service decides for all of its work."""

from msgspec.structs import replace

from vigtui.domain.ratings import below, scale_words
from vigtui.domain.records import Rating, YearsKept
from vigtui.domain.vocabulary import Basis
from vigtui.queries.audit.small_numbers import LEAST_LIMIT
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import counted, one_line

_MOST_YEARS = 200
_YEARS = {
    "cin": ("Words, CIN plan", "years after the work; of several the longest counts"),
    "cp": ("Words, CP plan", "years after the work; with proceedings, too"),
    "in_our_care": ("Words, in care", "years after the work"),
    "others": ("Words, others", "years after the work; empty: no day is planned"),
}
_ONE_A_LINE = "to choose from, one a line"
_MOST_DAYS, _MOST_CYCLES = 36_500, 12
_MOST_SMALL = 100


async def edit_service(screen: CaseScreen) -> None:
    """Ask for the settings that belong to the caseload, and save them. Call it from a worker of `screen`."""
    meta = screen.caseload.meta
    fields = [
        Field("service", "Service", value=meta.service, hint="the service's name, shown at the top"),
        Field("film_kept_days", "Film is kept", "number", meta.film_kept_days, hint="days after the work"),
        *_years_fields(meta.words_kept),
        Field("usual_cycles", "Cycles", "number", meta.usual_cycles, hint="how many a family usually has"),
        Field(
            "lowest_rating",
            "Ratings",
            "choice",
            str(meta.lowest_rating),
            tuple((str(lowest), scale_words(lowest)) for lowest in (0, 1)),
            required=True,
        ),
        Field(
            "ask_workers",
            "Ask colleagues",
            "yes_no",
            meta.ask_workers,
            hint="whether colleagues who are in a film have to agree, as families do",
        ),
        Field(
            "basis",
            "Legal basis",
            "choice",
            meta.basis.value,
            word_choices(Basis),
            required=True,
            hint="told on the consent form; film opens only where everybody agrees, whatever the basis",
        ),
        Field("endings", "How work ends", "words", "\n".join(meta.endings), hint=_ONE_A_LINE),
        Field(
            "traject_headings", "Traject plan", "words", "\n".join(meta.traject_headings), hint=_ONE_A_LINE
        ),
        Field(
            "small_numbers",
            "Small numbers",
            "number",
            meta.small_numbers,
            hint="an audit for others leaves out those under this",
        ),
        Field("consent_form", "Consent form", value=meta.consent_form, hint="its name and version"),
        Field(
            "note_viewings",
            "Who watched",
            "yes_no",
            meta.note_viewings,
            hint="keep who watched which film; off, nobody can say so later",
        ),
    ]
    values = await screen.ask(FormScreen("The service's settings", fields, check=_problem))
    if values is None:
        return
    lowest = int(values["lowest_rating"])
    lists = {name: _each_line(values.pop(name)) for name in ("endings", "traject_headings")}
    years = YearsKept(**{name: values.pop(f"years_{name}") for name in _YEARS})
    screen.caseload.save_meta(
        replace(
            meta,
            **{
                **values,
                **lists,
                "basis": Basis(values["basis"]),
                "lowest_rating": lowest,
                "words_kept": years,
            },
        )
    )
    if left := below(screen.caseload.all(Rating), lowest):
        several = counted(len(left), "rating is", "ratings are")
        screen.tell(f"{several} below {scale_words(lowest)}: given before, kept as given.")


def _each_line(words: str) -> tuple[str, ...]:
    """The lines that say something, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, map(one_line, words.splitlines()))))


def _years_fields(kept: YearsKept) -> list[Field]:
    return [
        Field(f"years_{name}", label, "number", getattr(kept, name), hint=hint)
        for name, (label, hint) in _YEARS.items()
    ]


def _problem(values: dict[str, object]) -> str:
    days, cycles = values["film_kept_days"], values["usual_cycles"]
    if not isinstance(days, int) or days > _MOST_DAYS:
        return f"Say for how many days film is kept after the work has ended: 0 to {_MOST_DAYS}."
    years = [values[f"years_{name}"] for name in _YEARS]
    if any(isinstance(each, int) and each > _MOST_YEARS for each in years):
        return f"Say for how many years what is written is kept: 0 to {_MOST_YEARS}, or nothing."
    if not isinstance(cycles, int) or cycles > _MOST_CYCLES:
        return f"Say how many cycles the work with a family usually has: 0 to {_MOST_CYCLES}."
    small = values["small_numbers"]
    if not isinstance(small, int) or not LEAST_LIMIT <= small <= _MOST_SMALL:
        return f"Say under which number an audit tells none: {LEAST_LIMIT} to {_MOST_SMALL}."
    return ""
