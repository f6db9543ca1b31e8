"""What a person has chosen where two had changed the same, until all of a record is decided."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET

from vigtui.domain.records import KIND_OF, Record
from vigtui.domain.removal import plan_removal
from vigtui.store.caseload import Caseload
from vigtui.store.errors import RecordInvalidError
from vigtui.ui.dialogs.removing.removal import carry_out
from vigtui.values.days import today
from vigtui.wording.arrivals import Question
from vigtui.wording.names import Names
from vigtui.wording.removing.removal import refusal_words

BOTH = -1
"""Chosen in place of one of several values: all of them."""


class Decisions:
    """Choices, each for a question as it was when it was chosen: what changes meanwhile is asked again."""

    def __init__(self) -> None:
        self._chosen: dict[str, tuple[Question, int]] = {}

    def choose(self, question: Question, choice: int) -> None:
        """Take the value of this number, or BOTH."""
        self._chosen[question.key] = question, choice

    def chosen(self, question: Question) -> int | None:
        """Return what was chosen, None when nothing was."""
        asked, choice = self._chosen.get(question.key, (None, None))
        return choice if asked is not None and asked.conflict == question.conflict else None

    def are_made(self, questions: Iterable[Question]) -> bool:
        """Whether something was chosen for each of these."""
        return all(self.chosen(question) is not None for question in questions)

    def value(self, question: Question) -> Any:
        """Return the value that was chosen, as it is in the file."""
        choice = self.chosen(question)
        return question.both if choice == BOTH else question.choices[choice or 0].value


def can_choose(question: Question, choice: int) -> bool:
    """Whether there is such a choice."""
    return question.both is not UNSET if choice == BOTH else choice < len(question.choices)


def removes(questions: Sequence[Question], decisions: Decisions) -> bool:
    """Whether it was chosen that the record these are about goes."""
    return any(not question.field and decisions.chosen(question) == 1 for question in questions)


def decide(caseload: Caseload, questions: Sequence[Question], decisions: Decisions) -> bool:
    """Decide all that is asked about one record, as one step to undo; False when it is not what it was.

    Raises CaseloadError."""
    conflict = questions[0].conflict
    what = ", ".join(question.words for question in questions)
    with caseload.transaction(f"Decide {questions[0].name}: {what}"):
        if conflict not in caseload.conflicts():
            return False
        if removes(questions, decisions):
            _remove(caseload, caseload.need(KIND_OF[conflict.table], conflict.id))
        else:
            fields = (question for question in questions if question.field)
            caseload.resolve(conflict, {each.field: decisions.value(each) for each in fields})
    return True


def _remove(caseload: Caseload, record: Record) -> None:
    """Remove a record as it is removed elsewhere. Raises CaseloadError where it has to stay."""
    removal = plan_removal(caseload.get, caseload.where, record)
    if removal.refusal is not None:
        raise RecordInvalidError(refusal_words(Names(caseload.get, today()), removal.refusal))
    carry_out(caseload, removal)
    caseload.delete(record)
