"""What would be lost: a third of the memory that a film takes, to what is never looked at again."""

import subprocess
import sys

import pytest

from vigtui.film.libmpv import libmpv

_LETS_GO = """
import ctypes, decimal, mmap, re, unicodedata
from pathlib import Path
from vigtui.film.library import let_go_of_loading
from vigtui.film.libmpv import end_core, new_core
from vigtui.film.options import ONLY_FILMS

def from_files():
    return int(re.search("RssFile:\\\\s+(\\\\d+) kB", Path("/proc/self/status").read_text())[1])

core = new_core(ONLY_FILMS | {"vo": "null", "ao": "null"})
maps = Path("/proc/self/maps").read_text()
written = int(re.search("(?m)^([0-9a-f]+)-.* r-.p .*/libmpv.so.*$", maps)[1], 16)
system = ctypes.CDLL(None)
system.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
assert system.mprotect(written, mmap.PAGESIZE, mmap.PROT_READ | mmap.PROT_WRITE) == 0
ctypes.memset(written + 8, 7, 1)
assert system.mprotect(written, mmap.PAGESIZE, mmap.PROT_READ | mmap.PROT_EXEC) == 0
before = from_files()
let_go_of_loading()
print(before > 2 * from_files())
print(ctypes.string_at(written + 8, 1) == b"\\7")
print(core.mpv_version.startswith("mpv"))
end_core(core)
print(decimal.Decimal(4).sqrt(), unicodedata.name("A"))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux what is in memory")
def test_what_libraries_took_while_they_were_loaded_is_given_back_and_they_go_on() -> None:
    """Nothing is lost that was written into a library, as what it shares with others is when it is loaded."""
    libmpv()  # Left out where there is none.
    ran = subprocess.run([sys.executable, "-c", _LETS_GO], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n") == ["True", "True", "True", "2 LATIN CAPITAL LETTER A", ""]
