"""The names that synced folders, and vigtui itself, give to a second version of a file."""

import re

_JSON, _VIG = ".json", ".vig"
_LONGEST_STEM = 80
_PUT_ASIDE = " (put aside, "
_MARKS = tuple(
    map(
        re.compile,
        (
            r" ?\([^/\\]{1,120}\)",  # Dropbox, Nextcloud, Google Drive, vigtui: in brackets, in any language
            r" ?\[[^/\\]{1,120}\]",
            r"-[^\s/\\()\[\]]{1,63}",  # OneDrive: the name of the computer
            r"\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}",  # Syncthing
            r"_conflict-\d{8}-\d{6}",  # ownCloud
        ),
    )
)


def is_copy_name(name: str, original: str) -> bool:
    """Whether a file called `name` may be a conflicted copy of the caseload called `original`.

    The mark stands before `.vig.json`, or before `.json` alone, as programs put it that know only that
    ending. What vigtui has put aside itself, to put an earlier version in its place, is no such copy.
    """
    if name == original or not name.endswith(_JSON):
        return False
    whole = original.removesuffix(_JSON).removesuffix(_VIG)
    for stem in {whole, whole[:_LONGEST_STEM]}:
        if name.startswith(stem) and not name.startswith(f"{stem}{_PUT_ASIDE}"):
            mark = name[len(stem) : -len(_JSON)]
            bare = mark.removesuffix(_VIG) if mark.endswith(_VIG) else mark.removeprefix(_VIG)
            if any(pattern.fullmatch(bare) for pattern in _MARKS):
                return True
    return False
