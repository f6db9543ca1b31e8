"""Reading a file of another tool, whichever it is: bounded, and told from the others by what is in it."""

from pathlib import Path

from vigtui.exchange.formats.boris import read_boris
from vigtui.exchange.formats.captions import read_captions
from vigtui.exchange.formats.caseload_list import MOST_BYTES as MOST_OF_LIST
from vigtui.exchange.formats.caseload_list import CaseloadList, read_caseload_list
from vigtui.exchange.formats.coded import MOST_BYTES, Coded, FormatError
from vigtui.exchange.formats.elan import read_elan
from vigtui.exchange.importing.plan import ImportRefusedError
from vigtui.foreign import gzips, zips
from vigtui.foreign.files import read_file, reason
from vigtui.values.text import one_line

ENDINGS = (".csv", ".tsv", ".txt", ".eaf", ".boris", ".gz", ".vtt", ".srt")
"""How the names of files end that can be imported."""

_CAPTIONS, _LISTS = (".vtt", ".srt"), (".csv", ".tsv", ".txt")
_MOST_OF_CAPTIONS = 4_000_000
_KNOWN = (
    "a list of families (.csv), an ELAN file (.eaf), a BORIS project (.boris) and captions (.vtt, .srt) can"
)


def read_source(path: Path) -> Coded | CaseloadList:
    """Return what a file of another tool says. Blocks. Raises ImportRefusedError."""
    try:
        return _read(path)
    except FileNotFoundError:
        raise ImportRefusedError(f"There is no {one_line(str(path))}.") from None
    except (OSError, FormatError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise ImportRefusedError(f"{one_line(path.name)} cannot be imported: {one_line(why)}.") from None


def _read(path: Path) -> Coded | CaseloadList:
    ending = path.suffix.lower()
    if ending in _LISTS:
        data = read_file(path, MOST_OF_LIST)
        if data.startswith(zips.BEGINNING):
            raise FormatError("it is a spreadsheet, not CSV: save the list as CSV (UTF-8) there")
        return read_caseload_list(data)
    if ending in _CAPTIONS:
        return read_captions(read_file(path, _MOST_OF_CAPTIONS))
    data = read_file(path, MOST_BYTES)
    beginning = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if ending in (".boris", ".gz") or beginning.startswith((b"{", gzips.BEGINNING)):
        return read_boris(data)
    if ending == ".eaf" or beginning.startswith(b"<"):
        return read_elan(data)
    if data.startswith(zips.BEGINNING):
        raise FormatError("it is a zip or a spreadsheet: a list of families is saved as CSV (UTF-8) there")
    raise FormatError(f"it is of no kind that is known: {_KNOWN}")
