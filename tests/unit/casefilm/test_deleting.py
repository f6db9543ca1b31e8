"""What would be lost: a promise that film is gone, while what was said in it still lies beside it."""

from pathlib import Path

import pytest

from tests.caseloads import MP4
from vigtui.casefilm.deleting import delete_film
from vigtui.casefilm.home import Folder


def left(folder: Path, *names: str) -> list[str]:
    """What is left in the folder of film when `film.mp4` is deleted, with these files beside it."""
    media = folder / "media"
    media.mkdir()
    for name in ("film.mp4", *names):
        (media / name).write_bytes(MP4 if name.endswith((".mp4", ".mov")) else b"words")
    delete_film(Folder(folder), "media/film.mp4")
    return sorted(each.name for each in media.iterdir())


def test_subtitles_go_with_their_film(tmp_path: Path) -> None:
    assert left(tmp_path, "film.srt", "film.en.vtt", "FILM.ass") == []


def test_what_a_camera_writes_beside_a_film_keeps_no_subtitles(tmp_path: Path) -> None:
    assert left(tmp_path, "film.srt", "film.xml") == ["film.xml"]


@pytest.mark.parametrize(
    "others",
    [
        ["film-2.srt"],
        ["film.mov", "film.en.srt"],
        ["film.en.mp4", "film.en.srt"],
        ["film two.srt", "other.srt"],
    ],
)
def test_what_may_be_another_s_stays(tmp_path: Path, others: list[str]) -> None:
    assert left(tmp_path, *others) == sorted(others)


def test_a_link_is_not_followed_and_stays(tmp_path: Path) -> None:
    kept = tmp_path / "kept.srt"
    kept.write_text("words")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "film.srt").symlink_to(kept)
    (tmp_path / "media" / "film.mp4").write_bytes(MP4)
    delete_film(Folder(tmp_path), "media/film.mp4")
    assert kept.read_text() == "words"
