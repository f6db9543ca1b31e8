"""What would be lost: exactly the moment that a family agreed to show, and nothing before or after it."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.film import films
from tests.unit.film.numbered import case, number
from vigtui.film.errors import FilmDamaged, FilmError
from vigtui.film.files import FileSource
from vigtui.film.making import cutting
from vigtui.film.making.cutting import cut
from vigtui.film.probing import opened, probe
from vigtui.film.sound.waveform import Loudness, listen

pytestmark = pytest.mark.slow

FRAME_MS = 1000 // films.RATE


def numbers(film: Path, folder: Path) -> list[int]:
    """Which frames of the film of shades are in a film, as far as their greys tell."""
    found = []
    for picture in films.pictures(film, folder):
        steps = (float(picture.mean()) - films.shade(0)) / films.GREY_STEP
        assert abs(steps - round(steps)) < 0.4
        found.append(round(steps))
    return found


@pytest.mark.parametrize(
    ("in_ms", "out_ms", "first", "after"),
    [(500, 1500, 5, 15), (0, 300, 0, 3)],
)
def test_the_frames_from_in_up_to_out_are_cut_and_no_other(
    in_ms: int, out_ms: int, first: int, after: int, shades: Path, tmp_path: Path
) -> None:
    target = tmp_path / "clip.mp4"
    assert cut(FileSource(shades), target, in_ms, out_ms) == first * FRAME_MS
    assert numbers(target, tmp_path) == list(range(first, after))
    assert abs(probe(FileSource(target)).duration_ms - (out_ms - in_ms)) < FRAME_MS
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_clip_to_the_end_of_the_film_has_its_last_frame(shades: Path, tmp_path: Path) -> None:
    cut(FileSource(shades), tmp_path / "clip.mp4", 2500, 3000)
    assert len(films.pictures(tmp_path / "clip.mp4", tmp_path)) == 5


def test_a_clip_may_be_of_one_frame(shades: Path, tmp_path: Path) -> None:
    """Of a film with a picture a second a short moment has no more. libmpv tells no moment of it."""
    clip = tmp_path / "clip.mp4"
    assert cut(FileSource(shades), clip, 500, 590) == 500
    assert numbers(clip, tmp_path) == [5]
    facts = probe(FileSource(clip))
    assert facts.last_ms == 0
    assert abs(facts.duration_ms - FRAME_MS) < FRAME_MS / 2
    assert cut(FileSource(clip), tmp_path / "again.mp4", 0, FRAME_MS) == 0
    assert numbers(tmp_path / "again.mp4", tmp_path) == [5]


def test_between_two_frames_the_clip_begins_with_the_one_that_a_player_shows(
    shades: Path, tmp_path: Path
) -> None:
    assert cut(FileSource(shades), tmp_path / "clip.mp4", 520, 1480) == 600
    assert numbers(tmp_path / "clip.mp4", tmp_path) == list(range(6, 15))


def test_the_sound_goes_along_and_is_as_long_as_the_picture(tmp_path: Path) -> None:
    """Half a second of silence, then a tone: the tone must begin where it did."""
    sound = bytes(48_000) + films.tone(1.5)
    film = films.make(tmp_path / "film.mp4", films.shades(20), sound=sound)
    cut(FileSource(film), tmp_path / "clip.mp4", 300, 1300)
    heard = listen(FileSource(tmp_path / "clip.mp4"), lambda _: True)
    assert isinstance(heard, Loudness)
    assert abs(heard.known_ms - 1000) <= FRAME_MS
    assert (heard.level(0, 140) or 0) < 0.1
    assert (heard.level(260, 900) or 0) > 0.9


def test_a_moment_after_the_sound_has_ended_is_cut_without(tmp_path: Path) -> None:
    film = films.make(tmp_path / "film.mp4", films.shades(20), sound=films.tone(0.5))
    cut(FileSource(film), tmp_path / "clip.mp4", 1200, 1500)
    assert probe(FileSource(tmp_path / "clip.mp4")).duration_ms == 300


def test_a_moment_before_the_sound_begins_is_cut(tmp_path: Path) -> None:
    film = films.make(tmp_path / "film.mp4", films.shades(30), sound=films.tone(3))
    late, clip = tmp_path / "late.mkv", tmp_path / "clip.mp4"
    options = {"aid": "auto", "oac": "pcm_s16le", "af": "lavfi=[atrim=start=2]"}
    films.turned_into(late, film, of="matroska", ovc="libx264", **options)
    assert cut(FileSource(late), clip, 300, 900) == 300
    assert numbers(clip, tmp_path) == list(range(3, 9))


@pytest.mark.parametrize("degrees", [90, 180])
@pytest.mark.parametrize("matrices", [films.TURNED, films.MIRRORED], ids=["turned", "mirrored"])
def test_a_film_held_upright_stays_upright(
    corners: Path, tmp_path: Path, degrees: int, matrices: dict[int, films.Matrix]
) -> None:
    turned = films.held_upright(corners, tmp_path / "turned.mp4", matrices[degrees])
    cut(FileSource(turned), tmp_path / "clip.mp4", 200, 700)
    facts = probe(FileSource(tmp_path / "clip.mp4"))
    size = (films.WIDTH, films.HEIGHT)
    assert (facts.width, facts.height, facts.rotation) == (*(size[::-1] if degrees == 90 else size), 0)
    [picture, *_] = films.pictures(tmp_path / "clip.mp4", tmp_path)
    assert films.named_corners(picture) == films.corners_shown(matrices[degrees])


def test_what_a_camera_wrote_about_itself_stays_behind(shades: Path, tmp_path: Path) -> None:
    """A phone writes the place of the family's home into each film."""
    film = tmp_path / "film.mp4"
    films.turned_into(film, shades, of="mp4", ovc="libx264", oset_metadata='title="Mill Lane 5"')
    assert b"Mill Lane" in film.read_bytes()
    cut(FileSource(film), tmp_path / "clip.mp4", 500, 900)
    assert b"Mill Lane" not in (tmp_path / "clip.mp4").read_bytes()


