"""Every name, text, citation and expression of the rules looked up in each place where it will be used."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from calculator.kinds import Kind
from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.rules.checking.findings import Findings
from site_builder.rules.checking.references import check_references
from site_builder.rules.compilation import KIND_WORDS, compile_condition, compile_definition, compile_value
from site_builder.rules.drafts.awards import (
    BoundDraft,
    ColumnDraft,
    CostRowsDraft,
    RateCaseDraft,
    UpliftDraft,
    UpperLimitDraft,
)
from site_builder.rules.drafts.clawbacks import ClawbackCaseDraft
from site_builder.rules.drafts.conditions import ConditionDraft
from site_builder.rules.drafts.groups import ConsortiumDraft, JointDraft
from site_builder.rules.drafts.named import DefinitionDraft
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.drafts.requirements import RequirementDraft, SelectionItemDraft
from site_builder.rules.drafts.rule_sets import ClassDraft, RateChangeDraft
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.rules.portions import portion, shared_by_all
from site_builder.rules.resolution.changing import award_in, naming
from site_builder.rules.resolution.inheritance import shared_with
from site_builder.rules.resolution.scopes import frame_scope, is_offered, rule_set_scope, shared_scope
from site_builder.rules.syntax import ExpressionDraft
from site_builder.sources.texts import TextDraft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.rulebook import FactDefinition, RowField
    from site_builder.memo import Memo
    from site_builder.rules.drafts.examples import ExamplesDraft
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.scope import Scope
    from site_builder.sources.nodes import ScalarNode

    _Found: TypeAlias = "tuple[GuidanceError, ...]"

#: The kinds of parts that are checked.
_CHECKED = frozenset(
    {
        TextDraft,
        CitationDraft,
        DefinitionDraft,
        ValueDraft,
        ColumnDraft,
        CostRowsDraft,
        UpperLimitDraft,
        JointDraft,
        ConsortiumDraft,
        RateChangeDraft,
        RequirementDraft,
        SelectionItemDraft,
        ClassDraft,
        UpliftDraft,
        RateCaseDraft,
        ClawbackCaseDraft,
    }
)


def check_names(rules: RulesDraft, memo: Memo) -> Findings:
    """Return everything that is named and is not there or is of the wrong kind.

    What `memo` knows was checked before.
    """
    found = Findings()
    scope, shared = shared_scope(rules), shared_by_all(rules, memo)
    for name, definition in rules.definitions.items():
        found.add((name,), _wrong_in(definition, scope))
    check_scope(tuple(rules.defined.figures.values()), scope, found.errors)
    for programme in rules.programmes:
        found.add((programme.slug,), _wrong_in(programme.file, scope))
        for rule_set in programme.rule_sets:
            _check_rule_set(shared, rule_set, found, memo)
    check_references(rules, found.errors)
    return found


def check_scope(draft: object, scope: Scope, errors: Gathering) -> None:
    """Check every part under `draft` in `scope`."""
    for part in parts_under(draft):
        _check_part(part, scope, errors)


def _wrong_in(draft: object, scope: Scope) -> _Found:
    """Return what is wrong in any part under `draft`."""
    errors = Gathering()
    check_scope(draft, scope, errors)
    return errors.errors


def _check_rule_set(shared: RulesDraft, rule_set: RuleSetDraft, found: Findings, memo: Memo) -> None:
    """Check each part of a rule set, for itself and in each round where it is read."""
    name = (rule_set.slug,)
    found.add(name, memo.made(_in_its_head, shared, portion(rule_set, (), (), memo)))
    for round_ in rule_set.rounds.values():
        found.add(name, memo.made(_in_a_round, shared, portion(rule_set, (), (round_,), memo), round_))
    for frame in rule_set.frames.values():
        _check_frame(shared, rule_set, frame, found, memo)


def _check_frame(shared: RulesDraft, rule_set: RuleSetDraft, frame: FrameDraft, found: Findings, memo: Memo) -> None:
    examples = tuple(file for file in rule_set.examples if file.frame == frame.slug)
    rest = memo.made(_parts_beside, portion(rule_set, (frame,), (), memo), frame, examples, memo)
    offered = (one for one in rule_set.rounds.values() if is_offered(frame, one))
    for rounds in ((), *((one,) for one in offered)):
        alone, round_ = portion(rule_set, (frame,), rounds, memo), next(iter(rounds), None)
        award = memo.made(_parts_of_award, frame, round_)
        for name, parts in (((rule_set.slug, frame.slug, "award"), award), ((rule_set.slug, frame.slug), rest)):
            found.add(name, memo.made(_in_a_frame, shared, alone, frame, round_, parts, memo))


def _in_its_head(shared: RulesDraft, rule_set: RuleSetDraft) -> _Found:
    file = rule_set.file
    return _wrong_in((file.head, file.definitions, file.figures), rule_set_scope(shared, rule_set, None))


def _in_a_round(shared: RulesDraft, rule_set: RuleSetDraft, round_: RoundDraft) -> _Found:
    """Check what the round's file says; awards and repayment name things of their frames, and are checked with them."""
    carried = None if round_.carried is None else replace(round_.carried, awards=(), repayments=())
    return _wrong_in(
        replace(round_, carried=carried, awards=(), repayments=()), rule_set_scope(shared, rule_set, round_)
    )


