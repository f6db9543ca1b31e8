"""The compiled kernel, where there is one: `python hatch_build.py` makes it of `kernel.c`."""

import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ctypes import CDLL

SOURCE = Path(__file__).with_name("kernel.c")
LIBRARY = Path(__file__).with_name("kernel.so")


class Kernel(NamedTuple):
    """The library, None where numpy does its work; and in words which of the two it is, and why."""

    library: "CDLL | None"
    why: str


@cache
def kernel() -> Kernel:
    """Load the library. One that was made of another `kernel.c` is left alone."""
    return load(LIBRARY)


def load(path: Path) -> Kernel:
    """Load the library at `path`."""
    if not path.exists():
        return Kernel(None, "by numpy: there was no C compiler when vigtui was installed")
    from ctypes import CDLL, c_char_p

    try:
        library = CDLL(str(path))
        library.kernel_source.restype = c_char_p
        built_of = library.kernel_source()
    except (OSError, AttributeError) as error:
        return Kernel(None, f"by numpy: {path} cannot be loaded ({error})")
    if built_of != source_mark():
        return Kernel(None, "by numpy: the compiled part is of another version of vigtui")
    _declare(library)
    return Kernel(library, "by the compiled part, which takes a fraction of numpy's time")


def source_mark() -> bytes:
    """What tells this `kernel.c` from any other."""
    return b"%08x" % zlib.crc32(SOURCE.read_bytes())


def _declare(library: "CDLL") -> None:
    """Say what the functions take and give: `kernel.c` names it all."""
    from ctypes import c_double, c_float, c_int32, c_void_p

    number, real, array = c_int32, c_float, c_void_p
    library.fit_blocks.argtypes = [array, *[number] * 6, array, array, real, real, *[array] * 4]
    library.fit_blocks.restype = None
    library.half_blocks.argtypes = [array, *[number] * 5, *[array] * 3]
    library.half_blocks.restype = None
    library.offer_cells.argtypes = [*[array] * 5, *[number] * 4]
    library.offer_cells.restype = None
    library.show_cells.argtypes = [array, number, *[array] * 3]
    library.show_cells.restype = None
    library.choose_cells.argtypes = [number, *[array] * 10, number, real, number, *[array] * 8]
    library.choose_cells.restype = number
    library.name_colours.argtypes = [number, array, array, real, array]
    library.name_colours.restype = None
    library.write_cells.argtypes = [number, *[array] * 6, *[number] * 4, array, number]
    library.write_cells.restype = number
    library.play_picture.argtypes = [array, array, *[number] * 3, c_double, real, *[number] * 3]
    library.play_picture.restype = number
