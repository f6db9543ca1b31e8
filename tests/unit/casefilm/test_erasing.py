"""What would be lost: a family whose words go while its film stays, and nobody is told."""

from pathlib import Path

import pytest

from tests.caseloads import MP4, make
from vigtui.casefilm import erasing
from vigtui.domain.records import Cycle, Family, Recording
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError
from vigtui.vault.keyring import Keyring


def test_a_disk_that_keeps_the_film_keeps_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is a stand-in: whoever runs the tests as root is refused nothing."""
    path = make(
        tmp_path / "c.vig.json",
        Family(id="heron", code="F-017"),
        Cycle(id="cycle", family="heron", number=1),
        Recording(id="film", cycle="cycle", path="media/film.mp4"),
    )
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "film.mp4").write_bytes(MP4)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(erasing, "delete_film", refuse)
    caseload = Caseload.open(path)
    erasure = erasing.plan_erasure(caseload, caseload.need(Family, "heron"))
    with pytest.raises(CaseloadError, match=r"No word was erased: media/film\.mp4 .*Permission denied"):
        erasing.erase_family(caseload, erasure, Keyring())
    assert caseload.get(Family, "heron") is not None
    caseload.close()