def _parts_of_award(frame: FrameDraft, round_: RoundDraft | None) -> list[object]:
    """Return the parts that are checked of a frame's award, and of what rounds change of its repayment."""
    changes = () if round_ is None else round_.repayments
    return list(_checked_under((award_in(frame, round_), tuple(naming(frame.slug, changes)))))


def _parts_beside(
    rule_set: RuleSetDraft, frame: FrameDraft, examples: tuple[ExamplesDraft, ...], memo: Memo
) -> list[object]:
    """Return the parts that are checked of a frame beside its award, its share of the rule set and its examples."""
    whole = (shared_with(frame, rule_set), replace(frame, award=None))
    pieces = (*(getattr(one, field.name) for one in whole for field in fields(one)), *examples)
    return [part for piece in pieces for part in memo.made(_checked_under, piece)]


def _checked_under(piece: object) -> tuple[object, ...]:
    """Return the parts that are checked of a piece: what frames take over of their rule set is the same in many."""
    return tuple(part for part in parts_under(piece) if type(part) in _CHECKED)


def _in_a_frame(
    shared: RulesDraft,
    rule_set: RuleSetDraft,
    frame: FrameDraft,
    round_: RoundDraft | None,
    parts: list[object],
    memo: Memo,
) -> _Found:
    errors, scope = Gathering(), memo.made(frame_scope, shared, rule_set, frame, round_)
    outside = portion(rule_set, (frame,), (), memo)
    is_as_outside = round_ is not None and not (round_.awards or round_.repayments)
    if is_as_outside and _is_like(scope, memo.made(frame_scope, shared, outside, frame, None)):
        return ()  # outside of rounds, everything is checked in the same words and figures
    for part in parts:
        _check_part(part, scope, errors)
    return errors.errors


def _is_like(scope: Scope, other: Scope) -> bool:
    """Say whether two scopes of a frame differ in nothing but the round, which only a citation's status rests on."""
    return (scope.figures, scope.words) == (other.figures, other.words)


def _check_part(part: object, scope: Scope, errors: Gathering) -> None:
    match part:
        case TextDraft():
            errors.attempt(partial(scope.text, part))
        case CitationDraft():
            errors.attempt(partial(scope.citation, part))
        case DefinitionDraft():
            _check_definition(part, scope, errors)
        case ValueDraft():
            errors.attempt(partial(compile_value, part, scope))
        case ColumnDraft(rows=rows, amount=amount):
            errors.attempt(partial(_column, amount, rows, Kind.YEN, scope))
        case CostRowsDraft():
            _check_categories(part, scope, errors)
        case UpperLimitDraft():
            _check_tiers(part, scope, errors)
        case JointDraft(members=members):
            errors.attempt(partial(_fact_of_kind, members, (Kind.LIST,), scope))
        case ConsortiumDraft(size=size):
            errors.attempt(partial(_number, size, (Kind.COUNT,), scope))
        case RateChangeDraft(fact=fact, by=by):
            changed = errors.attempt(partial(_fact, fact, scope))
            later = errors.attempt(partial(_fact, by, scope))
            if changed is not None and later is not None and changed.kind is not later.kind:
                sentence = f"'{by.value}' is {KIND_WORDS[later.kind]} and '{fact.value}' is {KIND_WORDS[changed.kind]}"
                hint = "name a fact of the same kind"
                errors.add(GuidanceError(by.place(), sentence, hint, "kinds-differ"))
        case _:
            for condition in _conditions_of(part):
                errors.attempt(partial(compile_condition, condition, scope))


def _conditions_of(part: object) -> Iterator[ConditionDraft]:
    match part:
        case RequirementDraft(condition=condition) | SelectionItemDraft(condition=condition):
            yield from _leaves(condition)
        case ClassDraft(condition=condition) | UpliftDraft(when=condition):
            yield from _leaves(condition)
        case RateCaseDraft(when=condition) | ClawbackCaseDraft(when=condition) if condition is not None:
            yield from _leaves(condition)


