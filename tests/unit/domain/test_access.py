"""Permission: who is in a recording, and what closes it. Film opened without it breaks a family's trust."""

import copy
import datetime as dt
import itertools
import pickle

import pytest
from msgspec.structs import replace

from tests.permissions import TODAY, Records, permission
from vigtui.domain.consent.access import (
    Permission,
    Refusal,
    Use,
    agreed,
    agreed_purposes,
    agreed_then,
    holds,
    named_by_several_families,
    people_asked_for_work,
    permit,
    permit_in_session,
    permit_view,
)
from vigtui.domain.consent.decisions import ConsentState
from vigtui.domain.records import (
    CaseloadMeta,
    Consent,
    Cycle,
    Deletion,
    Family,
    Member,
    Person,
    Record,
    Recording,
    Session,
)
from vigtui.domain.vocabulary import Basis, Copies, Decision, Purpose, RecordingState, SessionKind

DANA, JORY = Member(id="dana", label="Dana"), Member(id="jory", label="Jory")
BABY = Member(id="baby", label="Baby", filmed=False)
FAMILY = Family(id="heron", code="F-017", guider="ellis", members=(DANA, JORY, BABY))
CYCLE = Cycle(id="cycle", family="heron", number=1)
FILM = Recording(id="film", cycle="cycle", path="media/film.mp4", fingerprint="f1")
ELLIS = Person(id="ellis", name="Ellis")


def said(who: str, decision: Decision = Decision.GIVEN, date: dt.date = TODAY) -> list[Consent]:
    """What somebody decided about the work."""
    return [
        Consent(
            id=f"{who}-{purpose}", family="heron", member=who, purpose=purpose, decision=decision, date=date
        )
        for purpose in (Purpose.FILM, Purpose.SUPERVISION)
    ]


AGREED = (*said("dana"), *said("jory"))
ALL = (FAMILY, CYCLE, FILM, ELLIS, *AGREED)


def asked(records: Records, film: str = "film") -> Permission | Refusal:
    return permit(records, film, Use.WATCH, Purpose.SUPERVISION, TODAY)


def missing(decision: Permission | Refusal) -> list[str]:
    assert isinstance(decision, Refusal)
    return [each.label for each in decision.missing]


def with_people(*people: str, and_: tuple[Record, ...] = (), meta: CaseloadMeta | None = None) -> Records:
    others = [each for each in ALL if each is not FILM]
    return Records(*others, replace(FILM, people=people), *and_, meta=meta)


# Only permit() makes one


def test_nothing_but_permit_makes_a_permission() -> None:
    with pytest.raises(TypeError):
        Permission()
    with pytest.raises(TypeError):
        Permission(FILM, Use.WATCH, Purpose.FILM, TODAY, ())
    with pytest.raises(TypeError):
        type("Forged", (Permission,), {})
    made = permission(FILM)
    for steal in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            steal(made)
    with pytest.raises(AttributeError):
        made.use = Use.COPY
    assert not hasattr(object.__new__(Permission), "recording")


@pytest.mark.parametrize("use", Use)
def test_a_permission_says_what_was_permitted(use: Use) -> None:
    made = permit(Records(*ALL), "film", use, Purpose.SUPERVISION, TODAY)
    assert isinstance(made, Permission)
    assert (made.recording, made.use, made.purpose, made.on) == (FILM, use, Purpose.SUPERVISION, TODAY)
    assert made.consents == ("dana-supervision", "jory-supervision")


# Who is in it


def test_a_recording_that_does_not_say_is_of_everybody_marked_as_filmed() -> None:
    assert isinstance(asked(Records(*ALL)), Permission)
    records = Records(*ALL[:4], *said("dana"))
    assert missing(asked(records)) == ["Jory"]


def test_a_sibling_s_no_does_not_close_a_film_the_sibling_is_not_in() -> None:
    no = tuple(said("jory", Decision.REFUSED))
    others = [each for each in ALL if not (isinstance(each, Consent) and each.member == "jory")]
    without = [replace(each, people=("dana",)) if each is FILM else each for each in others]
    assert missing(asked(Records(*others, *no))) == ["Jory"]
    assert isinstance(asked(Records(*without, *no)), Permission)


