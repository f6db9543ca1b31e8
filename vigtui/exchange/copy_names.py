"""Which files beside a caseload may be another version of it: what is in them decides, their names do not."""

import re
from pathlib import Path

from vigtui.store.disk.aside import is_put_aside
from vigtui.values.text import folded_name

_JSON, _VIG = ".json", ".vig"
_LONGEST_STEM = 80
_OF_OTHER_KINDS = frozenset({"principles.json", "pack.json"})


def may_be_copy(name: str, original: str) -> bool:
    """Whether to look into a file called `name`, for a version of the caseload called `original`.

    Synced folders and file managers call a copy what they like: before, behind or in the middle of its name,
    in any language. What vigtui has put aside itself, to put an earlier version in its place, is no copy.
    """
    if name in (original, "") or name.startswith(".") or name in _OF_OTHER_KINDS:
        return False
    return name.casefold().endswith(_JSON) and not is_put_aside(Path(name))


def is_called_alike(name: str, original: str) -> bool:
    """Whether the name of the caseload called `original` is part of `name`, as whole words. It is asked
    only of what cannot be opened."""
    stem = folded_name(original.removesuffix(_JSON).removesuffix(_VIG)[:_LONGEST_STEM])
    return bool(stem) and re.search(rf"(?<![^\W_]){re.escape(stem)}(?![^\W_])", folded_name(name)) is not None
