"""What would be lost: a drawing that says what the records say, on paper too, and nothing that runs."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.reports.test_layout import HOSTILE
from vigtui.domain.records import Cycle, HelpingQuestion, Rating, StatusSpan, TrajectEntry
from vigtui.domain.vocabulary import StatusKind, TrajectKind
from vigtui.queries.ratings import all_series
from vigtui.queries.timeline import build_timeline
from vigtui.reports.charts.chart import (
    Bar,
    BarsChart,
    Chart,
    RatingsChart,
    TimelineChart,
    named,
    ratings_chart,
)
from vigtui.reports.charts.in_characters import in_characters
from vigtui.reports.charts.svg import svg
from vigtui.reports.formats.markdown import markdown
from vigtui.reports.formats.writing import HTML, MARKDOWN, TEXT, Printout
from vigtui.reports.paper import Paper
from vigtui.values.spoken_names import with_names
from vigtui.values.text import one_line

DAY, TODAY = dt.date(2026, 9, 1), dt.date(2026, 11, 30)
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text())


def days(*values: int | None) -> list[tuple[dt.date, int | None]]:
    return [(DAY + dt.timedelta(days=20 * place), value) for place, value in enumerate(values)]


def charts(words: str) -> list[Chart]:
    """A chart of each kind, with these words wherever somebody can type some."""
    question = HelpingQuestion(id="q", family="f", owner=words, words=words)
    ratings = [Rating(question="q", rater=words, date=day, value=value) for day, value in days(3, None, 8)]
    timeline = build_timeline(
        today=TODAY,
        spans=[StatusSpan(family="f", kind=StatusKind.CP, start=DAY, end=TODAY)],
        cycles=[Cycle(family="f", number=1, filmed=DAY, reviewed=TODAY)],
        questions=[question],
        ratings=ratings,
        traject=[TrajectEntry(family="f", heading=words, kind=TrajectKind.NOW, words=words, date=DAY)],
    )
    return [
        ratings_chart(words, all_series(ratings), lambda rater: rater, 0),
        TimelineChart(words, timeline, TODAY),
        BarsChart(words, (Bar(words, 12, words), Bar(words, None, words))),
    ]


def texts(drawing: str) -> list[str]:
    """The words of a drawing, which is an element that holds shapes and words alone."""
    root = ElementTree.fromstring(drawing)
    assert {each.tag for each in root.iter()} <= {"svg", "title", "text", "line", "rect", "circle"}
    allowed = {"viewBox", "role", "class", "transform", "text-anchor", "stroke-dasharray", "fill"}
    shapes = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"}
    assert {name for each in root.iter() for name in each.attrib} <= allowed | shapes
    return [each.text or "" for each in root.iter() if each.tag == "text"]


@given(WORDS)
def test_what_was_typed_is_words_in_every_drawing(words: str) -> None:
    for chart in charts(words):
        texts(svg(chart))
        for line in in_characters(chart).split("\n"):
            assert one_line(line).strip() == " ".join(line.split())


@given(WORDS)
def test_a_drawing_in_markdown_stays_in_its_block(words: str) -> None:
    for chart in charts(words):
        paper = Paper("test", "test", {}, charts={"one": chart})
        printout = Printout("", markdown(paper, "before\n\n{{ charts.one }}\n\nafter\n"), charts=paper.charts)
        text = printout.written(MARKDOWN)
        assert text.startswith("before\n\n```\n")
        assert text.endswith("\n```\n\nafter\n")
        assert text.count("`") == 6


def test_each_rater_has_a_line_and_not_rated_is_no_zero() -> None:
    ratings = [
        *(Rating(question="q", rater="Dana", date=day, value=value) for day, value in days(3, 5, 8)),
        *(Rating(question="q", rater="Kit", date=day, value=value) for day, value in days(2, None, 0)),
    ]
    chart = ratings_chart("", all_series(ratings), str, 0)
    months, dana, kit = in_characters(chart).split("\n")
    assert "10/2026" in months
    assert dana.split() == ["Dana", "3", dana.split()[2], "5", dana.split()[4], "8"]
    assert "·" in kit
    assert "╌" in kit
    assert "─" not in kit
    assert kit.endswith("0")
    assert texts(svg(chart)).count("–") == 1
    assert [dana.index("3"), dana.index("8")] == [kit.index("2"), kit.index("0")]


def test_a_number_that_is_left_out_has_no_bar() -> None:
    chart = BarsChart("", (Bar("active", 12), Bar("paused", None, "under 5")))
    active, paused = in_characters(chart).split("\n")
    assert active.endswith("█ 12")
    assert paused.split() == ["paused", "under", "5"]
    assert svg(chart).count("<rect") == 1


@pytest.mark.parametrize("ending", [HTML, MARKDOWN, TEXT])
def test_names_typed_for_a_print_are_in_what_is_drawn(ending: str) -> None:
    paper = Paper("test", "test", {}, charts={"one": charts("Dana")[0], "two": charts("Dana")[1]})
    text = markdown(paper, "{{ charts.one }}\n\n{{ charts.two }}\n")
    written = Printout("", text, charts=paper.charts).named(with_names({"Dana": "Maria"})).written(ending)
    assert "Maria" in written
    assert "Dana" not in written


def test_nothing_to_draw_is_nothing() -> None:
    for chart in (RatingsChart("", ()), BarsChart("", ())):
        assert in_characters(chart) == ""
        assert texts(svg(chart)) == []
    assert named({}, str) == {}
