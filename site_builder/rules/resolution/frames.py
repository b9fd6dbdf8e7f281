"""A frame in each of its rounds: what decides, and what its page shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from calculator.expressions import facts_of
from calculator.rulebook import (
    AccountLeadTime,
    Frame,
    FrameRules,
    LaterStep,
    NotOffered,
    RateChange,
    Reexamination,
    ScheduledDay,
    ScheduledMoment,
)
from site_builder.rules.alike import Alike
from site_builder.rules.compilation import compile_count
from site_builder.rules.drafts.awards import AwardDraft, OpenAwardDraft
from site_builder.rules.model import Figure, Follows, FrameInRound
from site_builder.rules.resolution.awards import award, open_award
from site_builder.rules.resolution.changing import naming
from site_builder.rules.resolution.clawbacks import clawback
from site_builder.rules.resolution.confirming import in_round
from site_builder.rules.resolution.groups import consortium, joint, parts
from site_builder.rules.resolution.inheritance import (
    TOPICS_OF_ALL,
    codes_of,
    shared_with,
)
from site_builder.rules.resolution.requirements import classes, outlines, point_limits, requirements, selection
from site_builder.rules.resolution.scopes import (
    award_figures,
    figures_in_force,
    frame_scope,
    is_offered,
    rule_set_scope,
    worded,
)
from site_builder.rules.resolution.statements import TOPICS, definition, figure, notes, statement, statements
from site_builder.rules.resolution.unconfirmed import noting_unconfirmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.rulebook import Award, Citation
    from calculator.text import Text
    from site_builder.rules.drafts.carried import CarriedDraft
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FollowsDraft, FrameDraft, ReexaminationDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.rule_sets import AccountLeadTimeDraft, NotOfferedDraft, RateChangeDraft
    from site_builder.rules.model import DefinitionInWords, Example, Note
    from site_builder.rules.resolution.confirming import InRound
    from site_builder.rules.scope import Scope
    from site_builder.sources.nodes import ScalarNode

    #: What is alike of what a budget shares, and of what is a frame's own.
    _Alike: TypeAlias = tuple[Alike, Alike]


def frame(rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, in_rounds: tuple[FrameRules, ...]) -> Frame:
    """Return the frame with its rules in every round in which it is offered, is a placeholder, or cannot be told.

    `in_rounds` are its rules in the rounds that have it (`frame_in_round`).
    """
    scope = frame_scope(rules, rule_set, draft, None)
    name = f"{rule_set.slug}/{draft.slug}"
    known = {one.round: one for one in in_rounds}
    found = {
        number: _open_in_round(rules, rule_set, draft, number) or known.get(number)
        for number in numbers_of(rule_set, draft)
    }
    resolved = {number: one for number, one in found.items() if one is not None}
    not_offered = _not_offered(rule_set.file.head.not_offered, rule_set_scope(rules, rule_set, None))
    return Frame(name, scope.text(draft.name), resolved, not_offered)


def numbers_of(rule_set: RuleSetDraft, draft: FrameDraft) -> tuple[int | None, ...]:
    """Return the rounds of the budget, and those of which only the frame says that nobody can tell, each once."""
    not_known = draft.offered.not_known
    more = () if not_known is None else tuple(number for number, _ in not_known.rounds)
    return tuple(dict.fromkeys((*rule_set.rounds, *more)))


def rules_in_round(
    rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, number: int | None
) -> FrameRules | None:
    """Return the rules of the frame in a round, those of a placeholder included; None where it is not offered."""
    left_open, round_ = _open_in_round(rules, rule_set, draft, number), rule_set.rounds.get(number)
    if left_open is not None or round_ is None or not is_offered(draft, round_):
        return left_open
    return _frame_rules(in_round(rules, rule_set, round_), draft.slug)


def _open_in_round(
    rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, number: int | None
) -> FrameRules | None:
    """Return the rules of the frame in a round of which nobody can tell; None where it can be told."""
    name, not_known = f"{rule_set.slug}/{draft.slug}", draft.offered.not_known
    if not_known is not None and any(number == one for one, _ in not_known.rounds):
        return _left_open(name, number, frame_scope(rules, rule_set, draft, None).text(draft.name), not_known.point)
    round_ = rule_set.rounds.get(number)
    if round_ is not None and round_.placeholder is not None:
        words = frame_scope(rules, rule_set, draft, round_).text(draft.name)
        return _left_open(name, number, words, round_.placeholder)
    return None


def _frame_rules(here: InRound, slug: str) -> FrameRules:
    """Return all rules of a frame in the round."""
    draft = here.rule_set.frames[slug]
    scope = frame_scope(here.rules, here.rule_set, draft, here.round)
    return _rules_under(scope, here.rules, here.rule_set, draft, here.round, (Alike(), Alike()))


def _rules_under(
    scope: Scope, rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft, alike: _Alike
) -> FrameRules:
    """Return the rules; what is alike in several rounds is kept with what the budget shares, or what is the frame's."""
    shared, (among_all, own) = shared_with(draft, rule_set), alike
    paid = award(draft.award, shared, scope, own) if isinstance(draft.award, AwardDraft) else None
    bonuses = (
        *selection(shared.selection.bonuses, scope, among_all),
        *selection(draft.selection.bonuses, scope, own),
    )
    deductions = (
        *selection(shared.selection.deductions, scope, among_all),
        *selection(draft.selection.deductions, scope, own),
    )
    found = FrameRules(
        rule_set=f"{rule_set.slug}/{draft.slug}",
        round=round_.number,
        name=scope.text(draft.name),
        requirements=(
            *requirements(shared.requirements, scope, among_all),
            *requirements(draft.requirements, scope, own, additional=True),
        ),
        award=paid,
        open_award=open_award(draft.award, scope) if isinstance(draft.award, OpenAwardDraft) else None,
        joint=None if shared.joint is None else joint(shared.joint, scope, own),
        consortium=None if draft.consortium is None else consortium(draft.consortium, scope),
        parts=parts(shared.parts, rule_set.slug),
        clawback=None if shared.clawback is None else own.made(clawback, shared.clawback, scope),
        classes=classes(shared.classes, scope, among_all),
        bonuses=bonuses,
        deductions=deductions,
        point_limits=point_limits((*shared.selection.limits, *draft.selection.limits), (*bonuses, *deductions), scope),
        reexamination=_reexamination(draft.reexamination, rule_set.slug, scope),
        rate_change=_rate_change(shared.rate_change, paid, scope),
        schedule=() if draft.own_calls else printed_moments(round_, scope),
        scheduled_days=() if draft.own_calls else printed_days(round_, scope),
        later_steps=_later_steps(rules, rule_set, draft, round_),
        other_moments=tuple(
            ScheduledMoment(moment.name, moment.at, scope.citation(moment.citation)) for moment in shared.other_moments
        ),
        account_lead_time=_account_lead_time(shared.account_lead_time, scope),
    )
    if round_.carried is None:
        return found
    return noting_unconfirmed(found, {name: scope.citation(one.citation) for name, one in scope.definitions.items()})