def test_a_tick_on_the_family_takes_nobody_out_of_a_recording_that_says_who_is_in_it() -> None:
    unticked = replace(FAMILY, members=(DANA, replace(JORY, filmed=False)))
    film = replace(FILM, people=("dana", "jory"))
    assert missing(asked(Records(unticked, CYCLE, film, *said("dana")))) == ["Jory"]


def test_a_no_that_came_while_its_member_was_removed_closes_the_familys_film() -> None:
    """Under the id that nobody has any more it would count for nobody."""
    removed = Member(label="Mo").id
    records = with_people("dana", and_=tuple(said(removed, Decision.WITHDRAWN)))
    assert missing(asked(records)) == ["a removed member"]
    mistaken = [replace(each, mistaken="It was Jory's.") for each in said(removed, Decision.WITHDRAWN)]
    assert isinstance(asked(with_people("dana", and_=tuple(mistaken))), Permission)
    for nobodys in (said(removed), said("Aunt Mae", Decision.REFUSED)):
        assert isinstance(asked(with_people("dana", and_=tuple(nobodys))), Permission)


def test_whoever_is_in_a_recording_by_the_name_of_a_member_is_the_member_too() -> None:
    """One person removed Jory, who stands in the film by name since; another wrote down that he withdrew,
    which brought him back until it is decided."""
    by_name = tuple(replace(each, id=f"{each.id}-name", member="Jory") for each in said("jory"))
    assert isinstance(asked(with_people("dana", "Jory", and_=by_name)), Permission)
    film = replace(FILM, people=("dana", "Jory"))
    no = said("jory", Decision.WITHDRAWN)
    assert missing(asked(Records(FAMILY, CYCLE, film, *said("dana"), *by_name, *no))) == ["Jory"]


def test_a_visitor_agrees_by_name() -> None:
    assert missing(asked(with_people("dana", "Gran"))) == ["Gran"]
    assert isinstance(asked(with_people("dana", "Gran", and_=tuple(said("Gran")))), Permission)


def test_colleagues_are_asked_where_the_service_asks_them() -> None:
    assert isinstance(asked(with_people("dana", "ellis")), Permission)
    strict = CaseloadMeta(ask_workers=True)
    assert missing(asked(with_people("dana", "ellis", meta=strict))) == ["Ellis"]
    assert isinstance(asked(with_people("dana", "ellis", and_=tuple(said("ellis")), meta=strict)), Permission)


@pytest.mark.parametrize("people", [(), ("ellis",)])
def test_a_recording_in_which_nobody_s_consent_counts_stays_closed(people: tuple[str, ...]) -> None:
    assert missing(asked(with_people(*people))) == []


def test_somebody_who_is_in_no_recording_yet_is_asked_before_the_first_one() -> None:
    found = people_asked_for_work(with_people("Gran"), "heron")
    assert [each.label for each in found] == ["Dana", "Jory", "Gran"]


# Competing versions


def test_a_member_whom_one_of_two_versions_adds_has_to_agree() -> None:
    added = replace(FAMILY, members=(*FAMILY.members, Member(id="mo", label="Mo")))
    assert missing(asked(Records(*ALL, competing={"heron": [FAMILY, added]}))) == ["Mo"]


def test_whoever_is_in_the_recording_in_one_version_has_to_agree() -> None:
    records = with_people("dana")
    fuller = replace(FILM, people=("dana", "baby"))
    records = Records(*records.records, competing={"film": [fuller]})
    assert missing(asked(records)) == ["Baby"]


@pytest.mark.parametrize("shown", list(itertools.permutations([Decision.GIVEN, Decision.WITHDRAWN])))
def test_a_consent_withdrawn_in_one_version_is_withdrawn(shown: tuple[Decision, Decision]) -> None:
    known, other = (replace(AGREED[1], decision=each) for each in shown)
    rest = [each for each in ALL if each is not AGREED[1]]
    decision = asked(Records(*rest, known, competing={known.id: [known, other]}))
    assert missing(decision) == ["Dana"]
    assert isinstance(decision, Refusal)
    assert decision.missing[0].undecided


