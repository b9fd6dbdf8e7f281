"""Values of awards and repayment as written."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.kinds import Kind
from site_builder.rules.syntax import ExpressionDraft
from site_builder.sources.nodes import ScalarNode


@dataclass(frozen=True, slots=True)
class ValueDraft:
    """A value of `kind`: any expression if it `varies` from one applicant to another, else a literal or a figure."""

    expression: ExpressionDraft
    kind: Kind
    varies: bool

    @property
    def node(self) -> ScalarNode:
        """Return where it is written."""
        return self.expression.node
