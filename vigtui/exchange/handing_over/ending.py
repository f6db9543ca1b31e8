"""Erasing a family here that was handed over: only with the receipt of whoever has it now."""

from msgspec.structs import replace

from vigtui.casefilm.erasing import erase, plan_erasure
from vigtui.domain.records import Copy, Family, Note
from vigtui.domain.vocabulary import CopyKind
from vigtui.exchange.handing_over.content import HandOverError
from vigtui.exchange.handing_over.gathering import gather
from vigtui.exchange.handing_over.making import saved
from vigtui.exchange.handing_over.versions import is_receipt
from vigtui.store.caseload import Caseload
from vigtui.store.erasing import ErasedCopies
from vigtui.values.text import one_line
from vigtui.vault.keyring import Keyring

NOT_ITS_RECEIPT = (
    "These are not the words of a receipt for the family as it is here now. Either one is mistyped, or "
    "something of it was written or watched here since it was handed over: hand it over again, which brings "
    "what is new. Nothing is erased."
)


def handed_over(caseload: Caseload, family: Family) -> list[Copy]:
    """Return what the register says of this family being handed over, the newest first."""
    copies = [each for each in caseload.where(Copy, family=family.id) if each.kind is CopyKind.HAND_OVER]
    return sorted(copies, key=lambda each: (each.date, each.id), reverse=True)


def accept(caseload: Caseload, family: Family, typed: str) -> tuple[str, ...]:
    """Return what would be lost with the family, since it has not gone along, a line each, where these are
    the words of its receipt. Raises HandOverError, or CaseloadError."""
    if not handed_over(caseload, family):
        raise HandOverError(f"{one_line(family.code)} has not been handed over. Nothing is erased.")
    source = saved(caseload)
    for whose in dict.fromkeys(("", *(note.author for note in source.where(Note)))):
        goes = gather(source, family.id, whose)
        if is_receipt(typed, goes.receipt):
            return goes.stays
    raise HandOverError(NOT_ITS_RECEIPT)


def erase_handed_over(caseload: Caseload, family: Family, typed: str, keyring: Keyring) -> ErasedCopies:
    """Erase a family with the words of its receipt, and keep in the register to whom it went. A reason to
    keep its film longer has gone along, and holds there. Blocks. Raises as `accept` and `erase`."""
    accept(caseload, family, typed)
    entry = handed_over(caseload, family)[0]
    erasure = replace(plan_erasure(caseload, family), held=())
    about = f"family {family.code}, whole; complete there, and erased here"
    caseload.enter(
        Copy(
            kind=CopyKind.HAND_OVER,
            about=about,
            holder=entry.holder,
            organisation=entry.organisation,
            reason=entry.reason,
            date=entry.date,
            stays=True,
        )
    )
    return erase(caseload, erasure, keyring)
