"""The families of the demo at the beginning and in the middle of the work."""

from vigtui.demo.data.book import WORK, Book, scene
from vigtui.demo.data.people import Staff
from vigtui.domain.records import Clip, Family, Fit, Member, StatusSpan, TrajectEntry, Voice
from vigtui.domain.vocabulary import (
    CycleKind,
    Decision,
    FamilyState,
    Purpose,
    Setting,
    StatusKind,
    TrajectKind,
)


def wren(book: Book, people: Staff) -> dict[str, Clip]:
    """A parent on a CP plan; one member has not been asked about supervision. Returns clips by code."""
    mira, tali = Member(label="Mira", relation="parent"), Member(label="Tali", relation="child, 3")
    family = book.add(
        Family(
            code="F-021",
            pseudonym="Wren",
            guider=people.ellis.id,
            social_worker=people.wilma.id,
            state=FamilyState.ACTIVE,
            referred=book.ago(95),
            reasons="Evenings that end in tears for everybody.",
            whose_idea="Her social worker, and Mira after the first visit",
            members=(mira, tali),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.CP, start=book.ago(120)))
    book.consents(family, book.ago(80), (Purpose.FILM,))
    book.consents(family, book.ago(80), (Purpose.SUPERVISION,), members=("Mira",))
    question = book.question(
        family, mira.id, "What can I do at bedtimes so that we both get some peace?", book.ago(80)
    )
    one = book.cycle(
        family, 1, "a snack", filmed=book.ago(58), reviewed=book.ago(45), next_step="Ask, then wait"
    )
    two = book.cycle(family, 2, "building blocks", filmed=book.ago(9))
    book.cycle(family, 3, "bath and bed", planned=book.ahead(17))
    given = (
        (book.ago(80), "", 4),
        (book.ago(45), one.id, 5),
        (book.ago(9), two.id, None),
        (book.ago(8), two.id, 6),
    )
    book.ratings(question, mira.id, given)
    film, review = book.film("F-021-C1", one), book.film("F-021-SR1", one)
    blocks = book.film("F-021-C2", two)
    moments, told = scene("F-021-C1").moments, scene("F-021-SR1").moments
    offers = book.clip(
        film,
        1,
        moments["offers"],
        "The apple",
        "Mira holds out the apple and waits. Tali looks up and takes it.",
        questions=(question,),
        tags=((6.5, mira.id, "encouraging", "waiting"), (8.6, tali.id, "receiving", "body")),
    )
    return {
        "C1-1": offers,
        "C1-2": book.clip(
            film,
            2,
            moments["gives back"],
            "“For you”",
            "Tali holds the apple up to Mira: “For you.” Mira leans in; both laugh.",
            tags=((15, tali.id, "developing", "second_turn"), (16.5, mira.id, "receiving", "body")),
        ),
        "C2-1": book.clip(
            blocks,
            1,
            scene("F-021-C2").moments["waits"],
            "The last block",
            "Mira leans in and waits. Tali looks at the tower, then puts the last block on top.",
            shown=False,
        ),
        "SR1-1": book.clip(
            review,
            1,
            told["own words"],
            "Mira's own words",
            "Mira points at the screen and says what she sees. The guider nods.",
            tags=((18.5, people.ellis.id, "receiving", "body"),),
            shown=False,
            companion=offers.id,
        ),
    }


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


