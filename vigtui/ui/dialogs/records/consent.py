"""Recording decisions about consent. A decision is never changed: a new one follows it."""

from typing import Any

from msgspec.structs import replace

from vigtui.domain.consent.decisions import Asked, is_no, latest
from vigtui.domain.people import is_child
from vigtui.domain.records import Consent
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.queries.family import FamilyRecords
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.copies import offer_copies
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.dialogs.records.removal import remove_record
from vigtui.ui.widgets.case_screen import VigScreen
from vigtui.values.days import show_long_day
from vigtui.values.text import one_line


def history(records: FamilyRecords, member: str, purpose: Purpose) -> list[Consent]:
    """Every decision of a member about a purpose, the newest first."""
    own = [each for each in records.consents if each.member == member and each.purpose is purpose]
    return sorted(own, key=lambda consent: (consent.date, consent.id), reverse=True)


def describe(records: FamilyRecords, consent: Consent) -> str:
    """A decision in words: "given by Dana on 4 February, until 3 June"."""
    words = consent.decision.label
    if consent.given_by:
        words += f" by {one_line(consent.given_by)}"
    words += f" on {show_long_day(consent.date, records.today)}"
    if consent.until:
        words += f", until {show_long_day(consent.until, records.today)}"
    if not consent.mistaken:
        return words
    by = f", says {one_line(consent.by)}" if consent.by else ""
    return f"{words}; does not count: {one_line(consent.mistaken)}{by}"


async def add_decision(
    screen: VigScreen, records: FamilyRecords, member: Asked, purpose: Purpose
) -> Consent | None:
    """Ask for a member's new decision about a purpose and save it. It acts at once."""
    present = latest(records.consents, member.id, purpose, records.today)
    given_by = present.given_by if present else _likely_giver(records, member)
    fields = [
        Field("decision", "Decision", "choice", "", word_choices(Decision), required=True),
        Field("given_by", "Said by", value=given_by, hint="themselves, or who decides for a child"),
        Field("date", "On", "date", records.today, required=True, past=True),
        Field("until", "Until", "date", None, hint="empty: until it is withdrawn"),
    ]

    def build(values: dict[str, Any]) -> Consent:
        decision = Decision(values["decision"])
        if values["until"] and decision is not Decision.GIVEN:
            raise ValueError("Only a consent that is given has an “until”.")
        return Consent(
            family=records.family.id, member=member.id, purpose=purpose, **{**values, "decision": decision}
        )

    label = one_line(member.label)
    title = f"{label}: {purpose.label}"
    saved = await save_asked(
        screen,
        title,
        f"Record {label}'s decision about {purpose.label}",
        fields,
        build,
        intro=f"Now: {describe(records, present)}." if present else "Not asked yet.",
    )
    if saved:
        _tell_what_holds(screen, records, saved)
    if saved and is_no(saved):
        await offer_copies(screen, records.family)
    return saved


def _likely_giver(records: FamilyRecords, asked: Asked) -> str:
    """Who gives somebody's consent, as far as is known: adults themselves; for a child whoever did so before,
    "" while nobody has."""
    member = next((each for each in records.family.members if each.id == asked.id), None)
    if member is None or not is_child(member):
        return one_line(asked.label)
    given = [each for each in records.consents if each.member == asked.id and each.given_by]
    return max(given, key=lambda each: (each.date, each.id)).given_by if given else ""


def _tell_what_holds(screen: VigScreen, records: FamilyRecords, saved: Consent) -> None:
    """Say so when an earlier record of the same day, or a later one, still decides."""
    holding = latest([*records.consents, saved], saved.member, saved.purpose, records.today)
    if holding and holding.id != saved.id:
        screen.tell(f"Recorded. What holds is still: {describe(records, holding)}.", problem=True)


async def remove_decision(screen: VigScreen, records: FamilyRecords, member: Asked, purpose: Purpose) -> bool:
    """Remove a decision that was recorded by mistake. Of a refusal or withdrawal it stays whose it was, when,
    and for what, with why it does not count."""
    decisions = [each for each in history(records, member.id, purpose) if not each.mistaken]
    if not decisions:
        screen.tell("No decision is recorded here that could be removed.")
        return False
    chosen = decisions[0].id
    if len(decisions) > 1:
        options = [(consent.id, describe(records, consent)) for consent in decisions]
        answer = await screen.ask(ChooseScreen("Which one was recorded by mistake?", options))
        if answer is None:
            return False
        chosen = answer
    consent = next(each for each in decisions if each.id == chosen)
    name = f"{one_line(member.label)}'s decision about {purpose.label}, {describe(records, consent)}"
    if is_no(consent):
        return await _say_mistaken(screen, consent, name)
    return await remove_record(screen, consent, name)


async def _say_mistaken(screen: VigScreen, consent: Consent, name: str) -> bool:
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