def test_a_consent_that_one_of_two_removed_is_not_counted_on() -> None:
    assert missing(asked(Records(*ALL, removed=["jory-supervision"]))) == ["Jory"]


def test_film_deleted_in_one_version_stays_deleted() -> None:
    deleted = replace(FILM, state=RecordingState.DELETED)
    stub = Deletion(recording="film", date=TODAY, why="The work ended.")
    decision = asked(Records(*ALL, stub, competing={"film": [FILM, deleted]}))
    assert isinstance(decision, Refusal)
    assert (decision.deleted, decision.deletion) == (True, stub)


def test_a_hold_in_any_version_is_a_hold() -> None:
    held = replace(FILM, hold_reason="Asked for by the court")
    assert holds(Records(*ALL, competing={"film": [FILM, held]}), "film") == ["Asked for by the court"]


def test_a_hold_of_another_recording_of_the_same_file_is_a_hold() -> None:
    other = Recording(id="other", cycle="cycle", path="Media/film.mp4", hold_reason="For the court")
    assert holds(Records(*ALL, other), "film") == ["For the court"]
    assert holds(Records(*ALL, replace(other, path="media/other.mp4")), "film") == []


# One film, two families

WREN = (Family(id="wren", code="F-018"), Cycle(id="wren-1", family="wren", number=1))


@pytest.mark.parametrize(
    "other",
    [
        {"path": "media/film.mp4"},
        {"path": "Media\\./FILM.mp4"},
        {"path": "elsewhere.mp4", "fingerprint": "f1"},
    ],
)
def test_a_film_that_two_families_name_is_closed_for_both(other: dict[str, str]) -> None:
    theirs = Recording(id="theirs", cycle="wren-1", people=("Gran",), **other)
    agreed = (replace(each, id=f"{each.id}-w", family="wren") for each in said("Gran"))
    records = Records(*ALL, *WREN, theirs, *agreed)
    for film, code in (("film", "F-018"), ("theirs", "F-017")):
        decision = asked(records, film)
        assert isinstance(decision, Refusal)
        assert decision.other_families == (code,)
    assert [{each.id for each in several} for several in named_by_several_families(records)] == [
        {"film", "theirs"}
    ]


def test_a_film_that_is_deleted_for_the_other_family_is_not_theirs_any_more() -> None:
    theirs = Recording(id="theirs", cycle="wren-1", path=FILM.path, state=RecordingState.DELETED)
    records = Records(*ALL, *WREN, theirs)
    assert isinstance(asked(records), Permission)
    assert named_by_several_families(records) == []


# Time


def test_a_share_of_the_past_is_judged_by_what_had_been_said_then() -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    agreed_before = [replace(each, date=yesterday) for each in AGREED]
    records = Records(
        *ALL[:4],
        *agreed_before,
        *(replace(each, id=f"{each.id}!") for each in said("dana", Decision.WITHDRAWN)),
    )
    assert agreed_then(records, "film", Purpose.SUPERVISION, yesterday).allowed
    assert not agreed(records, "film", Purpose.SUPERVISION, TODAY).allowed
    assert not agreed(records, "film", Purpose.SUPERVISION, yesterday).allowed  # the clock was set back


@pytest.mark.parametrize(
    "competing",
    [
        {"heron": [FAMILY, replace(FAMILY, guider="ros")]},
        {"heron": [replace(FAMILY, guider="ros"), FAMILY]},
    ],
)
def test_whoever_is_the_guider_in_one_version_only_needs_consent_to_supervision_too(
    competing: dict[str, list[Record]],
) -> None:
    to_film = [each for each in AGREED if each.purpose is Purpose.FILM]
    shown = competing["heron"][0]

    def seen(*consents: Consent, versions: dict[str, list[Record]]) -> Permission | Refusal:
        records = Records(shown, CYCLE, FILM, ELLIS, *consents, competing=versions)
        return permit_view(records, "film", Use.WATCH, ELLIS, TODAY)

    decision = seen(*to_film, versions=competing)
    assert isinstance(decision, Refusal)
    assert {each.purpose for each in decision.missing} == {Purpose.SUPERVISION}
    assert isinstance(seen(*AGREED, versions=competing), Permission)
    assert isinstance(seen(*to_film, versions={}), Permission) is (shown is FAMILY)


