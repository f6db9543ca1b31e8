"""A caseload in memory alone, to see what a merge would bring before anything is changed."""

from vigtui.store.caseload import Caseload
from vigtui.store.file import CaseloadFile
from vigtui.store.opening import load


class Rehearsal(Caseload):
    """What a caseload holds now, apart from it: nothing that is done here is ever saved. `close` it."""

    @classmethod
    def of(cls, caseload: Caseload) -> "Rehearsal":
        """Return a rehearsal of this caseload. Reads every record: call it in a worker."""
        with caseload._lock:
            tables = caseload._ledger.snapshot()
        loaded = load(caseload.path, tables, lambda: None)
        return cls(CaseloadFile(caseload.path), tables, loaded, caseload.by)

    def _write_file(self) -> str:
        """Leave the file as it is."""
        return ""
