"""Recording decisions about consent, one by one or as a form has them. A decision is never changed: a new one
follows it."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from vigtui.domain.consent.decisions import Asked, is_no, latest
from vigtui.domain.consent.sharing import shown_under
from vigtui.domain.people import is_child
from vigtui.domain.records import Consent
from vigtui.domain.rules import problems
from vigtui.domain.vocabulary import Copies, Decision, GivenAs, Purpose
from vigtui.queries.family import FamilyRecords
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.copies import offer_copies
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.record_form import save_asked, to_come
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.dialogs.removing.delete_film import offer_deletion
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.consent_grid import Marks
from vigtui.values.days import parse_days
from vigtui.values.text import counted, folded, one_line
from vigtui.wording.access import decision_words


def history(records: FamilyRecords, member: str, purpose: Purpose) -> list[Consent]:
    """Every decision of a member about a purpose, the newest first."""
    own = [each for each in records.consents if each.member == member and each.purpose is purpose]
    return sorted(own, key=lambda consent: (consent.date, consent.id), reverse=True)


async def add_decision(
    screen: CaseScreen, records: FamilyRecords, member: Asked, purpose: Purpose
) -> Consent | None:
    """Ask for a member's new decision about a purpose and save it. It acts at once."""
    present = latest(records.consents, member.id, purpose, records.today)
    fields = [
        Field("decision", "Decision", "choice", "", word_choices(Decision), required=True),
        *_paper_fields(screen, records, [member], present),
    ]
    label = one_line(member.label)
    saved = await save_asked(
        screen,
        f"{label}: {purpose.label}",
        f"Record {label}'s decision about {purpose.named}",
        fields,
        lambda values: _decided(records, member, purpose, Decision(values["decision"]), values),
        intro=f"Now: {decision_words(present, records.today)}." if present else "Not asked yet.",
    )
    if saved:
        await after_decisions(screen, records, [saved])
    return saved


async def sign_decisions(screen: CaseScreen, records: FamilyRecords, marks: Marks) -> Sequence[Consent]:
    """Ask for the one day and signer of all decisions that are marked, and save them as one step. Returns
    them as saved; `after_decisions` is to follow."""
    asked = {each.id: each for each in records.asked}
    everybody = [asked[each] for each in dict.fromkeys(member for member, _ in marks)]

    def build(values: dict[str, Any]) -> list[Consent]:
        return [
            _signed(records, asked[member], purpose, decision, values)
            for (member, purpose), decision in marks.items()
        ]

    def first_problem(values: dict[str, Any]) -> str:
        if Decision.GIVEN not in marks.values() and (sentence := _only_of_given(values)):
            return sentence
        try:
            return to_come(fields, values, records.today) or next(
                (each for consent in build(values) for each in problems(consent)), ""
            )
        except ValueError as error:
            return str(error)

    fields = _paper_fields(screen, records, everybody, None)
    number = counted(len(marks), "decision")
    intro = "\n".join([f"{number}:", *_marked(everybody, marks)])
    form = FormScreen("Sign what is marked", fields, check=first_problem, intro=intro, does="Sign")
    values = await screen.ask(form)
    if values is None:
        return []
    with screen.caseload.transaction(f"Record {number} about consent"):
        return [screen.caseload.save(each) for each in build(values)]


def _marked(everybody: Sequence[Asked], marks: Marks) -> Iterator[str]:
    """What is to be signed, a line for each person and decision: "Dana, withdrawn: supervision"."""
    for each in everybody:
        for decision in dict.fromkeys(marks.values()):
            purposes = [
                purpose.label
                for (who, purpose), found in marks.items()
                if who == each.id and found is decision
            ]
            if purposes:
                yield f"{one_line(each.label)}, {decision.label}: {', '.join(purposes)}"


def _paper_fields(
    screen: CaseScreen, records: FamilyRecords, asked: Sequence[Asked], present: Consent | None
) -> list[Field]:
    """What a paper form says beside the decisions: who signed it, and for what exactly."""
    given_by = present.given_by if present else _likely_giver(records, asked[0])
    given_as = present.given_as if present else _likely_standing(records, asked, given_by)
    views = [
        Field(
            _view_name(records, each),
            f"{one_line(each.label)}'s view",
            "words",
            hint="as the child said or showed it",
        )
        for each in asked
        if _is_child(records, each)
    ]
    return [
        Field("given_by", "Said by", value=given_by, hint="themselves, or who decides for a child"),
        Field("given_as", "Standing", "choice", given_as.value, word_choices(GivenAs)),
        Field("date", "On", "date", records.today, required=True, past=True),
        Field("until", "Until", "date", None, hint="empty: until it is withdrawn"),
        Field("days", "Filming days", hint="as 3 Feb, 10 Feb; empty: film of all days"),
        Field("copies", "Copies", "choice", Copies.NOT_SAID.value, word_choices(Copies)),
        *views,
        Field("form", "Form", value=screen.caseload.meta.consent_form, hint="which form and version"),
    ]


def _signed(
    records: FamilyRecords, asked: Asked, purpose: Purpose, decision: Decision, values: dict[str, Any]
) -> Consent:
    """One of several decisions on one form: what is said of consents goes with those that are given, and who
    signs decides for themselves in their own column."""
    if decision is not Decision.GIVEN:
        values = {**values, "until": None, "days": "", "copies": ""}
    if folded(values["given_by"]) == folded(asked.label):
        values = {**values, "given_as": GivenAs.THEMSELVES.value}
    elif values["given_as"] == GivenAs.THEMSELVES.value:
        raise ValueError(f"{one_line(asked.label)} did not sign: say with which standing it was decided.")
    return _decided(records, asked, purpose, decision, values)


