"""Families of the demo at the beginning of the work, or paused in it."""

from vigtui.demo.data.book import WORK, Book, scene
from vigtui.demo.data.people import Staff
from vigtui.domain.records import Family, Member, StatusSpan, TrajectEntry, Voice
from vigtui.domain.vocabulary import (
    CycleKind,
    Decision,
    FamilyState,
    Purpose,
    Setting,
    StatusKind,
    TrajectKind,
)


def avocet(book: Book, people: Staff) -> None:
    """Contracting: a CP plan, nothing agreed yet."""
    family = book.add(
        Family(
            code="F-024",
            pseudonym="Avocet",
            guider=people.ellis.id,
            social_worker=people.kit.id,
            state=FamilyState.CONTRACTING,
            referred=book.ago(24),
            reasons="The plan asks for help with hard mornings.",
            whose_idea="The CP conference",
            members=(Member(label="Lorne", relation="parent"), Member(label="Pip", relation="child, 6")),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.EARLY_HELP, start=book.ago(200), end=book.ago(61)))
    book.add(StatusSpan(family=family.id, kind=StatusKind.CP, start=book.ago(60)))
    book.consents(family, book.ago(5), WORK, Decision.NOT_ASKED, members=("Lorne",))


def siskin(book: Book, people: Staff) -> None:
    """An adoptive family whose guider is on leave, after one film."""
    ama, jude = Member(label="Ama", relation="adoptive parent"), Member(label="Jude", relation="child, 4")
    family = book.add(
        Family(
            code="F-023",
            pseudonym="Siskin",
            guider=people.tamsin.id,
            setting=Setting.ADOPTIVE,
            state=FamilyState.ACTIVE,
            referred=book.ago(66),
            reasons="Getting to know each other.",
            whose_idea="Ama",
            members=(ama, jude),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.EARLY_HELP, start=book.ago(66)))
    book.consents(family, book.ago(50))
    question = book.question(family, ama.id, "How will I know that Jude feels at home?", book.ago(50))
    one = book.cycle(family, 1, "a story", filmed=book.ago(28))
    book.ratings(question, ama.id, ((book.ago(50), "", 4),))
    film = book.film("F-023-C1", one)
    moments = scene("F-023-C1").moments
    tags = ((10, ama.id, "encouraging", "looking_for"),)
    caption = "Jude pats the page. Ama stops reading and looks."
    book.clip(film, 1, moments["pats"], "The page", caption, questions=(question,), tags=tags, shown=False)


def tern(book: Book, people: Staff) -> None:
    """VERP: a nursery worker looks at her own film."""
    june, otto = Member(label="June", relation="nursery worker"), Member(label="Otto", relation="child, 3")
    family = book.add(
        Family(
            code="F-030",
            pseudonym="Tern",
            guider=people.noor.id,
            setting=Setting.PROFESSIONAL,
            state=FamilyState.ACTIVE,
            referred=book.ago(44),
            reasons="June wants to see her own part at the blocks table.",
            whose_idea="June",
            members=(june, otto),
        )
    )
    book.consents(family, book.ago(30), given_by="June, and Otto's parents for Otto")
    question = book.question(family, june.id, "When do I follow, and when do I lead?", book.ago(30))
    one = book.cycle(family, 1, "the blocks table", filmed=book.ago(6), kind=CycleKind.VERP)
    book.ratings(question, june.id, ((book.ago(30), "", 5),))
    film = book.film("F-030-C1", one)
    span = scene("F-030-C1").moments["turns"]
    caption = "June and Otto build in turns; she looks at his block before she adds hers."
    book.clip(film, 1, span, "His block first", caption, questions=(question,), shown=False)


def osprey(book: Book, people: Staff) -> None:
    """Kinship carers, paused at their wish."""
    nan, kester = Member(label="Nan", relation="grandparent"), Member(label="Kester", relation="child, 8")
    family = book.add(
        Family(
            code="F-014",
            pseudonym="Osprey",
            guider=people.sol.id,
            social_worker=people.wilma.id,
            setting=Setting.KINSHIP,
            state=FamilyState.PAUSED,
            referred=book.ago(190),
            reasons="A new home with Nan.",
            whose_idea="Nan; paused while she is in hospital",
            members=(nan, kester),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.CIN, start=book.ago(230)))
    book.consents(family, book.ago(170))
    book.consents(family, book.ago(19), (Purpose.SUPERVISION,), Decision.WITHDRAWN, members=("Kester",))
    question = book.question(family, nan.id, "What does he like about being here?", book.ago(170))
    one = book.cycle(family, 1, "apples", filmed=book.ago(130), reviewed=book.ago(118))
    book.ratings(question, nan.id, ((book.ago(170), "", 5), (book.ago(118), one.id, 7)))
    film = book.film("F-014-C1", one)
    span = scene("F-014-C1").moments["gives back"]
    book.clip(film, 1, span, "Half each", "Kester holds out the apple to Nan. She leans in; both laugh.")
    book.add(
        TrajectEntry(
            family=family.id,
            heading="Daily Life",
            kind=TrajectKind.NOW,
            words="Breakfast together, radio on.",
            date=book.ago(118),
        )
    )


def knot(book: Book, people: Staff) -> None:
    """Referred: the idea is the court's."""
    family = book.add(
        Family(
            code="F-031",
            pseudonym="Knot",
            guider=people.sol.id,
            social_worker=people.kit.id,
            state=FamilyState.REFERRED,
            referred=book.ago(6),
            reasons="The court asks what support would help the two of them.",
            whose_idea="The court",
            members=(Member(label="Rafe", relation="parent"), Member(label="Wim", relation="child, 2")),
        )
    )
    book.add(
        StatusSpan(family=family.id, kind=StatusKind.PRE_PROCEEDINGS, start=book.ago(140), end=book.ago(31))
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.PROCEEDINGS, start=book.ago(30)))
    book.add(Voice(speaker=people.kit.name, words="Film showed me what my visits do not.", date=book.ago(40)))