def frame_in_round(
    rules: RulesDraft,
    rule_set: RuleSetDraft,
    draft: FrameDraft,
    round_: RoundDraft,
    examples: tuple[Example, ...],
    plain: Scope,
    alike: _Alike,
) -> FrameInRound:
    """Return what the frame's page of that round shows; `examples` and `plain`, its scope, are those of that round.

    `alike` keeps what the budget shares, and what is the frame's own, for other rounds in which it is the same.
    """
    used: set[str] = set()
    scope, around = plain.noting(used), rule_set_scope(rules, rule_set, round_).noting(used)
    shared, (among_all, own) = shared_with(draft, rule_set), alike
    of_joint = () if shared.joint is None else shared.joint.requirements
    shown = FrameInRound(
        slug=draft.slug,
        rules=_rules_in(scope, rules, rule_set, draft, round_, alike),
        purpose=statement("purpose", draft.purpose, scope),
        applicants=statements(shared.applicants, scope),
        additional_statements=statements(draft.additional_statements, scope),
        repayment=statements(shared.repayment, scope),
        notes=_notes_beside(around, scope, rule_set, draft, round_),
        figures=_figures(rule_set, draft, round_, plain),
        examples=examples,
        definitions=_definitions(draft, plain, alike),
        outlines={
            **outlines(shared.requirements, scope, among_all),
            **outlines((*draft.requirements, *of_joint), scope, own),
        },
        offered=plain.citation(draft.offered.citation),
        stands_alone=draft.stands_alone,
        own_calls=draft.own_calls,
        tags=tuple(tag.value for tag in draft.tags),
        follows=_follows(draft.follows, scope),
        dropped={} if round_.carried is None else dict(_dropped(draft.slug, round_.carried, plain)),
    )
    return replace(shown, named=frozenset(used))


def _dropped(slug: str, carried: CarriedDraft, scope: Scope) -> Iterator[tuple[str, Citation]]:
    """Yield what the round itself drops of the rules of the frame `slug`, and where its documents show that."""
    for listed in (carried.requirements, carried.selection):
        if listed is not None:
            yield from ((name.value, scope.citation(listed.citation)) for name in listed.dropped)
    for of_award in carried.awards:
        if of_award.citation is not None and slug in [name.value for name in of_award.frames]:
            yield from ((name, scope.citation(of_award.citation)) for name in of_award.dropped)
    for of_repayment in naming(slug, carried.repayments):
        if of_repayment.citation is not None:
            yield from ((name.value, scope.citation(of_repayment.citation)) for name in of_repayment.dropped)


