"""Removing a record together with what belongs to it, after saying what that is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from vigtui.domain.consent import and_list
from vigtui.domain.records import (
    Clip,
    Consent,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Note,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    Share,
    Still,
    Tag,
    Voice,
)
from vigtui.domain.vocabulary import RecordingState, SessionState
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.widgets.case_screen import VigScreen
from vigtui.values.text import one_line

_NOUNS = {
    Rating: ("rating", "ratings"),
    Recording: ("recording", "recordings"),
    Clip: ("clip", "clips"),
    Still: ("still", "stills"),
    Tag: ("tag", "tags"),
    Share: ("record of sharing", "records of sharing"),
    Consent: ("decision about consent", "decisions about consent"),
    Note: ("note", "notes"),
}


@dataclass(frozen=True)
class Removal:
    """What removing a record takes with it (`gone`, the record itself last), what stays but no longer
    points to it (`changed`), and a sentence in `refusal` when it cannot be removed."""

    gone: tuple[Record, ...]
    changed: tuple[Record, ...] = ()
    refusal: str = ""

    def words(self) -> str:
        """What goes with the record: "2 recordings, 5 clips and 7 tags"; "" when it is alone."""
        counts = Counter(type(record) for record in self.gone[:-1])
        return and_list([f"{count} {_NOUNS[kind][count > 1]}" for kind, count in counts.items()])


def plan_removal(caseload: Caseload, record: Record) -> Removal:
    """Find out what removing `record` means. Nothing is changed."""
    gone = (*_belongings(caseload, record), record)
    refusal = _refusal(caseload, gone)
    return Removal(gone, () if refusal else tuple(_loosened(caseload, gone)), refusal)


async def remove_record(screen: VigScreen, record: Record, name: str) -> bool:
    """Ask whether `record` (called `name` on the screen) goes, with what goes along, and remove it as one
    step that `u` takes back. Call it from a worker of `screen`."""
    removal = plan_removal(screen.caseload, record)
    if removal.refusal:
        screen.tell(removal.refusal, problem=True)
        return False
    along = f" This takes {removal.words()} with it." if removal.words() else ""
    if not await screen.ask(ConfirmScreen(f"Remove {name}?{along}", "Remove")):
        return False
    _carry_out(screen.caseload, removal, f"Remove {name}")
    return True


async def remove_member(screen: VigScreen, family: Family, member: Member) -> Family | None:
    """Ask whether `member` goes, with their decisions and tags. What they asked, rated and said stays, under
    the name they had here. Returns the family as saved, or None."""
    caseload = screen.caseload
    consents = caseload.where(Consent, family=family.id, member=member.id)
    removal = Removal((*consents, *caseload.where(Tag, who=member.id), family))
    along = f" This takes {removal.words()} with it." if removal.words() else ""
    if not await screen.ask(ConfirmScreen(f"Remove {member.label} from {family.code}?{along}", "Remove")):
        return None
    with caseload.transaction(f"Remove {member.label} from {family.code}"):
        for record in removal.gone[:-1]:
            caseload.delete(record)
        for record in _under_name(caseload, member):
            caseload.save(record)
        members = tuple(other for other in family.members if other.id != member.id)
        return caseload.save(replace(family, members=members))


def _under_name(caseload: Caseload, member: Member) -> list[Record]:
    return [
        *(replace(each, owner=member.label) for each in caseload.where(HelpingQuestion, owner=member.id)),
        *(replace(each, rater=member.label) for each in caseload.where(Rating, rater=member.id)),
        *(replace(each, speaker=member.label) for each in caseload.where(Voice, speaker=member.id)),
    ]


def _carry_out(caseload: Caseload, removal: Removal, words: str) -> None:
    with caseload.transaction(words):
        for record in removal.changed:
            caseload.save(record)
        for record in removal.gone:
            caseload.delete(record)


def _belongings(caseload: Caseload, record: Record) -> Iterator[Record]:
    """Everything that means nothing without `record`, the deepest first."""
    children: list[Record] = []
    if isinstance(record, Cycle):
        children += caseload.where(Recording, cycle=record.id)
    elif isinstance(record, Recording):
        children += caseload.where(Clip, recording=record.id)
    elif isinstance(record, Clip):
        for kind in (Still, Tag, Share):
            children += caseload.where(kind, clip=record.id)
    elif isinstance(record, HelpingQuestion):
        children += caseload.where(Rating, question=record.id)
    if isinstance(record, Cycle | Clip):
        children += caseload.where(Note, about=record.id)
    for child in children:
        yield from _belongings(caseload, child)
        yield child


def _refusal(caseload: Caseload, gone: tuple[Record, ...]) -> str:
    if any(isinstance(record, Recording) and record.state is RecordingState.DELETED for record in gone):
        return "The film of this recording was deleted. What was written about it stays."
    for clip in gone:
        if isinstance(clip, Clip) and _was_supervised(caseload, clip):
            name = one_line(clip.title) or "A clip"
            return (
                f"{name} is part of a supervision that was held, so its record stays. "
                "The film itself can be deleted: the words are kept."
            )
    return ""


def _was_supervised(caseload: Caseload, clip: Clip) -> bool:
    sessions = [caseload.get(Session, item.session) for item in _items(caseload, clip)]
    return any(session and session.state is not SessionState.PLANNED for session in sessions)


def _items(caseload: Caseload, clip: Clip) -> list[SessionItem]:
    main = caseload.where(SessionItem, clip=clip.id)
    return main + caseload.where(SessionItem, companion=clip.id)


def _loosened(caseload: Caseload, gone: tuple[Record, ...]) -> Iterator[Record]:
    """What stays, without its references to what goes. A record may be touched through several fields."""
    ids = {record.id for record in gone}
    found: dict[str, Record] = {}
    for record in gone:
        for other in _referring(caseload, record):
            if other.id not in ids:
                found[other.id] = other
    return (_without(record, ids) for record in found.values())


def _referring(caseload: Caseload, record: Record) -> list[Record]:
    if isinstance(record, Cycle):
        return [*caseload.where(Rating, cycle=record.id)]
    if isinstance(record, HelpingQuestion):
        clips = [clip for clip in caseload.all(Clip) if record.id in clip.questions]
        return [*caseload.where(HelpingQuestion, superseded_by=record.id), *clips]
    if isinstance(record, Clip):
        return [*caseload.where(Clip, companion=record.id), *_items(caseload, record)]
    if isinstance(record, Consent):
        return [*caseload.where(Share, consent=record.id)]
    return []


def _without(record: Record, ids: set[str]) -> Record:
    """`record` with every reference to `ids` emptied."""
    changes: dict[str, object] = {}
    for name in ("cycle", "superseded_by", "companion", "clip", "consent"):
        if getattr(record, name, "") in ids:
            changes[name] = ""
    if isinstance(record, Clip):
        changes["questions"] = tuple(question for question in record.questions if question not in ids)
    return replace(record, **changes)
