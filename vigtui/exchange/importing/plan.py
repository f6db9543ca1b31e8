"""What an import would make: the records, what is told of them, and what is left out and why."""

from msgspec import Struct

from vigtui.domain.records import Record
from vigtui.exchange.left_out import LeftOut
from vigtui.store.caseload import Caseload
from vigtui.store.errors import CaseloadError


class ImportRefusedError(CaseloadError):
    """Nothing can be imported as it was asked. The text is a sentence: what, where, what to do."""


class Plan(Struct, frozen=True):
    """What is made of a file. `name` is the step's, `made` a line for each kind of thing, `records` are saved
    in their order."""

    name: str
    records: tuple[Record, ...]
    made: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def carry_out(caseload: Caseload, plan: Plan) -> None:
    """Make what was planned, as one step that can be undone. Raises CaseloadError, and then nothing was
    made."""
    with caseload.transaction(plan.name):
        for record in plan.records:
            caseload.save(record)
