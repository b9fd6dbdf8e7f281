"""Requirements as functions: diagrams go in; what nobody meets, nobody fails or nobody comes to is found, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial, reduce
from typing import cast

from calculator.decision import Condition
from calculator.diagram import Node
from calculator.drawing import Drawing, both
from calculator.expressions import Expression
from calculator.rulebook import FactDefinition
from site_builder.errors import Place
from site_builder.examining.changes import changes_of
from site_builder.examining.equivalence import functions_of
from site_builder.examining.findings import Finding
from site_builder.examining.pasting import pasted
from site_builder.examining.repayments import idle_cases
from site_builder.examining.subject import Call, Subject
from site_builder.examining.syntax_changes import Vocabulary
from site_builder.rules.compilation import compile_condition, compile_definition
from site_builder.rules.drafts.awards import AwardDraft
from site_builder.rules.drafts.clawbacks import ClawbackCaseDraft
from site_builder.rules.drafts.conditions import ConditionDraft
from site_builder.rules.drafts.named import DefinitionDraft
from site_builder.rules.drafts.requirements import RequirementDraft
from site_builder.rules.resolution.inheritance import requirement_codes, shared_with
from site_builder.rules.resolution.scopes import shared_scope


def examine_logic(subject: Subject) -> Iterator[Finding]:
    """Yield what the diagrams of the rules show."""
    for call in subject.calls:
        yield from _of_requirements(call, subject)
        yield from _unreachable(call, subject)
    yield from _parts_of_requirements(subject)
    yield from _parts_of_own_definitions(subject)
    if subject.is_whole:
        yield from _parts_of_definitions(subject)


def _of_requirements(call: Call, subject: Subject) -> Iterator[Finding]:
    always = [one for one in call.decision.conditions if not one.node.children]
    for one in always:
        code = "never-failed" if one.node.value is True else "never-met"
        sentence = f"{'every' if one.node.value is True else 'no'} company meets this requirement"
        hint = "look up the signs and values of its condition, or take it away"
        yield _about(call, one, code, sentence, hint, subject)
    others = [one for one in call.decision.conditions if one not in always]
    if _fails(_all_met(call, _sharing(others))):
        yield _contradiction(call, others, subject)
        return
    for one in others:
        rest = _linked(one, [other for other in others if other is not one])
        if rest and _never_fails_alone(one, rest, call):
            codes = [other.code for other in _smallest(one, rest, call)]
            hint = "take it away, or say in rules/accepted.yaml why it stands here"
            yield _about(
                call, one, "implied-requirement", f"whenever it fails, {_listed(codes)} fails too", hint, subject
            )


def _contradiction(call: Call, conditions: list[Condition], subject: Subject) -> Finding:
    kept = list(conditions)
    for one in conditions:
        fewer = [other for other in kept if other is not one]
        if _fails(_all_met(call, fewer)):
            kept = fewer
    sentence = f"no company can meet {', '.join(one.code for one in kept)} together"
    hint = "one of them must be wrong: look both up in the documents"
    return _about(call, kept[-1], "contradiction", sentence, hint, subject)


def _sharing(conditions: list[Condition]) -> list[Condition]:
    """Return the conditions that read a variable which another reads too: only they can contradict each other."""
    return [
        one for one in conditions if any(one.node.reads & other.node.reads for other in conditions if other is not one)
    ]


def _linked(one: Condition, others: list[Condition]) -> list[Condition]:
    """Return those of `others` that share variables with `one`, or with one that does, and so on."""
    reads = one.node.reads
    found: list[Condition] = []
    while more := [other for other in others if other not in found and other.node.reads & reads]:
        found += more
        reads = reduce(lambda mask, other: mask | other.node.reads, more, reads)
    return found


def _all_met(call: Call, conditions: Iterable[Condition]) -> Node:
    diagrams = call.decision.diagrams
    return reduce(partial(diagrams.combine, both), (one.node for one in conditions), diagrams.leaf(value=True))


def _fails(node: Node) -> bool:
    return not node.children and node.value is False


def _never_fails_alone(one: Condition, rest: Iterable[Condition], call: Call) -> bool:
    alone = call.decision.diagrams.combine(_fails_alone, one.node, _all_met(call, rest))
    return _fails(alone)


def _fails_alone(this: object, others: object) -> bool:
    return this is False and others is True


def _smallest(one: Condition, rest: list[Condition], call: Call) -> list[Condition]:
    """Return fewest-by-removal requirements of which one fails whenever `one` does."""
    kept = list(rest)
    for other in rest:
        fewer = [left for left in kept if left is not other]
        if fewer and _never_fails_alone(one, fewer, call):
            kept = fewer
    return kept


def _about(call: Call, one: Condition, code: str, sentence: str, hint: str, subject: Subject) -> Finding:
    codes = requirement_codes(call.frame, shared_with(call.frame, call.rule_set))
    place = next(written.place() for written in codes if written.value == one.code)
    example = _example(call, one, code, subject) if subject.is_shown else None
    return Finding(code, place, f"{call.name} {one.code}", sentence, hint, example, rounds=(call.round.number,))


def _example(call: Call, one: Condition, code: str, subject: Subject) -> str | None:
    """Return a company that fails the requirement, or one that meets it where nobody can fail it."""
    fails = code != "never-failed"
    company = subject.companies.such_that(
        call.rules, one.expression, lambda answer: (one.code in answer["failed"]) is fails
    )
    return None if company is None else pasted(company, f"{one.code} {code}", subject.rules.book)


def _unreachable(call: Call, subject: Subject) -> Iterator[Finding]:
    facts = subject.drafts.facts.facts
    functions = functions_of(call.rules, facts)
    numbered = [(name, [(when, at) for at, (when, _) in enumerate(cases)]) for name, cases in functions]
    drawing = Drawing.over([when for _, cases in numbered for when, _ in cases if when is not None], facts)
    of_joint = () if call.rules.joint is None else call.rules.joint.requirements
    codes = {one.code for one in (*call.rules.requirements, *of_joint)}
    clawback = call.rules.clawback
    idle = frozenset() if clawback is None else idle_cases(clawback, facts)
    for name, cases in numbered:
        if name in codes:
            continue
        reached = drawing.diagrams.values(drawing.first_of(cases))
        for at, (when, _) in enumerate(cases):
            is_idle = (name.removeprefix("part "), at) in idle
            if (at not in reached or is_idle) and (when is not None or (len(cases) == at + 1 and _is_written(name))):
                yield _never_reached(call, name, at)


def _is_written(name: str) -> bool:
    """Say whether the last case of a function is written in the rules, and not only what is so otherwise."""
    return name in ("rate", "limit") or name.startswith("part ")


def _never_reached(call: Call, name: str, at: int) -> Finding:
    is_one_of_several = _is_written(name) or name in ("class", "whole", "later rate")
    what = f"case {at + 1} of {name}" if is_one_of_several else name
    others = "one before it or of the whole" if name.startswith("part ") else "one before it"
    sentence = f"no company comes to {what}: it never holds, or {others} holds whenever it does"
    hint = "look up its condition and those before it"
    place, rounds = _place_of_case(call, name, at), (call.round.number,)
    return Finding("unreachable", place, f"{call.name} {what}", sentence, hint, rounds=rounds)


def _place_of_case(call: Call, name: str, at: int) -> Place:
    shared, award = shared_with(call.frame, call.rule_set), call.frame.award
    if isinstance(award, AwardDraft):
        if name in ("rate", "later rate"):
            return award.rates[at].at
        if name.startswith("uplift "):
            return award.upper_limit.uplifts[int(name.removeprefix("uplift ")) - 1].amount.node.place()
        if name == "limit":
            return award.upper_limit.tiers[at].amount.node.place()
    if name == "class":
        return list(shared.classes.values())[at].label.ja.place()
    cases: tuple[ClawbackCaseDraft, ...] = ()
    if shared.clawback is not None:
        part = shared.clawback.parts.get(name.removeprefix("part "))
        cases = shared.clawback.whole if part is None else part.cases
    if name == "whole" or name.startswith("part "):
        return cases[at].reason.place()
    weighed = (shared.selection, call.frame.selection)
    items = [one for some in weighed for one in (*some.bonuses, *some.deductions)]
    return next(one.code.place() for one in items if one.code.value == name)


def _parts_of_requirements(subject: Subject) -> Iterator[Finding]:
    uses: dict[int, tuple[RequirementDraft, list[Call]]] = {}
    for call in subject.calls:
        for one in (*shared_with(call.frame, call.rule_set).requirements, *call.frame.requirements):
            uses.setdefault(id(one), (one, []))[1].append(call)
    for one, calls in uses.values():
        for fewer, place in _fewer_parts(one.condition, subject):
            if all(_is_same(one.condition, fewer, call) for call in calls):
                yield _without_effect(f"{calls[0].rule_set.slug} {one.code.value}", place, "this requirement")


def _parts_of_own_definitions(subject: Subject) -> Iterator[Finding]:
    """Yield the parts of what a budget or a frame defines for itself that are without effect in all of its rounds."""
    uses: dict[int, tuple[str, DefinitionDraft, list[Call]]] = {}
    for call in subject.calls:
        for name, one in call.scope.definitions.items():
            if one is not subject.drafts.definitions.get(name):
                uses.setdefault(id(one), (name, one, []))[2].append(call)
    for name, one, calls in uses.values():
        for fewer, place in _fewer_parts(one.condition, subject):
            if all(_is_same(one.condition, fewer, call) for call in calls):
                yield _without_effect(f"{calls[0].rule_set.slug} {name}", place, "this definition")


def _parts_of_definitions(subject: Subject) -> Iterator[Finding]:
    scope, facts = shared_scope(subject.drafts), subject.drafts.facts.facts
    for name, one in subject.drafts.definitions.items():
        for fewer, place in _fewer_parts(one.condition, subject):
            other = compile_condition(fewer, scope).expression
            if _same(compile_definition(name, scope).expression, other, facts):
                yield _without_effect(f"definitions {name}", place, "this definition")


def _fewer_parts(condition: ConditionDraft, subject: Subject) -> Iterator[tuple[ConditionDraft, Place]]:
    vocabulary = Vocabulary(subject.drafts.facts.facts)
    for one in changes_of(condition, vocabulary):
        if one.sort == "part dropped":
            yield cast("ConditionDraft", one.draft), one.place


def _is_same(one: ConditionDraft, other: ConditionDraft, call: Call) -> bool:
    first, second = (compile_condition(draft, call.scope).expression for draft in (one, other))
    return _same(first, second, call.drafts.facts.facts)


def _same(one: Expression, other: Expression, facts: Mapping[str, FactDefinition]) -> bool:
    drawing = Drawing.over([one, other], facts)
    return drawing.node(one) == drawing.node(other)


def _without_effect(of: str, place: Place, what: str) -> Finding:
    sentence = f"without this part, {what} is the same for everybody"
    return Finding("part-without-effect", place, of, sentence, "take it away, or mend what it should say")


def _listed(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} or {codes[-1]}"
