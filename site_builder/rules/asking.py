"""What the form of a round asks: the facts that its frames read, in questions with the figures of the round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from calculator.expressions import Expression, facts_of
from calculator.rulebook import Award, FactDefinition, FrameRules, RuleBook
from calculator.text import Text
from site_builder.rules.model import FrameInRound, Round

#: A figure in a question, by its name.
_FIGURE = re.compile(r"\{(\w+)\}")


def figures_named(fact: FactDefinition) -> frozenset[str]:
    """Return the names of the figures in the question about `fact`, in either language."""
    return frozenset(_FIGURE.findall(f"{fact.question.ja}\0{fact.question.en}"))


def with_figures(fact: FactDefinition, frame: FrameInRound) -> FactDefinition:
    """Return the fact with the figures of `frame`, one of those that ask for it, in its question.

    Raises:
        KeyError: it has no such figure, which `checking.questions` refuses.
    """
    if not figures_named(fact):
        return fact
    figures = frame.figures
    ja = _FIGURE.sub(lambda match: figures[match[1]].text.ja, fact.question.ja)
    en = _FIGURE.sub(lambda match: figures[match[1]].text.en, fact.question.en)
    return replace(fact, question=Text(ja, en))


def askers(book: RuleBook, one: Round) -> Mapping[str, list[FrameInRound]]:
    """Return the frames of a round that ask for each fact, in the order in which facts are asked."""
    frames = [frame for frame, _ in awarding(one)]
    asked = {frame.slug: asked_facts(frame.rules, book) for frame in frames}
    found = {name: [frame for frame in frames if name in asked[frame.slug]] for name in book.facts}
    return {name: asking for name, asking in found.items() if asking}


def awarding(one: Round) -> Iterator[tuple[FrameInRound, Award]]:
    """Yield the frames of a round that have an award, with it."""
    for frame in one.frames:
        if frame.rules.award is not None:
            yield frame, frame.rules.award


def asked_facts(frame: FrameRules, book: RuleBook) -> frozenset[str]:
    """Return the facts that `frame` reads, that its round's own schedule does not give, and that a form asks for.

    Of a record all parts are asked where one is read.
    """
    facts, groups = book.facts, frozenset(group.name for group in book.groups if group.asked)
    read = frozenset().union(*map(facts_of, expressions_of(frame))) | _facts_of_award(frame.award) | _of_members(frame)
    records = frozenset(_record_of(facts[name]) for name in read)
    wanted = read | frozenset(name for name, fact in facts.items() if _record_of(fact) in records)
    return frozenset(name for name in wanted if facts[name].group in groups and not _is_given(facts[name], frame))


def expressions_of(frame: FrameRules) -> Iterator[Expression]:
    """Yield every expression that the rules of `frame` are worked out from."""
    yield from (requirement.condition for requirement in frame.requirements)
    yield from (item.condition for item in (*frame.bonuses, *frame.deductions))
    if frame.award is not None:
        limit = frame.award.upper_limit
        yield from (case.when for case in frame.award.rates if case.when is not None)
        yield from (tier.amount for tier in limit.tiers)
        yield from (part for uplift in limit.uplifts for part in (uplift.when, uplift.amount))
        if frame.award.eligible_costs is not None:
            yield frame.award.eligible_costs.total


def _facts_of_award(award: Award | None) -> frozenset[str]:
    by = None if award is None else award.upper_limit.by
    return frozenset() if by is None else frozenset({by})


def _of_members(frame: FrameRules) -> frozenset[str]:
    """Return the facts about the members of a consortium."""
    group = frame.consortium
    if group is None:
        return frozenset()
    pool = group.pool
    of_pool = frozenset() if pool is None else facts_of(pool.amount) | {pool.allocation}
    return frozenset({group.size, group.costs}) | of_pool


def _record_of(fact: FactDefinition) -> str:
    """Return the record that the fact is a part of, else its own name."""
    return fact.name if fact.record is None else fact.record


def _is_given(fact: FactDefinition, frame: FrameRules) -> bool:
    """Say whether the round's own date stands in for the fact."""
    return fact.given_by_round is not None and frame.moment(fact.given_by_round) is not None
