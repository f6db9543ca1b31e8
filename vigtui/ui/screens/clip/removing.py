"""What can be taken out at a clip, or at a whole recording: so that it can be undone, or for good.

Called from a worker of the screen.
"""

from vigtui.domain.consent.showing import Showing
from vigtui.domain.records import Clip, Note, Still, Tag
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.removing.erasure import erase_for_good
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.timecode import format_timecode

_CLIP, _CLIP_FOR_GOOD, _NOTE, _NOTE_FOR_GOOD = "clip", "clip for good", "note", "note for good"
_FOR_GOOD = "for good: erased everywhere, not to be undone"


async def remove_something(screen: CaseScreen, clip: Clip, showing: Showing, note: Note | None) -> None:
    """Ask what goes: the clip, one of its tags or stills, the person's own `note` on it."""
    code = showing.code(clip)
    parts = _parts(screen, clip, showing)
    if note is not None:
        parts[note.id] = (note, "your note on the clip")
    options = [(_CLIP, f"the clip {code}"), *((part, words) for part, (_, words) in parts.items())]
    if note is not None:
        options.append((_NOTE_FOR_GOOD, f"your note on the clip {_FOR_GOOD}"))
    options.append((_CLIP_FOR_GOOD, f"the clip {code} {_FOR_GOOD}"))
    chosen = await screen.ask(ChooseScreen("Remove what?", options))
    if chosen == _CLIP:
        await remove_record(screen, clip, f"the clip {code}", chosen=True)
    elif chosen == _CLIP_FOR_GOOD:
        await erase_for_good(screen, clip, f"the clip {showing.family.code} {code}")
    elif chosen == _NOTE_FOR_GOOD and note is not None:
        await erase_for_good(screen, note, f"your note on the clip {code}")
    elif chosen is not None:
        _remove(screen, *parts[chosen])


async def remove_note(screen: CaseScreen, note: Note) -> None:
    """Ask how the person's own note on the whole recording goes."""
    words = "your note on the whole recording"
    options = [(_NOTE, words), (_NOTE_FOR_GOOD, f"{words} {_FOR_GOOD}")]
    chosen = await screen.ask(ChooseScreen("Remove what?", options))
    if chosen == _NOTE_FOR_GOOD:
        await erase_for_good(screen, note, words)
    elif chosen is not None:
        _remove(screen, note, words)


def _parts(screen: CaseScreen, clip: Clip, showing: Showing) -> dict[str, tuple[Tag | Still | Note, str]]:
    caseload, principles = screen.caseload, screen.workspace.principles
    people = dict(showing.people(caseload.get))
    parts: dict[str, tuple[Tag | Still | Note, str]] = {}
    for tag in caseload.where(Tag, clip=clip.id):
        words = f"{people.get(tag.who, tag.who)}, {principles.words(tag.principle, tag.item)}"
        parts[tag.id] = (tag, f"the tag “{words}”")
    for still in caseload.where(Still, clip=clip.id):
        parts[still.id] = (still, f"the still at {format_timecode(still.at_ms, 1)}")
    return parts


def _remove(screen: CaseScreen, record: Tag | Still | Note, words: str) -> None:
    with screen.caseload.transaction(f"Remove {words}"):
        screen.caseload.delete(record)
