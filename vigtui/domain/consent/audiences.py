"""What may be shown of a film, and to whom."""

import datetime as dt

from msgspec import Struct

from vigtui.domain.consent.access import Permission, Refusal, Use, permit
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.vocabulary import Purpose


class Audience(Struct, frozen=True):
    """Whether film may be seen for a purpose, and whether a copy of it may be given out for that."""

    purpose: Purpose
    seen: Permission | Refusal
    copied: Permission | Refusal


def audiences(records: EveryVersion, recording: str, on: dt.date) -> list[Audience]:
    """Return for each purpose what may be done today, which is `on` by the clock, with a recording."""
    return [
        Audience(
            each,
            permit(records, recording, Use.WATCH, each, on),
            permit(records, recording, Use.CUT, each, on),
        )
        for each in Purpose
    ]
