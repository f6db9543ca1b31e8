"""Five steps through the demo, for whoever looks at it for the first time: one way for each role."""

from msgspec import Struct

from vigtui.domain.vocabulary import Role


class Step(Struct, frozen=True):
    """What to do, with keys by their ids; and `reaches`, the screen on which it is done."""

    words: str
    reaches: str


_FAMILY = Step(
    "{list.open} opens F-017 Heron: all the work with one family, on a line of time.", "FamilyScreen"
)
_FAMILY_LATER = Step(
    "Back in the list, {list.open} opens F-017 Heron: all the work with one family.", "FamilyScreen"
)
_PLAN = Step(
    "{family.review} shows the plan of their shared review: which moments, and what to ask.", "PlanScreen"
)
_SESSION = Step(
    "Back in the list ({screen.back}), {caseload.supervise} opens a supervision: clips and working points.",
    "SupervisionScreen",
)
_WAY = Step(
    "Back in the list, {caseload.way} shows a trainee's way: what counts, and what is still asked.",
    "WayScreen",
)
_THREAD = Step(
    "Back in the list, {caseload.thread} shows a trainee's working points from session to session.",
    "ThreadScreen",
)
_TRAINEES_FIRST = Step(
    "{caseload.trainees} shows everybody in training: next session, clips waiting.", "TraineesScreen"
)
_TRAINEES = Step(
    "Back in the list, {caseload.trainees} shows everybody in training: next session, clips waiting.",
    "TraineesScreen",
)
_REGISTER = Step(
    "{caseload.register} shows film and copies: what is due, what is out, who has it.", "RegisterScreen"
)
_MERGE = Step(
    "Back in the list, {caseload.merge} shows what others wrote, once their file is taken in.", "MergeScreen"
)

STEPS: dict[Role, tuple[Step, ...]] = {
    Role.TRAINEE: (_FAMILY, _PLAN, _SESSION, _WAY, _THREAD),
    Role.SUPERVISOR: (_TRAINEES_FIRST, _FAMILY_LATER, _SESSION, _THREAD, _MERGE),
    Role.SERVICE_LEAD: (_REGISTER, _TRAINEES, _WAY, _FAMILY_LATER, _MERGE),
}
"""The steps by the role in which somebody looks at the demo."""
END = (
    "Those were the five. {app.help} explains every screen, {app.commands} finds whatever can be done. "
    "Look around."
)
