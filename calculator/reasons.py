"""Reasons as JSON text: how requirements stand goes in, one written reason for each comes out.

All of a reason but the facts of the applicant is written once for each requirement and standing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from itertools import chain
from json.encoder import encode_basestring
from types import NoneType
from typing import Any, TypeAlias

from calculator.decision import Judged, Standing
from calculator.evaluation import RECORD_MARK, Facts, FactValue, Row, question_of, record_of
from calculator.expressions import stated_in_json
from calculator.json_values import JsonObject, JsonValue, WrittenArray, write_json
from calculator.lookup import Lookup
from calculator.measures import Applicant
from calculator.rulebook import Citation
from calculator.text import Text

Stating: TypeAlias = Callable[[Facts, Mapping[str, str]], str]
"""States those of some facts that are known, as members of an object; for all that is known, and each of it written."""


class Heads(dict[Judged, tuple[str, Stating]]):
    """All of a reason but the facts, after the reason before; and what states those facts."""

    __slots__ = ("_alike", "_stating")

    def __init__(self) -> None:
        """Begin with nothing written."""
        super().__init__()
        self._alike: dict[tuple[str, Stating], tuple[str, Stating]] = {}
        self._stating = Lookup(stating)

    def __missing__(self, judged: Judged) -> tuple[str, Stating]:
        one = judged.condition
        whole = write_json(reason_json(one.code, judged.standing, one.sentence, one.citation, {}))
        head = f", {whole.removesuffix('{}}')}", self._stating[one.reads]
        head = self[judged] = self._alike.setdefault(head, head)  # rule sets of a budget mostly say the same
        return head


@dataclass(slots=True)
class Reasons:
    """Writes the reasons of answers; what the last applicant stated is written once for all of them."""

    _heads: Heads = field(default_factory=Heads)
    _stated: Facts = field(default_factory=dict)
    _members: dict[str, str] = field(default_factory=dict)
    _applicant: Applicant | None = None
    _statements: Statements = field(init=False)

    def written(self, judged: Iterable[Judged], applicant: Applicant) -> WrittenArray:
        """Return how each requirement stands, with its sentence, its citation, and the facts that it read."""
        if applicant is not self._applicant:
            self._applicant, self._statements = applicant, self._statements_of(applicant)
        pieces: list[Any] = list(chain.from_iterable(map(self._heads.__getitem__, judged)))
        pieces[1::2] = map(self._statements.__getitem__, pieces[1::2])
        pieces[:1] = [first.removeprefix(", ") for first in pieces[:1]]
        return WrittenArray(pieces)

    def _statements_of(self, applicant: Applicant) -> Statements:
        """Return what can be stated of an applicant, of whom rounds only give other dates than the last time."""
        if applicant.stated is not self._stated:
            self._stated, self._members = applicant.stated, members_of(applicant.stated)
        return Statements(applicant, members_of(applicant.given) | self._members)


class Statements(dict[Stating, str]):
    """What is stated of the facts of one applicant, as the end of a reason; written once."""

    __slots__ = ("_facts", "_members")

    def __init__(self, facts: Facts, members: Mapping[str, str]) -> None:
        """Take the known facts, and each of them written as a member of an object."""
        super().__init__()
        self._facts = facts
        self._members = members

    def __missing__(self, stating: Stating) -> str:
        text = self[stating] = f"{{{stating(self._facts, self._members)}}}}}"
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


def members_of(facts: Facts) -> dict[str, str]:
    """Return each fact written as a member of an object: a part of a record by its own name in the record."""
    return {name: _member(name.rpartition(RECORD_MARK)[2], value) for name, value in facts.items()}


def stating(names: tuple[str, ...]) -> Stating:
    """Return what states the facts called `names`: most requirements read one, and few a part of a record."""
    if any(map(record_of, names)):
        return partial(_with_records, names)
    if len(names) == 1:
        (name,) = names
        return lambda _, members: members.get(name, "")
    return lambda _, members: ", ".join([members[name] for name in names if name in members])


def _with_records(names: Iterable[str], facts: Facts, members: Mapping[str, str]) -> str:
    """State those of the facts called `names` that are known; a record as an object of its parts."""
    told: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    for name in names:
        question = question_of(name)
        if question != name and facts.get(question, True) is not None:
            if name in members:
                parts.setdefault(question, []).append(members[name])
                told[question] = ""
        elif question in members:
            told[question] = members[question]
    for record, inside in parts.items():
        told[record] = f"{encode_basestring(record)}: {{{', '.join(inside)}}}"
    return ", ".join(told.values())


def _member(name: str, value: FactValue) -> str:
    return f"{encode_basestring(name)}: {_WRITERS[type(value)](value)}"


def _rows_text(rows: tuple[Row, ...]) -> str:
    objects = [", ".join([_member(name, value) for name, value in row.items()]) for row in rows]
    return f"[{', '.join([f'{{{members}}}' for members in objects])}]"


#: How values of facts are written, which are all of these very types.
_WRITERS: Mapping[type, Callable[..., str]] = {
    NoneType: lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: str,
    str: encode_basestring,
    Fraction: lambda share: _WRITERS[type(stated := stated_in_json(share))](stated),
    float: repr,  # a percentage of few digits
    date: lambda day: f'"{day.isoformat()}"',
    datetime: lambda moment: f'"{moment.isoformat()}"',
    tuple: _rows_text,
}