def _leaves(condition: ConditionDraft) -> Iterator[ConditionDraft]:
    """Yield the expressions of a condition, so that one wrong part does not hide another."""
    for part in parts_under(condition):
        if isinstance(part, ExpressionDraft):
            yield part


def _check_definition(draft: DefinitionDraft, scope: Scope, errors: Gathering) -> None:
    if isinstance(draft.condition, ExpressionDraft):
        errors.attempt(partial(compile_definition, draft.name.value, scope))
        return
    for condition in _leaves(draft.condition):
        errors.attempt(partial(compile_condition, condition, scope))


def _fact(name: ScalarNode, scope: Scope) -> FactDefinition:
    fact = scope.facts.get(name.value)
    if fact is None:
        hint = name_hint(name.value, scope.facts, "facts are listed in rules/facts.yaml")
        raise GuidanceError(name.place(), f"no fact is called '{name.value}'", hint, "unknown-name")
    return fact


def _check_categories(draft: CostRowsDraft, scope: Scope, errors: Gathering) -> None:
    category = errors.attempt(partial(_column, draft.category, draft.column.rows, Kind.CHOICE, scope))
    names = [] if category is None else [choice.name for choice in category.choices]
    for choice in draft.categories if names else ():
        if choice.value not in names:
            hint = name_hint(choice.value, names, "choices are listed with the fact in rules/facts.yaml")
            sentence = f"'{choice.value}' is not among the choices of '{draft.category.value}'"
            errors.add(GuidanceError(choice.place(), sentence, hint, "unknown-choice"))


def _fact_of_kind(name: ScalarNode, kinds: tuple[Kind, ...], scope: Scope) -> FactDefinition:
    fact = _fact(name, scope)
    if fact.kind not in kinds:
        wanted = " or ".join(KIND_WORDS[kind] for kind in kinds)
        sentence = f"'{name.value}' is {KIND_WORDS[fact.kind]}, not {wanted}"
        raise GuidanceError(name.place(), sentence, "name a fact of that kind", "kinds-differ")
    return fact


def _number(name: ScalarNode, kinds: tuple[Kind, ...], scope: Scope) -> FactDefinition:
    """Return the fact called `name`, which is a number that there always is."""
    fact = _fact_of_kind(name, kinds, scope)
    if scope.may_be_none(fact.name):
        hint = "take a fact that always has a value"
        raise GuidanceError(name.place(), f"'{name.value}' may be none", hint, "bare-optional")
    return fact


def _column(name: ScalarNode, list_fact: ScalarNode, kind: Kind, scope: Scope) -> RowField:
    rows = _fact_of_kind(list_fact, (Kind.LIST,), scope)
    column = next((field for field in rows.fields if field.name == name.value), None)
    if column is None:
        hint = name_hint(name.value, [field.name for field in rows.fields], "fields are listed with the fact")
        sentence = f"no field of '{rows.name}' is called '{name.value}'"
        raise GuidanceError(name.place(), sentence, hint, "unknown-name")
    if column.kind is not kind:
        sentence = f"'{name.value}' is {KIND_WORDS[column.kind]}, not {KIND_WORDS[kind]}"
        raise GuidanceError(name.place(), sentence, "name a field of that kind", "kinds-differ")
    return column


def _check_tiers(draft: UpperLimitDraft, scope: Scope, errors: Gathering) -> None:
    if draft.by is None:
        return
    by = errors.attempt(partial(_number, draft.by, (Kind.COUNT, Kind.YEN), scope))
    bounds = [bound for tier in draft.tiers for bound in (tier.start, tier.end) if bound is not None]
    if by is not None:
        for bound in bounds:
            errors.attempt(partial(_bound_of_kind, bound, by, scope))


def _bound_of_kind(bound: BoundDraft, by: FactDefinition, scope: Scope) -> BoundDraft:
    value, name = bound.within(scope.figures), bound.node.value
    if value is None:
        hint = name_hint(name, scope.figures, "figures are listed in rule_set.yaml and in the frame")
        raise GuidanceError(bound.node.place(), f"no figure is called '{name}'", hint, "unknown-name")
    if value.kind is by.kind:
        return bound
    sentence = f"'{name}' is {KIND_WORDS[value.kind]} and '{by.name}' is {KIND_WORDS[by.kind]}"
    raise GuidanceError(bound.node.place(), sentence, "write the bounds in the kind of the fact", "kinds-differ")
