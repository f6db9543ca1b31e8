"""Compiles `vigtui/film/kernel/kernel.c` where a C compiler is.

Hatchling calls it for a wheel and for an editable install; `python hatch_build.py` does it in place. Without
a compiler vigtui is complete, and numpy does the work.
"""

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import zlib
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # `python hatch_build.py` needs nothing but Python
    BuildHookInterface = object

_FOLDER = Path("vigtui", "film", "kernel")
_SOURCE, _LIBRARY = _FOLDER / "kernel.c", _FOLDER / "kernel.so"
_FLAGS = (
    "-O3",
    "-std=c99",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-fvisibility=hidden",
    "-shared",
    "-fPIC",
)
_SECONDS = 120


class KernelBuildHook(BuildHookInterface):
    """Puts the library into the wheel, which then is of this platform, and of any Python."""

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        if compiled(Path(self.root)):
            build_data["artifacts"].append(_LIBRARY.as_posix())
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{_platform()}"


def compiled(root: Path) -> bool:
    """Compile in place, and return whether that worked.

    A program that has loaded the old library keeps it.
    """
    compiler = os.environ.get("CC") or shutil.which("cc") or "cc"
    source, library = root / _SOURCE, root / _LIBRARY
    unfinished = library.with_name(f"{library.name}.{os.getpid()}")
    mark = f'-DKERNEL_SOURCE="{zlib.crc32(source.read_bytes()):08x}"'
    command = [*compiler.split(), *_FLAGS, mark, "-o", str(unfinished), str(source), "-lm"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        unfinished.replace(library)
    except (OSError, subprocess.SubprocessError):
        unfinished.unlink(missing_ok=True)
        library.unlink(missing_ok=True)
        return False
    return True


def _platform() -> str:
    name = sysconfig.get_platform().replace("universal2", platform.machine())
    return name.replace("-", "_").replace(".", "_")


if __name__ == "__main__":
    words = "compiled" if compiled(Path(__file__).parent) else "no C compiler here: numpy does the work"
    sys.stdout.write(f"The kernel: {words}\n")
