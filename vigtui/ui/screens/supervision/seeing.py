"""Own seeing first, on the walk: the trainee says that theirs is done, others ask for it or write first."""

from msgspec.structs import replace

from vigtui.domain.sessions.seeing import Sides, asked
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import key_for, keys_for
from vigtui.wording.supervision import first_name, who_is_here


async def write_first(screen: CaseScreen, found: Sides) -> bool:
    """Ask whether to write before the trainee, or before having read them. Call it from a worker of
    `screen`."""
    if not found.reader:
        screen.tell(who_is_here(keys_for(screen)), problem=True)
        return False
    who = first_name(screen.caseload.get, found.trainee)
    now = (
        f"has written, and you have not read it ({key_for(screen, 'walk.seeing')})"
        if found.seeing.done
        else "has not written yet"
    )
    question = f"{who} {now}. Write first all the same? The record says so."
    return await screen.ask(ConfirmScreen(question, "Write first", "Not yet")) is True


def finish_or_ask(screen: CaseScreen, found: Sides) -> None:
    """Say for the trainee that their own seeing is done, or not yet; for anybody else, ask to see it. That
    is no step to undo: what was seen was seen."""
    if not found.trainee:
        screen.tell(f"It is not known whose clip this is. {key_for(screen, 'walk.agenda')} says it.")
    elif found.is_own:
        _finish(screen, found)
    elif found.seeing_shown:
        screen.tell("It is shown already.")
    elif not found.seeing.done:
        who = first_name(screen.caseload.get, found.trainee)
        screen.tell(f"{who} has not said yet that it is done.")
    elif not found.reader:
        screen.tell(who_is_here(keys_for(screen)), problem=True)
    else:
        screen.caseload.enter(asked(found))


def _finish(screen: CaseScreen, found: Sides) -> None:
    if not found.seeing.done:
        day = found.seeing.date or screen.workspace.today()
        screen.caseload.enter(replace(found.seeing, date=day, done=True))
        words = "Done: others may ask for it now."
        screen.tell(
            words if found.seeing.words.strip() else f"{words} Without words: you say it in the session."
        )
    elif found.may_reopen:
        screen.caseload.enter(replace(found.seeing, done=False))
        screen.tell(
            "Not done yet: you can go on writing, and nobody else reads it until "
            f"{key_for(screen, 'walk.seeing')} says so."
        )
    else:
        screen.tell("What others wrote has been shown: what you saw by yourself stays as it is.")
