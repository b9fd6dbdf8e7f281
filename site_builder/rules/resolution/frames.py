"""A frame in each of its rounds: what decides, and what its page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.figures import figure_text
from calculator.rulebook import (
    AccountLeadTime,
    ApplicantClass,
    Frame,
    FrameRules,
    NotOffered,
    RateChange,
    Reexamination,
    Requirement,
    ScheduledMoment,
    SelectionItem,
)
from site_builder.rules.compilation import compile_condition
from site_builder.rules.model import Figure, FrameInRound
from site_builder.rules.resolution.awards import award
from site_builder.rules.resolution.scopes import award_figures, figures_in_force, frame_scope, rule_set_scope
from site_builder.rules.resolution.statements import definitions, figure, notes, notes_beside, statement, statements
from site_builder.rules.wording import Wording

if TYPE_CHECKING:
    from site_builder.rules.drafts import (
        AccountLeadTimeDraft,
        ClassDraft,
        FrameDraft,
        NotOfferedDraft,
        RateChangeDraft,
        ReexaminationDraft,
        RequirementDraft,
        RoundDraft,
        RulesDraft,
        RuleSetDraft,
        SelectionItemDraft,
    )
    from site_builder.rules.model import Example
    from site_builder.rules.scope import Scope


def frame(rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft) -> Frame:
    """Return the frame with its rules in every round in which it is offered, and in every placeholder."""
    scope = frame_scope(rules, rule_set, draft, None)
    resolved: dict[int | None, FrameRules] = {}
    for round_ in rule_set.rounds.values():
        if round_.placeholder is not None:
            resolved[round_.number] = _placeholder(rules, rule_set, draft, round_)
        elif is_offered(draft, round_):
            resolved[round_.number] = frame_rules(rules, rule_set, draft, round_)
    not_offered = _not_offered(rule_set.file.head.not_offered, rule_set_scope(rules, rule_set, None))
    return Frame(f"{rule_set.slug}/{draft.slug}", scope.text(draft.name), resolved, not_offered)


def is_offered(draft: FrameDraft, round_: RoundDraft) -> bool:
    """Say whether the frame is offered in that round."""
    return any(number == round_.number for number, _ in draft.offered.rounds)


def frame_rules(rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft) -> FrameRules:
    """Return all rules of the frame in that round."""
    scope = frame_scope(rules, rule_set, draft, round_)
    shared = rule_set.file.shared
    costs = shared.eligible_costs if draft.award.eligible_costs is None else draft.award.eligible_costs
    assert costs is not None  # noqa: S101 - checked: the frame or the rule set has them
    return FrameRules(
        rule_set=f"{rule_set.slug}/{draft.slug}",
        round=round_.number,
        name=scope.text(draft.name),
        requirements=(
            *(_requirement(requirement, scope, additional=False) for requirement in shared.requirements),
            *(_requirement(requirement, scope, additional=True) for requirement in draft.requirements),
        ),
        award=award(draft.award, costs, shared.rounding, scope),
        classes=tuple(_class(name, class_, scope) for name, class_ in shared.classes.items()),
        bonuses=_selection((*shared.selection.bonuses, *draft.selection.bonuses), scope),
        deductions=_selection((*shared.selection.deductions, *draft.selection.deductions), scope),
        reexamination=_reexamination(draft.reexamination, rule_set.slug, scope),
        rate_change=_rate_change(shared.rate_change, scope),
        schedule=printed_moments(round_, scope),
        other_moments=tuple(
            ScheduledMoment(moment.name, moment.at, scope.citation(moment.citation)) for moment in shared.other_moments
        ),
        account_lead_time=_account_lead_time(shared.account_lead_time, scope),
    )


def frame_in_round(
    rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft, examples: tuple[Example, ...]
) -> FrameInRound:
    """Return what the frame's page of that round shows; `examples` are those of the frame in that round."""
    scope = frame_scope(rules, rule_set, draft, round_)
    resolved = frame_rules(rules, rule_set, draft, round_)
    shared = rule_set.file.shared
    all_notes = (
        *notes(rule_set.file.head.notes, rule_set_scope(rules, rule_set, round_)),
        *notes(round_.notes, rule_set_scope(rules, rule_set, round_)),
        *notes(draft.notes, scope),
    )
    return FrameInRound(
        slug=draft.slug,
        rules=resolved,
        purpose=statement("purpose", draft.purpose, scope),
        applicants=statements(shared.applicants, scope),
        additional_statements=statements(draft.additional_statements, scope),
        repayment=statements(shared.repayment if draft.repayment is None else draft.repayment, scope),
        notes=notes_beside(all_notes, codes_of(rule_set, draft)),
        figures=_figures(rule_set, draft, round_, scope),
        examples=examples,
        definitions=definitions(scope.definitions, scope),
        outlines={
            requirement.code.value: Wording(scope).outline(compile_condition(requirement.condition, scope))
            for requirement in (*shared.requirements, *draft.requirements)
        },
        offered=scope.citation(draft.offered.citation),
    )