GROUP = Session(id="group", supervisor="noor", trainees=("june", "asa"), date=TODAY, kind=SessionKind.VERP)
ALONE = replace(GROUP, trainees=("june",))
SUPERVISION = replace(ALONE, kind=SessionKind.SUPERVISION)


@pytest.mark.parametrize(
    ("session", "competing", "wanted"),
    [
        (ALONE, (), {Purpose.FILM}),
        (GROUP, (), {Purpose.INTERVISION}),
        (SUPERVISION, (), {Purpose.SUPERVISION}),
        (replace(ALONE, kind=SessionKind.INTERVISION), (), {Purpose.INTERVISION}),
        (ALONE, (ALONE, GROUP), {Purpose.FILM, Purpose.INTERVISION}),
        (GROUP, (SUPERVISION, GROUP), {Purpose.SUPERVISION, Purpose.INTERVISION}),
    ],
)
def test_in_a_session_film_is_seen_for_what_those_who_meet_need(
    session: Session, competing: tuple[Session, ...], wanted: set[Purpose]
) -> None:
    """Whoever agreed to supervision has not agreed to be seen by a group; where versions differ in who
    meets, both consents are needed."""
    records = [FAMILY, CYCLE, FILM, ELLIS, session]

    def seen(purposes: set[Purpose]) -> Permission | Refusal:
        given = [
            replace(each, id=f"{each.id} {purpose}", purpose=purpose)
            for each in AGREED
            for purpose in purposes | {Purpose.FILM}
        ]
        found = Records(*records, *given, competing={session.id: list(competing)} if competing else {})
        return permit_in_session(found, "film", Use.WATCH, session.id, TODAY)

    assert isinstance(seen(wanted), Permission)
    for each in wanted - {Purpose.FILM}:
        assert isinstance(seen(set(Purpose) - {each}), Refusal)


def test_a_decision_that_one_version_moved_to_another_family_still_counts() -> None:
    no = Consent(
        id="no", family="wren", member="jory", purpose=Purpose.FILM, decision=Decision.WITHDRAWN, date=TODAY
    )
    records = Records(*ALL, *WREN, no, competing={"no": [no, replace(no, family="heron")]})
    assert isinstance(asked(records), Refusal)
    assert isinstance(asked(Records(*ALL, *WREN, no)), Permission)


def test_a_withdrawal_under_the_name_of_somebody_removed_counts_when_they_are_in_the_family_again() -> None:
    withdrawn = Consent(
        family="heron", member="Jory", purpose=Purpose.FILM, decision=Decision.WITHDRAWN, date=TODAY
    )
    agreed_before = [replace(each, date=TODAY - dt.timedelta(days=2)) for each in AGREED]
    decision = asked(Records(*ALL[:4], *agreed_before, withdrawn))
    assert isinstance(decision, Refusal)
    assert [(each.label, each.why) for each in decision.missing] == [("Jory", ConsentState.WITHDRAWN)]
    earlier = replace(withdrawn, date=TODAY - dt.timedelta(days=3))
    assert isinstance(asked(Records(*ALL[:4], *agreed_before, earlier)), Permission)  # asked again since