def test_progress_is_told_and_what_it_raises_leaves_nothing(shades: Path, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(part: float) -> None:
        assert 0 <= part <= 1
        raise Stopped

    with pytest.raises(Stopped):
        cut(FileSource(shades), tmp_path / "clip.mp4", 0, 3000, stop)
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_breaks_off_leaves_a_sentence_and_no_file(shades: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(shades.read_bytes()[:20_000])
    with pytest.raises(FilmError, match=r"torn\.mp4"):
        cut(FileSource(torn), tmp_path / "clip.mp4", 1500, 2500)
    assert list(tmp_path.iterdir()) == [torn]


def test_a_moment_after_the_end_is_refused(shades: Path, tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"shades\.mp4"):
        cut(FileSource(shades), tmp_path / "clip.mp4", 9000, 9500)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(FilmDamaged, match=r"empty\.mp4 is empty"):
        cut(FileSource(tmp_path / "empty.mp4"), tmp_path / "clip.mp4", 0, 100)


@pytest.mark.parametrize(("film", "first_ms"), [("gop13.mts", 5.8), ("camcorder.mpg", 10.9)])
def test_a_film_without_an_index_is_cut_at_the_frames_that_a_player_shows(
    film: str, first_ms: float, tmp_path: Path
) -> None:
    """From its first group of pictures, from the middle of one, and up to its end."""
    for first, after in ((3, 20), (120, 195), (166, 174), (240, 250)):
        clip = tmp_path / "clip.mp4"
        in_ms, out_ms = (round(first_ms + 40 * number) for number in (first, after))
        assert cut(FileSource(case(film)), clip, in_ms, out_ms) == in_ms
        shown = [number(picture) for picture in films.pictures(clip, tmp_path)]
        assert list(dict.fromkeys(shown)) == list(range(first, after))


@pytest.mark.parametrize(
    ("first", "after"), [(7, 36), (7, 37), (34, 48), (35, 39), (36, 52), (37, 50), (49, 60)]
)
def test_a_moment_whose_pictures_count_back_is_cut_and_no_more_goes_along(
    tmp_path: Path, first: int, after: int
) -> None:
    """FFmpeg says 80 ms too little of the pictures 36 to 49; more than were agreed to may not go along."""
    clip = tmp_path / "clip.mp4"
    in_ms, out_ms = (round(10.9 + 40 * number) for number in (first, after))
    assert cut(FileSource(case("camcorder.mpg")), clip, in_ms, out_ms) == in_ms
    assert [number(picture) for picture in films.pictures(clip, tmp_path)] == list(range(first, after))


def test_a_film_that_does_not_say_how_long_it_is_is_cut_behind_what_it_says(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    assert cut(FileSource(case("live.webm")), clip, 7014, 7500) == 7014
    assert number(films.pictures(clip, tmp_path)[0]) == 175


_IN_GROUPS = {"ovc": "libx264", "ovcopts": "g=10,keyint_min=10,sc_threshold=0,bf=2"}


@pytest.mark.parametrize(
    ("ending", "options"),
    [("mp4", {"of": "mp4", "ofopts": "movflags=frag_keyframe+empty_moov"}), ("flv", {"of": "flv"})],
    ids=["fragments", "Flash"],
)
def test_the_last_frames_of_a_group_are_cut(tmp_path: Path, ending: str, options: dict[str, str]) -> None:
    """Where pictures are sought by when they are decoded, the next group's first is found in their place."""
    film, clip = tmp_path / f"film.{ending}", tmp_path / "clip.mp4"
    films.turned_into(film, films.make(tmp_path / "made.mp4", films.numbered(40)), **_IN_GROUPS, **options)
    with opened(FileSource(film)) as there:
        first_ms = there.go_to(0)
    assert first_ms is not None
    for first in (8, 9, 18, 19):
        in_ms = round(first_ms) + first * FRAME_MS
        cut(FileSource(film), clip, in_ms, in_ms + 5 * FRAME_MS)
        shown = [number(picture) for picture in films.pictures(clip, tmp_path)]
        assert shown == list(range(first, first + 5))


@pytest.mark.parametrize(("ending", "kind"), [("flv", "flv"), ("ts", "mpegts")])
def test_a_moment_that_ends_behind_the_last_frame_is_cut(tmp_path: Path, ending: str, kind: str) -> None:
    """Nothing is decoded there: libmpv is at the film's end, which is that of its sound."""
    made = films.make(tmp_path / "made.mp4", films.numbered(40), sound=films.tone(4.4))
    film, clip = tmp_path / f"film.{ending}", tmp_path / "clip.mp4"
    films.turned_into(film, made, of=kind, aid="auto", oac="aac", ovc="libx264", ovcopts="g=100,bf=2")
    cut(FileSource(film), clip, 3300, 9000)
    shown = [number(picture) for picture in films.pictures(clip, tmp_path)]
    assert list(dict.fromkeys(shown)) == list(range(33, 40))


@pytest.mark.parametrize("late_by", [1, 5])
def test_a_cut_that_shows_other_frames_than_a_player_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late_by: int
) -> None:
    """As long as it should be, with as many frames; but a family agreed to others."""
    film = films.make(tmp_path / "film.mp4", films.numbered(30))
    encode = cutting._encode

    def encode_late(source: Any, target: Path, out_ms: int, progress: Any) -> str:
        late = replace(source, first_ms=source.first_ms + late_by * FRAME_MS)
        return encode(late, target, out_ms + late_by * FRAME_MS, progress)

    monkeypatch.setattr(cutting, "_encode", encode_late)
    with pytest.raises(FilmError, match=r"film\.mp4 could not be cut: the film is damaged near this moment"):
        cut(FileSource(film), tmp_path / "clip.mp4", 500, 1500)
    assert list(tmp_path.iterdir()) == [film]


def test_high_dynamic_range_stays_what_it_is(shades: Path, tmp_path: Path) -> None:
    film, clip = tmp_path / "film.mkv", tmp_path / "clip.mp4"
    films.turned_into(
        film, shades, of="matroska", ovc="libx264", ovcopts="color_trc=arib-std-b67,color_primaries=bt2020"
    )
    cut(FileSource(film), clip, 500, 900)
    with opened(FileSource(clip)) as made:
        assert made.core.video_params["gamma"] == "hlg"
