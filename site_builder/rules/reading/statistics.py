"""statistics.yaml: how many applied and were adopted, what budgets aim at, and how large they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError
from site_builder.rules.drafts.statistics import BudgetDraft, ResultDraft, StatisticsDraft, TargetDraft
from site_builder.rules.reading.statements import citation, rule_set
from site_builder.sources.fields import Fields, keyed, name_of, or_word, scalar, sequence, whole_number
from site_builder.sources.forms import like
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node, ScalarNode

#: Written where a source does not give a number.
_NOT_PRINTED = "not_printed"
_COUNT = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})*|0")
_FIGURE = re.compile(r"[a-z][a-z0-9_]*")


def statistics_file(node: Node) -> StatisticsDraft:
    """Read statistics.yaml."""
    with Fields(node, "statistics.yaml") as fields:
        return StatisticsDraft(
            results=fields.required("results", sequence(_result, "the results")),
            targets=fields.required("targets", sequence(_target, "the targets")),
            budgets=fields.required("budgets", keyed(_budget, "the budgets")),
        )


def _result(node: Node) -> ResultDraft:
    with Fields(node, "a result") as fields:
        return ResultDraft(
            place=node.place(),
            rule_set=fields.required("rule_set", rule_set),
            round=fields.optional("round", whole_number),
            frame=fields.optional("frame", name_of("frame")),
            label=fields.optional("label", text_draft),
            applied=fields.required("applied", or_word(_NOT_PRINTED, _count)),
            adopted=fields.required("adopted", or_word(_NOT_PRINTED, _count)),
            citation=fields.required("citation", citation),
            remark=fields.optional("remark", text_draft),
        )


def _target(node: Node) -> TargetDraft:
    with Fields(node, "a target") as fields:
        return TargetDraft(fields.required("rule_set", rule_set), fields.required("statement", name_of("statement")))


def _budget(_: ScalarNode, node: Node) -> BudgetDraft:
    with Fields(node, "a budget") as fields:
        return BudgetDraft(
            label=fields.required("label", text_draft),
            rule_set=fields.required("rule_set", rule_set),
            figure=fields.required("figure", name_of("figure")),
        )


def _count(node: Node) -> int | ScalarNode:
    """Read a number of applications, or the name of a figure that has it."""
    hint = f"write 5,721, the name of a figure, or {_NOT_PRINTED}"
    written = scalar(node, form=like(_COUNT, hint) | like(_FIGURE, hint))
    if _COUNT.fullmatch(written.value):
        return int(written.value.replace(",", ""))
    if _FIGURE.fullmatch(written.value):
        return written
    raise GuidanceError(written.place(), f"'{written.value}' is not a number of applications", hint, "bad-literal")
