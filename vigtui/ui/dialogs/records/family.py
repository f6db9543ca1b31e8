"""Forms for a family and its members, for the list of families and the family's own screen."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

from msgspec.structs import replace

from vigtui.domain.consent.filmed import recordings_of, with_people_said
from vigtui.domain.consent.retention import last_day, with_last_day, without_last_day
from vigtui.domain.cycles import kept_by_guider
from vigtui.domain.people import guides, supervises
from vigtui.domain.records import Closure, Cycle, Family, Fit, Member, Person, Recording
from vigtui.domain.sessions.bringing import as_colleague, colleague_of
from vigtui.domain.vocabulary import FamilyState, Role, Setting, Word
from vigtui.store.caseload import Caseload
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.copies import offer_copies
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.record_form import ask_record
from vigtui.ui.dialogs.records.absence import films_without_member
from vigtui.ui.dialogs.removing.removal import remove_member
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import keys_for
from vigtui.values.days import show_day
from vigtui.values.keys import KeyFor
from vigtui.values.text import folded, one_line

Part = Literal["referral", "setting", "fit", "closure"]
"""What is said of a family, apart from its members."""

_NOT_FILMED = "not filmed"


def parse_members(lines: str) -> tuple[Member, ...]:
    """Read members typed one a line: "Dana, parent" or "Mo, 2, not filmed"."""
    members = []
    for line in lines.splitlines():
        parts = [one_line(part) for part in line.split(",")]
        filmed = parts[-1].casefold() != _NOT_FILMED
        rest = parts[1:] if filmed else parts[1:-1]
        if parts[0]:
            members.append(Member(label=parts[0], relation=", ".join(filter(None, rest)), filmed=filmed))
    return tuple(members)


def word_choices(words: Iterable[Word]) -> tuple[tuple[str, str], ...]:
    """A closed set of words as the choices of a form's field."""
    return tuple((word.value, word.label) for word in words)


def next_code(codes: Iterable[str]) -> str:
    """The code after the highest: "F-018" after "F-017", in the same pattern; "F-001" when there is none."""
    found = [match for code in codes if (match := re.fullmatch(r"(.*?)(\d+)", code))]
    if not found:
        return "F-001"
    highest = max(found, key=lambda match: int(match[2]))
    return f"{highest[1]}{int(highest[2]) + 1:0{len(highest[2])}}"


async def edit_family(screen: CaseScreen, family: Family | None) -> Family | None:
    """Ask for a new family, or change `family` or one of its members, and save that as one step.

    Returns the family as saved, or None when nothing was changed. Call it from a worker of `screen`.
    """
    if family is None:
        return await _add_family(screen)
    menu = [("details", "The family's details"), ("add", "Add a member")]
    menu += [(f"edit {member.id}", f"Change {describe(member)}") for member in family.members]
    menu += [(f"remove {member.id}", f"Remove {member.label}") for member in family.members]
    choice = await screen.ask(ChooseScreen(f"{family.code} {family.pseudonym}", menu))
    if choice is None:
        return None
    if choice == "details":
        return await _edit_details(screen, family)
    if choice == "add":
        return await _edit_member(screen, family, None)
    task, _, member_id = choice.partition(" ")
    member = next(member for member in family.members if member.id == member_id)
    if task == "remove":
        return await remove_member(screen, family, member)
    return await _edit_member(screen, family, member)


def describe(member: Member, *, filmed: bool = True) -> str:
    """A member in a few words: "Jory, 4" or "Mo, 2, not filmed", which `filmed` asks for."""
    aside = _NOT_FILMED if filmed and not member.filmed else ""
    return ", ".join(filter(None, [member.label, member.relation, aside]))


async def _add_family(screen: CaseScreen) -> Family | None:
    caseload = screen.caseload
    codes = [family.code for family in caseload.all(Family)]
    me = screen.workspace.person
    guider = me.id if me and guides(me) else ""
    blank = Family(code=next_code(codes), guider=guider, referred=screen.workspace.today())
    hint = "One a line, by a made-up first name: “Dana, parent”, “Jory, 4”, “Mo, 2, not filmed”"
    fields = [*_first_fields(screen, blank), _state_field(blank), *_referral_fields(blank)]
    fields.insert(2, Field("members", "Members", "words", hint=hint))
    intro = "A code and made-up names. Real names stay in the service's own system."

    def build(values: dict[str, Any]) -> Family:
        return replace(_with_values(blank, values), members=parse_members(values["members"]))

    family = await ask_record(screen, "A new family", fields, build, check=_code_check(codes), intro=intro)
    if family is None:
        return None
    with caseload.transaction(f"Add family {family.code}"):
        return caseload.save(family)