def _decided(
    records: FamilyRecords, asked: Asked, purpose: Purpose, decision: Decision, values: dict[str, Any]
) -> Consent:
    """Raises ValueError with a sentence where the answers do not go together."""
    if decision is not Decision.GIVEN and (sentence := _only_of_given(values)):
        raise ValueError(sentence)
    return Consent(
        family=records.family.id,
        member=asked.id,
        purpose=purpose,
        decision=decision,
        given_by=values["given_by"],
        given_as=GivenAs(values["given_as"]),
        date=values["date"],
        until=values["until"],
        days=parse_days(values["days"], records.today),
        copies=Copies(values["copies"]),
        child_view=values.get(_view_name(records, asked), ""),
        form=values["form"],
    )


def _only_of_given(values: dict[str, Any]) -> str:
    """What is said where something is filled in that only a consent has; "" where nothing is."""
    labels = {"until": "until", "days": "filming days", "copies": "copies"}
    filled = next((label for name, label in labels.items() if values[name]), "")
    return f"Only a consent that is given has “{filled}”." if filled else ""


def _view_name(records: FamilyRecords, asked: Asked) -> str:
    """The field for what a child says: by their place in the family, since ids and names may be anything."""
    members = [each.id for each in records.family.members]
    return f"view-{members.index(asked.id) if asked.id in members else ''}"


def _is_child(records: FamilyRecords, asked: Asked) -> bool:
    return any(each.id == asked.id and is_child(each) for each in records.family.members)


async def after_decisions(screen: CaseScreen, records: FamilyRecords, saved: Sequence[Consent]) -> None:
    """Tell where an earlier decision still holds, offer to delete the film of whoever no longer agrees to
    filming, and tell what is out after any no."""
    asked = {each.id: each for each in records.asked}
    for each in saved:
        _tell_what_holds(screen, records, each)
    noes = [each for each in saved if is_no(each)]
    for each in noes:
        if each.purpose is Purpose.FILM:
            verb = "withdrew consent to" if each.decision is Decision.WITHDRAWN else "said no to"
            who = asked[each.member]
            await offer_deletion(screen, records, who, f"{one_line(who.label)} {verb} filming")
    if noes:
        where = screen.caseload.where
        found = {share.id: share for no in noes for share in shown_under(where, records.family, no)}
        await offer_copies(screen, records.family, shown=list(found.values()))


def _likely_giver(records: FamilyRecords, asked: Asked) -> str:
    """Who gives somebody's consent, as far as is known: adults themselves; for a child whoever did so before,
    "" while nobody has."""
    if not _is_child(records, asked):
        return one_line(asked.label)
    given = [each for each in records.consents if each.member == asked.id and each.given_by]
    return max(given, key=lambda each: (each.date, each.id)).given_by if given else ""


def _likely_standing(records: FamilyRecords, asked: Sequence[Asked], given_by: str) -> GivenAs:
    """On what standing whoever signs decides: for themselves where nobody else is asked; for another as the
    last time."""
    others = {each.id for each in asked if folded(each.label) != folded(given_by)}
    if not others:
        return GivenAs.THEMSELVES
    said = [each for each in records.consents if each.member in others and each.given_as]
    return max(said, key=lambda each: (each.date, each.id)).given_as if said else GivenAs.NOT_SAID


def _tell_what_holds(screen: CaseScreen, records: FamilyRecords, saved: Consent) -> None:
    """Say so when an earlier record of the same day, or a later one, still decides."""
    holding = latest([*records.consents, saved], saved.member, saved.purpose, records.today)
    if holding and holding.id != saved.id:
        words = decision_words(holding, records.today)
        screen.tell(f"Recorded. Another decision still counts: {words}.", problem=True)


async def remove_decision(
    screen: CaseScreen, records: FamilyRecords, member: Asked, purpose: Purpose
) -> bool:
    """Remove a decision that was recorded by mistake. Of a refusal or withdrawal it stays whose it was, when,
    and for what, with why it does not count."""
    decisions = [each for each in history(records, member.id, purpose) if not each.mistaken]
    if not decisions:
        screen.tell("No decision is recorded here that could be removed.")
        return False
    chosen = decisions[0].id
    if len(decisions) > 1:
        options = [(consent.id, decision_words(consent, records.today)) for consent in decisions]
        answer = await screen.ask(ChooseScreen("Which one was recorded by mistake?", options))
        if answer is None:
            return False
        chosen = answer
    consent = next(each for each in decisions if each.id == chosen)
    name = (
        f"{one_line(member.label)}'s decision about {purpose.named}, {decision_words(consent, records.today)}"
    )
    if is_no(consent):
        return await _say_mistaken(screen, consent, name)
    return await remove_record(screen, consent, name)


async def _say_mistaken(screen: CaseScreen, consent: Consent, name: str) -> bool:
    """Ask why a refusal or withdrawal was a mistake, and keep it with that."""
    saved = await save_asked(
        screen,
        "Recorded by mistake",
        f"{name}: a mistake",
        [Field("mistaken", "Why", required=True, hint="it stays in the history with this")],
        lambda values: replace(consent, mistaken=values["mistaken"]),
        intro=f"{name}. Once this is saved it no longer counts, and film may be shown again.",
    )
    return saved is not None
