"""Which version of a record came from which: the same idea as in CouchDB.

A record's `rev` is "generation-hash". The generation counts its changes; the hash covers what the record
says, and nothing of who said it when, so that the same change made in two places is the same revision.
`ancestors`, kept beside it in the document, lists revisions that this one came from. No clock decides.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

ANCESTORS = 50
RECENT = 25
UNHASHED = frozenset({"rev", "ancestors", "created", "modified", "by"})


def content(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the document says, without the store's own fields."""
    return {key: value for key, value in document.items() if key not in UNHASHED}


def next_rev(rev: str, document: Mapping[str, Any]) -> str:
    """Return the revision that `document` becomes when it replaces a version whose revision is `rev`."""
    import hashlib  # Nobody waits for it before the first change.

    canonical = msgspec.json.encode(content(document), order="deterministic")
    return f"{generation(rev) + 1}-{hashlib.blake2b(canonical, digest_size=10).hexdigest()}"


def generation(rev: str) -> int:
    """Return how many changes led to `rev`; 0 for a record that has never been saved by this program."""
    number = rev.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def line_of(document: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return a document's revision and its ancestors, newest first, whatever a hand has written there."""
    rev = document.get("rev")
    ancestors = document.get("ancestors")
    known = [item for item in ancestors if isinstance(item, str)] if isinstance(ancestors, list) else []
    return (rev if isinstance(rev, str) else ""), known


def extended(rev: str, ancestors: list[str]) -> list[str]:
    """Return the ancestors of a version that replaces `rev`, newest first and at most 50.

    The newest 25 are all kept. Of the older ones those stay that are furthest apart for their age, so
    that an hour's typing leaves the versions from before it in the list.
    """
    line = [rev, *ancestors] if rev else list(ancestors)
    while len(line) > ANCESTORS:
        ages = [generation(line[0]) - generation(item) for item in line]
        crowded = min(
            range(RECENT, len(line) - 1), key=lambda at: (ages[at + 1] - ages[at - 1]) / (ages[at] + 1)
        )
        del line[crowded]
    return line


def descends(later: Mapping[str, Any], earlier: Mapping[str, Any]) -> bool:
    """Whether the document `later` is `earlier` or came from it."""
    rev, ancestors = line_of(later)
    wanted = line_of(earlier)[0]
    return wanted == rev or wanted in ancestors
