"""Own seeing first: what the trainee sees by themselves, who may read which words, and who wrote first.

While a session is planned, a trainee's own seeing is shown to another who asks for it once it is done, and
what others wrote about the item is shown to the trainee once it is done. Who wrote first is told by the
revisions that each had in their file, by no clock.
"""

from enum import Enum, auto

from msgspec import Struct, structs

from vigtui.domain.consent.showing import find_clip
from vigtui.domain.cycles import guider_then
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Known, Seeing, Session, SessionItem
from vigtui.domain.supervision import trainee_of
from vigtui.domain.vocabulary import SessionState
from vigtui.values.identity import id_of

ITEM_TEXTS = ("seen_together", "working_point", "next_step")
"""The texts of an item that are written by others than its trainee, or together."""


def guider_of(find: Find, item: SessionItem) -> str:
    """Return the id of the guider whose clip the item shows; "" for none."""
    found = find_clip(find, item.clip)
    return guider_then(found[1].cycle, found[1].family) if found else ""


def whose(find: Find, session: Session, item: SessionItem) -> str:
    """Return the id of the trainee whose item it is; "" when that is nobody in particular."""
    if item.trainee in session.trainees:
        return item.trainee
    return trainee_of(session, guider_of(find, item))


def seeing_of(find: Find, item: str, person: str) -> Seeing:
    """Return what this person sees in this item; a new one, of which nothing is saved, if need be. It is one,
    also when it is begun on two machines."""
    identity = id_of("seeing", item, person)
    return find(Seeing, identity) or Seeing(id=identity, item=item, person=person)


class Sides(Struct, frozen=True):
    """An item of a session's agenda as somebody finds it: whose it is, their own seeing, and the reader's.

    `others` are the seeings of everybody else who has begun, as the reader's file has them.
    """

    session: Session
    item: SessionItem
    reader: str
    trainee: str
    seeing: Seeing
    own: Seeing
    others: tuple[Seeing, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether the reader is the trainee whose item it is."""
        return bool(self.trainee) and self.reader == self.trainee

    @property
    def preparing(self) -> bool:
        """Whether each writes apart: the session is still to come, and it is known whose item it is."""
        return bool(self.trainee) and self.session.state is SessionState.PLANNED

    @property
    def seeing_shown(self) -> bool:
        """Whether the reader may read the trainee's own seeing."""
        if self.is_own:
            return True
        asked = any(each.seeing == self.seeing.id for each in self.own.shown)
        agreed = self.session.state is SessionState.AGREED
        return self.seeing.done and (asked or agreed or not self.seeing.words.strip())

    @property
    def writes_own(self) -> bool:
        """Whether the reader has an own seeing to write, or has written it."""
        return self.is_own and (self.seeing.begun or (self.preparing and not self.seeing.done))

    @property
    def words_withheld(self) -> bool:
        """Whether what others wrote about the item is not shown to the reader yet."""
        return self.preparing and self.is_own and not self.seeing.done

    @property
    def asks_first(self) -> bool:
        """Whether the reader is about to write before the trainee, or without having read them: nobody has
        written about the item yet."""
        written = any(getattr(self.item, name) for name in ITEM_TEXTS)
        return self.preparing and not (self.is_own or self.seeing_shown or self.own.begun or written)

    @property
    def may_reopen(self) -> bool:
        """Whether the trainee may go on with an own seeing that is done: nobody else's words were there to
        be read."""
        return not self.others and not any(getattr(self.item, name) for name in ITEM_TEXTS)


def sides(find: Find, where: Where, session: Session, item: SessionItem, reader: str) -> Sides:
    """Return an item as the person with the id `reader` finds it."""
    trainee = whose(find, session, item)
    others = (each for each in where(Seeing, item=item.id) if each.person != reader and each.begun)
    return Sides(
        session,
        item,
        reader,
        trainee,
        seeing_of(find, item.id, trainee),
        seeing_of(find, item.id, reader),
        tuple(sorted(others, key=lambda each: each.id)),
    )


def is_withheld(find: Find, item: SessionItem, reader: str) -> bool:
    """Whether what others wrote about the item is not shown to this person yet; with no `reader`, on a paper,
    to its trainee."""
    session = find(Session, item.session)
    if session is None or session.state is not SessionState.PLANNED:
        return False
    trainee = whose(find, session, item)
    return bool(trainee) and reader in ("", trainee) and not seeing_of(find, item.id, trainee).done


def are_strengths_withheld(session: Session, reader: str) -> bool:
    """Whether the strengths seen in a session, which are of the whole of it, are not shown to this person
    yet: to its trainees before it has taken place."""
    return session.state is SessionState.PLANNED and reader in ("", *session.trainees)


def begun(found: Sides) -> Seeing:
    """Return the reader's own seeing as begun now: it says what of the others' was there, and what of that
    had been shown. What was begun before stays as it is."""
    if found.own.begun:
        return found.own
    shown = {each.seeing for each in found.own.shown}
    knew = tuple(
        Known(seeing=each.id, rev=each.rev, shown=_was_shown(found, each, shown)) for each in found.others
    )
    return structs.replace(found.own, begun=True, knew=knew)


def _was_shown(found: Sides, other: Seeing, shown: set[str]) -> bool:
    """Whether the reader had been shown what `other` wrote: the trainee's own seeing when it was asked for,
    and what others wrote in the item unless it is withheld."""
    if other.person == found.trainee:
        return other.id in shown
    return not found.words_withheld


def asked(found: Sides) -> Seeing:
    """Return the reader's own seeing, having asked for the trainee's."""
    known = Known(seeing=found.seeing.id, rev=found.seeing.rev, shown=True)
    return structs.replace(found.own, shown=(*found.own.shown, known))


def may_leave(seeing: Seeing) -> bool:
    """Whether it may go to somebody else: it is done, or says no more than what was there when somebody
    wrote elsewhere."""
    return seeing.done or not seeing.words


class First(Enum):
    """Who of two wrote first, and whether the second had read it."""

    ONE_READ = auto()
    ONE_UNREAD = auto()
    OTHER_READ = auto()
    OTHER_UNREAD = auto()
    APART = auto()


def first(one: Seeing, other: Seeing) -> First | None:
    """Return who of two people wrote first about an item; None unless both have begun. Whoever began
    without the other's words in their file wrote apart."""
    if not (one.begun and other.begun):
        return None
    later = next((each for each in other.knew if each.seeing == one.id), None)
    if later is not None:
        return First.ONE_READ if later.shown else First.ONE_UNREAD
    later = next((each for each in one.knew if each.seeing == other.id), None)
    if later is not None:
        return First.OTHER_READ if later.shown else First.OTHER_UNREAD
    return First.APART
