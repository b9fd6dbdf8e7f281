"""Definitions and figures: what files give a name to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from site_builder.errors import GuidanceError
from site_builder.rules.drafts import DefinitionDraft, FigureDraft
from site_builder.rules.literals import literal
from site_builder.rules.reading.conditions import condition
from site_builder.rules.reading.statements import citation
from site_builder.rules.tokens import KEYWORDS
from site_builder.sources.fields import Fields, keyed, word
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.sources.fields import KeyedReader
    from site_builder.sources.nodes import Node, ScalarNode

T = TypeVar("T")


def definitions(node: Node) -> Mapping[str, DefinitionDraft]:
    """Read named conditions."""
    return keyed(for_expressions(definition), "definitions")(node)


def figures(node: Node) -> Mapping[str, FigureDraft]:
    """Read named values."""
    return keyed(for_expressions(figure), "figures")(node)


def definition(name: ScalarNode, node: Node) -> DefinitionDraft:
    """Read the definition called `name`."""
    with Fields(node, "a definition") as fields:
        return DefinitionDraft(
            name=name,
            label=fields.required("label", text_draft),
            explanation=fields.optional("explanation", text_draft),
            citation=fields.required("citation", citation),
            condition=fields.required("condition", condition),
            yes_sentence=fields.optional("yes_sentence", text_draft),
            no_sentence=fields.optional("no_sentence", text_draft),
        )


def figure(name: ScalarNode, node: Node) -> FigureDraft:
    """Read the figure called `name`."""
    with Fields(node, "a figure") as fields:
        return FigureDraft(
            name=name,
            value=fields.required("value", literal),
            label=fields.optional("label", text_draft),
            citation=fields.required("citation", citation),
        )


def for_expressions(read: KeyedReader[T]) -> KeyedReader[T]:
    """Return `read` for names that expressions can write."""
    return lambda name, node: read(_expression_name(name), node)


def _expression_name(key: ScalarNode) -> ScalarNode:
    name = word(key)
    if name.value in KEYWORDS:
        raise GuidanceError(
            name.place(), f"'{name.value}' is a word of the language", "choose another name", "bad-name"
        )
    if "-" in name.value:
        raise GuidanceError(
            name.place(), f"'{name.value}' cannot be used in an expression", "write _ instead of -", "bad-name"
        )
    return name
