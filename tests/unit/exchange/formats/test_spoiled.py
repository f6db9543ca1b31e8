"""What would be lost: a program that stays on its feet, whatever is in a file that it is given."""

import datetime as dt
import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.exchange.formats.boris_writing import boris
from vigtui.exchange.formats.captions import web_vtt
from vigtui.exchange.formats.coded import CLIP, CodedFilm, Mark
from vigtui.exchange.formats.elan_writing import elan
from vigtui.exchange.importing.plan import ImportRefusedError
from vigtui.exchange.importing.reading import ENDINGS, read_source

NOW = dt.datetime(2026, 11, 30)
FILM = CodedFilm(
    "C1",
    ("a.mp4",),
    (Mark(0, 4000, CLIP, title="Toast", caption="Both laugh.", lane=1), Mark(9, 9, "smile", "Dana", lane=1)),
    9000,
)
LIST = "code;pseudonym;referred;members\nF-1;Heron;03/04/2026;Dana (parent); Jory\nF-2;Wren;31/12/2026;\n"
WHOLE = {
    ".eaf": elan(FILM, NOW).encode(),
    ".boris": boris([FILM], "x", NOW),
    ".gz": gzip.compress(boris([FILM], "x", NOW)),
    ".vtt": web_vtt([("C1-1", 0, 4000, "Both laugh.")]).encode(),
    ".srt": b"1\n00:00:00,000 --> 00:00:04,000\nBoth laugh.\n",
    ".csv": LIST.encode(),
}
SPLICES = (
    b"<" * 400,
    b"[" * 5000,
    b'{"a":' * 5000,
    b"9" * 5000,
    b"NaN",
    b"1e999",
    b'"',
    b"\0",
    b"\xff\xfe",
    b"&x;",
    b"",
)


def looked_at(ending: str, data: bytes) -> None:
    """Read it: a sentence is a good answer, and so is whatever could be read."""
    said = ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"spoiled{ending}"
        path.write_bytes(data)
        try:
            read_source(path)
        except ImportRefusedError as error:
            said = str(error)
    assert not said or (said.startswith(f"spoiled{ending} cannot be imported: ") and said.endswith("."))


@given(st.sampled_from(list(WHOLE)), st.data())
def test_a_spoiled_file_gives_a_sentence(ending: str, data: st.DataObject) -> None:
    """Cut off, a byte changed, something put in."""
    whole = WHOLE[ending]
    at = data.draw(st.integers(0, len(whole)))
    until = data.draw(st.integers(at, min(at + 40, len(whole))))
    new = data.draw(st.sampled_from(SPLICES) | st.binary(max_size=8))
    looked_at(ending, whole[:at] if new == b"" else whole[:at] + new + whole[until:])


@given(st.sampled_from(ENDINGS), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_anything_gives_a_sentence(ending: str, data: bytes) -> None:
    looked_at(ending, data)


def test_a_folder_a_missing_file_and_a_spreadsheet_give_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.eaf").mkdir()
    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04....")
    for name, why in (
        ("folder.eaf", "it is a folder"),
        ("gone.csv", "There is no"),
        ("book.csv", "save the list as CSV"),
    ):
        with pytest.raises(ImportRefusedError, match=why):
            read_source(tmp_path / name)
