"""What a round takes over from an earlier one and its own documents have not confirmed yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculator.expressions import Named, walk
from calculator.rulebook import Citation, CitationStatus, FrameRules
from site_builder.rules.model import Unconfirmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calculator.expressions import Expression
    from site_builder.rules.model import FrameInRound, Statement


def noting_unconfirmed(rules: FrameRules, definitions: Mapping[str, Citation]) -> FrameRules:
    """Return `rules` with the names of all that decides in them and is unconfirmed; `definitions` are where they stand.

    The names are those by which a round's file can confirm it: codes, topics, definitions.
    """
    found = [name for name, citation in _cited(rules) if _is_unconfirmed(citation)]
    used = {part.name for whole in _expressions(rules) for part in walk(whole) if isinstance(part, Named)}
    found += [name for name, citation in definitions.items() if name in used and _is_unconfirmed(citation)]
    return replace(rules, unconfirmed=tuple(dict.fromkeys(found))) if found else rules


def unconfirmed_in(frames: Iterable[FrameInRound], statements: Iterable[Statement]) -> Unconfirmed | None:
    """Return all that is unconfirmed in a round, or None where nothing is; `statements` are those of the round."""
    every = tuple(frames)
    definitions = {name for frame in every for name in frame.definitions}
    names = [name for frame in every for name in frame.rules.unconfirmed]
    figures = dict.fromkeys(
        one.name
        for frame in every
        for one in frame.figures.values()
        if one.name in frame.named and not _is_of_the_award(one.name) and _is_unconfirmed(one.citation)
    )
    topics = [topic for frame in every for topic, citation in _statements_of(frame) if _is_unconfirmed(citation)]
    topics += ["frame" for one in statements if _is_unconfirmed(one.citation)]
    about = dict.fromkeys(name for name in (*names, *topics) if name not in definitions)
    found = Unconfirmed(
        tuple(figures), tuple(about), tuple(dict.fromkeys(name for name in names if name in definitions))
    )
    return found if found.count else None


def _is_unconfirmed(citation: Citation) -> bool:
    return citation.status is CitationStatus.UNCONFIRMED


def _is_of_the_award(figure: str) -> bool:
    """Say whether a figure is told by the award, and confirmed with it: `rate.1`, `lower_limit`."""
    return "." in figure or figure == "lower_limit"


def _statements_of(frame: FrameInRound) -> Iterator[tuple[str, Citation]]:
    yield from (("frame", one) for one in (frame.offered, frame.purpose.citation))
    yield from (("frame", one.citation) for one in frame.additional_statements)
    yield from (("applicants", one.citation) for one in frame.applicants)
    yield from (("repayment", one.citation) for one in frame.repayment)


def _cited(rules: FrameRules) -> Iterator[tuple[str, Citation]]:
    """Yield each thing that decides, by the name by which it can be confirmed."""
    joint = rules.joint
    yield from ((one.code, one.citation) for one in rules.requirements)
    yield from _of_the_award(rules)
    yield from ((one.code, one.citation) for one in rules.weighed)
    if rules.reexamination is not None:
        yield rules.reexamination.code, rules.reexamination.citation
    if rules.clawback is not None:
        cases = (*rules.clawback.whole, *(case for part in rules.clawback.parts for case in part.cases))
        yield from (("repayment", one.citation) for one in cases)
        yield "repayment", rules.clawback.total.citation
    if rules.consortium is not None:
        yield "applicants", rules.consortium.citation
        pool = rules.consortium.pool
        yield from () if pool is None else ((pool.code, pool.citation),)
    if joint is not None:
        yield "applicants", joint.citation
        yield from ((one.code, one.citation) for one in joint.requirements)
    yield from () if rules.account_lead_time is None else (("schedule", rules.account_lead_time.citation),)


def _of_the_award(rules: FrameRules) -> Iterator[tuple[str, Citation]]:
    award, left_open = rules.award, rules.open_award
    if award is not None:
        limit, lower, costs = award.upper_limit, award.lower_limit, award.eligible_costs
        yield from (("rate", one.citation) for one in award.rates)
        yield "rate", award.rounding
        yield "upper_limit", limit.citation
        yield from (("upper_limit", one.citation) for one in limit.uplifts)
        yield from () if lower is None else ((lower.code, lower.citation),)
        yield from () if costs is None else (("eligible_costs", costs.citation),)
    if left_open is not None and left_open.rate is not None:
        yield "rate", left_open.rate.citation
    if left_open is not None and left_open.upper_limit is not None:
        yield "upper_limit", left_open.upper_limit.citation
    if rules.rate_change is not None:
        yield "rate", rules.rate_change.citation


def _expressions(rules: FrameRules) -> Iterator[Expression]:
    """Yield the conditions in which a definition can be named."""
    yield from (one.condition for one in rules.requirements)
    yield from (one.condition for one in rules.classes)
    yield from (one.condition for one in (*rules.bonuses, *rules.deductions))
    if rules.award is not None:
        limit, costs = rules.award.upper_limit, rules.award.eligible_costs
        yield from (one.when for one in rules.award.rates if one.when is not None)
        yield from (tier.amount for tier in limit.tiers)
        yield from (part for uplift in limit.uplifts for part in (uplift.when, uplift.amount))
        yield from () if costs is None else (costs.total,)
    if rules.joint is not None:
        yield from (one.condition for one in rules.joint.requirements)
    if rules.clawback is not None:
        cases = (*rules.clawback.whole, *(case for part in rules.clawback.parts for case in part.cases))
        yield from (one.when for one in cases if one.when is not None)
