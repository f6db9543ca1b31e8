"""Who speaks when is kept on disk only as long as everybody in the film agrees to filming."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import MP4
from tests.permissions import TODAY, Records
from vigtui.casefilm.home import Folder
from vigtui.casefilm.listening import forget_without_consent
from vigtui.casefilm.pack_list import PackList, Piece, write_list
from vigtui.domain.records import Clip, Consent, Cycle, Family, Member, Record, Recording
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.film.files import FileSource
from vigtui.film.sound.kept_sound import FOLDER, KeptSound, stamp
from vigtui.film.sound.waveform import Loudness

FAMILY = Family(id="heron", code="F-017", members=(Member(id="dana", label="Dana"),))
CYCLE = Cycle(id="cycle", family="heron", number=1)
YES = Consent(family="heron", member="dana", purpose=Purpose.FILM, decision=Decision.GIVEN, date=TODAY)
NO = replace(YES, id="no", decision=Decision.WITHDRAWN)


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    """A folder with a film in it that was heard."""
    film = tmp_path / "media" / "é.mp4"
    film.parent.mkdir()
    film.write_bytes(MP4)
    KeptSound(tmp_path).keep(FileSource(film), stamp(FileSource(film)), Loudness(b"who spoke when"))
    return tmp_path


def recording(path: str) -> Recording:
    return Recording(id="film", cycle="cycle", path=path)


@pytest.mark.parametrize(
    ("records", "stays"),
    [
        ((FAMILY, CYCLE, recording("media/é.mp4"), YES), True),
        ((FAMILY, CYCLE, recording("media\\e\u0301.mp4"), YES), True),
        ((FAMILY, CYCLE, recording("media/é.mp4"), YES, NO), False),
        ((FAMILY, CYCLE, recording("media/é.mp4")), False),
        ((FAMILY, CYCLE, YES), False),
    ],
)
def test_what_was_heard_is_deleted_without_consent(
    heard: Path, records: tuple[Record, ...], stays: bool
) -> None:
    forget_without_consent(Folder(heard), Records(*records), TODAY)
    assert bool(list(KeptSound(heard).files())) is stays


@pytest.mark.parametrize("said", [YES, NO])
def test_a_piece_in_a_pack_belongs_to_its_recording(heard: Path, said: Consent) -> None:
    write_list(Folder(heard), PackList(pieces=(Piece(clip="clip", path="media/é.mp4", starts_ms=0),)))
    clip = Clip(id="clip", recording="film", in_ms=0, out_ms=1)
    forget_without_consent(
        Folder(heard), Records(FAMILY, CYCLE, recording("elsewhere.mp4"), clip, said), TODAY
    )
    assert bool(list(KeptSound(heard).files())) is (said is YES)


@pytest.mark.parametrize("name", ["1f3a (Ros's laptop).sound", "1f3a.sound (2)", ".keeping-abcd"])
def test_what_was_left_under_another_name_goes_too(heard: Path, name: str) -> None:
    [(path, _)] = KeptSound(heard).files()
    left = path.with_name(name)
    left.write_bytes(path.read_bytes())
    forget_without_consent(Folder(heard), Records(FAMILY, CYCLE, recording("media/é.mp4"), YES), TODAY)
    assert left.exists()
    forget_without_consent(Folder(heard), Records(FAMILY, CYCLE, recording("media/é.mp4"), YES, NO), TODAY)
    assert list((heard / FOLDER).iterdir()) == []


def test_what_was_left_unfinished_and_cannot_be_read_goes_and_what_others_put_there_stays(
    heard: Path,
) -> None:
    (heard / FOLDER / ".keeping-abcd").write_bytes(b"who spoke")
    (heard / FOLDER / "folder.sound").mkdir()
    (heard / FOLDER / "desktop.ini").touch()
    forget_without_consent(Folder(heard), Records(FAMILY, CYCLE, recording("media/é.mp4"), YES, NO), TODAY)
    assert {path.name for path in (heard / FOLDER).iterdir()} == {"folder.sound", "desktop.ini"}
    assert KeptSound(heard).recall(FileSource(heard / "media" / "é.mp4")) is None
