"""A text that somebody wrote is the same text whatever editor left it."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.foreign.text import decode_text

MARKED = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", MARKED)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_mark_and_line_ending_is_read_alike(encoding: str, ending: str) -> None:
    """Notepad, PowerShell and a Mac each leave their own."""
    written = MARKED[encoding] + f"één{ending}twee\U0001f600{ending}".encode(encoding)
    assert decode_text(written) == "één\ntwee\U0001f600\n"


def test_what_is_no_text_says_where() -> None:
    with pytest.raises(ValueError, match=r"it is not UTF-8 text \(byte 3\)"):
        decode_text(b"ab\xff\xff")
    with pytest.raises(ValueError, match="it is not UTF-16 text"):
        decode_text(codecs.BOM_UTF16_LE + b"a")


@given(st.binary())
def test_with_another_encoding_named_everything_is_some_text(data: bytes) -> None:
    assert isinstance(decode_text(data, "cp1252"), str)
    assert decode_text(b"caf\xe9", "cp1252") == "café"
