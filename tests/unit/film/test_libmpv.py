"""What would be lost: memory and threads, to scripts of libmpv's own that nobody here sees."""

from pathlib import Path

import pytest

from vigtui.film.libmpv import end_core, new_core
from vigtui.film.options import ONLY_FILMS

TASKS = Path("/proc/self/task")


@pytest.mark.skipif(not TASKS.exists(), reason="the names of threads are only known on Linux")
def test_a_core_runs_no_scripts() -> None:
    core = new_core(ONLY_FILMS | {"vo": "null"})
    try:
        names = [(task / "comm").read_text().strip() for task in TASKS.iterdir()]
        assert any(name.startswith("mpv/") for name in names)
        assert not [name for name in names if "lua" in name or "script" in name]
    finally:
        end_core(core)
