"""Making a space, joining one with a copy of its caseload, changing its code, and leaving it."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from vigtui.exchange.spaces import joining, telling
from vigtui.exchange.spaces.membership import Membership, load_membership
from vigtui.exchange.spaces.standing import WriterStanding
from vigtui.store.errors import CaseloadError
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.files import FolderScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.spaces.code import CodeScreen, code_field, machine_field
from vigtui.ui.dialogs.ways import gives_passphrase
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import shown_path
from vigtui.vault.space.code import read_code
from vigtui.wording.spaces import (
    ASK_LEAVE,
    ASK_NEW_CODE,
    LEFT,
    MADE,
    NEW_CODE_MADE,
    NOT_ALL_SENT,
    RENAME,
    TYPE_NEW_CODE,
    WHAT_JOINING_DOES,
    WHERE_TO_MAKE,
    WHICH_SPACE,
    make_words,
    remove_words,
)

T = TypeVar("T")


async def make_space(screen: CaseScreen) -> None:
    """Make a space, and show its code. Call it from a worker of `screen`, as all here."""
    folder = await screen.ask(FolderScreen(WHERE_TO_MAKE, Path.home()))
    if folder is None:
        return
    question = make_words(shown_path(str(folder)))
    if await screen.ask(ConfirmScreen(question, "Make it", "Cancel")):
        await _with_new_code(
            screen, "Making the space", lambda: joining.make_space(screen.caseload, folder), MADE
        )


async def join_space(screen: CaseScreen) -> None:
    """Join a space that somebody else has made of a copy of this caseload."""
    folder = await screen.ask(FolderScreen(WHICH_SPACE, Path.home(), ending=joining.FOLDER_ENDING))
    if folder is not None:
        caseload = screen.caseload
        await _type_code(
            screen,
            "Join a space",
            WHAT_JOINING_DOES,
            lambda code: joining.join_space(caseload, folder, code),
            "This caseload is in the space.",
        )


async def show_code(screen: CaseScreen, membership: Membership) -> None:
    """Show the code again to whoever knows the caseload's passphrase: not to who passes an open laptop."""
    if await gives_passphrase(screen):
        await screen.ask(CodeScreen(membership.code, f"The space is {shown_path(membership.folder)}."))


async def make_new_code(screen: CaseScreen) -> None:
    """Go on with a new code, and show it."""
    if await screen.ask(ConfirmScreen(ASK_NEW_CODE, "Make it", "Keep this one")):
        caseload = screen.caseload
        await _with_new_code(
            screen,
            "Making a new code",
            lambda: joining.change_code(caseload, joining.membership_of(caseload)),
            NEW_CODE_MADE,
        )


async def type_new_code(screen: CaseScreen) -> None:
    """Go on with a code that another has made."""
    caseload = screen.caseload
    await _type_code(
        screen,
        "The new code",
        TYPE_NEW_CODE,
        lambda code: joining.change_code(caseload, joining.membership_of(caseload), code),
        "The new code is taken.",
    )


async def rename_machine(screen: CaseScreen, membership: Membership) -> None:
    """Give this machine another name."""
    field = machine_field(membership.machine)
    values = await screen.ask(FormScreen("This machine", [field], intro=RENAME, does="Rename"))
    if values is not None and values["machine"] != membership.machine:
        caseload, name = screen.caseload, values["machine"]

        def rename() -> None:
            joining.rename_machine(caseload, joining.membership_of(caseload), name)

        await _done(screen, "Telling the others", rename)


async def remove_writer(screen: CaseScreen, writer: WriterStanding) -> None:
    """Delete the file of a writer who has left."""
    name, now = telling.name_of(writer), dt.datetime.now().astimezone()
    if not await screen.ask(ConfirmScreen(remove_words(name, writer.heard, now), "Delete it")):
        return
    caseload = screen.caseload

    def remove() -> None:
        joining.remove_writer(caseload, joining.membership_of(caseload), writer.writer)

    await _done(screen, "Deleting the file", remove)
    screen.tell(f"The file of {name} is deleted. All that was in it is here.")


async def leave_space(screen: CaseScreen) -> None:
    """Send what is not sent, and leave."""
    if not await screen.ask(ConfirmScreen(ASK_LEAVE, "Leave it", "Stay")):
        return
    caseload = screen.caseload

    def leave() -> bool:
        return joining.leave_space(caseload, joining.membership_of(caseload))

    sent = await _done(screen, "Leaving the space", leave)
    screen.tell(LEFT if sent else f"{LEFT} {NOT_ALL_SENT}", problem=not sent)


async def _with_new_code(screen: CaseScreen, title: str, task: Callable[[], Membership], why: str) -> None:
    """Do what makes a code, and show that: also when it was made and nothing could be written with it yet."""
    before = load_membership(screen.caseload)
    try:
        await _done(screen, title, task)
    except CaseloadError:
        after = load_membership(screen.caseload)
        if after is not None and (before is None or before.code != after.code):
            await screen.ask(CodeScreen(after.code, why))
        raise
    await screen.ask(CodeScreen(joining.membership_of(screen.caseload).code, why))


async def _type_code(
    screen: CaseScreen, title: str, intro: str, task: Callable[[str], object], done: str
) -> None:
    """Ask for a code until it is the right one, and do with it what is to be done."""
    typed = ""
    while True:
        form = FormScreen(title, [code_field(typed)], intro=intro, does="Go on")
        values = await screen.ask(form)
        if values is None:
            return
        typed = values["code"]
        code = read_code(typed)
        try:
            await _done(screen, "Taking in what is in the space", partial(task, code))
        except joining.SpaceError as error:
            screen.tell(str(error), problem=True)
        else:
            screen.tell(done)
            return


async def _done(screen: CaseScreen, title: str, task: Callable[[], T]) -> T:
    """Do it in a thread while nothing else works in the space. Raises CaseloadError."""
    screen.save_pending()
    workspace = screen.workspace
    answer = await screen.ask(WorkingScreen(title, lambda _: workspace.change_space(task)))
    if isinstance(answer, Exception):
        raise answer
    return answer  # type: ignore[return-value]  # no task here returns an error
