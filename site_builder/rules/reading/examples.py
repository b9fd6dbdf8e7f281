"""Worked examples: their facts and answers are JSON, as the assess contract has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from site_builder.errors import Place
from site_builder.rules.drafts.examples import ExampleDraft, ExamplesDraft
from site_builder.sources.fields import Fields, keyed, mapping, named, one_of, scalar, some, truth, whole_number, word
from site_builder.sources.forms import TextForm
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

KINDS = ("eligibility", "reexam", "rate_change", "joint", "consortium", "tiered", "simple", "clawback", "schedule")

_CONSTANTS: dict[str, bool | None] = {"null": None, "true": True, "yes": True, "false": False, "no": False}


def examples_file(frame: str, node: Node) -> ExamplesDraft:
    """Read the examples of `frame`."""
    with Fields(node, "a file of examples") as fields:
        return ExamplesDraft(node.file, frame, fields.required("examples", keyed(_example, "examples")))


def _example(name: ScalarNode, node: Node) -> ExampleDraft:
    with Fields(node, "an example") as fields:
        return ExampleDraft(
            name=name,
            title=fields.required("title", text_draft),
            story=fields.required("story", text_draft),
            published=fields.default("published", truth, absent=False),
            kind=fields.required("kind", one_of(KINDS, "the calculator answers no kind '{}'", "unknown-kind")),
            rounds=fields.optional("rounds", some(whole_number, "rounds")),
            facts=fields.default("facts", _facts, {}),
            answers=fields.default("facts", _answers, ()),
            like=fields.optional("like", word),
            expected=fields.required("expected", json_object),
            expected_at=fields.required("expected", _places),
            rounds_at=fields.default("rounds", some(_round_at, "rounds"), ()),
        )


def _answers(node: Node) -> tuple[tuple[ScalarNode, Node], ...]:
    return tuple((entry.key, entry.value) for entry in mapping(node, "this").entries)


def _round_at(node: Node) -> tuple[int, Place]:
    return whole_number(node), scalar(node).place()


def _places(node: Node) -> Mapping[str, Place]:
    return {entry.key.value: entry.key.place() for entry in mapping(node, "this").entries}


def _facts(node: Node) -> Mapping[str, Json]:
    return named(json_of, "the facts", _fact_of_a_case)(node)


def _fact_of_a_case(key: Node) -> ScalarNode:
    return scalar(key, form=TextForm(names=("fact of a case",)))


def json_object(node: Node) -> Mapping[str, Json]:
    """Return the JSON object that `node` writes."""
    return {entry.key.value: json_of(entry.value) for entry in mapping(node, "this").entries}


def json_of(node: Node) -> Json:
    """Return the JSON that `node` writes: without quotes, null, true, false, yes, no and numbers are themselves."""
    match node:
        case SequenceNode(parts=parts):
            return [json_of(part) for part in parts]
        case MappingNode(entries=entries):
            return {entry.key.value: json_of(entry.value) for entry in entries}
        case ScalarNode(value=value, style=Style.PLAIN):
            return _plain_json(value)
        case ScalarNode(value=value):
            return value


def _plain_json(value: str) -> Json:
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if re.fullmatch(r"-?[0-9]+", value):
        return int(value)
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", value):
        return float(value)
    return value