def printed_moments(round_: RoundDraft, scope: Scope) -> tuple[ScheduledMoment, ...]:
    """Return the moments of the schedule that are printed with their hour."""
    return tuple(
        ScheduledMoment(name, moment.at, scope.citation(moment.citation))
        for name, moment in round_.schedule.items()
        if moment is not None and moment.at is not None
    )


def codes_of(rule_set: RuleSetDraft, draft: FrameDraft) -> frozenset[str]:
    """Return every code that a note of the frame can stand beside."""
    shared = rule_set.file.shared
    found = [requirement.code for requirement in (*shared.requirements, *draft.requirements)]
    for selection in (shared.selection, draft.selection):
        found += [part.code for part in (*selection.bonuses, *selection.deductions)]
    found += [draft.award.lower_limit.code, rule_set.file.head.not_offered.code]
    found += [] if draft.reexamination is None else [draft.reexamination.code]
    return frozenset(code.value for code in found)


def _placeholder(rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft) -> FrameRules:
    assert round_.placeholder is not None  # noqa: S101 - asked by the caller
    return FrameRules(
        rule_set=f"{rule_set.slug}/{draft.slug}",
        round=round_.number,
        name=frame_scope(rules, rule_set, draft, round_).text(draft.name),
        requirements=(),
        award=None,
        open_points=(round_.placeholder.value,),
    )


def _requirement(draft: RequirementDraft, scope: Scope, *, additional: bool) -> Requirement:
    condition = compile_condition(draft.condition, scope)
    return Requirement(
        code=draft.code.value,
        label=scope.text(draft.label),
        sentence=Wording(scope).condition(condition),
        condition=condition.expression,
        citation=scope.citation(draft.citation),
        explanation=scope.maybe_text(draft.explanation),
        additional=additional,
    )


def _selection(drafts: tuple[SelectionItemDraft, ...], scope: Scope) -> tuple[SelectionItem, ...]:
    return tuple(_selection_item(draft, scope) for draft in drafts)


def _selection_item(draft: SelectionItemDraft, scope: Scope) -> SelectionItem:
    condition = compile_condition(draft.condition, scope)
    return SelectionItem(
        code=draft.code.value,
        label=scope.text(draft.label),
        sentence=Wording(scope).condition(condition),
        condition=condition.expression,
        citation=scope.citation(draft.citation),
    )


def _class(name: str, draft: ClassDraft, scope: Scope) -> ApplicantClass:
    return ApplicantClass(name, scope.text(draft.label), compile_condition(draft.condition, scope).expression)


def _reexamination(draft: ReexaminationDraft | None, rule_set: str, scope: Scope) -> Reexamination | None:
    if draft is None:
        return None
    return Reexamination(
        frame=None if draft.frame is None else f"{rule_set}/{draft.frame.value}",
        code=draft.code.value,
        label=scope.text(draft.label),
        sentence=scope.text(draft.text),
        citation=scope.citation(draft.citation),
    )


def _rate_change(draft: RateChangeDraft | None, scope: Scope) -> RateChange | None:
    if draft is None:
        return None
    return RateChange(draft.fact.value, draft.by.value, scope.text(draft.text), scope.citation(draft.citation))


def _account_lead_time(draft: AccountLeadTimeDraft | None, scope: Scope) -> AccountLeadTime | None:
    if draft is None:
        return None
    return AccountLeadTime(draft.at_least, draft.at_most, scope.citation(draft.citation))


def _not_offered(draft: NotOfferedDraft, scope: Scope) -> NotOffered:
    return NotOffered(draft.code.value, scope.text(draft.label), scope.text(draft.text), scope.citation(draft.citation))


def _figures(rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft, scope: Scope) -> dict[str, Figure]:
    in_force = figures_in_force(rule_set.file.figures, draft.figures, round_)
    found = {name: figure(name, one, scope) for name, one in in_force.items()}
    for name, (constant, citation) in award_figures(draft.award).items():
        words = figure_text(constant.kind, constant.value)
        found[name] = Figure(name, constant, words, scope.citation(citation))
    return found
