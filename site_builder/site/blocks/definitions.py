"""Definitions as tables: for each answer to a question, such as the industry, the figures that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from calculator.expressions import Expression, Fact, Named, facts_of, walk
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition, RuleBook
from site_builder.rules.model import DefinitionInWords, Rules
from site_builder.site.blocks.budgets import Way, budgets, newest_ways
from site_builder.site.blocks.limits import Limits, given, limit_words, limits_of
from site_builder.site.blocks.sheets import Cell, Footing, Line, Row, Sheet, Table, words
from site_builder.site.statements import deciding
from site_builder.site.wording import Wording

#: Expressions by their identity (held, so that no other gets it), and the definitions in each.
_Known: TypeAlias = dict[int, tuple[Expression, tuple[Named, ...]]]


@dataclass(frozen=True, slots=True)
class Tabulated:
    """A definition by the answers to a question of kind CHOICE: which answers have which limits, others being out."""

    definition: DefinitionInWords
    by: FactDefinition
    rows: tuple[tuple[tuple[str, ...], Limits], ...]
    ways: tuple[Way, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that are limited, in the order in which they come up."""
        return tuple(dict.fromkeys(limit.fact for _, limits in self.rows for limit in limits.limits))


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A definition with its table, what else it asks for, its explanation, and the budgets that use it."""

    sheet: Sheet
    besides: tuple[str, ...]
    explanation: str | None
    budgets: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure for the first screen, and the way to where it is told with its place."""

    label: str
    value: str
    path: str


def definitions(rules: Rules, wording: Wording) -> tuple[DefinedTerm, ...]:
    """Return every definition that limits figures by the answer to a question."""
    return tuple(_term(one, rules, wording) for one in tabulated(rules))


def limits_by_choice(rules: Rules, wording: Wording, told: tuple[str, ...]) -> tuple[KeyFigure, ...]:
    """Return the limits of the definitions called `told`, answer by answer, for the first screen."""
    return tuple(
        KeyFigure(
            wording.listed(_labels(one.by, choices, wording)),
            _sentence(limits, rules.book, wording),
            f"#{_anchor(one)}.table",
        )
        for one in tabulated(rules)
        if one.definition.name in told
        for choices, limits in one.rows
    )


def definition_names(rules: Rules) -> frozenset[str]:
    """Return the names of the definitions that can be tabulated."""
    return frozenset(one.definition.name for one in tabulated(rules))


def tabulated(rules: Rules) -> Iterator[Tabulated]:
    """Yield each definition that can be tabulated, those of the newest call first."""
    found: dict[tuple[str, Expression], list[Way]] = {}
    known: _Known = {}
    for way in (*newest_ways(rules), *(way for budget in budgets(rules) for way in budget.ways)):
        for name, body in _named(way, known).items():
            found.setdefault((name, body), []).append(way)
    for (name, body), ways in found.items():
        table = _by_choice(body, rules.book)
        if table is not None and name in ways[0].frame.definitions:
            yield Tabulated(ways[0].frame.definitions[name], *table, tuple(ways))


def _named(way: Way, known: _Known) -> Mapping[str, Expression]:
    """Return the definitions on which the frame rests, in the order of its definitions.

    What is `known` are the definitions in each expression: most frames have the same ones in many rounds.
    """
    nodes: dict[str, Expression] = {}
    for one in deciding(way.frame.rules):
        if id(one) not in known:
            known[id(one)] = (one, tuple(node for node in walk(one) if isinstance(node, Named)))
        nodes |= {node.name: node.body for node in known[id(one)][1]}
    return {name: nodes[name] for name in way.frame.definitions if name in nodes}


def _by_choice(
    body: Expression, book: RuleBook
) -> tuple[FactDefinition, tuple[tuple[tuple[str, ...], Limits], ...]] | None:
    """Return the question whose answers tell the most limits apart, and those limits; None where there are none."""
    questions = [book.facts[name] for name in sorted(facts_of(body)) if book.facts[name].kind is Kind.CHOICE]
    tables = [(question, rows) for question in questions if (rows := _rows(body, question))]
    return max(tables, key=lambda table: len(table[1]), default=None)