async def _edit_details(screen: CaseScreen, family: Family) -> Family | None:
    caseload = screen.caseload
    fields = [
        *_first_fields(screen, family),
        _state_field(family),
        *_referral_fields(family),
        *_fit_fields(family),
        *_closing_fields(caseload, family),
    ]
    return await _change(screen, family, "The family's details", fields)


async def edit_part(screen: CaseScreen, family: Family, part: Part, first: str = "") -> Family | None:
    """Change one part of what is said of a family, with the cursor in the field `first`. Call it from a
    worker of `screen`."""
    caseload = screen.caseload
    if part == "referral":
        return await _change(screen, family, "Referral", _referral_fields(family), first)
    if part == "setting":
        return await _change(screen, family, "Setting", _first_fields(screen, family), first)
    if part == "fit":
        return await _change(screen, family, "Does VIG fit now?", _fit_fields(family), first)
    fields = [_state_field(family), *_closing_fields(caseload, family)]
    return await _change(screen, family, "How the work ended", fields, first)


async def _change(
    screen: CaseScreen, family: Family, title: str, fields: list[Field], first: str = ""
) -> Family | None:
    """Ask about a family and save what is said. Work that ends has its consequences."""
    caseload = screen.caseload
    codes = [other.code for other in caseload.all(Family) if other.id != family.id]
    values = await screen.ask(FormScreen(title, fields, check=_code_check(codes), first=first))
    if values is None:
        return None
    changed = _with_values(family, values)
    if changed.state is FamilyState.ENDED is not family.state and changed.ended is None:
        changed = replace(changed, ended=screen.workspace.today())
    films: list[Recording] = []
    if changed.state is FamilyState.ENDED is not family.state:
        films = await _films_to_plan(screen, family)
    with caseload.transaction(f"Change family {changed.code}"):
        for film in films:
            caseload.save(film)
        for cycle in kept_by_guider(caseload.where(Cycle, family=family.id), family, changed):
            caseload.save(cycle)
        saved = caseload.save(changed)
    if changed.state is FamilyState.ENDED is not family.state:
        await offer_copies(screen, saved)
    return saved


async def _films_to_plan(screen: CaseScreen, family: Family) -> list[Recording]:
    """The films that have no day of deletion yet, given one, if the person wants that."""
    caseload, today = screen.caseload, screen.workspace.today()
    day = last_day(today, caseload.meta.film_kept_days)
    films = without_last_day(recordings_of(caseload.where, family))
    count = "The film of this family has" if len(films) == 1 else f"{len(films)} films of this family have"
    question = f"{count} no day of deletion yet. The work has ended: delete by {show_day(day, today)}?"
    if not films or not await screen.ask(ConfirmScreen(question, "Plan it", "Not now")):
        return []
    return with_last_day(films, day)


def _first_fields(screen: CaseScreen, family: Family) -> list[Field]:
    people, key = screen.caseload.all(Person), keys_for(screen)
    guiders = _people(people, lambda each: guides(each) or supervises(each), family.guider)
    social_workers = _people(people, lambda each: Role.SOCIAL_WORKER in each.roles, family.social_worker)
    return [
        Field("code", "Code", value=family.code, required=True),
        Field("pseudonym", "Pseudonym", value=family.pseudonym, hint="A made-up name, as “Heron”"),
        _person_field(key, "guider", "Guider", family.guider, guiders),
        _person_field(key, "social_worker", "Social worker", family.social_worker, social_workers),
        Field("setting", "Setting", "choice", family.setting.value, word_choices(Setting), required=True),
    ]


def _state_field(family: Family) -> Field:
    states = word_choices(FamilyState)
    return Field("state", "The work is", "choice", family.state.value, states, required=True)


def _referral_fields(family: Family) -> list[Field]:
    return [
        Field("referred", "Referred", "date", family.referred),
        Field("whose_idea", "Whose idea", value=family.whose_idea, hint="The parent's, the court's..."),
        Field("reasons", "Reasons", "words", family.reasons),
    ]


