"""Reading a case: one JSON object goes in, exact facts come out, or every fact that cannot be read with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from calculator.evaluation import RECORD_MARK, Facts, FactValue, Row, Unknown
from calculator.expressions import Scalar
from calculator.figures import figure_text
from calculator.json_values import JsonObject, JsonValue
from calculator.kinds import Kind
from calculator.lines import LineFacts
from calculator.messages import listed, message
from calculator.rulebook import Choice, FactDefinition, RowField, RuleBook
from calculator.text import Text

UNKNOWN = "unknown"
YEARS = range(1900, 2200)  # other years are slips of the pen, and months could not be counted on from the last of all
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# each Python takes other ways of writing besides: weeks, commas, 24 o'clock
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20}|/[1-9][0-9]{0,19})?")
_REFUSED = Unknown(frozenset())  # what stands for an answer that cannot be read
KEYS = ("kind", "rule_set", "round", "facts")
_under_keys = itemgetter(*KEYS)

Path: TypeAlias = tuple[str | int, ...]
"""Where a mistake is: a fact, or a fact, the index of a row and a field."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """An answer that cannot be read: where, a stable code, and a sentence that says what would be right."""

    at: Path
    code: str
    reason: Text


class CaseError(Exception):
    """A case that cannot be answered; `code` is stable and `text` is for people."""

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(f"{code}: {text.en}")
        self.code = code
        self.text = text


class Case(NamedTuple):
    """A question about one applicant: `round` is None where a budget has no numbered rounds.

    `ignored` names the facts of the case that the rule book does not know.
    """

    kind: str
    rule_set: str
    round: int | None
    facts: Facts
    ignored: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """The mistakes found so far while the facts of one case are read."""

    messages: Mapping[str, Text]
    mistakes: list[Mistake] = field(default_factory=list)

    def refuse(self, at: Path, code: str, **parts: Text | str) -> Unknown:
        self.mistakes.append(Mistake(at, code, message(self.messages, code, **parts)))
        return _REFUSED


@dataclass(slots=True)
class CaseReader:
    """Reads cases under the rules of `book`; the facts of several cases in turn about one applicant are read once."""

    book: RuleBook
    _given: JsonObject = field(default_factory=dict)
    _written: str = ""
    _facts: Facts = field(default_factory=dict)
    _mistakes: tuple[Mistake, ...] = ()
    _ignored: tuple[str, ...] = ()
    _asked: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Take what a case may state; the parts of a record stand in the record, and not beside it."""
        self._asked = frozenset([name for name, fact in self.book.facts.items() if fact.record is None])

    def read(self, content: JsonValue) -> Case:
        """Return the case that a JSON object stands for.

        Raises:
            CaseError: a key is missing or not valid, or a fact cannot be read (all such facts are named).
        """
        kind, rule_set, round_, given = _values(self.book, content)
        self._read_facts(given)
        if self._mistakes:
            raise CaseError("wrong_fact", _all_reasons(self.book, self._mistakes))
        return Case(kind, rule_set, round_, self._facts, self._ignored)

    def _read_facts(self, given: JsonObject) -> None:
        """Read the facts, unless they are those of the case before."""
        is_of_a_line = isinstance(given, LineFacts)
        written = "" if is_of_a_line else repr(given)  # tells 1 from true, which are equal
        if given is self._given if is_of_a_line else written == self._written:
            return
        self._given, self._written = given, written
        self._facts, self._mistakes = read_facts(self.book, given)
        self._ignored = tuple([name for name in given if name not in self._asked])


def _values(book: RuleBook, content: JsonValue) -> tuple[str, str, int | None, JsonObject]:
    """Return what stands under the `KEYS` of a case, if it is a case."""
    if not isinstance(content, dict):
        raise CaseError("not_an_object", message(book.messages, "not_an_object"))
    try:
        kind, rule_set, round_, given = _under_keys(content)
    except KeyError as error:
        raise CaseError("missing_key", message(book.messages, "missing_key", key=error.args[0])) from None
    if not isinstance(kind, str):
        raise _wrong_key(book, "kind")
    if not isinstance(rule_set, str):
        raise _wrong_key(book, "rule_set")
    if round_ is not None and (not isinstance(round_, int) or isinstance(round_, bool)):
        raise _wrong_key(book, "round")
    if not isinstance(given, dict):
        raise _wrong_key(book, "facts")
    return kind, rule_set, round_, given


