"""Where to go next. Screens and widgets post these; only the app knows how to get there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual.message import Message

from vigtui.domain.records import (
    Clip,
    Cycle,
    Family,
    HelpingQuestion,
    Person,
    Record,
    Recording,
    Reflection,
    Session,
)
from vigtui.domain.vocabulary import RecordingKind
from vigtui.store.caseload import Caseload
from vigtui.vault.key import Key
from vigtui.workspace.last_seen import NotAsLastSeenError


@dataclass
class OpenFamily(Message):
    """Show a family: in `section`, or the timeline without one, the cursor on `record`, if they are named,
    and begin there with `then`, an action of its screen. In the referral the record is a row, as
    "fit:timescales"."""

    family: str
    record: str = ""
    section: str = ""
    then: str = ""


@dataclass
class OpenClip(Message):
    """Show a clip, at a time of its recording if one is named; `with_notes`, what is written about it too."""

    clip: str
    at_ms: int | None = None
    with_notes: bool = False


@dataclass
class OpenRecording(Message):
    """Show a whole recording, to find clips in it, as `OpenClip` shows a clip."""

    recording: str
    at_ms: int | None = None
    with_notes: bool = False


@dataclass
class OpenChart(Message):
    """Show the ratings of a helping question, the cursor on `rating` if one is named."""

    question: str
    rating: str = ""


@dataclass
class OpenFilming(Message):
    """Mark moments by the clock while this of a cycle is filmed."""

    cycle: str
    kind: RecordingKind


@dataclass
class OpenReview(Message):
    """Show the plan of a cycle's shared review, the cursor on `planned` if it is named."""

    cycle: str
    planned: str = ""


@dataclass
class ShownToFamily(Message):
    """A family sees this planned moment now; "": none."""

    planned: str


@dataclass
class OpenLostFilm(Message):
    """Look for film that is missing, the cursor on `recording` if one is named."""

    recording: str = ""


@dataclass
class OpenThread(Message):
    """Show a trainee's own thread, the cursor on the working point of `item` if it is named."""

    person: str
    item: str = ""


@dataclass
class OpenSession(Message):
    """Walk a supervision session, from the agenda item named, in its `text`, if they are."""

    session: str
    item: str = ""
    text: str = ""


@dataclass
class OpenVoices(Message):
    """Show what people said of the work, the cursor on `voice` if it is named."""

    voice: str = ""


@dataclass
class OpenAudit(Message):
    """Show what the service counts of its work."""


@dataclass
class OpenCollected(Message):
    """Show the sum of the counts that a service collects: in this folder, else in the one that was looked at
    last; with this list of known caseloads, and counts as old after so many days, if they are named."""

    folder: Path | None = None
    known: Path | None = None
    older_than: int | None = None


@dataclass
class OpenSpace(Message):
    """Show the space that the caseload is in, or how it gets into one."""


@dataclass
class OpenTrainees(Message):
    """Show everybody in training, for their supervisor."""


@dataclass
class OpenWay(Message):
    """Show somebody's way through their programme."""

    person: str


@dataclass
class OpenPortfolio(Message):
    """Show what somebody in training has gathered."""

    person: str


@dataclass
class OpenPiece(Message):
    """Write on a written piece, or read it."""

    reflection: str


@dataclass
class CaseloadChanged(Message):
    """Records changed, whoever changed them. `tables` are the tables, `ids` the records."""

    tables: frozenset[str]
    ids: frozenset[str]


_KINDS: dict[str, tuple[type[Record], Callable[[str], Message]]] = {
    "family": (Family, OpenFamily),
    "recording": (Recording, OpenRecording),
    "clip": (Clip, OpenClip),
    "session": (Session, OpenSession),
    "way": (Person, OpenWay),
    "portfolio": (Person, OpenPortfolio),
    "piece": (Reflection, OpenPiece),
    "thread": (Person, OpenThread),
    "review": (Cycle, OpenReview),
    "chart": (HelpingQuestion, OpenChart),
    **{kind.value: (Cycle, partial(OpenFilming, kind=kind)) for kind in RecordingKind},
}


def way_to(address: object, caseload: Caseload) -> Message | None:
    """The message that opens the screen with this `CaseScreen.address`; None where what it showed is gone.

    The address comes from a file and may be anything.
    """
    kind, _, identity = str(address).partition(" ")
    record, message = _KINDS.get(kind, (None, None))
    if record is None or message is None or caseload.get(record, identity) is None:
        return None
    return message(identity)


@dataclass
class ChooseCaseload(Message):
    """Choose another caseload, or make one."""


@dataclass
class ShowShelf(Message):
    """Show all caseloads of somebody who works with several."""


@dataclass
class CaseloadOpened(Message):
    """This caseload is open and takes the place of the present one: show it, and then the screen with this
    `address`, begin with this action of its list, or show what is found of `typed`, if one is named."""

    caseload: Caseload
    address: str = ""
    then: str = ""
    typed: str = ""

    @property
    def is_named(self) -> bool:
        """Whether more than its list is wanted."""
        return bool(self.address or self.then or self.typed)


@dataclass
class NotAsSeen(Message):
    """The caseload at `path` is not what this person saw there last: tell it, and ask."""

    path: Path
    why: NotAsLastSeenError


@dataclass
class LookAtEarlier(Message):
    """Look at the earlier versions of the caseload at `path`, those that are encrypted with this `key`, or
    with that of the open caseload."""

    path: Path
    key: Key | None = None


@dataclass
class PutBack(Message):
    """Put the version in the file `copy` in place of the caseload at `path`, and open it."""

    path: Path
    copy: Path


@dataclass
class StatusChanged(Message):
    """Something was saved, is being saved, or could not be saved."""


@dataclass
class OthersChanged(Message):
    """Somebody opened the same file, or closed it."""


@dataclass
class FilmFollowed(Message):
    """One more film of the demo is there, or all are that can be."""
