"""Text that the program shows or writes, kept in files so that a change of it reads as a diff."""

from collections.abc import Iterable
from pathlib import Path

import pytest

_GOLDEN = Path(__file__).parent / "golden"


def same_text(path: Path, now: str, request: pytest.FixtureRequest) -> None:
    """Compare `now` with the file at `path`; `--update-snapshots` writes that file instead."""
    if request.config.getoption("--update-snapshots"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


def same_golden(name: str, lines: Iterable[str], request: pytest.FixtureRequest) -> None:
    """Compare these lines with the file of that name in `tests/golden`."""
    same_text(_GOLDEN / f"{name}.txt", "\n".join(lines) + "\n", request)
