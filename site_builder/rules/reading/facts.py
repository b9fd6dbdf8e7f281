"""facts.yaml: what is asked of an applicant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculator.kinds import Kind
from calculator.rulebook import AmountPart, Choice, FactDefinition, FactGroup, RowField, WorkedOut
from site_builder.errors import GuidanceError, name_hint
from site_builder.rules.drafts.facts import FactsDraft, Renamed
from site_builder.rules.reading.named import expression_name
from site_builder.rules.reading.statements import asking_text, plain_text
from site_builder.sources.fields import (
    Fields,
    keyed,
    mapping,
    named,
    one_of,
    scalar,
    some,
    truth,
    whole_number,
    word_text,
)
from site_builder.sources.forms import TextForm
from site_builder.sources.nodes import MappingNode, ScalarNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.text import Text
    from site_builder.errors import Place
    from site_builder.sources.fields import Reader
    from site_builder.sources.nodes import Node

MOMENTS = ("call_opens", "applications_open", "applications_close")
_SIMPLE_KINDS = (Kind.YES_NO, Kind.CHOICE, Kind.YEN, Kind.COUNT, Kind.PERCENT, Kind.DATE, Kind.MOMENT)
_FACT_KINDS = (*_SIMPLE_KINDS, Kind.LIST, Kind.RECORD)


def facts_file(node: Node) -> FactsDraft:
    """Read facts.yaml."""
    with Fields(node, "facts.yaml") as fields:
        groups = fields.required("groups", some(_group, "groups"))
        facts = fields.required("facts", lambda facts: _facts(facts, groups))
        return FactsDraft(
            groups=groups,
            facts=facts,
            formerly=fields.default("formerly", some(_renamed, "formerly"), absent=()),
            places=fields.default("facts", _places, {}),
        )


def _places(node: Node) -> Mapping[str, Place]:
    return {entry.key.value: entry.key.place() for entry in mapping(node, "facts").entries}


def _renamed(node: Node) -> Renamed:
    with Fields(node, "a former name") as fields:
        return Renamed(fields.required("was", scalar), fields.required("now", scalar))


def _group(node: Node) -> FactGroup:
    with Fields(node, "a group") as fields:
        return FactGroup(
            name=fields.required("name", word_text),
            title=fields.required("title", plain_text),
            asked=fields.default("asked", truth, absent=True),
        )


def _facts(node: Node, groups: tuple[FactGroup, ...] | None) -> Mapping[str, FactDefinition]:
    names = None if groups is None else [group.name for group in groups]
    counts = _counts(node)
    found = keyed(lambda name, fact: _fact(name.value, fact, names, counts), "facts", expression_name)(node)
    return {fact.name: fact for with_parts in found.values() for fact in with_parts}


def _counts(node: Node) -> list[str]:
    """Return the names of the counts that everybody has."""
    facts = {entry.key.value: entry.value for entry in mapping(node, "facts").entries}
    kinds = {name: fact.get("kind") for name, fact in facts.items() if isinstance(fact, MappingNode)}
    return [
        name
        for name, kind in kinds.items()
        if kind is not None and isinstance(kind.value, ScalarNode) and kind.value.value == Kind.COUNT
        if mapping(facts[name], "a fact").get("optional") is None
    ]


def _fact(name: str, node: Node, groups: list[str] | None, counts: list[str]) -> tuple[FactDefinition, ...]:
    """Return the fact, and after a record its parts."""
    with Fields(node, "a fact") as fields:
        kind = fields.kind("kind", _kind_among(_FACT_KINDS), _FACT_KINDS)
        group = fields.required("group", lambda group: _known_group(group, groups))
        fact = _definition(name, fields, kind, group)
        if kind is Kind.PERCENT:
            fact = replace(fact, grows_over=fields.optional("grows_over", lambda years: _known_count(years, counts)))
        if kind is Kind.YEN or (kind is Kind.PERCENT and fields.has("grows_over")):
            fact = replace(fact, worked_out=fields.optional("worked_out", _worked_out))
        parts = fields.required("parts", lambda node: _parts(fact, node)) if kind is Kind.RECORD else ()
        return (fact, *(parts or ()))


def _worked_out(node: Node) -> WorkedOut:
    with Fields(node, "what a fact is worked out from") as fields:
        return WorkedOut(fields.required("add", _amount_parts), fields.default("take_off", _amount_parts, absent=()))


def _amount_parts(node: Node) -> tuple[AmountPart, ...]:
    labels = named(plain_text, "amounts")(node)
    return tuple(AmountPart(name, label) for name, label in labels.items())


def _parts(record: FactDefinition, node: Node) -> tuple[FactDefinition, ...]:
    return tuple(keyed(lambda name, part: _part(record, name.value, part), "parts", expression_name)(node).values())


def _part(record: FactDefinition, name: str, node: Node) -> FactDefinition:
    with Fields(node, "a part") as fields:
        kind = fields.kind("kind", _kind_among(_SIMPLE_KINDS), _SIMPLE_KINDS)
        return replace(_definition(f"{record.name}.{name}", fields, kind, record.group), record=record.name)


def _definition(name: str, fields: Fields, kind: Kind, group: str) -> FactDefinition:
    optional = fields.flag("optional")
    return FactDefinition(
        name=name,
        group=group,
        kind=kind,
        label=fields.required("label", plain_text),
        question=fields.required("question", asking_text),
        explanation=fields.optional("explanation", plain_text),
        unit=fields.optional("unit", plain_text),
        at_least=fields.optional("at_least", whole_number),
        at_most=fields.optional("at_most", whole_number),
        optional=optional,
        none_label=_required_if(fields, "none_label", plain_text, holds=optional),
        choices=_choices_of(fields, kind),
        fields=fields.required("fields", _columns) if kind is Kind.LIST else (),
        changeable=fields.default("changeable", truth, absent=False),
        given_by_round=fields.optional("given_by_round", one_of(MOMENTS, "a schedule has no '{}'", "unknown-name")),
        given_by_award=kind is Kind.YEN and fields.default("given_by_award", truth, absent=False),
        yes_sentence=_required_if(fields, "yes_sentence", plain_text, holds=kind is Kind.YES_NO),
        no_sentence=_required_if(fields, "no_sentence", plain_text, holds=kind is Kind.YES_NO),
    )


def _required_if(fields: Fields, key: str, read: Reader[Text], *, holds: bool) -> Text | None:
    """Return the value of `key`, which must be there if `holds`, and must not be otherwise."""
    return fields.required(key, read) if holds else None


def _columns(node: Node) -> tuple[RowField, ...]:
    return tuple(keyed(_column, "fields", expression_name)(node).values())


def _column(name: ScalarNode, node: Node) -> RowField:
    with Fields(node, "a field") as fields:
        kind = fields.kind("kind", _kind_among(_SIMPLE_KINDS), _SIMPLE_KINDS)
        return RowField(
            name=name.value,
            kind=kind,
            label=fields.required("label", plain_text),
            choices=_choices_of(fields, kind),
            optional=fields.default("optional", truth, absent=False),
        )


def _choices_of(fields: Fields, kind: Kind | None) -> tuple[Choice, ...]:
    return fields.required("choices", _choices) if kind is Kind.CHOICE else ()


def _choices(node: Node) -> tuple[Choice, ...]:
    labels = named(plain_text, "choices")(node)
    return tuple(Choice(name, label) for name, label in labels.items())


def _kind_among(kinds: tuple[Kind, ...]) -> Reader[Kind]:
    read = one_of(kinds, "no fact is of the kind '{}'", "unknown-kind")
    return lambda node: Kind(read(node))


def _known_group(node: Node, groups: list[str] | None) -> str:
    group = scalar(node, form=TextForm(names=("group",)))
    if groups is None or group.value in groups:
        return group.value
    hint = name_hint(group.value, groups, "add it to `groups`")
    raise GuidanceError(group.place(), f"no group is called '{group.value}'", hint, "unknown-name")


def _known_count(node: Node, counts: list[str]) -> str:
    name = scalar(node, form=TextForm(names=("fact",)))
    if name.value in counts:
        return name.value
    hint = name_hint(name.value, counts, "name the fact that says over how many years")
    raise GuidanceError(name.place(), f"no count that everybody has is called '{name.value}'", hint, "unknown-name")
