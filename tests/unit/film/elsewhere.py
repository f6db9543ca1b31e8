"""Film that is in no file, for tests."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from vigtui.film.errors import FilmError
from vigtui.film.files import check_bytes

CHANGED = "a film elsewhere was changed after it was encrypted."


class Bytes(BytesIO):
    """A film's bytes, of which some do not come. They come a few at a time."""

    def __init__(self, film: "Elsewhere", content: bytes) -> None:
        super().__init__(content)
        self._film = film

    def readinto(self, buffer: memoryview) -> int:
        if self.tell() in self._film.lost:
            raise FilmError(CHANGED)
        return super().readinto(buffer[:5000])


class Elsewhere:
    """A film that is in no file: only its bytes lead to it, and the `lost` ones do not come."""

    starts_ms = 0
    whole = True
    is_copy = False
    name = "a film elsewhere"
    clear_file = None

    def __init__(self, film: Path, lost: range = range(0)) -> None:
        self.path = film.parent / "nothing here.mp4"
        self._bytes = film.read_bytes()
        self.lost = lost
        self.given: list[Bytes] = []

    def open(self) -> BinaryIO:
        self.given.append(Bytes(self, self._bytes))
        return self.given[-1]

    def check(self) -> None:
        check_bytes(self)

    def subtitles(self) -> bytes:
        return b""