def _rows(body: Expression, question: FactDefinition) -> tuple[tuple[tuple[str, ...], Limits], ...]:
    found: dict[Limits, list[str]] = {}
    for choice in question.choices:
        left = given(body, {question.name: choice.name})
        limits = limits_of(left)
        if limits is None and left is not False:
            return ()
        if limits is not None:
            found.setdefault(limits, []).append(choice.name)
    return tuple((tuple(some), limits) for limits, some in found.items() if limits.limits)


def _term(one: Tabulated, rules: Rules, wording: Wording) -> DefinedTerm:
    footing = Footing(_anchor(one), wording)
    facts = rules.book.facts
    several = len(one.facts) > 1
    table = Table(
        anchor=_anchor(one),
        caption=wording.say_sentence(one.definition.label),
        corner=wording.say_sentence(one.by.label),
        columns=(
            *(wording.say_sentence(facts[name].label) for name in one.facts),
            *((wording.words["guide_limits_together"],) if several else ()),
        ),
        rows=tuple(
            Row(
                words(wording.listed(_labels(one.by, choices, wording))),
                (
                    *(_limit_cell(limits, name, rules.book, wording) for name in one.facts),
                    *((words(_together(limits, wording)),) if several else ()),
                ),
            )
            for choices, limits in one.rows
        ),
        citation=wording.cite(one.definition.citation),
    )
    used_in = tuple(_used_in(one, rules, footing))
    return DefinedTerm(
        sheet=footing.sheet([table]),
        besides=tuple(
            wording.fill(
                "stated",
                label=wording.say_sentence(facts[name].label),
                value=wording.listed(_labels(facts[name], choices, wording)),
            )
            for name, choices in _apart(one).items()
        ),
        explanation=wording.say_if_any(one.definition.explanation),
        budgets=used_in,
    )


def _used_in(one: Tabulated, rules: Rules, footing: Footing) -> Iterator[Line]:
    """Yield every budget that uses the definition, with where it has it from."""
    name = one.definition.name
    for budget in budgets(rules):
        ways = [way for way in one.ways if way.call.rule_set.slug == budget.rule_set.slug]
        if ways:
            path = budget.ways[0].call.address.path(footing.wording.language)
            yield footing.line(budget.name(footing.wording), ways[0].frame.definitions[name].citation, path=path)


def _apart(one: Tabulated) -> Mapping[str, tuple[str, ...]]:
    """Return the choices that are asked for beside the figures, by the fact."""
    found = {}
    for _, limits in one.rows:
        for choice in limits.apart:
            if isinstance(choice.subject, Fact):
                found[choice.subject.name] = choice.choices
    return found


def _anchor(one: Tabulated) -> str:
    return f"definition.{one.definition.name}.{one.ways[0].frame.rules.rule_set.replace('/', '.')}"


def _labels(fact: FactDefinition, names: Iterable[str], wording: Wording) -> tuple[str, ...]:
    labels = {choice.name: choice.label for choice in fact.choices}
    return tuple(wording.say(labels[name]) for name in names)


def _limit_cell(limits: Limits, fact: str, book: RuleBook, wording: Wording) -> Cell:
    some = tuple(limit_words(limit, book.facts, wording) for limit in limits.limits if limit.fact == fact)
    return words(*some) if some else words(wording.words["guide_no_limit"])


def _together(limits: Limits, wording: Wording) -> str:
    if len(limits.limits) == 1:
        return wording.words["guide_limits_one"]
    return wording.words["guide_limits_either" if limits.is_either else "guide_limits_both"]


def _sentence(limits: Limits, book: RuleBook, wording: Wording) -> str:
    """Return 「3億円以下または300人以下」: the units tell what is limited."""
    whole = ""
    for one in limits.limits:
        words_of = limit_words(one, book.facts, wording)
        joint = "either_or" if limits.is_either else "guide_and"
        whole = wording.fill(joint, one=whole, other=words_of) if whole else words_of
    return whole
