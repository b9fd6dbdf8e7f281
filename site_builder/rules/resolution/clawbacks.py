"""Repayment that is worked out, in one round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.expressions import Constant
from calculator.kinds import Kind
from calculator.rulebook import Clawback, ClawbackCase, ClawbackPart, ClawbackTotal
from site_builder.rules.award_wording import clawback_sentence, clawback_total_sentence
from site_builder.rules.compilation import compile_condition, compile_value
from site_builder.rules.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.rules.drafts.clawbacks import ClawbackCaseDraft, ClawbackDraft, ClawbackTotalDraft
    from site_builder.rules.scope import Scope

_NOTHING = Constant(Kind.YEN, 0)


def clawback(draft: ClawbackDraft, scope: Scope) -> Clawback:
    """Return the repayment, with every case in words."""
    return Clawback(
        whole=_cases(draft.whole, scope),
        parts=tuple(
            ClawbackPart(name, scope.text(part.label), _cases(part.cases, scope)) for name, part in draft.parts.items()
        ),
        total=_total(draft.total, scope),
    )


def _cases(drafts: Sequence[ClawbackCaseDraft], scope: Scope) -> tuple[ClawbackCase, ...]:
    return tuple(_case(draft, scope, is_only=len(drafts) == 1) for draft in drafts)


def _case(draft: ClawbackCaseDraft, scope: Scope, *, is_only: bool) -> ClawbackCase:
    wording, is_stated = Wording(scope), draft.counts_only_if_stated
    condition = None if draft.when is None else compile_condition(draft.when, scope)
    when = None if condition is None else wording.condition(condition)
    amount = _NOTHING if draft.amount is None else compile_value(draft.amount, scope)
    return ClawbackCase(
        reason=draft.reason.value,
        label=scope.text(draft.label),
        when=None if condition is None else condition.expression,
        counts_only_if_stated=is_stated,
        amount=amount,
        sentence=clawback_sentence(when, amount, wording, is_stated=is_stated, is_only=is_only),
        citation=scope.citation(draft.citation),
        amount_words=None if amount == _NOTHING else wording.term(amount),
    )


def _total(draft: ClawbackTotalDraft, scope: Scope) -> ClawbackTotal:
    wording = Wording(scope)
    others = None if draft.others is None else compile_value(draft.others, scope)
    ceiling = compile_value(draft.ceiling, scope)
    sentence = clawback_total_sentence(None if others is None else wording.term(others), wording.term(ceiling))
    return ClawbackTotal(
        others=others,
        ceiling=ceiling,
        together=draft.together.reason.value,
        together_label=scope.text(draft.together.label),
        capped=draft.capped.reason.value,
        capped_label=scope.text(draft.capped.label),
        sentence=sentence,
        citation=scope.citation(draft.citation),
    )
