"""How a caseload stands in its space, in sentences: for a screen and a command."""

import datetime as dt

from vigtui.exchange.spaces.standing import SpaceStanding, WriterStanding
from vigtui.wording import spaces as wording


def title(standing: SpaceStanding, now: dt.datetime) -> str:
    """Return what the title says: `in step 14:03`."""
    return wording.title_words(standing.state, standing.since, now)


def name_of(writer: WriterStanding) -> str:
    """`Ros (laptop)`; `Ros (laptop, willow)` where another machine is called the same."""
    return wording.writer_name(writer.person, writer.machine, writer.apart)


def warnings(standing: SpaceStanding, now: dt.datetime) -> list[str]:
    """Return the sentences about what is not as it should be."""
    found = []
    if standing.state == "offline":
        found.append(wording.NO_FOLDER)
    if standing.why:
        found.append(wording.NOT_SENT)
    found += [
        wording.silent_words(name_of(each), each.heard, now) for each in standing.writers if each.silent
    ]
    found += wording.files_words(standing.not_whole, standing.newer, standing.other_code)
    if standing.keeps_versions:
        found.append(wording.KEEPS_VERSIONS)
    found += [
        wording.family_erased_words(
            each.by, each.code, each.at, now, had_changed=each.had_changed, part=each.part
        )
        for each in standing.families
    ]
    return found


def rows(standing: SpaceStanding, now: dt.datetime) -> list[str]:
    """Return a sentence about each other writer, and where there is still something of what was erased."""
    found = [
        wording.writer_words(name_of(each), each.heard, each.has_until, now, there=each.there)
        for each in standing.writers
    ]
    if standing.erased and standing.files:
        still = [(name_of(each), each.heard) for each in standing.writers if each.holds_erased]
        found.append(wording.erased_words(standing.free, standing.files, still, now))
    return found