def _wrong_key(book: RuleBook, key: str) -> CaseError:
    return CaseError("wrong_key", message(book.messages, "wrong_key", key=key))


def read_facts(book: RuleBook, given: Mapping[str, JsonValue]) -> tuple[Facts, tuple[Mistake, ...]]:
    """Return the facts that could be read, and a mistake for each that could not; unknown ones are left out."""
    reading = _Reading(book.messages)
    facts: dict[str, FactValue] = {}
    records: list[str] = []
    for name, content in given.items():
        fact = book.facts.get(name)
        if fact is not None and fact.record is None and content != UNKNOWN:
            value = _read_fact(fact, content, reading)
            if not isinstance(value, Unknown):
                facts[name] = value
                if fact.kind is Kind.RECORD:
                    records.append(name)
    for name in records:
        facts.update(_read_parts(book, name, given[name], reading))
    return facts, tuple(reading.mistakes)


def place_in_words(book: RuleBook, mistake: Mistake) -> Text:
    """Return the mistake's reason with the name of its fact, and of its row and column in a list."""
    name, *inside = mistake.at
    fact = book.facts[str(name)]
    reason = mistake.reason
    part = book.facts.get(_part_name(str(name), str(inside[0]))) if inside else None
    if part is not None:
        reason = message(book.messages, "fact_and_reason", fact=part.label, reason=reason)
    if len(inside) == 2:
        row, column = inside
        label = next((one.label for one in fact.fields if one.name == column), Text(str(column), str(column)))
        reason = message(book.messages, "row_and_reason", row=str(int(row) + 1), field=label, reason=reason)
    return message(book.messages, "fact_and_reason", fact=fact.label, reason=reason)


def _all_reasons(book: RuleBook, mistakes: Iterable[Mistake]) -> Text:
    texts = tuple(place_in_words(book, mistake) for mistake in mistakes)
    return message(book.messages, "wrong_fact", reasons=listed(book.messages, texts, "two_sentences"))


def _read_fact(fact: FactDefinition, content: JsonValue, reading: _Reading) -> FactValue | Unknown:
    """Return the value of `fact`, or `_REFUSED` when it cannot be read."""
    if content is None:
        return None if fact.optional else reading.refuse((fact.name,), "none_not_possible")
    if fact.kind is Kind.LIST:
        return _read_rows(fact, content, reading)
    if fact.kind is Kind.RECORD:
        return True if isinstance(content, dict) else reading.refuse((fact.name,), "not_record")
    at = (fact.name,)
    return _within(fact, _read_scalar(fact.kind, fact.choices, content, at, reading), at, reading)


def _part_name(record: str, part: str) -> str:
    return f"{record}{RECORD_MARK}{part}"


def _read_parts(book: RuleBook, name: str, content: JsonValue, reading: _Reading) -> Iterator[tuple[str, FactValue]]:
    """Yield the parts of the record `name` that are known, as facts of their own."""
    for key, value in content.items() if isinstance(content, dict) else ():
        part = book.facts.get(_part_name(name, key))
        if part is None:
            reading.refuse((name, key), "unknown_field", field=key)
        elif value != UNKNOWN:
            known = _read_field(part, value, (name, key), reading)
            known = known if known is None else _within(part, known, (name, key), reading)
            if not isinstance(known, Unknown):
                yield part.name, known


def _read_rows(fact: FactDefinition, content: JsonValue, reading: _Reading) -> tuple[Row, ...] | Unknown:
    if not isinstance(content, list):
        return reading.refuse((fact.name,), "not_list")
    before = len(reading.mistakes)
    rows = tuple([_read_row(fact, place, row, reading) for place, row in enumerate(content)])
    return rows if len(reading.mistakes) == before else _REFUSED


def _read_row(fact: FactDefinition, place: int, content: JsonValue, reading: _Reading) -> Row:
    columns = {column.name: column for column in fact.fields}
    if not isinstance(content, dict) and len(columns) == 1:
        content = dict.fromkeys(columns, content)  # a list with one column is written as its values
    if not isinstance(content, dict):
        reading.refuse((fact.name, place), "not_row", row=str(place + 1))
        return {}
    for name in content:  # in the order of the row: an order of names alone differs from one run to the next
        if name not in columns:
            reading.refuse((fact.name, place, name), "unknown_field", field=name)
    row: dict[str, Scalar] = {}
    for name, column in columns.items():
        if name in content and content[name] != UNKNOWN:
            value = _read_cell(column, content[name], (fact.name, place, name), reading)
            if not isinstance(value, Unknown):
                row[name] = value
    return row


