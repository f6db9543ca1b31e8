"""Working copies are seen only while their film may be, and go when it goes."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import MP4
from tests.permissions import TODAY, Records, permission
from vigtui.casefilm.deleting import delete_film
from vigtui.casefilm.home import Folder
from vigtui.casefilm.opening import open_film
from vigtui.casefilm.working_copies import (
    FOLDER,
    copies_of_no_film,
    forget_copies_without_consent,
    keep_copy,
    needs_copy,
    unfinished_copy,
)
from vigtui.domain.consent.access import Use
from vigtui.domain.records import Consent, Cycle, Family, Member, Record, Recording
from vigtui.domain.vocabulary import Decision, Purpose, RecordingState
from vigtui.film.files import FileSource, fingerprint

FAMILY = Family(id="heron", code="F-017", members=(Member(id="dana", label="Dana"),))
CYCLE = Cycle(id="cycle", family="heron", number=1)
YES = Consent(family="heron", member="dana", purpose=Purpose.FILM, decision=Decision.GIVEN, date=TODAY)
NO = replace(YES, id="no", decision=Decision.WITHDRAWN)


def add_film(folder: Path, name: str, content: bytes = b"") -> Recording:
    """A film with a working copy."""
    film = folder / "media" / name
    film.parent.mkdir(exist_ok=True)
    film.write_bytes(MP4 + content)
    unfinished = unfinished_copy(folder, FileSource(film))
    unfinished.write_bytes(MP4)
    keep_copy(folder, FileSource(film), unfinished)
    return Recording(id=name, cycle="cycle", path=f"media/{name}", fingerprint=fingerprint(film))


def copies(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).iterdir())


@pytest.fixture
def film(tmp_path: Path) -> Recording:
    return add_film(tmp_path, "toast.mp4")


def test_a_copy_is_watched_and_the_film_itself_is_cut_and_heard(tmp_path: Path, film: Recording) -> None:
    seen = open_film(Folder(tmp_path), permission(film))
    assert seen.is_copy
    assert seen.clear_file == copies(tmp_path)[0]
    assert seen.path == tmp_path / film.path
    for use in (Use.CUT, Use.LISTEN, Use.COPY):
        assert not open_film(Folder(tmp_path), permission(film, use), use=use).is_copy


def test_a_copy_stays_its_film_s_when_the_film_is_moved_and_not_when_it_changes(
    tmp_path: Path, film: Recording
) -> None:
    moved = (tmp_path / film.path).rename(tmp_path / "bread.mp4")
    assert open_film(Folder(tmp_path), permission(replace(film, path="bread.mp4"))).is_copy
    moved.write_bytes(MP4 + b"another")
    assert not open_film(Folder(tmp_path), permission(replace(film, path="bread.mp4"))).is_copy
    assert needs_copy(Folder(tmp_path), FileSource(moved))


def test_a_copy_tells_nothing_of_its_film_and_only_its_owner_reads_it(
    tmp_path: Path, film: Recording
) -> None:
    [copy] = copies(tmp_path)
    assert "toast" not in copy.name
    assert film.fingerprint[:8] not in copy.name
    assert copy.stat().st_mode & 0o077 == 0


def test_a_deleted_film_leaves_no_copy(tmp_path: Path, film: Recording) -> None:
    delete_film(Folder(tmp_path), film.path)
    assert copies(tmp_path) == []


@pytest.mark.parametrize(
    ("records", "stays"),
    [
        ((FAMILY, CYCLE, YES), True),
        ((FAMILY, CYCLE, YES, NO), False),
        ((FAMILY, CYCLE), False),
        ((), False),
    ],
)
def test_without_consent_no_copy_stays(
    tmp_path: Path, film: Recording, records: tuple[Record, ...], stays: bool
) -> None:
    forget_copies_without_consent(tmp_path, Records(film, *records), TODAY)
    assert bool(copies(tmp_path)) is stays


def test_film_recorded_as_deleted_or_removed_leaves_no_copy(tmp_path: Path, film: Recording) -> None:
    gone = replace(film, state=RecordingState.DELETED)
    assert len(list(copies_of_no_film(tmp_path, [gone]))) == len(list(copies_of_no_film(tmp_path, []))) == 1
    assert list(copies_of_no_film(tmp_path, [film])) == []
    forget_copies_without_consent(tmp_path, Records(FAMILY, CYCLE, YES, gone), TODAY)
    assert copies(tmp_path) == []


def test_what_nobody_has_seen_for_longest_goes_first(tmp_path: Path) -> None:
    films = add_film(tmp_path, "one.mp4", b"1"), add_film(tmp_path, "two.mp4", b"2")
    os.utime(open_film(Folder(tmp_path), permission(films[0])).clear_file, (1, 1))
    forget_copies_without_consent(tmp_path, Records(FAMILY, CYCLE, YES, *films), TODAY, len(MP4))
    assert [open_film(Folder(tmp_path), permission(each)).is_copy for each in films] == [False, True]


def test_a_copy_that_was_not_finished_is_never_seen_and_is_cleared_away(
    tmp_path: Path, film: Recording
) -> None:
    unfinished = unfinished_copy(tmp_path, FileSource(tmp_path / film.path))
    unfinished.write_bytes(MP4)
    os.utime(unfinished, (1, 1))
    assert unfinished.name in "".join(copies_of_no_film(tmp_path, [film]))
    forget_copies_without_consent(tmp_path, Records(FAMILY, CYCLE, YES, film), TODAY)
    assert copies(tmp_path) != []
    assert not unfinished.exists()