def _definitions(draft: FrameDraft, scope: Scope, alike: _Alike) -> dict[str, DefinitionInWords]:
    """Return all definitions by name, those of the frame as its own."""
    among_all, own = alike
    return {
        name: (own if name in draft.definitions else among_all).made(definition, one, scope)
        for name, one in scope.definitions.items()
    }


def printed_moments(round_: RoundDraft, scope: Scope) -> tuple[ScheduledMoment, ...]:
    """Return the moments of the schedule that are printed with their hour."""
    return tuple(
        ScheduledMoment(name, moment.at, scope.citation(moment.citation))
        for name, moment in round_.schedule.items()
        if moment is not None and moment.at is not None
    )


def printed_days(round_: RoundDraft, scope: Scope) -> tuple[ScheduledDay, ...]:
    """Return the days of the schedule that are printed without an hour."""
    return tuple(
        ScheduledDay(name, day.on, scope.citation(day.citation))
        for name, day in round_.schedule.items()
        if day is not None and day.on is not None
    )


def _later_steps(
    rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft
) -> tuple[LaterStep, ...]:
    """Return what the rule set and the round say of the time after the deadline, the round of its own calls alone."""
    scope = rule_set_scope(rules, rule_set, round_)
    drafts = {**rule_set.file.head.statements, **({} if draft.own_calls else round_.statements)}
    said = ((name, statement(name, one, scope)) for name, one in drafts.items() if one.after_deadline)
    return tuple(LaterStep(name, one.label, one.text, one.citation) for name, one in said)


def _notes_beside(
    around: Scope, scope: Scope, rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft
) -> tuple[Note, ...]:
    """Return the notes that stand beside something of the frame, its own last; `around` is that of all others."""
    about = codes_of(draft, rule_set) | set(TOPICS_OF_ALL if draft.stands_alone else TOPICS)
    shared = (
        {name: note for name, note in drafts.items() if note.about.value in about}
        for drafts in (rule_set.file.head.notes, round_.notes)
    )
    return (*(note for drafts in shared for note in notes(drafts, around)), *notes(draft.notes, scope))


def _rules_in(
    scope: Scope, rules: RulesDraft, rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft, alike: _Alike
) -> FrameRules:
    """Return the frame's rules in the round; in a placeholder nothing of them is known."""
    if round_.placeholder is None:
        return _rules_under(scope, rules, rule_set, draft, round_, alike)
    return _left_open(f"{rule_set.slug}/{draft.slug}", round_.number, scope.text(draft.name), round_.placeholder)


def _left_open(rule_set: str, number: int | None, name: Text, point: ScalarNode) -> FrameRules:
    """Return the rules of a round of which nobody can tell; `point` says why."""
    return FrameRules(
        rule_set=rule_set,
        round=number,
        name=name,
        requirements=(),
        award=None,
        open_points=(point.value,),
    )


def _follows(draft: FollowsDraft | None, scope: Scope) -> Follows | None:
    return None if draft is None else Follows(draft.frame.value, scope.citation(draft.citation))


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


def _rate_change(draft: RateChangeDraft | None, paid: Award | None, scope: Scope) -> RateChange | None:
    """Return the change of the rate after adoption; a frame whose rate does not rest on the fact has none."""
    if draft is None or paid is None:
        return None
    if not any(draft.fact.value in facts_of(case.when) for case in paid.rates if case.when is not None):
        return None
    return RateChange(draft.fact.value, draft.by.value, scope.text(draft.text), scope.citation(draft.citation))


def _account_lead_time(draft: AccountLeadTimeDraft | None, scope: Scope) -> AccountLeadTime | None:
    if draft is None:
        return None
    least, most = (compile_count(value, scope) * draft.unit_days for value in (draft.at_least, draft.at_most))
    return AccountLeadTime(scope.text(draft.name), least, most, scope.citation(draft.citation))


def _not_offered(draft: NotOfferedDraft, scope: Scope) -> NotOffered:
    return NotOffered(draft.code.value, scope.text(draft.label), scope.text(draft.text), scope.citation(draft.citation))


def _figures(rule_set: RuleSetDraft, draft: FrameDraft, round_: RoundDraft, scope: Scope) -> dict[str, Figure]:
    in_force = figures_in_force(rule_set.file.figures, draft.figures, round_)
    found = {name: figure(name, one, scope) for name, one in in_force.items()}
    for name, (constant, citation) in award_figures(draft.award, scope.figures).items():
        found[name] = Figure(name, constant, worded(constant.kind, constant.value), scope.citation(citation))
    return found
