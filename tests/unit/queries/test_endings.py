"""How work ended, counted: what would be lost is that everybody who ended is in exactly one line."""

from vigtui.domain.records import CaseloadMeta, Closure, Family
from vigtui.domain.vocabulary import FamilyState
from vigtui.queries.endings import endings


def family(code: str, reason: str, state: FamilyState = FamilyState.ENDED) -> Family:
    return Family(code=code, state=state, closure=Closure(reason=reason))


def test_families_are_counted_by_the_services_reasons() -> None:
    families = [
        family("F-1", "aims met"),
        family("F-2", " Aims  met"),
        family("F-3", "moved to Wales"),
        family("F-4", ""),
        family("F-5", "aims met", FamilyState.ACTIVE),
    ]
    found = endings(families, ("aims met", "permanently matched"))
    assert [(each.reason, [one.code for one in each.families]) for each in found] == [
        ("aims met", ["F-1", "F-2"]),
        ("permanently matched", []),
        ("moved to Wales", ["F-3"]),
        ("", ["F-4"]),
    ]


def test_the_endings_that_the_article_tells_of_ship() -> None:
    shipped = CaseloadMeta().endings
    assert {"closed to social care", "permanently matched", "care proceedings"} <= set(shipped)
