"""What would be lost: after encrypting one would be told that no clear film is left, where there is some."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from tests.caseloads import with_films
from vigtui.domain.records import Recording
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.removing.clear_film import offer_clear
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen


class Asked:
    """A screen that does the work it is asked for, and says `answer` to a question."""

    def __init__(self, caseload: Caseload, *, answer: bool) -> None:
        self.caseload, self.answer, self.app = caseload, answer, self
        self.told: list[str] = []
        self.work: Callable[[], object] = list

    async def ask(self, dialog: object) -> object:
        if isinstance(dialog, ConfirmScreen):
            return self.answer
        assert isinstance(dialog, WorkingScreen)
        try:
            return self.work()
        except OSError as error:
            return error

    def tell(self, words: str, **_: Any) -> None:
        self.told.append(words)

    def call_from_thread(self, call: Callable[..., object], *args: object, **more: object) -> None:
        call(*args, **more)


@pytest.fixture
def caseload(tmp_path: Path) -> Caseload:
    return Caseload.open(with_films(tmp_path / "c.vig.json", "jigsaw"))


async def offered(screen: Asked, originals: list[Path]) -> bool:
    recordings = screen.caseload.all(Recording)
    return await offer_clear(cast("CaseScreen", screen), recordings, originals)


async def test_a_folder_that_cannot_be_searched_is_not_said_to_hold_no_clear_film(caseload: Caseload) -> None:
    screen = Asked(caseload, answer=True)

    def fail() -> object:
        raise OSError(errno.EIO, "Input/output error")

    screen.work = fail
    assert not await offered(screen, [])
    assert "could not be looked for: Input/output error" in screen.told[0]


async def test_the_original_goes_if_that_is_wanted_and_only_then(caseload: Caseload, tmp_path: Path) -> None:
    original = tmp_path / "elsewhere.mp4"
    original.write_bytes(b"film")
    assert not await offered(Asked(caseload, answer=False), [original])
    assert original.exists()
    assert await offered(Asked(caseload, answer=True), [original])
    assert not original.exists()


async def test_where_there_is_none_nothing_is_asked(caseload: Caseload) -> None:
    assert await offered(Asked(caseload, answer=False), [])
