"""The scope of each place: what is shared, then a rule set's, then a frame's names, with the round's figures on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, assert_never

from calculator.expressions import Constant
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.text import Text
from site_builder.rules.drafts.awards import AwardDraft, OpenAwardDraft
from site_builder.rules.drafts.carried import AddedDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.rules.resolution.changing import award_in
from site_builder.rules.scope import Scope
from site_builder.rules.syntax import NameSyntax, ValueSyntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_builder.rules.drafts.awards import RangeDraft
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.named import FigureDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.statements import CitationDraft

T = TypeVar("T")
_Found: TypeAlias = "dict[str, tuple[ValueDraft, CitationDraft]]"


def shared_scope(rules: RulesDraft) -> Scope:
    """Return the scope of definitions.yaml, with its own figures: no open points."""
    figures = _constants(rules.defined.figures)
    return Scope(
        facts=rules.facts.facts,
        sources=rules.sources,
        definitions=rules.definitions,
        figures=figures,
        words=_Words(figures),
        open_points={},
    )


def rule_set_scope(rules: RulesDraft, rule_set: RuleSetDraft, round_: RoundDraft | None) -> Scope:
    """Return the scope of a rule set in a round, or outside of rounds."""
    figures = _constants(figures_in_force(rule_set.file.figures, {}, round_))
    shared = {**rules.definitions, **rule_set.file.definitions}
    added = AddedDraft() if round_ is None else round_.added
    return replace(
        shared_scope(rules),
        definitions=_with_more(shared, added.definitions),
        figures=figures,
        words=_Words(figures),
        open_points=_with_more(rule_set.file.head.open_points, added.open_points),
        rule_set=rule_set.slug,
        round=None if round_ is None else round_.number,
        is_in_round=round_ is not None,
    )


def frame_scope(rules: RulesDraft, rule_set: RuleSetDraft, frame: FrameDraft, round_: RoundDraft | None) -> Scope:
    """Return the scope of a frame in a round; its texts can name the figures of its award too."""
    scope = rule_set_scope(rules, rule_set, round_)
    figures = _constants(figures_in_force(rule_set.file.figures, frame.figures, round_))
    award = {name: constant for name, (constant, _) in award_figures(award_in(frame, round_), figures).items()}
    return replace(
        scope,
        definitions={**scope.definitions, **frame.definitions},
        figures=figures,
        words=_Words({**figures, **award}),
    )


def is_offered(frame: FrameDraft, round_: RoundDraft) -> bool:
    """Say whether the frame is offered in that round, or in the one call of its budget."""
    if frame.offered.rounds is None:
        return round_.number is None
    return any(number == round_.number for number, _ in frame.offered.rounds)


def figures_in_force(
    of_rule_set: Mapping[str, FigureDraft], of_frame: Mapping[str, FigureDraft], round_: RoundDraft | None
) -> dict[str, FigureDraft]:
    """Return the figures: the rule set's, over them the frame's, the round's own, over all those that it changes."""
    figures = _with_more(of_rule_set, {} if round_ is None else round_.added.figures)
    for name, figure in of_frame.items():
        figures[name] = put_over(figures.get(name, figure), figure)
    for name, figure in ({} if round_ is None else round_.figures).items():
        if name in figures:
            figures[name] = put_over(figures[name], figure)
    return figures


def _with_more(names: Mapping[str, T], added: Mapping[str, T]) -> dict[str, T]:
    """Return what has a name, and behind it what a round adds; a name that is given twice, and refused, stays so."""
    return {**names, **{name: one for name, one in added.items() if name not in names}}


def put_over(below: FigureDraft, figure: FigureDraft) -> FigureDraft:
    """Return `figure`, labelled as `below` if it has no label; one of another kind is reported by `checking`."""
    if figure.value.kind is not below.value.kind:
        return below
    return replace(figure, label=below.label if figure.label is None else figure.label)


def fixed_value(draft: ValueDraft, figures: Mapping[str, Constant]) -> Constant | None:
    """Return the value of `draft` where it is written out or one of `figures`; None where it has to be worked out."""
    match draft.expression.syntax:
        case ValueSyntax(constant=constant):
            found = constant
        case NameSyntax(name=name):
            found = figures.get(name)
        case _:
            found = None
    return found if found is not None and found.kind is draft.kind else None


