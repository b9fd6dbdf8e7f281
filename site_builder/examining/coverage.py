"""What worked examples reach of a frame in a round: each rule that it has, with the examples that come to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.evaluation import Facts, evaluate
from calculator.expressions import Expression, Fact, Named, facts_of, parts_of
from calculator.rulebook import Award, ClawbackCase, FrameRules
from calculator.text import Text
from site_builder.examining.companies import facts_of_example
from site_builder.examining.equivalence import functions_of
from site_builder.examining.subject import Call, Subject
from site_builder.rules.model import Example
from site_builder.rules.notation import expression_text
from site_builder.rules.resolution.inheritance import shared_with

_OF_CASES = ("rate", "limit", "class", "repayment")
_OF_REPAYMENT, _OF_DATES = "clawback", "schedule"


@dataclass(frozen=True, slots=True)
class Reached:
    """One outcome of a `rule`: what it is called, its condition as the rule language writes it, and who reaches it.

    `sort` says what the rule is: a requirement (which is to be failed), a rate, a limit, an uplift, a class, a point or
    a case of repayment. `facts` and `definitions` are what the condition reads. `by` names the worked examples. Where
    there are none, and frames share the rule, `elsewhere` names those of other frames in that round.
    """

    sort: str
    rule: str
    name: str
    label: Text | None
    condition: str
    facts: tuple[str, ...]
    definitions: tuple[str, ...]
    by: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether no worked example shows it."""
        return not self.by and not self.elsewhere


@dataclass(frozen=True, slots=True)
class Coverage:
    """A frame in a round with everything that its rules tell apart."""

    frame: str
    title: Text
    round: int | None
    rows: tuple[Reached, ...]
    examples: int

    @property
    def missing(self) -> tuple[Reached, ...]:
        """What no worked example reaches."""
        return tuple(row for row in self.rows if row.is_missing)


def coverages_of(calls: Sequence[Call], subject: Subject) -> tuple[Coverage, ...]:
    """Return what the worked examples of each of these frames in their rounds reach.

    What frames share need not be reached in each of them.
    """
    alone = [(call, coverage_of(call, subject)) for call in calls]
    return tuple(replace(one, rows=tuple(_with_others(row, call, alone) for row in one.rows)) for call, one in alone)


def _with_others(row: Reached, call: Call, alone: Sequence[tuple[Call, Coverage]]) -> Reached:
    """Return the row with the examples of other frames, where it is of a rule that they have just so."""
    part = None if row.by else _shared_part(row, call)
    if part is None:
        return row
    reaching = tuple(
        f"{one.frame.rpartition('/')[2]}: {example}"
        for other, one in alone
        if (other.rule_set.slug, other.round.number) == (call.rule_set.slug, call.round.number)
        for each in one.rows
        if (each.name, each.condition) == (row.name, row.condition) and _shared_part(each, other) == part
        for example in each.by
    )
    return replace(row, elsewhere=reaching)


def _shared_part(row: Reached, call: Call) -> object:
    """Return what the rule stands in as it is written, where the budget has it; None where it is the frame's own."""
    shared = shared_with(call.frame, call.rule_set)
    match row.sort:
        case "requirement":
            return next((one for one in shared.requirements if one.code.value == row.rule), None)
        case "selection":
            weighed = (*shared.selection.bonuses, *shared.selection.deductions)
            return next((one for one in weighed if one.code.value == row.rule), None)
        case "class":
            return shared.classes
        case "repayment" if call.frame.clawback is None:
            return shared.clawback
    return None


def coverage_of(call: Call, subject: Subject) -> Coverage:
    """Return what the worked examples of the frame in the round reach."""
    examples = [one for one in subject.rules.examples if (one.rule_set, one.round) == (call.name, call.round.number)]
    rows = tuple(_rows(call, subject, examples))
    return Coverage(call.name, call.rules.name, call.round.number, rows, len(examples))


