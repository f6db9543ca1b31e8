"""Which clip a link in a text of the walk means."""

from collections.abc import Iterable

from vigtui.domain.consent.showing import clips_of_family, find_clip
from vigtui.domain.records import SessionItem
from vigtui.store.caseload import Caseload


def clip_called(caseload: Caseload, code: str, items: Iterable[SessionItem]) -> str:
    """Return the id of the clip with this code: of one on the agenda, the first `items` first, or else of
    another clip of their families. "" when there is none."""
    on_agenda = dict.fromkeys(clip for item in items for clip in (item.clip, item.companion))
    found = [found for clip in on_agenda if (found := find_clip(caseload.get, clip))]
    for family in dict.fromkeys(showing.family.id for _, showing in found):
        found += clips_of_family(caseload.get, caseload.where, family)
    return next((clip.id for clip, showing in found if showing.code(clip) == code), "")