def award_figures(
    award: AwardDraft | OpenAwardDraft | None, figures: Mapping[str, Constant]
) -> dict[str, tuple[Constant, CitationDraft]]:
    """Return the figures of an award that texts can name, with their places in the documents.

    `figures` are those in force. What is not the same for everybody is left out.
    """
    match award:
        case None:
            found: _Found = {}
        case OpenAwardDraft():
            found = _range_figures("rate", award.rate) | _range_figures("upper_limit", award.upper_limit)
        case AwardDraft():
            found = _rate_figures(award) | _limit_figures(award)
        case _:
            assert_never(award)
    fixed = {name: (fixed_value(value, figures), citation) for name, (value, citation) in found.items()}
    constants = {name: (value, citation) for name, (value, citation) in fixed.items() if value is not None}
    return constants | _highest(award, constants)


def yen(amount: Constant) -> int:
    """Return the yen of an amount."""
    assert isinstance(amount.value, int)  # noqa: S101 - what the kind means
    assert amount.kind is Kind.YEN  # noqa: S101 - it was read as an amount
    return amount.value


def _rate_figures(award: AwardDraft) -> _Found:
    cases = enumerate(award.rates, 1)
    return {f"rate.{at}": (case.rate, case.citation) for at, case in cases if isinstance(case.rate, ValueDraft)}


def _limit_figures(award: AwardDraft) -> _Found:
    upper, lower = award.upper_limit, award.lower_limit
    found = {f"upper_limit.{at}": (tier.amount, upper.citation) for at, tier in enumerate(upper.tiers, 1)}
    found |= {f"uplift.{at}": (uplift.amount, uplift.citation) for at, uplift in enumerate(upper.uplifts, 1)}
    return found if lower is None else found | {"lower_limit": (lower.amount, lower.citation)}


def _range_figures(name: str, draft: RangeDraft | None) -> _Found:
    if draft is None:
        return {}
    return {f"{name}.least": (draft.least, draft.citation), f"{name}.most": (draft.most, draft.citation)}


def _highest(
    award: AwardDraft | OpenAwardDraft | None, constants: Mapping[str, tuple[Constant, CitationDraft]]
) -> dict[str, tuple[Constant, CitationDraft]]:
    """Return the highest upper limit, where every tier's is the same for everybody."""
    if not isinstance(award, AwardDraft):
        return {}
    tiers = [constants.get(f"upper_limit.{at}") for at, _ in enumerate(award.upper_limit.tiers, 1)]
    amounts = [tier[0] for tier in tiers if tier is not None]
    if not amounts or len(amounts) < len(tiers):
        return {}
    return {"upper_limit.most": (max(amounts, key=yen), award.upper_limit.citation)}


def _constants(figures: Mapping[str, FigureDraft]) -> dict[str, Constant]:
    return {name: figure.value.constant for name, figure in figures.items()}


class _Words(Mapping[str, Text]):
    """Figures as texts have them, worded when a text names them: each scope has hundreds, and few are named."""

    def __init__(self, figures: Mapping[str, Constant]) -> None:
        self._figures = figures
        self._worded: dict[str, Text] = {}

    def __getitem__(self, name: str) -> Text:
        """Return the figure called `name` in words."""
        words = self._worded.get(name)
        if words is None:
            constant = self._figures[name]
            words = self._worded[name] = worded(constant.kind, constant.value)
        return words

    def __contains__(self, name: object) -> bool:
        """Say whether there is one."""
        return name in self._figures

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._figures)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._figures)

    def __eq__(self, other: object) -> bool:
        """Say whether the same figures have the same names."""
        return isinstance(other, _Words) and self._figures == other._figures

    __hash__ = None  # type: ignore[assignment]


@lru_cache(maxsize=1 << 14, typed=True)
def worded(kind: Kind, value: Any) -> Text:  # noqa: ANN401 - whatever a figure can be
    """Return a figure as texts have it: each scope has hundreds, and they are the same hundreds.

    Raises:
        ValueError: there is no such value of that kind.
    """
    return figure_text(kind, value)
