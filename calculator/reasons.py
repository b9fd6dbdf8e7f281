"""Reasons as JSON text: how requirements stand goes in, one written reason for each comes out.

All of a reason but the facts of the applicant is written once for each requirement and standing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from json.encoder import encode_basestring
from types import NoneType

from calculator.decision import Judged, Standing
from calculator.evaluation import RECORD_MARK, Facts, FactValue, Row, record_of
from calculator.expressions import stated_in_json
from calculator.json_values import JsonObject, JsonValue, WrittenArray, write_json
from calculator.rulebook import Citation
from calculator.text import Text

_NOT_WRITTEN: tuple[FactValue, str] = (None, "")


class Heads(dict[Judged, tuple[str, str]]):
    """All of a reason but the facts, after the reason before; and the names of those facts, between spaces."""

    __slots__ = ("_alike",)

    def __init__(self) -> None:
        """Begin with nothing written."""
        super().__init__()
        self._alike: dict[tuple[str, str], tuple[str, str]] = {}

    def __missing__(self, judged: Judged) -> tuple[str, str]:
        one = judged.condition
        whole = write_json(reason_json(one.code, judged.standing, one.sentence, one.citation, {}))
        head = f", {whole.removesuffix('{}}')}", " ".join(one.reads)
        head = self[judged] = self._alike.setdefault(head, head)  # rule sets of a budget mostly say the same
        return head


@dataclass(slots=True)
class Reasons:
    """Writes the reasons of answers; what the last applicant stated is written once for all of them."""

    _heads: Heads = field(default_factory=Heads)
    _facts_written: dict[str, tuple[FactValue, str]] = field(default_factory=dict)
    _statements: Statements | None = None

    def written(self, judged: Iterable[Judged], facts: Facts) -> WrittenArray:
        """Return how each requirement stands, with its sentence, its citation, and the facts that it read."""
        if self._statements is None or self._statements.facts is not facts:
            self._statements = Statements(facts, self._facts_written)
        stated = self._statements
        found = map(self._heads.__getitem__, judged)
        pieces = [piece for head, names in found for piece in (head, stated[names])]
        pieces[:1] = [first.removeprefix(", ") for first in pieces[:1]]
        return WrittenArray(pieces)


class Statements(dict[str, str]):
    """Those of the `facts` of one applicant that are known of some names, as the end of a reason; written once."""

    __slots__ = ("_each", "facts")

    def __init__(self, facts: Facts, each: dict[str, tuple[FactValue, str]]) -> None:
        """Take the facts of one applicant, and how `each` fact was written last: rounds give dates, the rest stays."""
        super().__init__()
        self.facts = facts
        self._each = each

    def __missing__(self, names: str) -> str:
        facts, each, written = self.facts, names.split(), self._written
        if RECORD_MARK in names:
            text = f"{write_json(facts_read(each, facts))}}}"
        else:
            text = f"{{{', '.join([written(name, facts[name]) for name in each if name in facts])}}}}}"
        self[names] = text
        return text

    def _written(self, name: str, value: FactValue) -> str:
        known, text = self._each.get(name, _NOT_WRITTEN)
        if known is not value or not text:
            text = _member(name, value)
            self._each[name] = (value, text)
        return text


def reason_json(
    code: str, standing: Standing, text: Text, citation: Citation, facts: Mapping[str, JsonValue]
) -> JsonObject:
    """Return one reason as `--explain` gives it."""
    return {
        "code": code,
        "verdict": standing.value,
        "text": text.to_json(),
        "citation": citation_json(citation),
        "facts": dict(facts),
    }


def citation_json(citation: Citation) -> JsonObject:
    """Return where a document says it."""
    return {"source": citation.source, "section": citation.section, "status": citation.status.value}


def facts_read(names: Iterable[str], facts: Facts) -> dict[str, JsonValue]:
    """Return those of the facts called `names` that are known, as JSON; a record as an object of its parts."""
    read: dict[str, JsonValue] = {}
    for name in names:
        record = record_of(name)
        if record is None:
            read |= {name: _fact_to_json(facts[name])} if name in facts and name not in read else {}
        elif facts.get(record, True) is None:
            read[record] = None
        elif name in facts:
            known = read.get(record)
            parts = known if isinstance(known, dict) else {}
            read[record] = {**parts, name.removeprefix(f"{record}."): _fact_to_json(facts[name])}
    return read


def _member(name: str, value: FactValue) -> str:
    return f"{encode_basestring(name)}: {_WRITERS[type(value)](value)}"


def _rows_text(rows: tuple[Row, ...]) -> str:
    objects = [", ".join([_member(name, value) for name, value in row.items()]) for row in rows]
    return f"[{', '.join([f'{{{members}}}' for members in objects])}]"


def _fact_to_json(value: FactValue) -> JsonValue:
    if isinstance(value, tuple):
        return [{name: stated_in_json(one) for name, one in row.items()} for row in value]
    return stated_in_json(value)


#: How values of facts are written, which are all of these very types.
_WRITERS: Mapping[type, Callable[..., str]] = {
    NoneType: lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: str,
    str: encode_basestring,
    Fraction: lambda share: write_json(stated_in_json(share)),
    date: lambda day: f'"{day.isoformat()}"',
    datetime: lambda moment: f'"{moment.isoformat()}"',
    tuple: _rows_text,
}
