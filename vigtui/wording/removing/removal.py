"""What is said before a record is removed, and why one stays."""

from collections import Counter

from vigtui.domain.records import Clip, Deletion, Recording, Session
from vigtui.domain.removal import Refusal, Removal
from vigtui.values.text import and_list, capitalised, one_line
from vigtui.wording.names import Names


def along_words(removal: Removal) -> str:
    """Return what goes with a record: "2 recordings, 5 clips and 7 tags"; "" when it is alone."""
    counts = Counter(type(record) for record in removal.along)
    return and_list(
        [f"{count} {kind.plural if count > 1 else kind.singular}" for kind, count in counts.items()]
    )


def refusal_words(names: Names, refusal: Refusal) -> str:
    """Return a sentence or two that say why a record stays."""
    record, because = refusal.record, refusal.because
    if isinstance(record, Recording) and (because is None or isinstance(because, Deletion)):
        return "The film of this recording was deleted. What was written about it stays."
    if isinstance(record, Clip) and isinstance(because, Session):
        clip = one_line(record.title) or "A clip"
        return (
            f"{clip} is part of a supervision that was held, so its record stays. "
            "The film itself can be deleted: the words are kept."
        )
    name = one_line(names.name(record))
    name = capitalised(name)
    if because is None:
        done = "agreed" if getattr(record, "agreed", None) else "held"
        return f"{name} was {done}, so its record stays."
    return f"{name} stays: the {one_line(names.name(because))} names it."
