"""What would be lost: what CIN, ◐ and film 14d mean, to whoever meets them for the first time."""

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.sample import make_sample
from vigtui.queries.caseload_rows import caseload_records, family_rows
from vigtui.queries.needs import Need
from vigtui.queries.timeline import Event
from vigtui.store.caseload import Caseload
from vigtui.wording.legend import event_signs, fitting, row_signs


def test_what_a_familys_row_shows_in_short_is_explained(tmp_path: Path) -> None:
    caseload = Caseload.open(make_sample(tmp_path))
    row = family_rows(caseload_records(caseload), dt.date.today())[0]
    told = dict(row_signs(row, undecided=True))
    assert told["●"] == "filmed and reviewed"
    assert told["CIN"] == "child in need plan"
    assert told[f"{row.first}{row.bars}{row.last}"] == "one rater's answers, first to last"
    assert "decide" in told
    assert "◐" not in told, "it is not in this row"


def test_a_number_of_days_is_explained_and_other_needs_are_sentences_anyway() -> None:
    span = Event("status", dt.date(2026, 1, 1), "", "CP plan", "status_spans", "x")
    needs = [Need("film 14d", "…"), Need("question", "…"), Need("consent 1d", "…")]
    assert event_signs(span, needs, 0) == [
        ("CP plan", "a child protection plan"),
        ("──▸", "goes on"),
        ("film 14d", "deleted in 14 days"),
        ("consent 1d", "one ends in 1 day"),
    ]


@given(st.lists(st.tuples(st.text("●x", max_size=9), st.text("y ", max_size=30))), st.integers(0, 100))
def test_no_sign_is_cut_and_the_line_has_room(signs: list[tuple[str, str]], width: int) -> None:
    kept = fitting(signs, width)
    assert len("  ".join(f"{sign} {meaning}" for sign, meaning in kept)) <= width
    left = iter(signs)
    assert all(each in left for each in kept), "in their order"
