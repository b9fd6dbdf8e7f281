"""statistics.yaml: how many applied and were adopted, what budgets aim at, and how large they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError
from site_builder.rules.drafts import BudgetDraft, ResultDraft, StatisticsDraft, TargetDraft
from site_builder.rules.reading.statements import citation
from site_builder.sources.fields import Fields, keyed, scalar, sequence, whole_number
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node, ScalarNode

#: Written where a source does not give a number.
_NOT_PRINTED = "not_printed"
_COUNT = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})*|0")


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
            rule_set=fields.required("rule_set", scalar),
            round=fields.optional("round", whole_number),
            frame=fields.optional("frame", scalar),
            label=fields.optional("label", text_draft),
            applied=fields.required("applied", _count),
            adopted=fields.required("adopted", _count),
            citation=fields.required("citation", citation),
            remark=fields.optional("remark", text_draft),
        )


def _target(node: Node) -> TargetDraft:
    with Fields(node, "a target") as fields:
        return TargetDraft(fields.required("rule_set", scalar), fields.required("statement", scalar))


def _budget(name: ScalarNode, node: Node) -> BudgetDraft:
    with Fields(node, f"the budget '{name.value}'") as fields:
        return BudgetDraft(
            label=fields.required("label", text_draft),
            rule_set=fields.required("rule_set", scalar),
            figure=fields.required("figure", scalar),
        )


def _count(node: Node) -> int | ScalarNode | None:
    """Read a number of applications, the name of a figure that has it, or that it is not printed."""
    written = scalar(node)
    if written.value == _NOT_PRINTED:
        return None
    if _COUNT.fullmatch(written.value):
        return int(written.value.replace(",", ""))
    if re.fullmatch(r"[a-z][a-z0-9_]*", written.value):
        return written
    hint = f"write 5,721, the name of a figure, or {_NOT_PRINTED}"
    raise GuidanceError(written.place(), f"'{written.value}' is not a number of applications", hint, "bad-literal")
