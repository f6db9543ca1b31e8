"""Joining a space without having a copy of its caseload: a new one is made of what is in it."""

from pathlib import Path
from typing import Any

from textual.app import App

from vigtui.exchange.spaces.joining import FOLDER_ENDING, SpaceError, join_anew, refuse_inside
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.files import CASELOADS, FileScreen, FolderScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.passphrase import why_no_passphrase
from vigtui.ui.dialogs.spaces.code import code_field, machine_field
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.values.text import clean
from vigtui.vault.passphrase import ADVICE
from vigtui.vault.space.code import read_code
from vigtui.vault.unlocking import new_key
from vigtui.wording.spaces import JOINING_ANEW, WHICH_SPACE


async def join_without_copy(app: App[Any]) -> Caseload | None:
    """Ask for the space, the new file and the code, until the space opens; None when that was left. Call it
    from a worker. Raises CaseloadError."""
    folder = await app.push_screen_wait(FolderScreen(WHICH_SPACE, Path.home(), ending=FOLDER_ENDING))
    if folder is None:
        return None
    where = "Where shall the caseload be on this machine? Not in the folder that is kept in step."
    path = await app.push_screen_wait(
        FileScreen(
            where,
            Path.home(),
            endings=CASELOADS,
            new=_name(folder),
            refuse=lambda path: refuse_inside(path, folder),
        )
    )
    values: dict[str, Any] | None = {}
    while path is not None and values is not None:
        values = await app.push_screen_wait(
            FormScreen(
                "Join a space",
                _fields(values),
                check=why_no_passphrase,
                intro=f"{JOINING_ANEW} {ADVICE}",
                does="Join",
            )
        )
        if values is not None:
            answer = await _joined(app, path, folder, values)
            if not isinstance(answer, SpaceError):
                return answer
            app.notify(clean(str(answer)), severity="warning", markup=False, timeout=12)
    return None


async def _joined(app: App[Any], path: Path, folder: Path, values: dict[str, Any]) -> Caseload | SpaceError:
    """Make the caseload; or return why the space does not open, after which another code may be typed."""
    name, code = values["name"], read_code(values["code"])

    def join() -> Caseload:
        key = new_key(values["passphrase"], name=name)
        return join_anew(path, folder, code, key, name, values["machine"])

    answer = await app.push_screen_wait(WorkingScreen("Taking in what is in the space", lambda _: join()))
    if isinstance(answer, Exception) and not isinstance(answer, SpaceError):
        raise answer
    return answer


def _fields(before: dict[str, Any]) -> list[Field]:
    """The fields of the form, holding what was typed before."""
    secret = before.get("passphrase", "")
    return [
        code_field(before.get("code", "")),
        Field("name", "Your name", value=before.get("name", ""), required=True, hint="the others see it"),
        machine_field(before.get("machine", "")),
        Field("passphrase", "New passphrase", "secret", value=secret, required=True, hint="of your own"),
        Field("again", "The same again", "secret", value=secret, required=True),
    ]


def _name(folder: Path) -> str:
    """The name that the caseload has in the space, as far as the folder says it: all before its id."""
    stem = folder.name.removesuffix(FOLDER_ENDING).rpartition(" ")[0] or "caseload"
    return f"{stem}.vig.json"
