"""Programmes as files: what a service writes is taken as it stands, or refused with what to do."""

import tomllib
from pathlib import Path

import pytest

from vigtui.domain.records import Programme, Stage
from vigtui.domain.rules import problems
from vigtui.domain.training.files import parse_programme, write_programme
from vigtui.exchange.programmes import (
    ProgrammeFileError,
    examples,
    read_programme,
    write_programme_file,
)

GOOD = 'name = "Ours"\n[[stages]]\nname = "One"\nclients = 2\n'


def test_four_examples_ship_and_differ() -> None:
    names = ["Before every visit", "Six clients", "Small groups", "Three stages"]
    assert [each.name for each in examples()] == names


def test_a_written_programme_is_read_as_the_same(tmp_path: Path) -> None:
    for each in examples():
        path = tmp_path / f"{each.name}.toml"
        write_programme_file(each, path)
        again = read_programme(path)
        assert (again.name, again.stages, again.renew_years) == (each.name, each.stages, each.renew_years)
        assert write_programme(again) == write_programme(each)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name = "Ours"', "1 to 12 stages"),
        ('stages = "none"', "1 to 12 stages"),
        ("stages = [1]", "Stage 1 must have lines of its own"),
        ("[[stages]]\nname = 'One'", "The programme has no name"),
        (f"{GOOD}familes = 2", "“familes” of stage 1 is not known"),
        (f"stages_in_all = 3\n{GOOD}", "“stages_in_all” of the programme is not known"),
        (f"{GOOD}cycles = 'six'", "“cycles” of stage 1 is six; it must be a whole number"),
        (f"{GOOD}cycles = -1", "“cycles” of stage 1 is -1"),
        (f"{GOOD}hours = 1e300", "“hours” of stage 1"),
        (f"{GOOD}hours = nan", "“hours” of stage 1"),
        (f"{GOOD}group_share = 50", "a number from 0 to 1"),
        (f"{GOOD}written = 'One'", "a list of names"),
        (f"{GOOD}optional = 'no'", "true or false"),
        (f"{GOOD}optional = true", "At least one is for everybody"),
        (f"{GOOD}gate = '{'x' * 300}'", "longer than 200"),
        (f"{GOOD}[[stages]]\nname = 'Two'", "“One” has no gate"),
        (f"{GOOD}gate = 'A'\n[[stages]]\nname = 'One'", "Two stages are called “One”"),
        (f"{GOOD}gate = 'A'\n[[stages]]\nname = 'Two'\ngate = 'A'", "Two gates are called “A”"),
        (f"{GOOD}written = ['  ']", "“written” of stage 1 must have each name once, and none that is empty"),
        (f"{GOOD}written = ['A report', 'a Report']", "must have each name once"),
        (f"{GOOD}sessions = true", "“sessions” of stage 1 is true; it must be"),
        (f"{GOOD}sessions = ''", "“sessions” of stage 1 is empty; it must be"),
        ("this is no TOML", ". Nothing was taken in."),
        ("a = " + "[" * 5000, ". Nothing was taken in."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ProgrammeFileError) as told:
        read_programme(path)
    assert words in str(told.value)
    assert str(told.value).startswith("ours.toml: ")
    assert "\n" not in str(told.value)


def test_what_is_no_ordinary_file_or_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (1 << 17))
    for path in (tmp_path, large, tmp_path / "none.toml"):
        with pytest.raises(ProgrammeFileError):
            read_programme(path)


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(GOOD, "utf-8")
    with pytest.raises(ProgrammeFileError, match="already there"):
        write_programme_file(parse_programme(tomllib.loads(GOOD)), path)
    assert path.read_text("utf-8") == GOOD


def test_a_programme_that_nobody_could_go_through_is_found_by_check() -> None:
    """However it came into the caseload: the stages after one without a gate would never begin."""
    stuck = Programme(name="Ours", stages=(Stage(name="One"), Stage(name="Two", gate="End")))
    assert problems(stuck) == ["“One” has no gate: it is the gate that ends a stage and begins the next."]
    assert not problems(Programme(name="None yet"))