@pytest.mark.parametrize(
    "entry",
    [
        (Consent, {"id": "new", "family": "heron", "member": "jory", "decision": "withdrawn by letter"}),
        (Consent, {"id": "jory-film", "family": 3}),
        (Consent, {"family": "not there"}),
        (Recording, {"id": "film", "people": ["baby"]}),
        (Cycle, {"id": "cycle", "family": "wren"}),
        (Family, {"id": "heron", "members": []}),
    ],
)
def test_what_cannot_be_read_and_may_say_no_closes_film(
    entry: tuple[type[Record], dict[str, object]],
) -> None:
    records = Records(*ALL, *WREN, unused=[entry])
    decision = asked(records)
    assert isinstance(decision, Refusal)
    assert decision.unread
    assert not agreed_then(records, "film", Purpose.SUPERVISION, TODAY).allowed


@pytest.mark.parametrize(
    "entry",
    [(Consent, {"id": "new", "family": "wren"}), (Recording, {"id": "other"}), (Family, {"id": "wren"})],
)
def test_what_cannot_be_read_of_another_family_closes_no_film_of_this_one(
    entry: tuple[type[Record], dict[str, object]],
) -> None:
    assert isinstance(asked(Records(*ALL, *WREN, unused=[entry])), Permission)


def test_a_recording_that_is_gone_is_not_opened() -> None:
    decision = asked(Records(FAMILY, CYCLE))
    assert isinstance(decision, Refusal)
    assert decision.removed


# What a consent is for

OTHER_DAY = TODAY - dt.timedelta(days=9)


def filmed(*days: dt.date | None, consent: Consent) -> Records:
    """The family's film, in a version for each of the days on which it was filmed; Dana's consent to
    supervision as given."""
    others = [each for each in ALL if each.id not in ("film", consent.id)]
    film, *competing = [replace(FILM, filmed=day) for day in days]
    return Records(*others, film, consent, competing={"film": competing} if competing else {})


def test_a_consent_for_named_days_opens_only_film_of_those_in_every_version_of_the_recording() -> None:
    named = replace(said("dana")[1], days=(TODAY,))
    assert isinstance(asked(filmed(TODAY, consent=named)), Permission)
    for days in ((OTHER_DAY,), (None,), (TODAY, OTHER_DAY), (TODAY, None)):
        decision = asked(filmed(*days, consent=named))
        assert isinstance(decision, Refusal)
        assert [(each.label, each.why) for each in decision.missing] == [("Dana", ConsentState.OTHER_DAYS)]
        assert not agreed_then(filmed(*days, consent=named), "film", Purpose.SUPERVISION, TODAY).allowed
        assert Purpose.SUPERVISION not in agreed_purposes(filmed(*days, consent=named), "film", TODAY)


def test_a_version_of_a_consent_for_fewer_days_counts() -> None:
    for_all = said("dana")[1]
    records = filmed(OTHER_DAY, consent=for_all)
    assert isinstance(asked(records), Permission)
    narrower = {for_all.id: [replace(for_all, days=(TODAY,))]}
    decision = asked(Records(*records.records, competing=narrower))
    assert isinstance(decision, Refusal)
    assert [(each.why, each.undecided) for each in decision.missing] == [(ConsentState.OTHER_DAYS, True)]


@pytest.mark.parametrize("use", Use)
def test_where_one_version_says_no_copies_film_is_seen_and_neither_cut_nor_copied(use: Use) -> None:
    yes = replace(said("dana")[1], copies=Copies.YES)
    others = [each for each in ALL if each.id != yes.id]
    records = Records(*others, yes, competing={yes.id: [replace(yes, copies=Copies.NO)]})
    decision = permit(records, "film", use, Purpose.SUPERVISION, TODAY)
    if use in (Use.CUT, Use.COPY):
        assert isinstance(decision, Refusal)
        assert decision.only_copies
    else:
        assert isinstance(decision, Permission)


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("no", [Decision.REFUSED, Decision.WITHDRAWN, Decision.NOT_ASKED])
def test_no_legal_basis_opens_film_without_everybodys_agreement(basis: Basis, no: Decision) -> None:
    others = [each for each in ALL if not (isinstance(each, Consent) and each.member == "jory")]
    records = Records(*others, *said("jory", no), meta=CaseloadMeta(basis=basis))
    assert missing(asked(records)) == ["Jory"]
