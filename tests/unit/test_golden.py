"""What the program says and writes, whole, in `tests/golden`: a change of it is seen and is meant."""

import datetime as dt
import re
from collections.abc import Iterator

import msgspec
import pytest
from click.testing import CliRunner
from msgspec import Struct, structs

from tests.snapshot import same_golden
from vigtui.cli.main import main
from vigtui.demo.loader import load_demo
from vigtui.domain.records import KINDS, CaseloadMeta, Confirmation, Family, Record
from vigtui.domain.records.metadata import Order
from vigtui.domain.records.schema import BOOKKEEPING, Field, fields
from vigtui.ui.widgets.keys.all_keys import TABLE

UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


def test_every_field_is_declared_with_its_label_and_all_that_follows_from_it(
    request: pytest.FixtureRequest,
) -> None:
    """A line a field: label; how two values are both kept; whom it names; which value protects most."""
    lines = ["the caseload's settings", *map(field_line, fields(CaseloadMeta).values())]
    for kind in KINDS:
        lines += ["", f"{kind.table}: {kind.singular} / {kind.plural}", *field_lines(kind)]
    same_golden("fields", lines, request)


def field_lines(kind: type[Struct], indent: str = "  ") -> Iterator[str]:
    """A line for each field of a kind of record, and below it those of the parts that it holds."""
    for field in fields(kind).values():
        yield field_line(field, indent)
        if field.part:
            yield from field_lines(field.part, f"{indent}  ")


def field_line(field: Field, indent: str = "  ") -> str:
    facts = [field.label, field.sort.name]
    if field.ref:
        facts.append("names " + ", ".join(field.ref.tables) + (", or words" if field.ref.or_words else ""))
        facts += ["belongs to it"] * field.ref.owner + [f"on its removal: {field.ref.on_removal}"]
    if field.safer:
        order = field.safer.order
        facts.append(
            f"safest first: {order.name if isinstance(order, Order) else ', '.join(map(str, order))}"
        )
    if field.thing:
        facts.append(f"together: {field.thing}")
    return f"{indent}{field.name:{19 - len(indent)}} {'; '.join(facts)}"


def test_the_demo_is_the_same_on_the_same_day(request: pytest.FixtureRequest) -> None:
    """One line a record, sorted: what is not as by default, and references by what they lead to."""
    records = load_demo(dt.date(2026, 3, 18)).records
    names = demo_names(records)
    lines: list[str] = []
    for kind in KINDS:
        found = sorted(record_line(each, names) for each in records if type(each) is kind)
        lines += ["", f"{kind.table}: {len(found)}", *found]
    same_golden("demo", lines[1:], request)


NAMED_BY = {
    "people": ("name",),
    "families": ("code",),
    "consents": ("member", "purpose", "date"),
    "questions": ("family", "words"),
    "cycles": ("family", "kind", "number"),
    "recordings": ("cycle", "kind"),
    "clips": ("recording", "in_ms"),
    "sessions": ("date", "trainees"),
    "session_items": ("session", "order"),
    "programmes": ("name",),
    "instruments": ("name",),
}
"""What tells one record from another, in the tables to whose records others refer."""


def demo_names(records: list[Record]) -> dict[str, str]:
    """Words for every record and member that do not change when they are made again: `<F-017 vig 2>`."""
    by_id = {record.id: record for record in records}
    members = {
        member.id: f"{family.code} {member.label}"
        for family in records
        if isinstance(family, Family)
        for member in family.members
    }

    def told(value: object) -> str:
        if isinstance(value, list | tuple):
            return ", ".join(map(told, value))
        record = by_id.get(str(value))
        if record is None:
            return members.get(str(value), str(value))
        values = msgspec.to_builtins(record)
        return " ".join(told(values[name]) for name in NAMED_BY.get(record.table, ()))

    return {identity: f"<{told(identity)}>" for identity in (*by_id, *members)}


def record_line(record: Record, names: dict[str, str]) -> str:
    """A record as JSON, with names in place of ids, without what the store adds and what is as by default."""
    defaults = {
        field.name: field.default
        for field in structs.fields(record)
        if field.default is not msgspec.NODEFAULT
    }
    told = {
        name: msgspec.to_builtins(getattr(record, name))
        for name in record.__struct_fields__
        if name not in BOOKKEEPING and (name not in defaults or getattr(record, name) != defaults[name])
    }
    if isinstance(record, Confirmation):
        told["words"] = "the sum over the words"  # Over the ids in them too, which are made anew each time.
    line = msgspec.json.encode(told, order="deterministic").decode()
    return re.sub(UUID, lambda found: names[found[0]], line)


def test_help_explains_every_command(request: pytest.FixtureRequest) -> None:
    lines: list[str] = []
    for words in ([], *([name] for name in main.list_commands(None))):
        done = CliRunner().invoke(main, [*words, "--help"], prog_name="vigtui", terminal_width=80)
        assert done.exit_code == 0
        lines += [f"$ vigtui {' '.join([*words, '--help'])}", done.stdout]
    same_golden("help", lines, request)


def test_every_key_is_in_the_table(request: pytest.FixtureRequest) -> None:
    """One line a key: id; keys; label in the footer; what it does."""
    lines: list[str] = []
    for context, keys in TABLE.items():
        lines += ["", context]
        for key in keys:
            extra = (f"shown as {key.shown_as}",) * bool(key.shown_as) + ("first",) * key.priority
            lines.append("  " + "; ".join((key.id, key.keys, key.label or "-", key.tooltip or "-", *extra)))
    same_golden("keys", lines[1:], request)
