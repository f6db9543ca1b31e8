"""Removing a record together with what belongs to it, after saying what that is."""

from collections.abc import Sequence

from msgspec.structs import replace

from vigtui.domain.records import Family, Member, Record
from vigtui.domain.removal import Removal, plan_member_removal, plan_removal
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.records.absence import films_without_member
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import shortened
from vigtui.wording.removing.removal import along_words, refusal_words


async def remove_record(
    screen: CaseScreen, record: Record, name: str, *, staying: Sequence[Record] = (), chosen: bool = False
) -> bool:
    """Ask whether `record` (called `name` on the screen) is removed, with what belongs to it, and remove it
    as one step that `u` takes back. Of that, `staying` stays, changed as it is here. Where it was `chosen`
    from what can be removed, and nothing goes with it, it is not asked again. Call it from a worker of
    `screen`."""
    caseload, name = screen.caseload, shortened(name)
    removal = plan_removal(caseload.get, caseload.where, record)
    kept = {each.id for each in staying}
    along = tuple(each for each in removal.along if each.id not in kept)
    removal = replace(removal, along=along, changed=(*removal.changed, *staying))
    if removal.refusal is not None:
        screen.tell(refusal_words(screen.workspace.names(caseload.get), removal.refusal), problem=True)
        return False
    if (removal.along or not chosen) and not await _agreed(screen, name, removal):
        return False
    with caseload.transaction(f"Remove {name}"):
        carry_out(caseload, removal)
        caseload.delete(record)
    return True


async def remove_member(screen: CaseScreen, family: Family, member: Member) -> Family | None:
    """Ask whether `member` is removed, with their tags. What they decided, asked, rated and said stays, under
    the name they had here, and so do they in the films that they are in, unless the person says that they are
    in none. Returns the family as saved, or None."""
    caseload, name = screen.caseload, shortened(f"{member.label} from {family.code}")
    removal = plan_member_removal(caseload.where, family, member)
    stays = f" What {member.label} decided and said stays, and so do the films that {member.label} is in."
    if not await _agreed(screen, name, removal, stays if len(removal.changed) > 1 else ""):
        return None
    films = {film.id: film for film in await films_without_member(screen, family, member)}
    others = (each for each in removal.changed if each.id not in films)
    with caseload.transaction(f"Remove {name}"):
        carry_out(caseload, replace(removal, changed=(*others, *films.values())))
    return caseload.get(Family, family.id)


async def _agreed(screen: CaseScreen, name: str, removal: Removal, stays: str = "") -> bool:
    along = along_words(removal)
    question = f"Remove {name}? This takes {along} with it." if along else f"Remove {name}?"
    question += stays
    return await screen.ask(ConfirmScreen(question, "Remove")) is True


def carry_out(caseload: Caseload, removal: Removal) -> None:
    """Change what stays, and remove what belongs to it. Call it within a transaction."""
    for record in removal.changed:
        caseload.save(record)
    for record in removal.along:
        caseload.delete(record)
