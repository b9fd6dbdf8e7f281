"""The scope of each place: what is shared, then a rule set's, then a frame's names, with the round's figures on top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculator.expressions import Constant
from calculator.figures import figure_text
from calculator.kinds import Kind
from site_builder.rules.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.text import Text
    from site_builder.rules.drafts import (
        AwardDraft,
        CitationDraft,
        FigureDraft,
        FrameDraft,
        RoundDraft,
        RulesDraft,
        RuleSetDraft,
    )


def shared_scope(rules: RulesDraft) -> Scope:
    """Return the scope of definitions.yaml: no figures, no open points."""
    return Scope(
        facts=rules.facts.facts,
        sources=rules.sources,
        definitions=rules.definitions,
        figures={},
        words={},
        open_points={},
    )


def rule_set_scope(rules: RulesDraft, rule_set: RuleSetDraft, round_: RoundDraft | None) -> Scope:
    """Return the scope of a rule set in a round, or outside of rounds."""
    figures = _constants(figures_in_force(rule_set.file.figures, {}, round_))
    return replace(
        shared_scope(rules),
        definitions={**rules.definitions, **rule_set.file.definitions},
        figures=figures,
        words=_words(figures),
        open_points=rule_set.file.head.open_points,
        rule_set=rule_set.slug,
        round=None if round_ is None else round_.number,
    )


def frame_scope(rules: RulesDraft, rule_set: RuleSetDraft, frame: FrameDraft, round_: RoundDraft | None) -> Scope:
    """Return the scope of a frame in a round; its texts can name the figures of its award too."""
    scope = rule_set_scope(rules, rule_set, round_)
    figures = _constants(figures_in_force(rule_set.file.figures, frame.figures, round_))
    award = {name: constant for name, (constant, _) in award_figures(frame.award).items()}
    return replace(
        scope,
        definitions={**scope.definitions, **frame.definitions},
        figures=figures,
        words=_words({**figures, **award}),
    )


def figures_in_force(
    of_rule_set: Mapping[str, FigureDraft], of_frame: Mapping[str, FigureDraft], round_: RoundDraft | None
) -> dict[str, FigureDraft]:
    """Return the figures: the rule set's, over them the frame's, over both those that the round changes."""
    figures = dict(of_rule_set)
    for name, figure in of_frame.items():
        figures[name] = _put_over(figures.get(name, figure), figure)
    for name, figure in ({} if round_ is None else round_.figures).items():
        if name in figures:
            figures[name] = _put_over(figures[name], figure)
    return figures


def _put_over(below: FigureDraft, figure: FigureDraft) -> FigureDraft:
    """Return `figure`, labelled as `below` if it has no label; one of another kind is reported by `checking`."""
    if figure.value.kind is not below.value.kind:
        return below
    return replace(figure, label=below.label if figure.label is None else figure.label)


def award_figures(award: AwardDraft) -> dict[str, tuple[Constant, CitationDraft]]:
    """Return the figures of an award that texts can name, with their places in the documents."""
    amounts = [tier.amount.constant for tier in award.upper_limit.tiers]
    limit = award.upper_limit.citation
    figures = {f"rate.{at}": (case.rate.constant, case.citation) for at, case in enumerate(award.rates, 1)}
    figures |= {f"upper_limit.{at}": (amount, limit) for at, amount in enumerate(amounts, 1)}
    if amounts:
        figures["upper_limit.most"] = (max(amounts, key=yen), limit)
    figures["lower_limit"] = (award.lower_limit.amount.constant, award.lower_limit.citation)
    return figures


def yen(amount: Constant) -> int:
    """Return the yen of an amount."""
    assert isinstance(amount.value, int)  # noqa: S101 - what the kind means
    assert amount.kind is Kind.YEN  # noqa: S101 - it was read as an amount
    return amount.value


def _constants(figures: Mapping[str, FigureDraft]) -> dict[str, Constant]:
    return {name: figure.value.constant for name, figure in figures.items()}


def _words(figures: Mapping[str, Constant]) -> dict[str, Text]:
    return {name: figure_text(constant.kind, constant.value) for name, constant in figures.items()}
