"""A company as a worked example in YAML: what was found goes in, lines for the file of its frame come out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from calculator.cases import read_facts
from calculator.expressions import Scalar
from calculator.figures import figure_text
from calculator.json_values import JsonObject, JsonValue
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition, RuleBook
from calculator.text import Text
from site_builder.examining.companies import Company, facts_of_example

#: What a figure-less answer does not have to say again.
_WITHOUT = ("id", "ignored")
_PLAIN = re.compile(r"[a-z][a-z0-9_.]*|-?[0-9]+(?:\.[0-9]+)?|[0-9]+/[0-9]+")
_JSON_WORDS = ("null", "true", "false", "yes", "no")
_SAME = Text("ほかは同じ事業者", "the same business")
_STORY = Text("規定の境目を確かめる例です。", "It stands at a border of the rules.")


def pasted(company: Company, name: str, book: RuleBook) -> str:
    """Return the example called after `name`, below a line that says for which file it is.

    Its facts are put over those of the example that it is like; where that one is of another frame, all are written.
    """
    is_own = company.like.rule_set == company.rule_set
    facts = company.moved if is_own else {**facts_of_example(company.like), **company.moved}
    title = _title(facts if is_own else company.moved, book)
    return "\n".join(
        (
            f"# rules/{company.rule_set.rpartition('/')[0]}/examples/{company.rule_set.rpartition('/')[2]}.yaml",
            f"  {_slug(name)}:",
            f"    title: {_text(title)}",
            f"    story: {_text(_STORY)}",
            f"    kind: {company.like.kind}",
            *((f"    rounds: [{company.round}]",) if company.round is not None else ()),
            *((f"    like: {company.like.name}",) if is_own else ()),
            f"    facts: {_flow({**facts, **dict.fromkeys(company.gone, 'unknown')})}",
            f"    expected: {_flow(_expected(company.answer))}",
        )
    )


def _expected(answer: JsonObject) -> JsonObject:
    return {name: value for name, value in answer.items() if name not in _WITHOUT and value is not None}


def _title(moved: Mapping[str, JsonValue], book: RuleBook) -> Text:
    parts = list(_said(moved, book))[:2]
    if not parts:
        return _SAME
    return Text("、".join(one.ja for one in parts), ", ".join(one.en for one in parts))


def _said(moved: Mapping[str, JsonValue], book: RuleBook) -> Iterator[Text]:
    known, _ = read_facts(book, moved)
    for name in moved:
        fact = book.facts.get(name)
        if fact is None:
            continue
        words = _worded(fact, known.get(name))  # type: ignore[arg-type]  # lists and records have no words of their own
        if words is None:
            yield fact.label
        else:
            yield Text(f"{fact.label.ja}：{words.ja}", f"{fact.label.en}: {words.en}")


def _worded(fact: FactDefinition, value: Scalar) -> Text | None:
    if fact.kind in (Kind.LIST, Kind.RECORD) or value is None:
        return fact.none_label if value is None else None
    if fact.kind is Kind.CHOICE:
        return next((choice.label for choice in fact.choices if choice.name == value), None)
    return figure_text(fact.kind, value, fact.unit)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _text(text: Text) -> str:
    return f'{{ja: "{text.ja}", en: "{text.en}"}}'


def _flow(value: JsonValue) -> str:
    match value:
        case dict():
            return f"{{{', '.join(f'{name}: {_flow(one)}' for name, one in value.items())}}}"
        case list():
            return f"[{', '.join(map(_flow, value))}]"
        case bool() | None | int():
            return json.dumps(value)
        case Fraction():
            return str(Decimal(value.numerator) / Decimal(value.denominator))
        case str() if _PLAIN.fullmatch(value) and value not in _JSON_WORDS and not _is_number(value):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) is not None
