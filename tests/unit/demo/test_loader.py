"""The demo's files are edited by people who do not program: a mistake must be told with where it is."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import vigtui.demo
from vigtui.demo.entries import DemoDataError
from vigtui.demo.loader import load_demo
from vigtui.domain.records import Consent, Cycle, Family, Rating, Recording

TODAY = dt.date(2026, 11, 22)
WREN, HERON, SESSIONS = "families/wren.toml", "families/heron.toml", "service/sessions.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The demo's files, free to be edited."""
    here = Path(vigtui.demo.__file__).parent
    for name in ("families", "service"):
        shutil.copytree(here / name, tmp_path / name)
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (WREN, 'pseudonym = "Wren"', "pseudonym = Wren", "wren.toml is not TOML: Invalid value (at line 5, "),
        (WREN, 'title = "The apple"', 'titel = "The apple"', "wren.toml, clip C1-1: “titel” is not known"),
        (WREN, 'code = "F-021"\n', "", "wren.toml: “code” is missing."),
        (
            WREN,
            'state = "active"',
            'state = "busy"',
            "“state” cannot be “busy”; it is one of referred,",
        ),
        (WREN, 'who = "Tali"', 'who = "Taly"', "clip C1-1, tag 2: “who”: nobody here is called “Taly”."),
        (WREN, 'guider = "Ellis"', 'guider = "Mira"', "“guider”: nobody here is called “Mira”."),
        (WREN, '"95 days ago"', '"last spring"', "“referred”: “last spring” is not a day."),
        (WREN, "cycle = 1, value", "cycle = 9, value", "rating 2: “cycle”: no cycle is called “9”."),
        (WREN, "value = 4", "values = 4", "question 1, rating 1: “value” is missing; “not rated” says"),
        (WREN, "value = 4", "value = 11", "question 1, rating 1: “value”: expected a whole number <= 10."),
        (WREN, 'code = "C2"', 'code = "C3"', "recording C3: no film that is drawn is called “F-021-C3”."),
        (WREN, 'code = "SR1"', 'code = "Review"', "recording Review: “code” must be as in C2, or SR2"),
        (
            WREN,
            'code = "SR1"',
            'code = "SR1"\npeople = ["Mum"]',
            "recording SR1: nobody here is called “Mum”.",
        ),
        (WREN, '"offers"', '"eats"', "clip C1-1: “moment”: no moment of this film (offers, gives back)"),
        (WREN, 'companion = "C1-1"', 'companion = "C9-1"', "“companion”: no clip before this is called"),
        (WREN, "questions = [1]", "questions = [2]", "clip C1-1: no question is called “2”."),
        (WREN, '"0:06.5"', '"0:6.5"', "clip C1-1, tag 1: “at”: “0:6.5” is not a time: seconds are two"),
        (WREN, '["supervision"]', '["supervising"]', "consents 2: “purposes” cannot be “supervising”; it is"),
        (WREN, 'members = ["Mira"]', 'members = ["Ros"]', "consents 2: no member is called “Ros”."),
        (WREN, 'label = "Tali"', "label = 7", "wren.toml, member 7: “label”: expected text, got a whole"),
        (WREN, 'reviewed = "45', 'reviewed = "95', "wren.toml, cycle 1: “edited” (2026-09-06) is before"),
        (WREN, '"0:06.5"', '"0:46.5"', "wren.toml: A tag at 00:46.500 is outside the clip “The apple”."),
        (HERON, "told_on = 2025-05-27", "", "heron.toml: “referred”: 2025-01-14 needs “told_on”"),
        (HERON, "told_on = 2025-05-27", 'told_on = "May"', "heron.toml: “told_on” must be a date"),
        (HERON, "formulation =", "formulations =", "heron.toml, fit: “formulations” is not known here"),
        (HERON, 'consent_of = "Dana"', 'consent_of = "Kit"', "nobody with a consent for this purpose is"),
        (SESSIONS, 'clip = "F-017 SR1', 'clip = "F-017 SR9', "session 1, item 1: “clip”: no clip is called"),
        (SESSIONS, 'trainees = ["Ellis"]', 'trainees = "Ellis"', "session 1: “trainees” must be a list."),
        (SESSIONS, '[3, 3, "not rated"]', "[3, 3]", "skill rating 1: “values” must be 3, one for each item"),
        (SESSIONS, "time = 09:30:00", 'time = "soon"', "amendment 1: “time”: invalid time."),
        ("service/people.toml", '"Sol Achter"', '"Ros Achter"', "person Ros Achter: there is another Ros"),
        ("service/people.toml", "[[voices]]", "[[voice]]", "people.toml: “voice” is not known here"),
    ],
)
def test_a_mistake_is_told_with_file_and_entry(
    folder: Path, name: str, old: str, new: str, sentence: str
) -> None:
    edit(folder, name, old, new)
    with pytest.raises(DemoDataError) as told:
        load_demo(TODAY, folder)
    assert sentence in str(told.value)
    assert str(told.value).startswith(f"The demo cannot be made. {Path(name).name}")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / SESSIONS).unlink()
    with pytest.raises(DemoDataError, match=r"sessions\.toml: No such file"):
        load_demo(TODAY, folder)


def test_a_family_is_added_by_adding_a_file(folder: Path) -> None:
    (folder / "families" / "rail.toml").write_text(
        'code = "F-001"\npseudonym = "Rail"\nguider = "Ros"\nmembers = [{ label = "Jan" }]\n'
        'consents = [{ purposes = ["film"], date = "3 days ago" }]\n'
    )
    families = [each for each in load_demo(TODAY, folder).records if isinstance(each, Family)]
    assert [each.code for each in families][:2] == ["F-001", "F-006"]
    assert len(families) == 13


def test_two_families_with_one_code_are_told(folder: Path) -> None:
    (folder / "families" / "rail.toml").write_text('code = "F-006"\n')
    with pytest.raises(DemoDataError, match=r"wigeon\.toml: another family has the code F-006"):
        load_demo(TODAY, folder)


def test_what_is_left_out_is_filled_in_as_the_top_of_the_heron_file_says(folder: Path) -> None:
    records = load_demo(TODAY, folder).records
    wren = next(each for each in records if isinstance(each, Family) and each.code == "F-021")
    first, second, third = (each for each in records if isinstance(each, Cycle) and each.family == wren.id)
    assert (first.planned, second.planned, third.filmed) == (first.filmed, second.filmed, None)
    assert first.filmed
    assert first.reviewed
    assert first.edited == first.filmed + (first.reviewed - first.filmed) // 2
    consents = [each for each in records if isinstance(each, Consent) and each.family == wren.id]
    mira, tali = (member.id for member in wren.members)
    assert [(each.member, each.given_by) for each in consents] == [
        (mira, "Mira"),
        (tali, "Mira"),
        (mira, "Mira"),
    ]
    film, review = (each for each in records if isinstance(each, Recording) and each.cycle == first.id)
    assert (film.people, review.people) == ((mira, tali), (mira, tali, wren.guider))
    ratings = [each for each in records if isinstance(each, Rating) and each.cycle == first.id]
    assert [(each.date, each.value) for each in ratings] == [(first.reviewed, 5)]
