"""Definitions and figures: what files give a name to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError
from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
from site_builder.rules.literals import literal
from site_builder.rules.reading.conditions import condition
from site_builder.rules.reading.statements import citation
from site_builder.rules.tokens import KEYWORDS
from site_builder.sources.fields import Fields, keyed, name_of, word
from site_builder.sources.forms import like
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.sources.nodes import Node, ScalarNode

#: Names that expressions can write: no word of the language, and no stroke, which means minus.
_FOR_EXPRESSIONS = like(
    re.compile(rf"(?!(?:{'|'.join(sorted(KEYWORDS))})$)[a-z][a-z0-9_]*"),
    "names are small letters, digits and _, begin with a letter, and are no words of the language",
)


def definitions(node: Node) -> Mapping[str, DefinitionDraft]:
    """Read named conditions."""
    return keyed(definition, "definitions", expression_name)(node)


def figures(node: Node) -> Mapping[str, FigureDraft]:
    """Read named values."""
    return keyed(figure, "figures", expression_name)(node)


def changed_figures(node: Node) -> Mapping[str, FigureDraft]:
    """Read values of figures that have a name elsewhere."""
    return keyed(figure, "figures", name_of("figure"))(node)


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


def expression_name(key: Node) -> ScalarNode:
    """Read a name that expressions can write."""
    name = word(key, _FOR_EXPRESSIONS)
    if name.value in KEYWORDS:
        raise GuidanceError(
            name.place(), f"'{name.value}' is a word of the language", "choose another name", "bad-name"
        )
    if "-" in name.value:
        raise GuidanceError(
            name.place(), f"'{name.value}' cannot be used in an expression", "write _ instead of -", "bad-name"
        )
    return name
