"""What a caseload says about itself."""

from typing import Annotated

from msgspec import Meta, Struct, field

from vigtui.domain.records.metadata import Label, Order, Safer
from vigtui.domain.vocabulary import Basis
from vigtui.values.identity import new_id

_YEARS = Meta(ge=0, le=200)


class YearsKept(Struct, frozen=True, kw_only=True):
    """For how many years after the work has ended what is written of a family is kept, by the statuses that
    it has had; the longest counts. None: no day is planned."""

    cin: Annotated[Annotated[int, _YEARS] | None, Label("with a CIN plan")] = 21
    cp: Annotated[Annotated[int, _YEARS] | None, Label("with a CP plan or proceedings")] = 35
    in_our_care: Annotated[Annotated[int, _YEARS] | None, Label("in our care")] = 75
    others: Annotated[Annotated[int, _YEARS] | None, Label("all others")] = None


class CaseloadMeta(Struct, frozen=True, kw_only=True):
    """What a caseload file says about itself, and the settings that belong to the data.

    `film_kept_days` is how long a service keeps film after the work with a family ends. `ask_workers` says
    that colleagues who are in a film are asked for consent as well. `usual_cycles` is how many cycles the
    work with a family usually has. `note_viewings` keeps who watched which film. `basis` is the legal basis
    that the consent form names; `consent_form` is that form and its version, as in "VIG consent form 3".
    `words_kept` says for how long what is written is kept. Helping questions are rated from `lowest_rating`,
    0 or 1, to 10. Numbers under `small_numbers` are left out of an audit for others. `endings` are the
    reasons to choose from when work ends, `traject_headings` what a plan begins with.
    """

    schema: Annotated[int, Label("version of the file")] = 1
    id: str = field(default_factory=new_id)
    service: Annotated[str, Label("name of the service")] = ""
    demo: Annotated[bool, Label("whether it is the demo")] = False
    film_kept_days: Annotated[
        int, Meta(ge=0, le=36_500), Label("days that film is kept"), Safer(Order.LEAST)
    ] = 60
    words_kept: Annotated[YearsKept, Label("years that what is written is kept")] = YearsKept()
    ask_workers: Annotated[
        bool, Label("whether colleagues in a film are asked for consent"), Safer((True, False))
    ] = False
    note_viewings: Annotated[
        bool, Label("whether it is kept who watched which film"), Safer((True, False))
    ] = True
    basis: Annotated[Basis, Label("legal basis")] = Basis.CONSENT
    consent_form: Annotated[str, Label("consent form and version")] = ""
    usual_cycles: Annotated[int, Meta(ge=0, le=12), Label("how many cycles are usual")] = 3
    lowest_rating: Annotated[int, Meta(ge=0, le=1), Label("lowest rating")] = 0
    small_numbers: Annotated[
        int, Meta(ge=3, le=100), Label("numbers under which are left out of an audit for others")
    ] = 5
    endings: Annotated[tuple[str, ...], Label("how work may end")] = (
        "aims met",
        "closed to social care",
        "no longer on a CP plan",
        "permanently matched",
        "care proceedings",
        "the family decided to stop",
        "the family moved away",
        "the work did not begin",
    )
    traject_headings: Annotated[tuple[str, ...], Label("headings of the traject plan")] = (
        "Basic Communication",
        "Daily Life",
        "Development of the Child",
        "Development of the Parent",
        "Neighbourhood/Community",
    )
