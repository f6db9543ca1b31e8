"""Recording that a clip was shown to somebody outside the work. Only with everybody's consent for that."""

from typing import Any

from vigtui.domain.consent.access import agreed_then
from vigtui.domain.consent.showing import Showing
from vigtui.domain.records import Clip, Share
from vigtui.domain.vocabulary import Purpose
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.wording.access import why_closed

_INSIDE = (Purpose.FILM, Purpose.SUPERVISION)


async def record_share(screen: CaseScreen, clip: Clip, showing: Showing) -> Share | None:
    """Ask to whom and for what `clip` was shown, and save that. Call it from a worker.

    Refused, with the sentence that says whose consent is missing, unless everybody in the film had agreed to
    that purpose on that day.
    """
    caseload = screen.caseload
    purposes = [purpose for purpose in Purpose if purpose not in _INSIDE]
    fields = [
        Field(
            "purpose",
            "For",
            "choice",
            choices=tuple((purpose.value, purpose.label) for purpose in purposes),
            required=True,
        ),
        Field("audience", "Shown to", required=True, hint="By role: the social worker, the CP conference"),
        Field("date", "On", "date", screen.workspace.today(), required=True, past=True),
    ]

    def build(values: dict[str, Any]) -> Share:
        purpose, day = Purpose(values["purpose"]), values["date"]
        decision = agreed_then(caseload, showing.recording.id, purpose, day)
        if not decision.allowed:
            raise ValueError(why_closed(decision, screen.workspace.today()))
        return Share(
            clip=clip.id,
            audience=values["audience"],
            purpose=purpose,
            date=day,
            consent=next(iter(decision.consents), ""),
        )

    code = showing.code(clip)
    intro = "The clips are the family's: nobody outside sees one unless everybody in it has agreed to that."
    return await save_asked(
        screen, f"{code} was shown", f"Record sharing of {code}", fields, build, intro=intro
    )
