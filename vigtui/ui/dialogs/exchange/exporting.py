"""Exporting clips, captions and tags for other tools: what leaves is read first, then a place is chosen."""

import asyncio
from pathlib import Path

from vigtui.domain.vocabulary import Purpose
from vigtui.exchange.exporting.gathering import NOTES_STAY, ExportRefusedError, Outgoing, gather
from vigtui.exchange.exporting.writing import Format, as_copies, goes_out, in_format, write, written
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.copies import enter_copies
from vigtui.ui.dialogs.exchange.preview import PreviewScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.working import Left, WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.clocks import now

_INTRO = "Clips, captions and tags leave, never notes. Everybody in a film has to agree to what it is for."
_NOT_ENCRYPTED = "What is written is not encrypted: whoever has it can read it."
_CHANGED = "The caseload changed meanwhile. Look again at what leaves."


async def export_clips(screen: CaseScreen, family: str = "") -> None:
    """Ask for a format, show what of this family, or of all, leaves and what does not, and write it. Call it
    from a worker of `screen`."""
    screen.save_pending()
    values = await screen.ask(FormScreen("Export for another tool", _fields(), intro=_INTRO, does="Go on"))
    if values is None:
        return
    kind, purpose = Format(values["kind"]), Purpose(values["purpose"])
    try:
        outgoing = await asyncio.to_thread(_gathered, screen, kind, purpose, family)
    except CaseloadError as error:
        screen.tell(str(error), problem=True)
        return
    left_out = [str(each) for each in (*outgoing.left_out, NOTES_STAY)]
    preview = PreviewScreen(
        f"Export as {kind.label}",
        ("This leaves", goes_out(outgoing, kind)),
        ("This stays behind", left_out),
        note=_NOT_ENCRYPTED,
    )
    if await screen.ask(preview):
        await _write(screen, outgoing, kind, purpose, family)


def _fields() -> list[Field]:
    kinds = tuple((each.value, f"{each.label} (.{each.value})") for each in Format)
    purposes = tuple((each.value, each.label) for each in Purpose)
    return [
        Field("kind", "As", "choice", Format.ELAN.value, kinds, required=True),
        Field("purpose", "For", "choice", Purpose.SUPERVISION.value, purposes, required=True),
    ]


def _gathered(screen: CaseScreen, kind: Format, purpose: Purpose, family: str) -> Outgoing:
    workspace, caseload = screen.workspace, screen.caseload
    found = gather(caseload, caseload.get, workspace.principles, workspace.today(), purpose, family)
    return in_format(found, kind)


async def _write(screen: CaseScreen, outgoing: Outgoing, kind: Format, purpose: Purpose, family: str) -> None:
    is_folder = kind.one_film_each and len(outgoing.films) > 1
    name = f"clips-{screen.workspace.today().isoformat()}" + ("" if is_folder else f".{kind.value}")
    what = "Into which new folder?" if is_folder else "Into which new file?"
    title = f"{what} Its name says nothing of the family."
    endings = frozenset({f".{kind.value}"})
    out = await screen.ask(FileScreen(title, Path.home(), endings=endings, new=name))
    if out is None:
        return

    def make() -> int:
        if _gathered(screen, kind, purpose, family) != outgoing:  # Somebody may have taken back a consent.
            raise ExportRefusedError(_CHANGED)
        return write(outgoing, kind, out, now())

    done = await screen.ask(WorkingScreen(f"Writing {out.name}", lambda _: make()))
    if isinstance(done, CaseloadError):
        screen.tell(str(done), problem=True)
    elif isinstance(done, int):
        person = screen.workspace.person
        copies = as_copies(outgoing, kind, out, screen.workspace.today(), person.id if person else "")
        screen.tell(f"{written(out, done)} {enter_copies(screen, copies)}")
    elif done is not None and not isinstance(done, Left):
        raise done