def plover(book: Book, people: Staff) -> dict[str, Clip]:
    """Foster carers of a child in the authority's care. Returns clips by code."""
    abel, suri = Member(label="Abel", relation="foster carer"), Member(label="Suri", relation="child, 5")
    family = book.add(
        Family(
            code="F-019",
            pseudonym="Plover",
            guider=people.noor.id,
            social_worker=people.wilma.id,
            setting=Setting.FOSTER,
            state=FamilyState.ACTIVE,
            referred=book.ago(160),
            reasons="Suri's days after family time.",
            whose_idea="Abel",
            fit=Fit(timescales="Before the permanence review."),
            members=(abel, suri),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.IN_OUR_CARE, start=book.ago(400)))
    book.add(StatusSpan(family=family.id, kind=StatusKind.PERMANENCE_PLAN, start=book.ago(90)))
    book.consents(
        family, book.ago(140), (*WORK, Purpose.INTERVISION), given_by="Abel, and the authority for Suri"
    )
    question = book.question(family, abel.id, "How do I help Suri settle after family time?", book.ago(140))
    one = book.cycle(family, 1, "drawing", filmed=book.ago(110), reviewed=book.ago(98), next_step="Sit lower")
    two = book.cycle(family, 2, "building blocks", filmed=book.ago(70), reviewed=book.ago(56))
    three = book.cycle(family, 3, "rolling a ball", filmed=book.ago(12))
    values = (
        (book.ago(140), "", 2),
        (book.ago(98), one.id, 3),
        (book.ago(56), two.id, 5),
        (book.ago(54), "", 6),
    )
    book.ratings(question, abel.id, values)
    book.deleted_film(
        "F-019-C1", one, 512_000, book.ago(90), "Abel asked for it after the review.", people.noor.id
    )
    film, review = book.film("F-019-C2", two), book.film("F-019-SR2", two)
    latest = book.film("F-019-C3", three)
    turns = book.clip(
        film,
        1,
        scene("F-019-C2").moments["turns"],
        "One each",
        "Abel puts a block on; Suri puts one on. They look at each other in between.",
        questions=(question,),
        tags=((8, suri.id, "developing", "turns"), (9.5, abel.id, "attentive", "enjoying")),
    )
    return {
        "C2-1": turns,
        "C3-1": book.clip(
            latest,
            1,
            scene("F-019-C3").moments["looks back"],
            "She looks back",
            "Suri turns away. Abel stays where he is. She looks back and speaks; he answers.",
            questions=(question,),
            tags=((19, abel.id, "attentive", "space"), (20.8, suri.id, "encouraging", "")),
            shown=False,
        ),
        "SR2-1": book.clip(
            review,
            1,
            scene("F-019-SR2").moments["turns"],
            "Short turns",
            "Abel and the guider take short turns about the tower; two each.",
            tags=((5.5, people.noor.id, "developing", "short_turns"),),
            shown=False,
            companion=turns.id,
        ),
    }


def dunlin(book: Book, people: Staff) -> dict[str, Clip]:
    """A blended family. Returns clips by code."""
    bram = Member(label="Bram", relation="step-parent")
    isa = Member(label="Isa", relation="child, 7")
    family = book.add(
        Family(
            code="F-026",
            pseudonym="Dunlin",
            guider=people.sol.id,
            social_worker=people.kit.id,
            setting=Setting.BLENDED,
            state=FamilyState.ACTIVE,
            referred=book.ago(75),
            reasons="Two families becoming one.",
            whose_idea="Bram and Isa's mother",
            members=(bram, isa, Member(label="Merel", relation="parent", filmed=False)),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.CIN, start=book.ago(90)))
    book.consents(family, book.ago(60), until=book.ahead(21))
    question = book.question(
        family, bram.id, "What do I do that Isa likes, that I could do more of?", book.ago(60)
    )
    one = book.cycle(
        family, 1, "a jigsaw", filmed=book.ago(33), reviewed=book.ago(20), next_step="Wait for Isa's word"
    )
    book.cycle(family, 2, "pancakes", planned=book.ahead(4))
    book.ratings(question, bram.id, ((book.ago(60), "", 3), (book.ago(20), one.id, 5)))
    film, review = book.film("F-026-C1", one), book.film("F-026-SR1", one)
    wonky = book.clip(
        film,
        1,
        scene("F-026-C1").moments["wonky"],
        "The same word",
        "Isa names the piece; Bram says her word back. Both laugh.",
        questions=(question,),
        tags=((25.5, bram.id, "receiving", "their_words"),),
    )
    seen = book.clip(
        review,
        1,
        scene("F-026-SR1").moments["own words"],
        "“She's asking me”",
        "Bram points at the screen: “She's asking me.” The guider nods.",
        tags=((19, people.sol.id, "encouraging", "listening"),),
        shown=False,
        companion=wonky.id,
    )
    return {"C1-1": wonky, "SR1-1": seen}


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
