"""What would be lost: the rest of a film whose length is not what it says, or the word that there is none."""

import datetime as dt
import struct
from pathlib import Path

import pytest

from tests.unit.film import films
from tests.unit.film.numbered import case
from vigtui.film.errors import FilmDamaged
from vigtui.film.files import FileSource, check_kind
from vigtui.film.making.cutting import cut
from vigtui.film.making.encode import encode
from vigtui.film.probing import opened, probe

LAST_MS = 3000  # the encoder has the last picture come twice


def test_a_film_that_does_not_say_how_long_it_is_is_read_to_its_end(shades: Path, tmp_path: Path) -> None:
    """As a browser writes it, or a program that was stopped in the middle of a recording."""
    live = tmp_path / "live.mkv"
    films.turned_into(live, shades, of="matroska", ofopts="live=1", ovc="libx264", ovcopts="g=10")
    facts = probe(FileSource(live))
    assert facts.last_ms == pytest.approx(LAST_MS, abs=2)
    assert LAST_MS < facts.duration_ms <= LAST_MS + 100
    assert facts.remark == ""


def test_a_film_copied_by_half_says_where_it_ends(tmp_path: Path) -> None:
    """What it says of its length stands at its start."""
    whole, half = tmp_path / "whole.mkv", tmp_path / "half.mkv"
    film = films.make(tmp_path / "film.mp4", films.moving(30))
    films.turned_into(whole, film, of="matroska", ovc="libx264", ovcopts="g=5")
    data = whole.read_bytes()
    half.write_bytes(data[: len(data) // 2])
    facts = probe(FileSource(half))
    assert facts.claimed_ms == pytest.approx(3000, abs=2)
    assert 500 < facts.duration_ms < 2000
    assert facts.remark.startswith("The film ends at 00:0")
    assert facts.remark.endswith(" of 00:03: the file is not whole.")


def test_sound_that_goes_on_after_the_picture_is_no_fault(tmp_path: Path) -> None:
    film = films.make(tmp_path / "film.mp4", films.shades(10), sound=films.tone(4))
    facts = probe(FileSource(film))
    assert facts.last_ms == pytest.approx(1000, abs=2)
    assert facts.duration_ms == pytest.approx(4000, abs=60)
    assert facts.remark == ""


def test_the_frame_before_a_moment_is_found_however_long_the_groups_of_a_stream_are(tmp_path: Path) -> None:
    """A clip that ended in such a group could not be cut."""
    stream = tmp_path / "stream.ts"
    film = films.make(tmp_path / "film.mp4", films.shades(150), sound=films.tone(6), rate=25)
    how = {"of": "mpegts", "ovc": "libx264", "ovcopts": "g=600,bf=0", "aid": "auto", "oac": "mp2"}
    films.turned_into(stream, film, **how)
    for number in range(58, 70):
        with opened(FileSource(stream)) as looked_at:  # it reads from as little earlier as it can
            before = looked_at.go_before(number * 40 + 10)
            assert before == pytest.approx((number - 1) * 40 + 10, abs=1)


def test_before_a_film_s_first_frame_there_is_none_and_nobody_waits_for_it(shades: Path) -> None:
    with opened(FileSource(shades)) as film:
        assert film.go_before(0.0) is None


def test_sound_alone_is_told_in_words(tmp_path: Path) -> None:
    film = films.make(tmp_path / "film.mp4", films.shades(20), sound=films.tone(2))
    sound = tmp_path / "sound.mka"
    films.turned_into(sound, film, vid="no", aid="auto", of="matroska", oac="aac")
    facts = probe(FileSource(sound))
    assert facts.duration_ms == pytest.approx(2000, abs=60)
    assert facts.remark == "There is no picture in this film, only sound."


def test_of_two_video_tracks_the_facts_are_those_of_the_one_that_is_shown(tmp_path: Path) -> None:
    """Else a cut of it would be called damaged, and its picture drawn in another shape."""
    shown = films.make(tmp_path / "shown.mp4", films.shades(20))
    other = tmp_path / "other.mp4"
    small = films.shades(20, width=80, height=80)
    encode(other, width=80, height=80, frames_per_second=films.RATE, frames=small)
    film = films.with_tracks_of(shown, other, tmp_path / "film.mp4", b"vide")
    facts = probe(FileSource(film))
    assert (facts.width, facts.height, facts.pictures) == (films.WIDTH, films.HEIGHT, 2)
    assert facts.remark == "There are 2 video tracks in this film; only one of them is shown."
    cut(FileSource(film), tmp_path / "clip.mp4", 500, 1000)
    assert probe(FileSource(tmp_path / "clip.mp4")).remark == ""


def test_what_sound_tracks_are_called_is_told(tmp_path: Path) -> None:
    film = films.make(tmp_path / "film.mp4", films.shades(20), sound=films.tone(2))
    assert probe(FileSource(film)).sounds == ("",)
    both = films.with_tracks_of(film, film, tmp_path / "both.mp4", b"soun", "deu")
    facts = probe(FileSource(both))
    assert (facts.sounds, facts.sound) == (("", "deu"), 1)
    assert facts.remark == ""


@pytest.mark.parametrize("lost", [0, 333], ids=["whole", "cut in its middle"])
@pytest.mark.parametrize(("kind", "codec"), [("mpeg1video", "mpeg1video"), ("m4v", "mpeg4")])
def test_pictures_without_a_container_are_film(tmp_path: Path, kind: str, codec: str, lost: int) -> None:
    """What older editing programs wrote. Where the first bytes tell nothing, libmpv is asked."""
    rate = 25
    whole, film = tmp_path / "whole", tmp_path / "film.m2v"
    made = films.make(tmp_path / "made.mp4", films.shades(75), rate=rate)
    films.turned_into(whole, made, of=kind, ovc=codec, ovcopts="g=5")
    data = whole.read_bytes()
    if kind == "mpeg1video":  # libmpv names another rate than it encodes: 3 stands for 25 pictures a second
        data = data.replace(data[:8], data[:7] + bytes([data[7] & 0xF0 | 3]))
    film.write_bytes(data[lost:])
    assert bool(check_kind(film)) == (not lost)
    facts = probe(FileSource(film))
    assert (facts.width, facts.height) == (films.WIDTH, films.HEIGHT)
    assert facts.last_ms == pytest.approx(75 * 1000 / rate, abs=120 if lost else 42)
    assert cut(FileSource(film), tmp_path / "clip.mp4", 1000, 2000) == 1000


@pytest.mark.parametrize(
    "content",
    [b"#EXTM3U\nfilm.mp4\n", b"# mpv EDL v0\nfilm.mp4\n", b"ffconcat version 1.0\nfile film.mp4\n", b""],
)
def test_what_only_libmpv_could_tell_never_leads_to_another_file(
    shades: Path, tmp_path: Path, content: bytes
) -> None:
    """A byte that hides a playlist from a look at its beginning."""
    (tmp_path / "film.mp4").write_bytes(shades.read_bytes())
    film = tmp_path / "named.bin"
    film.write_bytes(b"\0" + content + bytes(range(256)) * 8)
    assert check_kind(film) == ""
    with pytest.raises(FilmDamaged, match=r"named\.bin cannot be played"):
        probe(FileSource(film))


@pytest.mark.parametrize(
    ("film", "length", "remark"),
    [
        ("live.webm", 10_014, ""),
        ("gop13.mts", 10_031, ""),
        ("camcorder.mpg", 10_005, ""),
        ("trunc_fast.mp4", 6_360, "The film ends at 00:06.3 of 00:10: the file is not whole."),
        (
            "joined.mts",
            6_011,
            "The film is joined of parts that each count from 0; only 00:06 of it can be played.",
        ),
    ],
)
def test_the_length_of_films_that_are_about(film: str, length: int, remark: str) -> None:
    facts = probe(FileSource(case(film)))
    assert facts.duration_ms == pytest.approx(length, abs=2)
    assert facts.remark == remark


@pytest.mark.parametrize(("sound", "ending"), [(True, "ts"), (False, "ts"), (True, "mpg")])
def test_a_long_part_after_a_short_one_does_not_hide_that_a_film_is_joined(
    tmp_path: Path, *, sound: bool, ending: str
) -> None:
    """Two pictures have one time then; only those of the second part are found by it."""
    encoded = {"of": "mpegts" if ending == "ts" else "vob", "ovc": "mpeg2video"}
    if sound:
        encoded |= {"aid": "auto", "oac": "mp2"}
    film = films.make(tmp_path / "film.mp4", films.shades(300), sound=films.tone(30) if sound else None)
    long, short, joined = (tmp_path / f"{name}.{ending}" for name in ("long", "short", "joined"))
    films.turned_into(long, film, **encoded)
    data, pack = long.read_bytes(), 188 if ending == "ts" else 2048
    # Encoded anew, it might have its tracks in another order than the long one.
    short.write_bytes(data[: len(data) * 2 // 15 // pack * pack])
    joined.write_bytes(short.read_bytes() + data)
    assert [probe(FileSource(part)).joined for part in (short, long, joined)] == [False, False, True]


def test_a_film_whose_other_part_is_of_another_kind_is_joined_and_does_not_lack_its_end(
    tmp_path: Path,
) -> None:
    """Nobody would find a better copy of it. libmpv plays the first part."""
    part, joined = tmp_path / "part", tmp_path / "joined.ts"
    with joined.open("wb") as file:
        for seconds, codec in ((4, "mpeg2video"), (10, "libx264")):
            film = films.make(tmp_path / "film.mp4", films.shades(10 * seconds))
            films.turned_into(part, film, of="mpegts", ovc=codec)
            file.write(part.read_bytes())
    facts = probe(FileSource(joined))
    assert facts.duration_ms == pytest.approx(4000, abs=110)
    assert facts.remark.endswith("that each count from 0; only 00:04 of it can be played.")


def test_a_film_says_when_it_was_made(shades: Path, tmp_path: Path) -> None:
    """By that, what was marked while it was filmed is found in it."""
    film = tmp_path / "film.mp4"
    data = bytearray(shades.read_bytes())
    film.write_bytes(data)
    assert probe(FileSource(film)).created is None
    day = dt.datetime(2026, 3, 12, 14, 1, 10, tzinfo=dt.UTC)
    seconds = (day - dt.datetime(1904, 1, 1, tzinfo=dt.UTC)).total_seconds()
    at = data.index(b"mvhd") + 8  # its version and flags, then the time
    data[at : at + 4] = struct.pack(">I", int(seconds))
    film.write_bytes(data)
    assert probe(FileSource(film)).created == day
