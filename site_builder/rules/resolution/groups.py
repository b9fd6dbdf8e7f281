"""Groups of applicants in one round: joint applications, consortia, and awards that are had together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.rulebook import AwardPart, Consortium, JointApplication, Pool
from site_builder.rules.award_wording import pool_sentence
from site_builder.rules.compilation import compile_value
from site_builder.rules.resolution.requirements import requirements
from site_builder.rules.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.rules.alike import Alike
    from site_builder.rules.drafts.groups import ConsortiumDraft, JointDraft, PoolDraft
    from site_builder.rules.scope import Scope
    from site_builder.sources.nodes import ScalarNode


def joint(draft: JointDraft, scope: Scope, alike: Alike) -> JointApplication:
    """Return the rules for several applicants in one application."""
    return JointApplication(
        members=draft.members.value,
        requested=compile_value(draft.requested, scope),
        requirements=requirements(draft.requirements, scope, alike),
        citation=scope.citation(draft.citation),
    )


def consortium(draft: ConsortiumDraft, scope: Scope) -> Consortium:
    """Return the rules for a group each of whose members is paid by its own cost."""
    return Consortium(
        size=draft.size.value,
        costs=draft.costs.rows.value,
        field=draft.costs.amount.value,
        pool=None if draft.pool is None else _pool(draft.pool, scope),
        citation=scope.citation(draft.citation),
    )


def parts(drafts: Mapping[str, ScalarNode], rule_set: str) -> tuple[AwardPart, ...]:
    """Return the awards that are had together, with the full names of their frames."""
    return tuple(AwardPart(name, f"{rule_set}/{frame.value}") for name, frame in drafts.items())


def _pool(draft: PoolDraft, scope: Scope) -> Pool:
    amount = compile_value(draft.amount, scope)
    return Pool(
        amount=amount,
        allocation=draft.allocation.rows.value,
        field=draft.allocation.amount.value,
        code=draft.code.value,
        label=scope.text(draft.label),
        sentence=pool_sentence(Wording(scope).term(amount)),
        citation=scope.citation(draft.citation),
    )
