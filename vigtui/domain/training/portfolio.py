"""What somebody in training has gathered, and who reads what of it."""

from vigtui.domain.records import Reflection


def is_draft_of_another(reflection: Reflection, reader: str) -> bool:
    """Return whether a written piece is a draft, which its writer alone reads, and `reader`, by id, is not
    that person."""
    return reflection.finished is None and (not reader or reflection.person != reader)
