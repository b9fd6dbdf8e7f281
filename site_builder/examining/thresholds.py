"""Thresholds and the worked examples on both sides: comparisons as they are written go in, missing sides come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from calculator.cases import read_facts
from calculator.evaluation import Facts, Unknown, evaluate
from calculator.expressions import Compare, Comparison, Constant, Expression, Fact, Scalar
from site_builder.errors import Place
from site_builder.examining.companies import Company, facts_of_example
from site_builder.examining.findings import Finding
from site_builder.examining.knobs import Turning
from site_builder.examining.pasting import pasted
from site_builder.examining.subject import Call, Subject
from site_builder.examining.syntax_changes import smallest_steps
from site_builder.rules.compilation import compile_condition
from site_builder.rules.drafts.awards import AwardDraft
from site_builder.rules.drafts.conditions import ConditionDraft
from site_builder.rules.drafts.folder import RuleSetDraft
from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.notation import literal
from site_builder.rules.resolution.carrying import line_of
from site_builder.rules.resolution.inheritance import shared_with
from site_builder.rules.resolution.scopes import figures_in_force
from site_builder.rules.syntax import CompareSyntax, ExpressionDraft, NameSyntax, Span, Syntax, ValueSyntax
from site_builder.sources.nodes import ScalarNode

_ORDERED = (Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.MORE_THAN, Comparison.AT_LEAST)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value that something measured is compared with: where the value stands, and what it belongs to."""

    place: Place
    of: str
    measured: Expression
    value: Constant
    comparison: Comparison

    @property
    def sides(self) -> tuple[Side, Side]:
        """The two sides of the border: the value itself, and what is nearest on the other side."""
        lower, higher = (one.value for one in smallest_steps(self.value))
        now = self.value.value
        if self.comparison in (Comparison.AT_MOST, Comparison.MORE_THAN):  # the border is just after the value
            return Side("at", now, lower, now), Side("above", higher, now, higher)
        return Side("at", now, lower=now, upper=higher, is_upper=False), Side(
            "below", lower, lower, now, is_upper=False
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a threshold, no wider than a smallest step, and a value on it.

    Of its two ends the `upper` belongs to it, or else the `lower`.
    """

    name: str
    value: Scalar
    lower: Scalar
    upper: Scalar
    is_upper: bool = True

    def has(self, value: object) -> bool:
        """Say whether a measured value lies on this side."""
        if value is None or isinstance(value, Unknown | bool | str):
            return False
        if self.is_upper:
            return bool(self.lower < value <= self.upper)  # type: ignore[operator]  # values of one kind
        return bool(self.lower <= value < self.upper)  # type: ignore[operator]  # the same


def examine_thresholds(subject: Subject) -> Iterator[Finding]:
    """Yield each threshold of which no worked example stands at it, or just on its other side."""
    stated = _stated(subject)
    missing: dict[tuple[Place, str, str], list[tuple[Call, Threshold, Side]]] = {}
    met: set[tuple[Place, str, str]] = set()
    for call in subject.calls:
        for one in thresholds_of(call):
            for side in one.sides:
                key = (one.place, one.of, side.name)
                if key in met:
                    continue
                missing.setdefault(key, []).append((call, one, side))
                rounds = _rounds_with(one.place, call.rule_set)
                here = (facts for number in rounds for facts in stated.get((call.rule_set.slug, number), ()))
                if any(side.has(evaluate(one.measured, facts)) for facts in here):
                    met.add(key)
                    del missing[key]
    for places in missing.values():
        yield _finding(places, subject)


def _finding(places: Sequence[tuple[Call, Threshold, Side]], subject: Subject) -> Finding:
    """Return the finding, shown by the company that fails least besides, of all frames with the threshold."""
    call, one, side = places[-1]
    value = literal(one.value.kind, one.value.value)
    sentence = f"no worked example stands {'at' if side.name == 'at' else f'just {side.name}'} {value}"
    shown = chain.from_iterable(_companies_at(*place, subject) for place in places) if subject.is_shown else ()
    company = min(shown, key=lambda each: len(_failed_by(each)), default=None)
    example = None if company is None else pasted(company, f"{one.of.split()[-1]} {side.name}", subject.rules.book)
    hint = "add a worked example on that side"
    of = f"{one.of} {value} {side.name}"
    return Finding("threshold-one-side", one.place, of, sentence, hint, example, rounds=(call.round.number,))


def _companies_at(call: Call, one: Threshold, side: Side, subject: Subject) -> Iterator[Company]:
    for base in subject.companies.bases(call.name, call.round.number):
        if base.kind not in ("eligibility", "simple", "consortium", "joint"):
            continue
        for facts in Turning(subject.rules.book, facts_of_example(base)).to(one.measured, [side.value]):
            known, mistakes = read_facts(subject.rules.book, facts)
            if mistakes or not side.has(evaluate(one.measured, known)):
                continue
            company = subject.companies.judged(base, call.name, call.round.number, facts)
            if company is not None:
                yield company
                break


def _failed_by(company: Company) -> list[object]:
    failed = company.answer.get("failed")
    return failed if isinstance(failed, list) else []


def thresholds_of(call: Call) -> Iterator[Threshold]:
    """Yield the values with which conditions of requirements, definitions, rates and tiers compare something."""
    shared, own = shared_with(call.frame, call.rule_set), call.frame
    figures = figures_in_force(call.rule_set.file.figures, own.figures, call.round)
    award = own.award if isinstance(own.award, AwardDraft) else None
    written: list[tuple[str, ConditionDraft]] = [
        (f"{call.rule_set.slug} {one.code.value}", one.condition) for one in (*shared.requirements, *own.requirements)
    ]
    if award is not None:
        written += [(f"{call.name} rate", case.when) for case in award.rates if case.when is not None]
        written += [(f"{call.name} uplift", uplift.when) for uplift in award.upper_limit.uplifts]
    named = {name for _, one in written for name in _definitions_in(one, call)}
    written += [(f"definitions {name}", call.scope.definitions[name].condition) for name in sorted(named)]
    for of, condition in written:
        for draft in parts_under(condition):
            if isinstance(draft, ExpressionDraft):
                for comparison in _comparisons(draft.syntax):
                    yield from _threshold(of, draft, comparison, call, figures)
    yield from _tiers(call, award, figures)


def _threshold(
    of: str, draft: ExpressionDraft, comparison: CompareSyntax, call: Call, figures: dict[str, FigureDraft]
) -> Iterator[Threshold]:
    compiled = compile_condition(ExpressionDraft(comparison, draft.node), call.scope).expression
    match compiled:
        case Compare(sign, left, Constant(value=value) as right) if value is not None:
            yield Threshold(_place_of(comparison.right, draft.node, figures), of, left, right, sign)


def _tiers(call: Call, award: AwardDraft | None, figures: dict[str, FigureDraft]) -> Iterator[Threshold]:
    if award is None or award.upper_limit.by is None:
        return
    fact = award.upper_limit.by.value
    for tier in award.upper_limit.tiers[:-1]:
        value = None if tier.end is None else tier.end.within(call.scope.figures)
        if tier.end is not None and value is not None:
            figure = figures.get(tier.end.node.value)
            place = tier.end.node.place() if figure is None else figure.value.node.place()
            yield Threshold(place, f"{call.name} upper_limit", Fact(fact), value, Comparison.AT_MOST)


def _comparisons(syntax: Syntax) -> Iterator[CompareSyntax]:
    """Yield the comparisons of order with a value or a name, except inside the filter of a list."""
    match syntax:
        case CompareSyntax(comparison=comparison, right=ValueSyntax() | NameSyntax()) if comparison in _ORDERED:
            yield syntax
        case _ if hasattr(syntax, "parts"):
            for part in syntax.parts:
                yield from _comparisons(part)
        case _ if hasattr(syntax, "part"):
            yield from _comparisons(syntax.part)


def _place_of(right: Syntax, node: ScalarNode, figures: dict[str, FigureDraft]) -> Place:
    if isinstance(right, NameSyntax) and right.name in figures:
        return figures[right.name].value.node.place()
    span: Span = right.span
    return node.place(span.start, span.end)


def _definitions_in(condition: ConditionDraft, call: Call) -> Iterator[str]:
    for draft in parts_under(condition):
        if isinstance(draft, ExpressionDraft):
            for name in _names(draft.syntax):
                found: DefinitionDraft | None = call.scope.definitions.get(name)
                if found is not None:
                    yield name
                    yield from _definitions_in(found.condition, call)


def _names(syntax: Syntax) -> Iterator[str]:
    match syntax:
        case NameSyntax(name=name):
            yield name
        case _ if hasattr(syntax, "parts"):
            for part in syntax.parts:
                yield from _names(part)
        case _ if hasattr(syntax, "part"):
            yield from _names(syntax.part)
        case CompareSyntax(left=left, right=right):
            yield from (*_names(left), *_names(right))


def _rounds_with(place: Place, rule_set: RuleSetDraft) -> tuple[int | None, ...]:
    """Return the rounds that can have a threshold at `place`: what a round's file gives, no round before it has."""
    rounds = rule_set.rounds
    owner = next((number for number, one in rounds.items() if one.name.ja.place().path == place.path), None)
    if owner is None:
        return tuple(rounds)
    return tuple(number for number, one in rounds.items() if owner in [each.number for each in line_of(rule_set, one)])


def _stated(subject: Subject) -> Mapping[tuple[str, int | None], list[Facts]]:
    """Return the facts of all examples of each budget in each round."""
    found: dict[tuple[str, int | None], list[Facts]] = {}
    read: dict[Place, Facts] = {}
    for one in subject.rules.examples:
        if one.place not in read:
            read[one.place], _ = read_facts(subject.rules.book, facts_of_example(one))
        found.setdefault((one.rule_set.rpartition("/")[0], one.round), []).append(read[one.place])
    return found