def _fit_fields(family: Family) -> list[Field]:
    fit = family.fit
    return [
        Field("timescales", "Why it fits: the child's timescales", "words", fit.timescales),
        Field("formulation", "Formulation", "words", fit.formulation),
        Field("chronology", "Chronology", "words", fit.chronology),
    ]


def _closing_fields(caseload: Caseload, family: Family) -> list[Field]:
    closure = family.closure
    known = dict.fromkeys([*caseload.meta.endings, *filter(None, [closure.reason])])
    reasons = tuple((each, one_line(each)) for each in known)
    return [
        Field("ended", "The work ended on", "date", family.ended, hint="empty: when it is said"),
        Field("reason", "How the work ended", "choice", closure.reason, reasons),
        Field("own_reason", "Or otherwise", hint="a reason that is not in the list"),
        Field("words", "In their own words", "words", closure.words),
    ]


def _people(
    people: Iterable[Person], fits: Callable[[Person], bool], present: str
) -> tuple[tuple[str, str], ...]:
    """Those who can be chosen: active and fit for it, and whoever is chosen now."""
    return tuple(
        (person.id, person.name)
        for person in people
        if person.id == present or (person.active and fits(person))
    )


def _person_field(
    key: KeyFor, name: str, label: str, present: str, people: tuple[tuple[str, str], ...]
) -> Field:
    hint = "" if people else f"Nobody yet: {key('caseload.person')} on the caseload adds colleagues."
    return Field(name, label, "choice", present, people, hint=hint)


def _code_check(codes: Iterable[str]) -> Callable[[dict[str, Any]], str]:
    """Check the code, where the form asks for it."""
    taken = {folded(code) for code in codes}

    def check(values: dict[str, Any]) -> str:
        code = values.get("code", "")
        return f"Another family has the code {code}. Give this one its own." if folded(code) in taken else ""

    return check


def _with_values(family: Family, values: dict[str, Any]) -> Family:
    """The family with what a form says of it; what the form does not ask stays."""
    names = ("code", "pseudonym", "guider", "social_worker", "referred", "whose_idea", "reasons", "ended")
    said = {name: values[name] for name in names if name in values}
    if "setting" in values:
        said["setting"] = Setting(values["setting"])
    if "state" in values:
        said["state"] = FamilyState(values["state"])
    if "timescales" in values:
        said["fit"] = Fit(**{name: values[name] for name in ("timescales", "formulation", "chronology")})
    if "reason" in values:
        said["closure"] = Closure(reason=values["own_reason"] or values["reason"], words=values["words"])
    return replace(family, **said)


async def _edit_member(screen: CaseScreen, family: Family, member: Member | None) -> Family | None:
    present = member or Member(label="")
    others = {folded(other.label) for other in family.members if other.id != present.id}
    fields = [
        Field("label", "Called here", value=present.label, required=True, hint="Never a real name"),
        Field("relation", "Who", value=present.relation, hint="parent, 4, foster carer..."),
        Field("filmed", "Will be filmed", "yes_no", present.filmed, hint="in films from now on"),
    ]
    if family.setting is Setting.PROFESSIONAL:
        colleague = colleague_of(family, present.id)
        colleagues = _people(screen.caseload.all(Person), lambda _: True, colleague)
        fields.append(_person_field(keys_for(screen), "colleague", "Colleague", colleague, colleagues))

    def check(values: dict[str, Any]) -> str:
        label = values["label"]
        taken = folded(label) in others
        return f"There is a {label} in this family already. Give this member another name." if taken else ""

    values = await screen.ask(FormScreen("A member of the family", fields, check=check))
    if values is None:
        return None
    family = as_colleague(family, present.id, values.pop("colleague", colleague_of(family, present.id)))
    changed = replace(present, **values)
    kept = tuple(changed if other.id == changed.id else other for other in family.members)
    members = kept if member else (*kept, changed)
    verb = "Change" if member else "Add"
    films = {}
    if member and member.filmed and not changed.filmed:
        # Who is in a film is not taken out of it by a tick alone.
        known = recordings_of(screen.caseload.where, family)
        films = {film.id: film for film in with_people_said(known, family)}
        films |= {film.id: film for film in await films_without_member(screen, family, member)}
    with screen.caseload.transaction(f"{verb} {changed.label} in {family.code}"):
        for film in films.values():
            screen.caseload.save(film)
        return screen.caseload.save(replace(family, members=members))
