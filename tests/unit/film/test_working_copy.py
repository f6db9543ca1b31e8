"""What a viewer would lose: that a working copy shows the picture of each moment, as the film itself does."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.film.numbered import case
from vigtui.film.errors import FilmError
from vigtui.film.facts import NO_FACTS
from vigtui.film.files import FileSource
from vigtui.film.making.working_copy import Look, copy_size, look, make_copy
from vigtui.film.probing import opened, probe

pytestmark = pytest.mark.slow


def made(film: Path, target: Path) -> Look:
    looked = look(FileSource(film))
    make_copy(FileSource(film), looked, target, lambda _: None, lambda: False)
    return looked


def test_a_copy_has_the_pictures_of_its_film_at_the_same_times(tmp_path: Path) -> None:
    """Of a stream, whose first picture comes late, and whose end only its last picture tells."""
    film, copy = case("gop13.mts"), tmp_path / "copy.mp4"
    assert made(film, copy).why_heavy == "it has no index"
    with opened(FileSource(film)) as original, opened(FileSource(copy)) as smaller:
        for ms in (0.0, 10.0, 1234.0, 5800.0, 7777.0):
            one, other = original.go_to(ms), smaller.go_to(ms)
            assert one is not None
            assert other == pytest.approx(one, abs=0.1)
    assert probe(FileSource(copy)).last_ms == pytest.approx(probe(FileSource(film)).last_ms, abs=0.1)


def test_a_copy_that_ends_elsewhere_is_not_taken(shades: Path, tmp_path: Path) -> None:
    """An encoder that lost its end must not have anybody see less than was filmed."""
    looked = look(FileSource(shades))
    longer = Look(
        probe(FileSource(case("gop13.mts"))), looked.reach, high_range=False, why_heavy="it is longer"
    )
    with pytest.raises(FilmError, match="it ends at"):
        make_copy(FileSource(shades), longer, tmp_path / "copy.mp4", lambda _: None, lambda: False)


def test_a_light_film_needs_no_copy(shades: Path) -> None:
    assert look(FileSource(shades)).why_heavy == ""


@pytest.mark.parametrize(
    ("film", "copy"),
    [
        ((3840, 2160), (960, 540)),
        ((2160, 3840), (540, 960)),
        ((720, 576), (676, 540)),
        ((321, 181), (320, 180)),
        ((2880, 2160), (720, 540)),
    ],
)
def test_a_copy_has_its_film_s_shape_and_is_no_larger(film: tuple[int, int], copy: tuple[int, int]) -> None:
    assert copy_size(replace(NO_FACTS, width=film[0], height=film[1])) == copy
