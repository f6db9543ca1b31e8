"""Undo and redo, whatever screen made the change."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App

from vigtui.domain.consent.decisions import no_lost, taken_back
from vigtui.domain.records import Consent
from vigtui.store.errors import CaseloadError
from vigtui.ui.app.saving import Saving
from vigtui.values.text import shortened

if TYPE_CHECKING:
    from vigtui.store.merging.steps import Step


class Undo:
    """Takes back the steps of the open caseload, and does them again.

    What would take back somebody's refusal or withdrawal is asked about first, and leaves a record of it that
    no longer counts: whose it was, when, and for what.
    """

    def __init__(self, app: App[None], saving: Saving) -> None:
        self._app, self._saving = app, saving

    def undo(self) -> None:
        """Take back the last change."""
        self._take_back(redo=False)

    def redo(self) -> None:
        """Do again what was taken back last, as long as nothing else was changed since."""
        self._take_back(redo=True)

    def _take_back(self, *, redo: bool) -> None:
        self._saving.save_pending()
        step = self._next(redo=redo)
        refusals = _refusals_in(step) if step else []
        if step and refusals:
            self._app.run_worker(self._ask(step, refusals, redo=redo), group="undo", exclusive=True)
        else:
            self._do(redo=redo)

    async def _ask(self, step: "Step", refusals: Sequence[Consent], *, redo: bool) -> None:
        from vigtui.ui.dialogs.choices import ConfirmScreen
        from vigtui.wording.access import taking_back

        workspace = self._saving.workspace
        question = taking_back(workspace.names(workspace.caseload.get), refusals, workspace.today())
        sure = await self._app.push_screen_wait(ConfirmScreen(question, "Take it back", "Leave it"))
        # Meanwhile another program may have changed the same.
        if sure and self._next(redo=redo) is step:
            self._do([taken_back(each) for each in refusals], redo=redo)

    def _next(self, *, redo: bool) -> "Step | None":
        caseload = self._saving.workspace.caseload
        return caseload.to_redo if redo else caseload.to_undo

    def _do(self, traces: Sequence[Consent] = (), *, redo: bool) -> None:
        caseload = self._saving.workspace.caseload
        self._app.clear_notifications()
        try:
            words = caseload.redo(traces) if redo else caseload.undo(traces)
        except CaseloadError as error:
            self._app.notify(str(error), severity="warning", markup=False, timeout=12)
            return
        done = "Done again" if redo else "Undone"
        nothing = "There is nothing to do again." if redo else "There is nothing to undo."
        self._app.notify(f"{done}: {shortened(words)}" if words else nothing, markup=False, timeout=4)


def _refusals_in(step: "Step") -> list[Consent]:
    """The refusals and withdrawals that would no longer be recorded, were this step taken back."""
    consents = (change for change in step.changes if change.key[0] == Consent.table)
    lost = (no_lost(before=change.now, after=change.was) for change in consents)
    return [each for each in lost if each is not None]