def _rows(call: Call, subject: Subject, examples: Sequence[Example]) -> Iterator[Reached]:
    facts, rules = subject.drafts.facts.facts, call.rules
    assessor = Assessor(subject.rules.book)
    known = {}
    for one in examples:
        stated, _ = read_facts(subject.rules.book, facts_of_example(one))
        known[one.name] = (one.kind, assessor.known_facts(rules, stated))
    labels = _labels(rules)
    for name, cases in functions_of(rules, facts):
        sort = _sort_of(name, rules)
        asked = {
            example: applicant
            for example, (kind, applicant) in known.items()
            if kind != _OF_DATES and (kind == _OF_REPAYMENT) is (sort == "repayment")
        }
        reached = {example: _first(cases, applicant) for example, applicant in asked.items()}
        for at, (when, outcome) in enumerate(cases):
            if sort != "requirement" and outcome is None:
                continue
            if sort == "requirement" and at == 0:
                continue  # that it is met shows little; that it fails is the case after it
            condition = cases[0][0] if sort == "requirement" else when
            yield Reached(
                sort=sort,
                rule=name,
                name=f"{name} {at + 1}" if sort in _OF_CASES and len(cases) > 1 else name,
                label=labels.get((name, 0 if sort == "requirement" else at)),
                condition="" if condition is None else expression_text(condition, facts),
                facts=() if condition is None else tuple(sorted(_direct_facts(condition))),
                definitions=() if condition is None else tuple(sorted(_definitions(condition))),
                by=tuple(example for example, case in reached.items() if case == at),
            )


def _first(cases: Sequence[tuple[Expression | None, object]], facts: Facts) -> int | None:
    """Return the case that is certainly the first that holds, or None while that is open."""
    for at, (when, _) in enumerate(cases):
        holds = True if when is None else evaluate(when, facts)
        if holds is True:
            return at
        if holds is not False:
            return None
    return None


def _sort_of(name: str, rules: FrameRules) -> str:
    of_joint = () if rules.joint is None else rules.joint.requirements
    if name in {one.code for one in (*rules.requirements, *of_joint)}:
        return "requirement"
    if name in {one.code for one in (*rules.bonuses, *rules.deductions)}:
        return "selection"
    if name == "whole" or name.startswith("part "):
        return "repayment"
    return name.partition(" ")[0] if name != "later rate" else "rate"


def _labels(rules: FrameRules) -> Mapping[tuple[str, int], Text]:
    of_joint = () if rules.joint is None else rules.joint.requirements
    found = {(one.code, 0): one.label for one in (*rules.requirements, *of_joint)}
    found |= {(one.code, 0): one.label for one in (*rules.bonuses, *rules.deductions)}
    found |= {("class", at): one.label for at, one in enumerate(rules.classes)}
    if rules.award is not None:
        found |= _labels_of_award(rules.award)
    if rules.clawback is not None:
        found |= _labels_of_cases("whole", rules.clawback.whole)
        for part in rules.clawback.parts:
            found |= _labels_of_cases(f"part {part.name}", part.cases)
    return found


def _labels_of_award(award: Award) -> dict[tuple[str, int], Text]:
    limit = award.upper_limit
    found = {(name, at): case.sentence for at, case in enumerate(award.rates) for name in ("rate", "later rate")}
    found |= {("limit", at): tier.sentence for at, tier in enumerate(limit.tiers)}
    return found | {(f"uplift {at}", 0): uplift.sentence for at, uplift in enumerate(limit.uplifts, 1)}


def _labels_of_cases(name: str, cases: Sequence[ClawbackCase]) -> dict[tuple[str, int], Text]:
    return {(name, at): case.label for at, case in enumerate(cases)}


def _definitions(expression: Expression) -> frozenset[str]:
    """Return the definitions that are named in `expression` itself, not those inside them."""
    if isinstance(expression, Named):
        return frozenset({expression.name})
    return frozenset().union(*(_definitions(part) for part in parts_of(expression)))


def _direct_facts(expression: Expression) -> frozenset[str]:
    """Return the facts that `expression` reads otherwise than through a definition."""
    match expression:
        case Named():
            return frozenset()
        case Fact():
            return facts_of(expression)
        case _:
            below = frozenset().union(*(_direct_facts(part) for part in parts_of(expression)))
            return below | (facts_of(expression) if hasattr(expression, "rows") else frozenset())


def facts_by_definition(call: Call) -> Mapping[str, tuple[str, ...]]:
    """Return the facts that each definition in the frame's rules reads."""
    found: dict[str, tuple[str, ...]] = {}
    for _, cases in functions_of(call.rules, call.drafts.facts.facts):
        for when, _ in cases:
            for one in () if when is None else _named(when):
                found[one.name] = tuple(sorted(facts_of(one.body)))
    return found


def _named(expression: Expression) -> Iterator[Named]:
    if isinstance(expression, Named):
        yield expression
    else:
        for part in parts_of(expression):
            yield from _named(part)
