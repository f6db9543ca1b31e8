"""The grid of consents in cells: what each member decided, in words, at any number of members."""

import datetime as dt

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from vigtui.domain.consent.decisions import Asked, grid
from vigtui.domain.records import Consent
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.ui.widgets.consent_grid import column_width, draw_grid

TODAY = dt.date(2025, 4, 12)
MEMBERS = (
    Asked("d", "Dana"),
    Asked("j", "Jory"),
    Asked("m", "Mo", "not filmed"),
)


def decided(member: str, purpose: Purpose, decision: Decision, until: dt.date | None = None) -> Consent:
    day = dt.date(2025, 2, 4)
    return Consent(family="f", member=member, purpose=purpose, decision=decision, date=day, until=until)


def test_each_cell_says_the_decision_and_its_day() -> None:
    consents = [
        decided("d", Purpose.FILM, Decision.GIVEN),
        decided("j", Purpose.FILM, Decision.WITHDRAWN),
        decided("d", Purpose.SUPERVISION, Decision.GIVEN, until=dt.date(2025, 3, 1)),
        decided("j", Purpose.SUPERVISION, Decision.REFUSED),
    ]
    lines = draw_grid(grid(MEMBERS, consents, TODAY), (1, 0), TODAY, 96, 0).text().splitlines()
    assert lines[:3] == [
        "                            Dana                  Jory                  Mo (not filmed)",
        " filming and shared review  ✓ given 4 Feb        [× withdrawn 4 Feb]    · not asked",
        " supervision                · ran out 1 Mar       × refused 4 Feb       · not asked",
    ]
    assert len(lines) == len(Purpose) + 1


@pytest.mark.parametrize("members", [0, 1, 2, 9])
def test_any_number_of_members_can_be_drawn(members: int) -> None:
    many = tuple(Asked(str(number), f"Name {number}") for number in range(members))
    canvas = draw_grid(grid(many, [], TODAY), (max(members - 1, 0), 0), TODAY, 80, max(members - 4, 0))
    assert all(cell_len("".join(text for text, _ in canvas.runs(row))) == 80 for row in range(canvas.height))
    assert 13 <= column_width(members, 80) <= 22


def test_a_cell_says_what_it_is_marked_with_and_for_how_many_days_a_consent_is() -> None:
    given = replace(decided("d", Purpose.FILM, Decision.GIVEN), days=(dt.date(2025, 2, 4),))
    marks = {("j", Purpose.SUPERVISION): Decision.WITHDRAWN}
    lines = draw_grid(grid(MEMBERS, [given], TODAY), (2, 0), TODAY, 96, 0, marks).text().splitlines()
    assert lines[1].startswith(" filming and shared review  ✓ given 4 Feb, 1 day")
    assert lines[2].startswith(" supervision                · not asked           → withdrawn  ")
