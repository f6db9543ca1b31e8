"""Films whose pictures show their own number, in ten bars: black for 0, white for 1, the lowest first.

They come from cameras and other programs, and lie in a folder beside the checkout, where there is one.
"""

from pathlib import Path
from typing import Any

import pytest

BARS = 10
_HERE = Path(__file__).resolve()
_FOLDERS = [above / "shared" / "cases" for above in _HERE.parents]


def case(name: str) -> Path:
    """One of the films; skips the test where they are not."""
    found = next((folder / name for folder in _FOLDERS if (folder / name).is_file()), None)
    if found is None:
        pytest.skip(f"the film {name} is not here: no folder shared/cases beside or above the checkout")
    return found


def number(picture: Any) -> int | None:
    """The number that a picture shows; None without a picture."""
    if picture is None:
        return None
    height, width = picture.shape[:2]
    bars = [picture[height // 2, int((bar + 0.5) * width / BARS)].mean() for bar in range(BARS)]
    return sum((light > 128) << bar for bar, light in enumerate(bars))
