"""Terminals for tests that draw pixels: as kitty does, over the text, or as sixel, which text erases."""

import os
import re
from dataclasses import dataclass
from typing import Any

import pyte

from tests.pty.emulator import Emulator
from tests.unit.film import decoding

CELL_WIDTH, CELL_HEIGHT = 10, 20
_WHOLE = re.compile(rb"\x1b_G[^\x1b]*\x1b\\|\x1bP[^\x1b]*\x1b\\|\x1b\[16t|\x1b\[\?[12];1;0S|\x1b\[c")
_BEGUN = re.compile(rb"\x1b(?:[_P][^\x1b]*\x1b?|\[[\d?;]*)?\Z")


@dataclass
class Image:
    """A picture on the screen: its first column and row, its size in cells, and its pixels."""

    column: int
    row: int
    columns: int
    rows: int
    pixels: decoding.Pixels

    @property
    def place(self) -> tuple[int, int, int, int]:
        return self.column, self.row, self.columns, self.rows


class PixelTerminal(Emulator):
    """Collects the pictures it is sent. `images` are the present ones by number."""

    attributes = b""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.images: dict[int, Image] = {}
        self._rest = b""

    @property
    def image(self) -> Image | None:
        """The present picture."""
        assert len(self.images) <= 1
        return next(iter(self.images.values()), None)

    def show(self, data: bytes) -> None:
        data, self._rest = self._rest + data, b""
        if begun := _BEGUN.search(data):
            data, self._rest = data[: begun.start()], data[begun.start() :]
        start = 0
        for match in _WHOLE.finditer(data):
            super().show(data[start : match.start()])
            self.command(match[0])
            start = match.end()
        super().show(data[start:])

    def command(self, words: bytes) -> None:
        """Do what a sequence says that pyte does not know."""
        if words == b"\x1b[c":
            self.say(b"\x1b[?" + self.attributes + b"c")
        elif words == b"\x1b[16t":
            self.say(f"\x1b[6;{CELL_HEIGHT};{CELL_WIDTH}t".encode())

    def say(self, words: bytes) -> None:
        """Answer, torn in two as a line may tear it."""
        os.write(self._master, words[:5])
        os.write(self._master, words[5:])


class KittyTerminal(PixelTerminal):
    """Pictures stay until they are deleted, whatever is written."""

    attributes = b"62;"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._chunks = b""

    def command(self, words: bytes) -> None:
        match = decoding.KITTY.fullmatch(words)
        if match is None:
            super().command(words)
            return
        head = dict(pair.split("=") for pair in match[1].decode().split(","))
        if head.get("a") == "q":
            self.say(f"\x1b_Gi={head['i']};OK\x1b\\".encode())
        elif head.get("a") == "d":
            self.images.pop(int(head["i"]), None)
        else:
            self._chunks += words
            if head["m"] == "0":
                self._place()

    def _place(self) -> None:
        head, pixels = decoding.kitty(self._chunks)
        self._chunks = b""
        cursor = self.screen.cursor
        self.images[int(head["i"])] = Image(cursor.x, cursor.y, int(head["c"]), int(head["r"]), pixels)


class SixelTerminal(PixelTerminal):
    """A picture is erased where text is written; `image` is there while all of it is, none while any is not.

    `erased` tells whether nothing is left of any picture.
    """

    attributes = b"62;4"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._left: set[tuple[int, int]] = set()
        draw, erase = self.screen.draw, self.screen.erase_in_display

        def draw_over(text: str) -> None:
            before = self.screen.cursor.x
            draw(text)
            row = self.screen.cursor.y
            self._erase({(column, row) for column in range(before, before + len(text))})

        def erase_all(*arguments: Any, **options: Any) -> None:
            erase(*arguments, **options)
            self._erase(set(self._left))

        self.screen.draw, self.screen.erase_in_display = draw_over, erase_all
        self._stream = pyte.ByteStream(self.screen)

    @property
    def erased(self) -> bool:
        return not self._left

    def command(self, words: bytes) -> None:
        match = decoding.SIXEL.fullmatch(words)
        if match is None:
            super().command(words)
            return
        pixels = decoding.sixel(match[1].decode())
        columns, rows = pixels.shape[1] // CELL_WIDTH, pixels.shape[0] // CELL_HEIGHT
        left, top = self.screen.cursor.x, self.screen.cursor.y
        assert top + rows < self.screen.lines, "the screen would scroll"
        self.images = {0: Image(left, top, columns, rows, pixels)}
        self._left = {
            (column, row) for column in range(left, left + columns) for row in range(top, top + rows)
        }

    def _erase(self, cells: set[tuple[int, int]]) -> None:
        if self._left & cells:
            self._left -= cells
            self.images.clear()