def _read_cell(column: RowField, content: JsonValue, at: Path, reading: _Reading) -> Scalar | Unknown:
    value = _read_field(column, content, at, reading)
    if column.kind is Kind.YEN and isinstance(value, int) and value < 0:
        return reading.refuse(at, "too_small", bound=figure_text(Kind.YEN, 0))
    return value


def _read_field(field_: FactDefinition | RowField, content: JsonValue, at: Path, reading: _Reading) -> Scalar | Unknown:
    """Return the value of a part or a column, which may be "there is none" where it is optional."""
    if content is None:
        return None if field_.optional else reading.refuse(at, "none_not_possible")
    return _read_scalar(field_.kind, field_.choices, content, at, reading)


def _read_scalar(
    kind: Kind,
    choices: tuple[Choice, ...],
    content: JsonValue,
    at: Path,
    reading: _Reading,
) -> Scalar | Unknown:
    """Return the exact value of `kind` that JSON writes as `content`, or refuse it."""
    value = _exact(kind, choices, content)
    if value is not None:
        return value
    if kind is Kind.CHOICE:
        return reading.refuse(at, "not_choice", choices=listed(reading.messages, tuple(one.label for one in choices)))
    return reading.refuse(at, f"not_{kind.value}")


def _exact(kind: Kind, choices: tuple[Choice, ...], content: JsonValue) -> Scalar:
    """Return the value, or None when `content` is not one of `kind`."""
    return _choice(content, choices) if kind is Kind.CHOICE else _EXACT[kind](content)


def _yes_or_no(content: JsonValue) -> bool | None:
    return content if isinstance(content, bool) else None


def _choice(content: JsonValue, choices: tuple[Choice, ...]) -> str | None:
    name = str(content)
    return name if name in [choice.name for choice in choices] and not isinstance(content, bool) else None


def _whole(content: JsonValue) -> int | None:
    if type(content) is int:
        return content
    return content.numerator if isinstance(content, Fraction) and content.denominator == 1 else None


def _fraction(content: JsonValue) -> Fraction | None:
    if isinstance(content, bool) or not isinstance(content, int | Fraction | str):
        return None
    if isinstance(content, str) and not _DECIMAL.fullmatch(content):
        return None
    return Fraction(content)


def _day(content: JsonValue) -> date | None:
    if not isinstance(content, str) or not _DATE.fullmatch(content):
        return None
    try:
        day = date.fromisoformat(content)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _moment(content: JsonValue) -> datetime | None:
    if not isinstance(content, str) or not _MOMENT.fullmatch(content):
        return None
    try:
        moment = datetime.fromisoformat(content)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and moment.year in YEARS else None


_EXACT: Mapping[Kind, Callable[[JsonValue], Scalar]] = {
    Kind.YES_NO: _yes_or_no,
    Kind.YEN: _whole,
    Kind.COUNT: _whole,
    Kind.MONTHS: _whole,
    Kind.PERCENT: _fraction,
    Kind.RATE: _fraction,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.LIST: lambda _: None,  # neither rows nor records stand inside of others
    Kind.RECORD: lambda _: None,
}


def _within(fact: FactDefinition, value: Scalar | Unknown, at: Path, reading: _Reading) -> Scalar | Unknown:
    """Return `value`, or refuse it where it is outside of the bounds of `fact`."""
    if type(value) is not int and type(value) is not Fraction:  # yes and no are no numbers
        return value
    if fact.at_least is not None and value < fact.at_least:
        return reading.refuse(at, "too_small", bound=_bound(fact, fact.at_least))
    if fact.at_most is not None and value > fact.at_most:
        return reading.refuse(at, "too_large", bound=_bound(fact, fact.at_most))
    return value


def _bound(fact: FactDefinition, bound: int) -> Text:
    limit = Fraction(bound) if fact.kind in (Kind.PERCENT, Kind.RATE) else bound
    return figure_text(fact.kind, limit, fact.unit)
